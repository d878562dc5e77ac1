/**
 * The one place where an error becomes a page. Known problems get a help page; unexpected errors are logged with a
 * reference, and nothing about a child.
 */

import type { Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import { HOMES } from '../../../views/kit/home.ts';
import { renderPage } from '../../../views/kit/render.ts';
import type { WrittenLine } from '../../../views/kit/written-fields.tsx';
import { ProblemPage } from '../../../views/site/problem.tsx';
import { PROBLEMS, type ProblemKind } from '../../../views/site/problems.ts';
import { paths } from '../../base/paths.ts';
import { TooManyDocuments } from '../../export/document-queue.ts';
import { TooManyWaiting } from '../../people/hasher.ts';
import { OutcomeUnknown, StoreUnavailable } from '../../store/failure.ts';
import { tidyAddress } from '../kit/addresses.ts';
import { leadToSignIn } from '../kit/drafts.ts';
import { readSent } from '../kit/form.ts';
import { formToken } from '../kit/form-token.ts';
import { linesOf } from '../kit/form-words.ts';
import { findForeignOrigin } from '../kit/guards.ts';
import { fieldsByAddress } from '../kit/known-form.ts';
import { findConsultation } from '../kit/load-consultation.ts';
import { PageOfAnother } from '../kit/page-of-another.ts';
import { type NextPage, OutOfReach, WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';
import { SignInNeeded } from '../kit/sign-in-needed.ts';
import { showPageOfAnother } from './page-of-another.ts';
import { frontDoorsOf } from './start.ts';

export function errors(app: Hono<Env>, services: Services): void {
  app.notFound((c) => {
    const tidy = tidyAddress(c);
    return tidy === undefined ? showError(c, services, 'not found') : c.redirect(tidy, 308);
  });
  app.onError((error, c) => answerError(error, c, services));
}

async function answerError(error: Error, c: Context<Env>, services: Services): Promise<Response> {
  if (error instanceof WebProblem) {
    if (error instanceof OutOfReach || error.problem === 'not allowed') await keepRefusal(services, c);
    return showError(c, services, error.problem, error);
  }
  if (error instanceof TooManyWaiting || error instanceof TooManyDocuments) return showError(c, services, 'busy');
  if (error instanceof PageOfAnother) {
    await keepRefusal(services, c);
    return showPageOfAnother(services, c, error);
  }
  if (error instanceof SignInNeeded) return leadToSignIn(c, services, error);
  if (error instanceof StoreUnavailable) {
    services.log.error('the database cannot be used', { problem: error.message, request: c.get('requestId') });
    await showKnownArea(services, c);
    return showError(c, services, error instanceof OutcomeUnknown ? 'store unknown' : 'store unavailable');
  }
  if (isOutOfFiles(error)) {
    services.log.error('out of files, or of threads', { problem: error.message, request: c.get('requestId') });
    return showError(c, services, 'busy');
  }
  // The browser has gone, so nobody reads the answer, and strangers must not be able to fill the log with stack
  // traces.
  if (isCutOff(error)) return c.body(null, 400);
  const reference = c.get('requestId');
  const where = { method: c.req.method, route: routePath(c, -1) };
  services.log.error('unexpected error', { request: reference, ...where, stack: error.stack ?? error.message });
  return showError(c, services, 'ours', { reference });
}

/** Logs who tried something that they may not do, with the consultation, so that its own area sees it as well. */
async function keepRefusal({ log }: Services, c: Context<Env>): Promise<void> {
  if (c.get('person') === undefined) return;
  const { path } = c.req;
  const consultation = path.startsWith(paths.deskRecord('')) ? c.req.param('id') : undefined;
  try {
    await c.get('record')({ what: 'refused', consultation, body: { page: path } });
  } catch (error) {
    // The request is refused in any case.
    log.error('a refusal was not kept', { problem: (error as Error).message, request: c.get('requestId') });
  }
}

/**
 * The operating system has no free file handle or cannot start another thread. It passes when others have closed
 * theirs.
 */
function isOutOfFiles(error: Error): boolean {
  return OUT_OF_FILES.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** For a library that it cannot open, Node reports that it does not exist. */
const OUT_OF_FILES = ['EMFILE', 'ENFILE', 'ERR_WORKER_INIT_FAILED', 'MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];

/** The browser disconnected before it had sent the whole form. */
function isCutOff(error: Error & { code?: string }): boolean {
  return error.code === 'ECONNRESET' && error.message === 'aborted';
}

/** Reading may work where saving does not: then the number of the right front door can be shown. */
async function showKnownArea(services: Services, c: Context<Env>): Promise<void> {
  const id = c.req.param('id');
  if (id === undefined || c.get('page')?.area !== undefined) return;
  try {
    await findConsultation(services, c, id);
  } catch {
    // Otherwise the page shows all front doors.
  }
}

interface More {
  reference?: string;
  goOn?: NextPage | undefined;
  happened?: string | undefined;
}

/**
 * What was typed into a consultation's form, so that it can be copied: without an account there is no draft, and
 * without a script the page with the form is gone. Text that another site sent is never shown as ours.
 */
async function writtenIn(c: Context<Env>, services: Services, kind: ProblemKind): Promise<WrittenLine[] | undefined> {
  const isOfConsultation = c.req.method === 'POST' && c.req.path.startsWith(paths.consultation(''));
  if (!isOfConsultation || kind === 'too large' || c.get('person') !== undefined) return undefined;
  const isSaid = c.req.header('Sec-Fetch-Site') === 'same-origin' || c.req.header('Origin') !== undefined;
  if (!isSaid || findForeignOrigin(c, services) !== undefined) return undefined;
  try {
    const written = [...(await readSent(c))].filter(([name, value]) => name !== 'token' && /\S\s+\S/.test(value));
    const fields = fieldsByAddress(services.library, c.req.path);
    return written.length === 0 ? undefined : linesOf(new URLSearchParams(written), fields);
  } catch {
    return undefined;
  }
}

async function showError(c: Context<Env>, services: Services, kind: ProblemKind, more: More = {}) {
  const token = c.get('token') ?? '';
  const page = c.get('page') ?? { assets: services.assets, token: token === '' ? '' : formToken(token) };
  const { reference } = more;
  // Nobody knows who the reader is: it may be a child who mistyped an address, or whose form was refused.
  const exit = c.get('person') === undefined && c.get('page')?.area === undefined;
  // Old links and habit lead people to pages that are not for their role.
  const role = c.get('person')?.role;
  const home = kind === 'not allowed' && role !== undefined ? HOMES[role] : undefined;
  const goOn = more.goOn ?? (home === undefined ? undefined : { href: home.href, words: `Go to ${home.words}` });
  const written = await writtenIn(c, services, kind);
  const shown = ProblemPage({
    ...(written !== undefined && { written }),
    page: exit ? { ...page, exit } : page,
    kind,
    areas: frontDoorsOf(services.library),
    ...(reference !== undefined && { reference }),
    ...(goOn !== undefined && { goOn }),
    ...(more.happened !== undefined && { happened: more.happened }),
  });
  return c.html(renderPage(shown), PROBLEMS[kind].status);
}
