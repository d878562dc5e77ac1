/** Whose step it is: the reader's own steps are shown apart from what others do. */
import { expect, it } from 'vitest';
import { describeResult } from '../../server/consultation/result.ts';
import type { NextStep } from '../../server/flow/flow.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { ask, createFlow, createQuestion, end } from '../flow/small-flow.ts';

const WHOSE: Record<string, Pick<NextStep, 'who' | 'whose'>> = {
  mine: { who: 'the person who is worried', whose: 'yours' },
  theirs: { who: 'the hub, which tells you', whose: 'others' },
  of_social_workers: { who: "the child's social worker", whose: ['reader_is_social_worker'] },
  of_old_mine: { who: 'you, with your manager' },
  of_old_theirs: { who: 'the hub' },
};

function minesFor(worker: 'yes' | 'no'): string[] {
  const asked = createQuestion('worker', {
    means: [{ meaning: 'reader_is_social_worker', when: { kind: 'is', fact: 'worker', how: 'any', options: ['yes'] } }],
  });
  const flow = createFlow([ask('worker'), end('talk', { next: Object.keys(WHOSE) })], [asked]);
  const next = Object.fromEntries(Object.entries(WHOSE).map(([id, step]) => [id, { id, do: id, cite: [], ...step }]));
  const answers = { worker };
  const position = walk({ ...flow, next }, answers);
  const day = { opened: '2026-11-26', today: '2026-11-26' };
  const result = describeResult({ flow: { ...flow, next }, position, answers }, day);
  return result.next.filter(({ mine }) => mine).map((step) => step.do);
}

it('comes from the content or, in versions that do not say it, from who does it', () => {
  expect(minesFor('no')).toEqual(['mine', 'of_old_mine']);
});

it('is the reader’s if their kind is named', () => {
  expect(minesFor('yes')).toEqual(['mine', 'of_social_workers', 'of_old_mine']);
});
