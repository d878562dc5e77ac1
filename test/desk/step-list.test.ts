/** All questions of a call on one page: what was heard is kept, whatever the other answers lead to. */
import { expect, it } from 'vitest';
import { answerAll } from '../../server/desk/step-list.ts';
import { createCase, findFlow, NOW } from './desk-world.ts';

it('keeps an answer although another in the same form rules its question out', () => {
  const flow = findFlow();
  if (flow === undefined) throw new Error('no flow');
  const { entries } = createCase();
  const given: Record<string, string> = { immediate_danger: 'yes', child_age: '14' };
  const { happenings, wrong } = answerAll(
    flow,
    entries,
    (question) => ({ values: given[question] === undefined ? [] : [given[question]], seen: 0 }),
    NOW.today,
  );
  expect(wrong).toEqual({});
  expect(happenings).toMatchObject([
    { question: 'immediate_danger', answer: 'yes' },
    { question: 'child_age', answer: 14 },
  ]);
});
