/** What keeps strangers' scripts, frames and posts out. */
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
  // Until a route says otherwise.
  'Cache-Control': 'no-store',
};
const ONLY_SECURE = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' };

/**
 * Marks every answer as ours. A script in the browser takes nothing else for an answer: a proxy's error page or a guest Wi-Fi's sign-in page
 * must not replace what somebody is typing (`static/answers.js`).
 */
const MARK = 'Front-Door';

/**
 * Puts it straight into Node's response, where a route's own word takes the place of ours; in Hono's, headers are copied, sorted and copied again
 * with each answer.
 */
export function setHeader(c: Context<Env>, name: string, value: string): void {
  // A test that asks the app without a server has no response of Node's.
  const outgoing = c.env?.outgoing;
  if (outgoing === undefined) c.header(name, value);
  else outgoing.setHeader(name, value);
}

/** Set before the handler runs: headers of a finished response are slower to change. */
export function headers({ secure }: Pick<Services, 'secure'>): MiddlewareHandler<Env> {
  const all = Object.entries({ ...HEADERS, [MARK]: 'yes', ...(secure && ONLY_SECURE) });
  return async (c, next) => {
    c.set('secure', secure);
    for (const [name, value] of all) setHeader(c, name, value);
    await next();
  };
}

/**
 * What a script asked for is told where to go instead of being sent there. A script would otherwise load the next page twice, and the access log
 * would name two visits; and a redirect that comes all the same is not ours, but a network's that wants somebody to sign in.
 */
export function redirectsInWords(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    // Asked first, since headers are made when somebody asks for one.
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

/** Whether a script of ours asks for what it puts into a page that is already on the screen (`static/unfold.js`). */
export function isForPart(c: Context<Env>): boolean {
  return c.req.header(MARK) === 'part';
}

/** Only GET, HEAD and POST; a post comes from one of our own pages, as a form. */
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
 * Why a post does not come from a page of ours, with what came and what was expected; undefined when it does. Browsers say themselves whether
 * it does (`Sec-Fetch-Site`), and no proxy changes that. Only without that word the origin is compared with the host, which a proxy may have
 * replaced by its own: then `PUBLIC_URL` has to name the origin.
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
 * A page that was made for nobody may be sent by whoever has signed in since, and one of somebody who was signed out, by nobody: what needs an
 * account asks for it. Throws `PageOfAnother` for a page that was made for one person while another is signed in.
 */
export function checkFormToken(c: Context<Env>, sent = ''): void {
  if (sent === c.get('page').token || sent === formToken(c.get('token'))) return;
  const account = c.get('accountOf')(sent);
  if (account === undefined) throw new WebProblem('cross-site');
  checkPageIsTheirs(c, account);
}

/** Header with the token of the page that asks by a script. */
const PAGE = `${MARK}-Page`;

/** What a page asks for by itself is not for somebody else, either. A form says by its token whose page it stands on. */
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
