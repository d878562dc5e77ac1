/** Every error page, as a visitor gets it. */
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { ELSEWHERE } from '../../../server/base/paths.ts';
import { OutcomeUnknown, StoreUnavailable } from '../../../server/store/failure.ts';
import { observe } from '../../../server/web/kit/observe.ts';
import { WebProblem } from '../../../server/web/kit/problem.ts';
import type { Env } from '../../../server/web/kit/services.ts';
import { errors } from '../../../server/web/site/errors.ts';
import { PROBLEMS, type ProblemKind } from '../../../views/site/problems.ts';
import { readSources, type SourceFile } from '../../architecture.ts';
import { openApp } from '../app.ts';

/** Written by hand, so that a new kind of problem fails until it is added here. */
const EXPECTED: Record<ProblemKind, [status: number, title: string]> = {
  'not found': [404, 'We cannot find that page'],
  'not allowed': [403, 'Your role cannot do that'],
  'not yours now': [409, 'You do not have this one any more'],
  'out of step': [409, 'That question is not open'],
  withdrawn: [409, 'This guidance has been withdrawn'],
  'too large': [413, 'That is too long'],
  'wrong type': [415, 'We cannot read that'],
  'cross-site': [403, 'That form is too old'],
  'too fast': [429, 'Too much at once'],
  busy: [503, 'Too many people at once'],
  'store unavailable': [503, 'We cannot save anything at the moment'],
  'store unknown': [503, 'We do not know whether that was saved'],
  ours: [500, 'Sorry, something went wrong'],
};

function thrownFor(kind: ProblemKind): Error {
  if (kind === 'store unavailable') return new StoreUnavailable('SQLITE_FULL', 'the disk is full');
  if (kind === 'store unknown') return new OutcomeUnknown('08006', 'the connection broke');
  return kind === 'ours' ? new Error('a bug') : new WebProblem(kind);
}

describe('a problem', () => {
  it.each(Object.keys(PROBLEMS) as ProblemKind[])('%s has its status and a helpful page', async (kind) => {
    const { services, log } = await openApp();
    const app = new Hono<Env>();
    errors(app, services);
    app.use(observe(services));
    app.get('/broken', () => {
      throw thrownFor(kind);
    });
    const answer = await app.request('/broken');
    const html = await answer.text();
    expect([answer.status, /<h1[^>]*>([^<]*)/.exec(html)?.[1]]).toEqual(EXPECTED[kind]);
    expect(html).toContain('href="tel:999"');
    // Nobody knows who the reader is; it may be a child.
    expect(html).toContain(`href="${ELSEWHERE}"`);
    expect(html.match(/href="tel:[^"]+"/g)?.length).toBeGreaterThan(3);
    const reference = /quote (\w{8})\./.exec(html)?.[1];
    expect(reference !== undefined).toBe(kind === 'ours');
    if (reference !== undefined) expect(log.join()).toContain(reference);
  });
});

/** Kinds of problem that nothing ever throws. */
function deadProblems(kinds: readonly string[], files: readonly SourceFile[]): string[] {
  const text = files
    .filter(({ path }) => path.startsWith('server/web/'))
    .map((file) => file.text)
    .join('\n');
  return kinds.filter((kind) => !new RegExp(`(?:new WebProblem|showError)\\([^)]*'${kind}'`).test(text));
}

describe('the list of problems', () => {
  const files = readSources(join(import.meta.dirname, '..', '..', '..'));

  it('contains none that cannot happen', () => {
    expect(deadProblems(Object.keys(PROBLEMS), files)).toEqual([]);
  });

  it('would report one that cannot', () => {
    expect(deadProblems([...Object.keys(PROBLEMS), 'too many'], files)).toEqual(['too many']);
  });
});
