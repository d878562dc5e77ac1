/** Keeps out foreign scripts, frames and form posts. */
import type { Context, MiddlewareHandler } from 'hono';
import { formToken } from './form-token.ts';
import { PageOfAnother } from './page-of-another.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Record<string, string> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
  // The default, until a route sets another.
  'Cache-Control': 'no-store',
};
const ONLY_SECURE = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' };

/**
 * A header that marks every answer as ours. Scripts accept nothing else as an answer: a proxy's error page or the
 * sign-in page of a guest Wi-Fi must not replace what somebody is typing (`static/answers.js`).
 */
const MARK = 'Front-Door';

/**
 * Sets the header directly on Node's response; a header that a route sets replaces it. Hono would copy and sort all
 * headers with every answer.
 */
export function setHeader(c: Context<Env>, name: string, value: string): void {
  // Node's response is missing only when a test calls the app without a server.
  const outgoing = c.env?.outgoing;
  if (outgoing === undefined) c.header(name, value);
  else outgoing.setHeader(name, value);
}

/** Set before the handler runs, because changing the headers of a finished response is slower. */
export function headers({ secure }: Pick<Services, 'secure'>): MiddlewareHandler<Env> {
  const all = Object.entries({ ...HEADERS, [MARK]: 'yes', ...(secure && ONLY_SECURE) });
  return async (c, next) => {
    c.set('secure', secure);
    for (const [name, value] of all) setHeader(c, name, value);
    await next();
  };
}

/**
 * Turns redirects for scripts into a header with the address. Otherwise the script would load the next page twice, and
 * the access log would show two visits. A redirect that a script still gets is not ours; it comes from a network that
 * wants somebody to sign in.
 */
export function redirectsInWords(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    // Checked first, because Hono creates headers when they are asked for.
    if (c.res.status < 300 || c.res.status > 399) return;
    const isOfHtmx = c.req.header('HX-Request') === 'true';
    if (c.req.header(MARK) === undefined && !isOfHtmx) return;
    const to = c.res.headers.get('Location');
    if (to === null) return;
    c.res = new Response(null, { status: 200, headers: c.res.headers });
    c.res.headers.delete('Location');
    c.res.headers.set(isOfHtmx ? 'HX-Redirect' : `${MARK}-Location`, to);
  };
}

/** Whether one of our scripts asks for a part of a page that is already on the screen (`static/unfold.js`). */
export function isForPart(c: Context<Env>): boolean {
  return c.req.header(MARK) === 'part';
}

/** Allows only GET, HEAD and POST. A POST has to come as a form from one of our own pages. */
export function postsFromHere(services: Pick<Services, 'signing' | 'log'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'POST') {
      checkType(c);
      const refusal = findForeignOrigin(c, services);
      if (refusal !== undefined) {
        services.log.warn('refused a form', { why: refusal, request: c.get('requestId') });
        throw new WebProblem('cross-site');
      }
    }
    await next();
  };
}

function checkType(c: Context<Env>): void {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new WebProblem('wrong type');
}

/**
 * Why a POST did not come from one of our pages, with what came and what was expected; undefined if it did. Browsers
 * say this in `Sec-Fetch-Site`, which no proxy changes. Only if that header is missing is the origin compared with the
 * host. A proxy may have replaced the host, and then `PUBLIC_URL` has to name the origin.
 */
export function findForeignOrigin(c: Context<Env>, { signing }: Pick<Services, 'signing'>): string | undefined {
  const site = c.req.header('Sec-Fetch-Site');
  if (site === 'same-origin' || site === 'none') return undefined;
  if (site !== undefined) return `Sec-Fetch-Site is "${site}", and "same-origin" was expected`;
  const origin = c.req.header('Origin');
  if (origin === undefined || origin === 'null') return undefined;
  const expected = [signing.publicUrl, `http://${c.req.header('Host')}`].flatMap((url) =>
    url !== undefined && URL.canParse(url) ? [new URL(url).host] : [],
  );
  if (URL.canParse(origin) && expected.includes(new URL(origin).host)) return undefined;
  const mend = signing.publicUrl === undefined ? '; behind a proxy, set PUBLIC_URL or hand on the Host' : '';
  return `the origin is "${origin.slice(0, 200)}", and ${expected.join(' or ')} was expected${mend}`;
}

/**
 * A page made for nobody may be sent by somebody who has signed in since. A page of somebody who has been signed out
 * may be sent as well; actions that need an account check that themselves. Throws `PageOfAnother` if the page was made
 * for one person and another is signed in.
 */
export function checkFormToken(c: Context<Env>, sent = ''): void {
  if (sent === c.get('page').token || sent === formToken(c.get('token'))) return;
  const account = c.get('accountOf')(sent);
  if (account === undefined) throw new WebProblem('cross-site');
  checkPageIsTheirs(c, account);
}

/** Header with the token of the page whose script makes the request. */
const PAGE = `${MARK}-Page`;

/**
 * Requests by scripts are checked as well: a page that was made for one person must not load parts for another. Forms
 * are checked by their own token.
 */
export function pagesOfTheirs(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const sent = c.req.method === 'GET' ? c.req.header(PAGE) : undefined;
    const account = sent === undefined ? undefined : c.get('accountOf')(sent);
    if (account !== undefined) checkPageIsTheirs(c, account);
    await next();
  };
}

function checkPageIsTheirs(c: Context<Env>, account: string): void {
  const person = c.get('person');
  if (person !== undefined && person.id !== account) throw new PageOfAnother(account);
}
