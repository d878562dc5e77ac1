import { describe, expect, it } from 'vitest';
import { createResultKeeper } from '../../server/consultation/kept-results.ts';
import { describeResult } from '../../server/consultation/result.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import { type Answers, isSameAnswer } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { loadReal } from '../real-content.ts';
import { isShort, someOf } from '../short-form.ts';

const library = loadReal();
const ends = [...library.areas.values()].flatMap((area) =>
  someOf(area.flows.values()).flatMap((flow) =>
    walkCases(library, flow, CONTENT_DAY)
      .filter(({ position }) => position.at.kind === 'end')
      .map(({ answers }) => ({ flow, answers })),
  ),
);
const days = { opened: '2026-11-20', today: '2026-11-24' };

function reached({ flow, answers }: { flow: (typeof ends)[number]['flow']; answers: Answers }) {
  return { flow, answers, position: walk(flow, answers) };
}

describe('cached results', () => {
  it('are the same as fresh ones, with others in between', () => {
    const keeper = createResultKeeper();
    expect(ends.length).toBeGreaterThan(isShort ? 20 : 100);
    const some = ends.filter((_, index) => index % 10 === 0);
    const plain = some.map((end) => JSON.stringify(describeResult(reached(end), days)));
    for (const _round of ['first', 'again'])
      expect(some.map((end) => JSON.stringify(keeper(reached(end), days)))).toEqual(plain);
  });

  it('are one object for the same answers, and another if an answer, the day or the version differs', () => {
    const keeper = createResultKeeper();
    const [end] = ends;
    if (end === undefined) throw new Error('no worked case ends');
    const first = keeper(reached(end), days);
    expect(keeper(reached({ ...end, answers: { ...end.answers } }), days)).toBe(first);
    expect(keeper(reached(end), { ...days, today: '2026-11-25' })).not.toBe(first);
    expect(keeper(reached(end), { ...days, opened: '2026-11-19' })).not.toBe(first);
    expect(keeper(reached({ ...end, flow: structuredClone(end.flow) }), days)).not.toBe(first);
    const other = ends.find(
      ({ flow, answers }) =>
        flow === end.flow && !isSameAnswer(Object.values(answers) as never, Object.values(end.answers) as never),
    );
    if (other === undefined) throw new Error('the flow has one case only');
    expect(keeper(reached(other), days)).not.toBe(first);
  });

  it('are dropped for others, the least recently used first', () => {
    const keeper = createResultKeeper();
    const [end, ...others] = ends;
    if (end === undefined) throw new Error('no worked case ends');
    const first = keeper(reached(end), days);
    for (const other of others.slice(0, 20)) keeper(reached(other), days);
    expect(keeper(reached(end), days)).toBe(first);
    for (const other of others.slice(20, 65)) keeper(reached(other), days);
    expect(keeper(reached(end), days)).not.toBe(first);
  });
});
