/** What a duty worker on the telephone sees after each answer, in every worked case. */
import { expect, it } from 'vitest';
import { readSoFar } from '../../server/desk/call-summary.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { readCase } from '../../server/flow/walk/written-answers.ts';
import { loadReal } from '../real-content.ts';
import { NOW } from './desk-world.ts';

const cases = [...loadReal().areas].flatMap(([area, { cases: own, flows, desk }]) =>
  [...own].flatMap(([id, { flow: name, answers }]) => {
    const flow = flows.get(name);
    if (flow?.reader !== 'professional' || desk === undefined) return [];
    return [{ area, id, flow, answers: readCase(flow, answers, NOW.today).answers }];
  }),
);

const after = ({ flow, answers }: (typeof cases)[number], count: number) => {
  const given = Object.fromEntries(Object.entries(answers).slice(0, count)) as Answers;
  return readSoFar(flow, { answers: given, openedAt: NOW.at });
};

it('shows nothing before the first answer, and everything after the last', () => {
  expect(cases.length).toBeGreaterThan(100);
  for (const one of cases) {
    expect([one.id, after(one, 0)]).toEqual([one.id, { isFinished: false, others: [] }]);
    const { isFinished, advised } = after(one, Number.MAX_SAFE_INTEGER);
    expect([one.id, isFinished, (advised?.action ?? '') !== '']).toEqual([one.id, true, true]);
  }
});

it('shows in between what would hold if the caller hung up, and danger as soon as it is mentioned', () => {
  for (const one of cases) {
    const { isFinished, advised } = after(one, 1);
    if (isFinished) continue;
    expect([one.id, (advised?.action ?? '') !== '']).toEqual([one.id, true]);
    const isDanger = one.answers.immediate_danger === 'yes' && Object.keys(one.answers)[0] === 'immediate_danger';
    if (isDanger) expect([one.id, advised?.byWhen]).toEqual([one.id, 'At once']);
  }
});

it('shows the level and the parents as soon as they are known', () => {
  const early = (known: 'level' | 'parents') =>
    cases.filter((one) => {
      const soFar = after(one, Object.keys(one.answers).length - 1);
      return !soFar.isFinished && soFar[known] !== undefined;
    });
  expect([early('level').length > 10, early('parents').length > 10]).toEqual([true, true]);
});
