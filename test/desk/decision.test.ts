/** What a decision requires if it departs from the advice, and what a manager's decision changes. */
import { expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { disputeOutcome, meetDeadline, reply } from '../../server/desk/aftercare.ts';
import { askDutyWorker, claim } from '../../server/desk/claiming.ts';
import { type DecisionContext, decideDispute, recordDecision, reviewReferral } from '../../server/desk/decision.ts';
import { openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { countConsultation, TO_SIGN } from '../../server/figures/facts.ts';
import { AMINA, createCase, MAY, NOW } from './desk-world.ts';

function claimed(area: string, level: number) {
  const world = createCase(area);
  world.add(
    askDutyWorker(world.entries, { question: 'Is it?', reach: '0161' }, { desk: world.desk, now: NOW, urgent: false }),
  );
  world.add(claim(world.entries, AMINA), AMINA);
  const context: DecisionContext = {
    desk: world.desk,
    now: NOW,
    fields: [],
    level,
    top: 5,
    advised: 'Refer now',
    doubts: [],
    advisedSteps: new Set<string>(),
  };
  return { ...world, context };
}

const BY = { decidedBy: 'Amina Shah' };

it.each(['bury', 'bolton', 'stockport'])('%s: a slip cannot close a case of level 5 as advice only', (area) => {
  const { entries, add, context } = claimed(area, 5);
  const refused = recordDecision(entries, { ...BY, outcome: 'advice_only', reason: '.' }, context);
  expect(isRefusal(refused) && refused.fields).toEqual({
    reason: expect.stringContaining('“Refer now” (level 5)'),
    departs: expect.stringContaining('“Refer now” (level 5)'),
  });
  const form = { ...BY, outcome: 'advice_only', reason: 'The child is in hospital, and safe tonight' };
  expect(isRefusal(recordDecision(entries, form, context))).toBe(true);
  // The confirmation was for another outcome than the one that is sent.
  expect(isRefusal(recordDecision(entries, { ...form, departs: 'early_help' }, context))).toBe(true);
  add(recordDecision(entries, { ...form, departs: 'advice_only' }, context), AMINA);
  expect(readDeskCase(entries)?.outcome).toMatchObject({
    outcome: 'advice_only',
    departs: 'yes',
    advised: 'Refer now',
  });
  // It is not decided before a second person has signed it.
  expect(countConsultation(entries)?.facts.departure).toBe(TO_SIGN);
});

it('an outcome as advised needs nothing more, and counts as such', () => {
  const { entries, add, context } = claimed('bury', 5);
  add(recordDecision(entries, { ...BY, outcome: 'referral_agreed', reason: '' }, context), AMINA);
  expect(countConsultation(entries)?.facts.departure).toBe('no');
});

it('a manager who disagrees sets another outcome, with its deadlines, and the answer is due again', () => {
  const { entries, add, context } = claimed('bolton', 4);
  add(recordDecision(entries, { ...BY, outcome: 'referral_agreed', reason: '' }, context), AMINA);
  add(reply(entries, { how: 'by telephone', answer: 'It was agreed' }), AMINA);
  expect(describeLine('c', entries, () => undefined)?.toReview).toBe(true);
  const alone = reviewReferral(entries, { accepted: 'no', reason: 'Not met yet' }, context);
  expect(isRefusal(alone) && Object.keys(alone.fields ?? {})).toEqual(['instead']);
  const form = { accepted: 'no', instead: 'referral_declined', reason: 'The evidence is not enough yet' };
  add(reviewReferral(entries, form, context), MAY);
  const after = readDeskCase(entries);
  expect(after?.outcome).toMatchObject({
    words: 'Referral declined',
    reason: form.reason,
    decidedBy: 'May Okoro, operational manager',
  });
  expect([after?.answer, after?.state]).toEqual([undefined, 'closed']);
  const open = openDeadlines(after as never).map(({ id }) => id);
  expect(open).toEqual(expect.arrayContaining(['answer', 'own_framework', 'referrer_told']));
  for (const gone of ['told', 'review_and_allocate', 'planning_meeting']) expect(open).not.toContain(gone);
  expect(describeLine('c', entries, () => undefined)).toMatchObject({ outcome: 'referral_declined', toReview: false });
});

it('a manager decides a dispute: the outcome stands or changes, and steps are done only if the decision says who did them', () => {
  const { entries, add, context, desk } = claimed('bury', 4);
  const reason = 'The family has support in place';
  add(recordDecision(entries, { ...BY, outcome: 'early_help', reason }, context), AMINA);
  expect(isRefusal(decideDispute(entries, { stands: 'yes', reason: 'x' }, context))).toBe(true);
  add(disputeOutcome(entries, { why: 'She has not eaten' }, desk, NOW));
  expect(describeLine('c', entries, () => undefined)?.mark).toBe('disputed');
  const decided = { stands: 'no', instead: 'referral_agreed', reason: 'She is right' };
  const wordless = decideDispute(entries, { ...decided, 'done-dispute_talk': '.' }, context);
  expect(isRefusal(wordless) && Object.keys(wordless.fields ?? {})).toEqual(['done-dispute_talk']);
  const talked = 'Amina Shah rang her this morning';
  add(decideDispute(entries, { ...decided, 'done-dispute_talk': talked }, context), MAY);
  const after = readDeskCase(entries);
  expect(after?.deadlines.find(({ id }) => id === 'dispute_talk')?.met?.note).toBe(talked);
  expect(after?.outcome?.outcome).toBe('referral_agreed');
  const steps = () => openDeadlines(readDeskCase(entries) as never).filter(({ id }) => id.startsWith('dispute_'));
  expect(steps().map(({ id, by }) => [id, by])).toEqual([['dispute_managers', '2026-11-24']]);
  expect(describeLine('c', entries, () => undefined)?.mark).toBeNull();
  const met = { deadline: 'dispute_managers', note: 'Her lead and May Okoro spoke at noon' };
  add(meetDeadline(entries, { form: met, who: MAY }), MAY);
  expect(steps()).toEqual([]);
  add(disputeOutcome(entries, { why: 'And now it is too much' }, desk, NOW));
  expect(describeLine('c', entries, () => undefined)?.mark).toBe('disputed');
});
