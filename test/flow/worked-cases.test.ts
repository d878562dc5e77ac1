import { describe, expect, it } from 'vitest';
import type { Library } from '../../server/flow/check/library.ts';
import { casesByStep, sizeOf, walkCases } from '../../server/flow/compare/worked-cases.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { coverageOf, edgesOf, possibleEdges } from '../../server/flow/prove/case-coverage.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { advise, ask, call, createFlow, createQuestion, end, when } from './small-flow.ts';

const create = (): Flow =>
  createFlow(
    [ask('danger'), end('ring', { when: when('danger') }), call('inner'), ask('danger', { id: 'again' }), end('watch')],
    [createQuestion('danger'), createQuestion('hurt')],
    { inner: [ask('hurt'), advise('mind', { when: when('hurt') })] },
  );

type Cases = Record<string, [flow: string, answers: Record<string, string>]>;
function libraryOf(areas: Record<string, Cases>): Library {
  const read = Object.entries(areas).map(([area, cases]) => {
    const all = Object.entries(cases).map(
      ([id, [flow, answers]]) => [id, { flow, story: `Story ${id}`, answers }] as const,
    );
    return [area, { cases: new Map(all) }] as const;
  });
  return { areas: new Map(read), withdrawn: new Map() } as unknown as Library;
}
const ids = (library: Library) => walkCases(library, create(), '2026-11-22').map(({ id }) => id);
const CALM = { danger: 'no', hurt: 'no' };

describe('the worked cases of a flow', () => {
  it('are walked, with their answers as written', () => {
    const flow = create();
    const library = libraryOf({ town: { loud: ['worry', { danger: 'yes' }] } });
    expect(walkCases(library, flow, '2026-11-22')).toStrictEqual([
      {
        id: 'loud',
        story: 'Story loud',
        raw: { danger: 'yes' },
        answers: { danger: 'yes' },
        position: walk(flow, { danger: 'yes' }),
      },
    ]);
  });

  it('are those of the area or, if it has none, the national ones', () => {
    const national: Cases = { far: ['worry', CALM] };
    expect(ids(libraryOf({ national, town: { near: ['worry', CALM], other: ['more', CALM] } }))).toEqual(['near']);
    expect(ids(libraryOf({ national, town: { other: ['more', CALM] } }))).toEqual(['far']);
    expect(ids(libraryOf({ national }))).toEqual(['far']);
    expect(ids(libraryOf({}))).toEqual([]);
  });

  it('are left out if an answer is invalid', () => {
    expect(ids(libraryOf({ town: { wrong: ['worry', { danger: 'perhaps' }], right: ['worry', CALM] } }))).toEqual([
      'right',
    ]);
  });

  it('are walked once for each flow', () => {
    const [flow, library] = [create(), libraryOf({ town: { one: ['worry', CALM] } })];
    expect(walkCases(library, flow, '2026-11-22')).toBe(walkCases(library, flow, '2026-11-22'));
  });
});

describe('the size of a flow', () => {
  const size = (...answers: Record<string, string>[]) => {
    const cases = Object.fromEntries(answers.map((one, at) => [`c${at}`, ['worry', one] as [string, typeof one]]));
    const flow = create();
    return sizeOf(flow, walkCases(libraryOf({ town: cases }), flow, '2026-11-22'));
  };
  const loud = { danger: 'yes' };

  it('counts steps, questions and cases, and how many questions the cases take', () => {
    expect(size()).toStrictEqual({ steps: 7, questions: 2, cases: 0 });
    expect(size(loud)).toStrictEqual({
      steps: 7,
      questions: 2,
      cases: 1,
      asked: { shortest: 1, median: 1, longest: 1 },
    });
    expect(size(CALM, loud).asked).toEqual({ shortest: 1, median: 1, longest: 2 });
    expect(size(CALM, loud, CALM).asked).toEqual({ shortest: 1, median: 2, longest: 2 });
    expect(size(CALM, loud, loud, CALM).asked).toEqual({ shortest: 1, median: 1, longest: 2 });
  });
});

it('lists the cases that take each step', () => {
  const flow = create();
  const library = libraryOf({
    town: { loud: ['worry', { danger: 'yes' }], calm: ['worry', CALM], hurt: ['worry', { danger: 'no', hurt: 'yes' }] },
  });
  expect(casesByStep(walkCases(library, flow, '2026-11-22'))).toEqual(
    new Map([
      ['worry/danger', ['loud', 'calm', 'hurt']],
      ['worry/ring', ['loud']],
      ['worry/inner', ['calm', 'hurt']],
      ['inner/hurt', ['calm', 'hurt']],
      ['worry/again', ['calm', 'hurt']],
      ['worry/watch', ['calm', 'hurt']],
      ['inner/mind', ['hurt']],
    ]),
  );
});

describe('what an interview covers', () => {
  it('includes each step that was taken, known or skipped, and each answer', () => {
    expect(edgesOf(create(), walk(create(), CALM))).toEqual([
      ...['taken worry/danger', 'skipped worry/ring', 'taken worry/inner', 'taken inner/hurt', 'skipped inner/mind'],
      ...['taken worry/again', 'end worry/watch', 'option danger/no', 'option hurt/no'],
    ]);
  });

  it('does not include a step that was jumped over or not reached', () => {
    const jumping = createFlow(
      [ask('danger', { leadsTo: 'last' }), advise('x'), end('last')],
      [createQuestion('danger'), createQuestion('signs', { type: 'several of' })],
    );
    expect(edgesOf(jumping, walk(jumping, { danger: 'unknown' }))).toEqual([
      ...['taken worry/danger', 'jump worry/danger', 'end worry/last', 'unknown danger'],
    ]);
    expect(edgesOf(jumping, walk(jumping, {}))).toEqual([]);
    expect(edgesOf(jumping, walk(jumping, { danger: 'yes' }))).toEqual([
      ...['taken worry/danger', 'taken worry/x', 'end worry/last', 'option danger/yes'],
    ]);
    expect(possibleEdges(runInterview(jumping, []))).toEqual([
      ...['taken worry/danger', 'jump worry/danger', 'taken worry/x', 'end worry/last'],
      ...['option danger/yes', 'option danger/no', 'unknown danger'],
    ]);
  });

  it('includes nothing of a step or a question that is never reached', () => {
    const dead = createFlow([end('ring'), ask('danger'), end('watch')], [createQuestion('danger')]);
    expect(possibleEdges(runInterview(dead, []))).toEqual(['end worry/ring']);
    expect(coverageOf(runInterview(dead, []), [walk(dead, {})])).toEqual({ possible: ['end worry/ring'], missing: [] });
  });

  it('includes each tick, "none", and the doubt beside them', () => {
    const options = ['late', 'bruise'].map((id) => ({ id, text: id, cite: [] }));
    const ticking = createFlow(
      [ask('signs'), end('last')],
      [createQuestion('signs', { type: 'several of', options, none: 'None' })],
    );
    const edges = (...signs: string[]) => edgesOf(ticking, walk(ticking, { signs })).slice(2);
    expect(edges('late', 'bruise')).toEqual(['option signs/late', 'option signs/bruise']);
    expect(edges('late', 'unknown')).toEqual(['unknown signs', 'option signs/late']);
    expect(edges('none')).toEqual(['none signs']);
  });
});
