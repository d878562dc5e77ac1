/** The one place where an error becomes a page. An expected one helps on; ours is logged under a reference, with nothing about a child. */
import type { Context, Hono } from 'hono';
import { type ProblemKind, ProblemPage } from '../../views/problem.tsx';
import { renderPage } from '../../views/render.ts';
import { StoreUnavailable } from '../store/failure.ts';
import { leadToSignIn } from './kept_forms.ts';
import type { Env, Parts } from './parts.ts';
import { PROBLEMS, WebProblem } from './problem.ts';
import { formToken } from './session.ts';
import { SignInNeeded } from './signin_needed.ts';

export function errors(app: Hono<Env>, parts: Parts): void {
  app.notFound((c) => showError(c, parts, 'not found', 404));
  app.onError((error, c) => {
    if (error instanceof WebProblem) return showError(c, parts, error.problem, PROBLEMS[error.problem]);
    if (error instanceof SignInNeeded) return leadToSignIn(c, parts, error);
    if (error instanceof StoreUnavailable) {
      parts.log(`the database cannot be used: ${error.message}`);
      return showError(c, parts, 'store unavailable', 503);
    }
    const reference = parts.random(4).toString('hex');
    parts.log(`error ${reference}: ${c.req.method} ${c.req.routePath}: ${error.stack ?? error.message}`);
    return showError(c, parts, 'ours', 500, reference);
  });
}

function showError(c: Context<Env>, parts: Parts, kind: ProblemKind, status: number, reference?: string) {
  const token = c.get('token') ?? '';
  const around = c.get('around') ?? { assets: parts.assets, token: token === '' ? '' : formToken(token) };
  const page = ProblemPage({ around, kind, ...(reference !== undefined && { reference }) });
  return c.html(renderPage(page), status as 404);
}
