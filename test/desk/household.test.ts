/** Several children of a household in one consultation, and the second signature under an outcome. */
import { expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import { createDeskRecord } from '../../server/consultation/desk-record.ts';
import { type Entry, type Happening, isRefusal } from '../../server/consultation/entry.ts';
import { keepForReferrer } from '../../server/consultation/for-referrer.ts';
import type { Form } from '../../server/consultation/recording.ts';
import { DESK_ACTIONS, isOffered, type ShownCase, whyNotSignHere } from '../../server/desk/actions.ts';
import { reopen } from '../../server/desk/aftercare.ts';
import { askDutyWorker, claim } from '../../server/desk/claiming.ts';
import { correctAtDesk } from '../../server/desk/correcting.ts';
import { countersign, isToCountersign, waitingForSignature } from '../../server/desk/countersigning.ts';
import { fillInAndDecide, recordDecision } from '../../server/desk/decision.ts';
import { decisionContext } from '../../server/desk/decision-context.ts';
import { type DeskCase, decisionsToSign, isSigning, openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { recordChild, removeChild } from '../../server/desk/household.ts';
import { answersToBeginWith } from '../../server/desk/message-templates.ts';
import { childKeysOf, describeLine } from '../../server/desk/queue-row.ts';
import { whyNotSign } from '../../server/desk/signers.ts';
import { eventOf } from '../../server/desk/webhook-events.ts';
import { wordsOf } from '../../server/desk/written-words.ts';
import { describeDesk } from '../../server/export/desk-sections.ts';
import { countConsultation, DEPARTS_SIGNED, TO_SIGN } from '../../server/figures/facts.ts';
import { AMINA, createCase, library, MAY, NOW, TOM } from './desk-world.ts';

/** Why this person may not sign the first decision that needs a signature. */
function whyNot(deskCase: DeskCase, who: Who): string | undefined {
  const [decision] = decisionsToSign(deskCase);
  if (decision === undefined) throw new Error('nothing waits for a signature');
  return whyNotSign(deskCase, decision, who);
}

/** A consultation claimed by Amina, with Bury's scale of five levels. */
function claimed() {
  const world = createCase('bury', 'level');
  const flow = library.areas.get('bury')?.flows.get('level');
  if (flow === undefined) throw new Error('no flow');
  const { entries, add, desk } = world;
  add([{ kind: 'child named', known: 'yes', name: 'Zahra Khan' }]);
  add(askDutyWorker(entries, { question: 'Is it?', reach: '0161' }, { desk, now: NOW, urgent: false }));
  add(claim(entries, AMINA), AMINA);
  const child = (form: Form) => recordChild(entries, { form, flow, desk, now: NOW });
  // Decides as if every question were answered.
  const decide = (form: Form) => {
    const { open: _, ...context } = decisionContext({ flow, desk, now: NOW }, entries);
    return recordDecision(entries, form, { ...context, advised: 'Plan with the family', doubts: [], fields: [] });
  };
  const deskCase = () => readDeskCase(entries) as NonNullable<ReturnType<typeof readDeskCase>>;
  const line = () => describeLine('c', entries, () => flow);
  return { ...world, flow, child, decide, deskCase, line };
}

const SISTER = { name: 'Zara Khan', age: '3', childLevel: '2', note: 'She was asleep upstairs' };

it('each child is recorded once, with an age and what holds for them; the queue shows no name', () => {
  const { add, child, deskCase, line, entries } = claimed();
  expect(child({ ...SISTER, age: '' })).toMatchObject({ refused: 'invalid', fields: { age: expect.any(String) } });
  add(child(SISTER), AMINA);
  expect(child(SISTER)).toEqual([]);
  add(child({ age: 'unborn' }), AMINA);
  expect(deskCase().household.map(({ name, age, level }) => [name, age, level])).toEqual([
    ['Zara Khan', '3', 2],
    ['', 'unborn', 0],
  ]);
  expect(line()?.household).toMatch(/^a child aged 3 \(.+\); a child, unborn$/);
  expect(line()?.household).not.toContain('Zara');
  expect(childKeysOf(entries)).toEqual(['khan zahra', 'khan zara']);
  expect(wordsOf(entries)).toContain('She was asleep upstairs');
  expect(wordsOf(entries)).not.toContain(deskCase().household[0]?.levelWords);
});

it('new information replaces what was recorded, and a child recorded by mistake can be removed', () => {
  const { add, child, deskCase, entries } = claimed();
  add(child(SISTER), AMINA);
  const [id = ''] = deskCase().household.map((one) => one.child);
  add(child({ ...SISTER, child: id, childLevel: '4', childOutcome: 'referral_agreed' }), AMINA);
  expect(deskCase().household).toMatchObject([{ child: id, level: 4, outcome: 'referral_agreed', age: '3' }]);
  expect(isRefusal(removeChild(entries, { form: { child: id, reason: '' } }))).toBe(true);
  add(removeChild(entries, { form: { child: id, reason: 'She lives with her aunt' } }), AMINA);
  expect(deskCase().household).toEqual([]);
  expect(removeChild(entries, { form: { child: id, reason: 'Again' } })).toEqual([]);
  expect(child({ ...SISTER, child: id })).toMatchObject({ refused: 'conflict' });
});

it('a child at a higher level raises the level that the outcome is compared with and, at the top, the urgency', () => {
  const { add, child, decide, line } = claimed();
  const early = { outcome: 'early_help', reason: '.', decidedBy: 'Amina Shah, duty worker' };
  expect(isRefusal(decide(early))).toBe(false);
  expect(line()?.urgency).toBe('none');
  add(child({ ...SISTER, childLevel: '5' }), AMINA);
  expect(line()?.urgency).toBe('at once');
  expect(decide(early)).toMatchObject({
    refused: 'invalid',
    fields: {
      reason: expect.stringContaining('A child of the household is at level 5'),
      departs: expect.stringContaining('Is “Early help'),
    },
  });
  // A milder child lowers nothing.
  add(child({ ...SISTER, name: 'Omar Khan', childLevel: '1' }), AMINA);
  expect(isRefusal(decide(early))).toBe(true);
});

it('a decision for a child that departs from their level needs a reason', () => {
  const { child } = claimed();
  const form = { ...SISTER, childLevel: '5', childOutcome: 'advice_only', note: '.' };
  expect(child(form)).toMatchObject({
    refused: 'invalid',
    fields: { note: expect.stringContaining('other than advised') },
  });
  const said = { ...form, note: 'Level 5 was her brother, she is safe' };
  expect(child(said)).toMatchObject({ fields: { childMeant: expect.stringContaining('meant?') } });
  expect(isRefusal(child({ ...said, childMeant: 'yes' }))).toBe(false);
  // An outcome that is never chosen out of doubt needs a level first.
  expect(child({ ...SISTER, childLevel: '', childOutcome: 'no_further_action' })).toMatchObject({
    fields: { childLevel: expect.stringContaining('out of doubt') },
  });
});

const NOTHING_MORE = { outcome: 'no_further_action', reason: 'The mark was paint', decidedBy: 'Amina', certain: 'yes' };

it('an outcome that needs a second signature is signed by somebody else in one of the area’s roles', () => {
  const { add, decide, deskCase, entries, desk, line } = claimed();
  add(decide(NOTHING_MORE), AMINA);
  expect([line()?.toCountersign, isToCountersign(deskCase())]).toEqual([true, true]);
  // The questions are not finished, so it cannot wait until Monday.
  expect(openDeadlines(deskCase()).find(({ id }) => id === 'countersignature')?.by).toBe('2026-11-20T10:30:00.000Z');
  const sign = (who: typeof AMINA, form: Form = { signed: 'yes' }) =>
    countersign(entries, { form, who, desk, now: NOW });
  expect(sign(AMINA)).toMatchObject({ refused: 'conflict', message: expect.stringContaining('yourself') });
  expect(sign({ ...TOM, role: 'safeguarding lead' })).toMatchObject({ refused: 'conflict' });
  expect(sign(TOM, {})).toMatchObject({ refused: 'invalid' });
  // A case system is not told that it is closed either.
  expect(eventOf([], deskCase())).toBe('consultation.changed');
  add(sign(TOM), TOM);
  expect([line()?.toCountersign, eventOf([], deskCase())]).toEqual([false, 'consultation.closed']);
  expect(deskCase()).toMatchObject({ state: 'closed', countersignature: { signed: 'yes', who: TOM } });
  expect(sign(MAY)).toMatchObject({ refused: 'conflict', message: 'No outcome waits for a second signature' });
});

it('a refused outcome no longer stands: its worker decides again, and the referrer has to be answered', () => {
  const { add, decide, deskCase, entries, desk } = claimed();
  add(decide(NOTHING_MORE), AMINA);
  const sign = (form: Form) => countersign(entries, { form, who: MAY, desk, now: NOW });
  expect(sign({ signed: 'no' })).toMatchObject({ refused: 'invalid', fields: { reason: expect.any(String) } });
  add(sign({ signed: 'no', reason: 'Nobody has seen the child' }), MAY);
  expect(deskCase()).toMatchObject({ state: 'claimed', claimedBy: AMINA });
  expect(deskCase().outcome).toBeUndefined();
  expect(openDeadlines(deskCase()).map(({ id }) => id)).toContain('answer');
});

/**
 * The first child's referral is signed. Then a baby at level 5 with "no further action" is added, whose decision is the
 * only one that needs a signature.
 */
function withBabyToSign() {
  const world = claimed();
  const { add, child, decide, entries, desk } = world;
  const sign = (form: Form, who = MAY) => countersign(entries, { form, who, desk, now: NOW });
  add(child({ ...SISTER, childLevel: '5' }), AMINA);
  const early = { outcome: 'early_help', reason: 'The family has agreed to a plan', departs: 'early_help' };
  add(decide({ ...early, decidedBy: 'Amina' }), AMINA);
  add(sign({ signed: 'yes' }), MAY);
  const baby = {
    age: '8 months',
    childLevel: '5',
    childOutcome: 'no_further_action',
    note: 'The mark was paint',
    childMeant: 'yes',
  };
  add(child(baby), AMINA);
  const record = () => createDeskRecord(world.deskCase(), [], (one) => ({ ...one, by: '', corrections: [] }) as never);
  return { ...world, baby, sign, record };
}

it('a refusal affects only what was waiting for that signature: what was signed for another child stands', () => {
  const { add, child, baby, sign, deskCase, line, entries } = withBabyToSign();
  const before = openDeadlines(deskCase()).filter(({ id }) => !isSigning(id));
  expect(decisionsToSign(deskCase())).toMatchObject([{ age: '8 months', words: 'No further action' }]);
  add(sign({ signed: 'no', reason: 'Nobody has seen the baby' }), MAY);
  expect(deskCase()).toMatchObject({ state: 'closed', outcome: { outcome: 'early_help' } });
  expect(deskCase().countersignature?.signed).toBe('yes');
  const [, refused] = deskCase().household;
  expect(refused?.signature).toMatchObject({ signed: 'no', reason: 'Nobody has seen the baby' });
  const open = openDeadlines(deskCase());
  expect(open).toEqual(expect.arrayContaining(before));
  expect(open.find(({ id }) => id === `decide_anew_${refused?.child}`)?.do).toContain('8 months');
  // The queue does not show it as decided, and the referrer is not told about another child.
  expect(line()?.household).toMatch(/8 months \(.*to be decided anew\)/);
  expect(line()).toMatchObject({ urgency: 'at once', toCountersign: false, mark: null });
  expect(keepForReferrer({ entries } as never, entries.slice(-1))).toEqual([]);
  add(child({ ...baby, child: refused?.child ?? '', childOutcome: 'referral_agreed', note: '' }), AMINA);
  expect(openDeadlines(deskCase()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

/**
 * The outcome departs from the sister's level, and the baby's decision from the baby's level, so both need a signature.
 */
function withTwoToSign() {
  const world = claimed();
  const { add, child, decide, entries, desk } = world;
  add(child({ ...SISTER, childLevel: '5' }), AMINA);
  add(
    child({
      age: '8 months',
      childLevel: '5',
      childOutcome: 'advice_only',
      note: 'The mark was paint',
      childMeant: 'yes',
    }),
    AMINA,
  );
  const early = { outcome: 'early_help', reason: 'The family has agreed to a plan', departs: 'early_help' };
  const record = (form: Form) => add(decide({ ...early, decidedBy: 'Amina', ...form }), AMINA);
  record({});
  const sign = (form: Form, who = MAY) => countersign(entries, { form, who, desk, now: NOW });
  const idOf = (age: string) => decisionsToSign(world.deskCase()).find((one) => one.age === age)?.id ?? '';
  const signing = () => openDeadlines(world.deskCase()).flatMap(({ id }) => (isSigning(id) ? [id] : []));
  return { ...world, record, sign, idOf, signing };
}

it('two decisions are signed separately, each by its own deadline, and a form signs only what it showed', () => {
  const { add, sign, idOf, signing, deskCase } = withTwoToSign();
  expect(signing()).toEqual(['countersignature', 'countersignature_child_6']);
  expect(sign({ signed: 'yes' })).toMatchObject({ refused: 'conflict', message: expect.stringContaining('own form') });
  expect(sign({ signed: 'yes', signing: '99' })).toMatchObject({ refused: 'conflict' });
  const baby = { signed: 'yes', signing: idOf('8 months') };
  add(sign(baby), MAY);
  // A double click.
  expect(sign(baby)).toEqual([]);
  expect(signing()).toEqual(['countersignature']);
  expect(deskCase().household.map(({ signature }) => signature?.signed)).toEqual([undefined, 'yes']);
  expect(decisionsToSign(deskCase())).toMatchObject([{ child: '', words: expect.stringContaining('Early help') }]);
  add(sign({ signed: 'no', reason: 'The sister was not seen', signing: idOf('') }), MAY);
  expect(deskCase()).toMatchObject({ state: 'claimed', countersignature: { signed: 'no' } });
  expect(deskCase().household[1]?.signature?.signed).toBe('yes');
  expect(signing()).toEqual([]);
});

it('a decision for another child can be signed although the outcome was refused, but not after reopening', () => {
  const { add, sign, idOf, signing, deskCase, entries, desk, line, record } = withTwoToSign();
  add(sign({ signed: 'no', reason: 'The sister was not seen', signing: idOf('') }), MAY);
  expect([line()?.state, line()?.toCountersign, signing()]).toEqual(['claimed', true, ['countersignature_child_6']]);
  add(sign({ signed: 'yes' }), MAY);
  expect([line()?.toCountersign, signing()]).toEqual([false, []]);
  record({ reason: 'She was seen now, and is well' });
  // The reason why the earlier one no longer stands is shown with it.
  const keep = (one: { number: number }) => ({ ...one, by: '', corrections: [] }) as never;
  const words = JSON.stringify(describeDesk({ desk: createDeskRecord(deskCase(), [], keep) } as never));
  expect(words).toMatch(/Earlier outcome.+Not signed by the second person.+The sister was not seen/);
  expect(signing()).toEqual(['countersignature']);
  add(reopen(entries, { news: 'A new mark' }, { desk, now: NOW }), AMINA);
  expect([waitingForSignature(deskCase()), signing()]).toEqual([[], []]);
});

it('an older entry’s single deadline is met when the last of its decisions is signed', () => {
  const { add, sign, idOf, entries, signing } = withTwoToSign();
  const [older] = entries.flatMap(({ what }) => (what.kind === 'outcome recorded' ? [what] : []));
  const single = older?.deadlines.filter(({ id }) => !id.startsWith('countersignature_')) ?? [];
  add([{ ...(older as NonNullable<typeof older>), deadlines: single }], AMINA);
  expect(signing()).toEqual(['countersignature']);
  add(sign({ signed: 'yes', signing: idOf('') }), MAY);
  expect(signing()).toEqual(['countersignature']);
  add(sign({ signed: 'yes' }), MAY);
  expect(signing()).toEqual([]);
});

it('the decider is corrected beside the entry: the outcome stays, and the person who corrected it may not sign', () => {
  const { add, decide, deskCase, entries, desk } = claimed();
  add(decide({ ...NOTHING_MORE, decidedBy: 'May Okoro, manager' }), AMINA);
  expect(whyNot(deskCase(), MAY)).toContain('only the name is wrong');
  const corrects = String(deskCase().outcome?.number);
  const correction = { corrects, subject: 'decider', text: 'Amina Shah, duty worker', reason: 'May was away' };
  const correct = (form: Form, who: Who) => correctAtDesk(entries, { form: { ...correction, ...form }, who, desk });
  expect(correct({ text: '', reason: '' }, AMINA)).toMatchObject({
    fields: { text: expect.any(String), reason: expect.any(String) },
  });
  // If May corrects the decider herself, she may not sign the decision for which she named somebody else.
  const byMay = [...entries, { number: entries.length + 1, at: NOW.at, by: 'duty worker' as const, who: MAY }];
  const [what] = correct({}, MAY) as Happening[];
  const after = readDeskCase(byMay.map((entry) => ({ what, ...entry })) as Entry[]) as DeskCase;
  expect(whyNot(after, MAY)).toContain('corrected who took it');
  add(correct({}, AMINA), AMINA);
  expect(correct({}, AMINA)).toEqual([]);
  // What was written first is kept, and the correction that counts is shown beside it.
  expect(deskCase()).toMatchObject({
    state: 'closed',
    outcome: { decidedBy: 'May Okoro, manager', words: 'No further action' },
  });
  expect(readConsultation('', entries).corrections).toMatchObject([{ text: 'Decided by Amina Shah, duty worker' }]);
  expect(whyNot(deskCase(), MAY)).toBeUndefined();
  add(countersign(entries, { form: { signed: 'yes' }, who: MAY, desk, now: NOW }), MAY);
  const begin = answersToBeginWith({ desk, reference: 'B 1', deskCase: deskCase(), now: NOW });
  expect(JSON.stringify(begin)).not.toContain('May Okoro');
  // The person who signed cannot be named as the decider afterwards either.
  expect(correct({ text: 'May Okoro' }, AMINA)).toMatchObject({
    fields: { text: expect.stringContaining('signed this') },
  });
});

it('the form names each child and the decision to be signed, and the record says what was not signed', () => {
  const { add, decide, sign, deskCase, desk, entries, record } = withBabyToSign();
  const shown = (who: Who) =>
    ({
      desk,
      deskCase: deskCase(),
      decision: decisionsToSign(deskCase())[0],
      person: who.id,
      personName: who.name,
      role: who.role,
    }) as ShownCase;
  const label = () => DESK_ACTIONS.countersignatures.fields(shown(MAY))[0]?.label;
  expect(label()).toContain('age 8 months: “No further action”');
  expect(label()).not.toContain('Early help');
  expect(JSON.stringify(describeDesk({ desk: record() } as never))).toContain('NOT YET SIGNED by a second person');
  add(sign({ signed: 'no', reason: 'Nobody has seen the baby' }), MAY);
  expect(JSON.stringify(describeDesk({ desk: record() } as never))).toContain('NOT SIGNED by the second person');
  // If the first child is decided again, the decision that was refused for the baby is not offered for signature again.
  add(reopen(entries, { news: 'A new mark' }, { desk, now: NOW }), AMINA);
  add(decide({ ...NOTHING_MORE, departs: NOTHING_MORE.outcome }), AMINA);
  expect(label()).toContain('The child who was asked about: “No further action”');
  expect(label()).not.toContain('8 months');
});

it('a person named as the decider who did not decide is told why, and denies it: then it no longer stands', () => {
  const { add, decide, deskCase, desk, entries } = claimed();
  add(decide({ ...NOTHING_MORE, decidedBy: 'May Okoro, manager' }), AMINA);
  const [decision] = decisionsToSign(deskCase());
  const person = { person: MAY.id, personName: MAY.name, role: MAY.role };
  const shown = { desk, deskCase: deskCase(), decision, ...person } as ShownCase;
  expect(whyNotSignHere(shown)).toContain('You are named as who took the decision');
  expect(isOffered('countersignatures', shown)).toBe(true);
  const sign = (form: Form) => countersign(entries, { form, who: MAY, desk, now: NOW });
  expect(sign({ signed: 'yes' })).toMatchObject({ refused: 'conflict' });
  expect(sign({ signed: 'no' })).toMatchObject({ refused: 'invalid', fields: { reason: expect.any(String) } });
  add(sign({ signed: 'no', reason: 'I did not decide this' }), MAY);
  expect(deskCase()).toMatchObject({ state: 'claimed', countersignature: { signed: 'no' } });
  expect(deskCase().outcome).toBeUndefined();
});

/** An outcome that departs from the level of a child, so a manager has to sign it; recorded as the page does it. */
function toSignDecidedBy(decidedBy: string) {
  const world = claimed();
  const { add, child, entries, flow, desk, deskCase } = world;
  add(child({ ...SISTER, childLevel: '4' }), AMINA);
  const fields = {
    'field-screening': 'other_concern',
    'field-parents_told': 'not_told',
    'reason-parents_told': 'The manager is asked first',
    'field-agreed_course': 'A plan with the school',
    'field-concern': 'neglect',
  };
  const form = { ...fields, outcome: 'early_help', reason: 'The family has agreed to a plan', decidedBy };
  const contextOf = (sent: Form, who: Who) => {
    const colleagues = [AMINA, TOM, MAY].filter(({ id }) => id !== who.id);
    return { form: sent, who, colleagues, flow, desk, fields: desk.fields, now: NOW };
  };
  const act = (noun: 'done-tasks' | 'countersignatures', sent: Form, who: Who) =>
    DESK_ACTIONS[noun].decide(entries, contextOf(sent, who));
  add(fillInAndDecide(entries, contextOf(form, AMINA)), AMINA);
  const corrects = String(entries.findLast(({ what }) => what.kind === 'outcome recorded')?.number);
  const correct = (text: string, who: Who) => {
    const sent = { corrects, subject: 'decider', text, reason: 'A slip' };
    add(correctAtDesk(entries, { form: sent, who, desk, colleagues: [AMINA, TOM, MAY], now: NOW }), who);
  };
  const tasks = () => openDeadlines(deskCase()).flatMap(({ id, task }) => (task === undefined ? [] : [{ id, task }]));
  const signing = () => openDeadlines(deskCase()).find(({ id }) => isSigning(id))?.who ?? '';
  return { ...world, act, correct, tasks, signing };
}

it('whoever is named as who took a decision that has to be signed is asked by a task, too, and answers once', () => {
  const { add, act, correct, tasks, deskCase, entries } = toSignDecidedBy('Tom Reid, duty worker');
  const [asked] = tasks();
  expect([asked?.task.to.id, tasks().length]).toEqual([TOM.id, 1]);
  add(act('done-tasks', { deadline: asked?.id ?? '', took: 'no', note: 'I was away' }, TOM), TOM);
  expect(openDeadlines(deskCase()).map(({ id }) => id)).toContain('name_decider');
  expect(deskCase().outcome?.denials).toMatchObject([{ who: TOM }]);
  correct('May Okoro, manager', TOM);
  expect(tasks()).toMatchObject([{ task: { to: MAY } }]);
  expect(openDeadlines(deskCase()).map(({ id }) => id)).not.toContain('name_decider');
  // Said in the form for the signature instead, it is said: the task is gone.
  add(act('countersignatures', { signed: 'no', reason: 'Not I' }, MAY), MAY);
  expect([tasks(), entries.at(-1)?.what]).toMatchObject([[], { denies: 'yes' }]);
});

it('the deadline for a signature names those who may sign now, also after it was corrected who decided', () => {
  const { correct, deskCase, signing } = toSignDecidedBy('Joan Bell, team manager');
  const mayTom = () => whyNot(deskCase(), TOM) === undefined;
  expect([signing().startsWith('operational manager, not'), mayTom()]).toEqual([true, false]);
  // The manager has corrected it, so that she does not sign, and any colleague may.
  correct('Joan Bell, head of service', MAY);
  expect([signing().startsWith('any second person of the desk'), mayTom()]).toEqual([true, true]);
  expect(whyNot(deskCase(), MAY)).toContain('corrected who took it');
});

it('outcomes that need a signature are counted separately, and a reopened consultation has no outcome', () => {
  const { add, child, decide, deskCase, entries, desk } = claimed();
  const counted = () => {
    const { outcome, level, departure } = countConsultation(entries)?.facts ?? {};
    return [outcome, level, departure];
  };
  const waiting = [TO_SIGN, TO_SIGN, TO_SIGN];
  add(decide(NOTHING_MORE), AMINA);
  expect(counted()).toEqual(waiting);
  add(reopen(entries, { news: 'A new mark' }, { desk, now: NOW }), AMINA);
  expect(counted()).toEqual(['', '', '']);
  add(decide({ ...NOTHING_MORE, reason: 'Still paint' }), AMINA);
  add(countersign(entries, { form: { signed: 'yes' }, who: MAY, desk, now: NOW }), MAY);
  expect(counted()).toEqual(['no_further_action', '0', 'no']);
  add(reopen(entries, { news: 'Another mark' }, { desk, now: NOW }), AMINA);
  add(child({ ...SISTER, childLevel: '5' }), AMINA);
  const early = { outcome: 'early_help', reason: 'The family has agreed to a plan', departs: 'early_help' };
  add(decide({ ...early, decidedBy: 'Amina' }), AMINA);
  expect(counted()).toEqual(waiting);
  const [{ id = '' } = {}] = decisionsToSign(deskCase());
  add(countersign(entries, { form: { signed: 'yes', signing: id }, who: MAY, desk, now: NOW }), MAY);
  expect(counted()).toEqual(['early_help', '0', DEPARTS_SIGNED]);
});

it('a child who was removed needs no signature', () => {
  const { add, deskCase, entries } = withBabyToSign();
  const { child = '' } = deskCase().household[1] ?? {};
  add(removeChild(entries, { form: { child, reason: 'Recorded twice' } }), AMINA);
  expect(isToCountersign(deskCase())).toBe(false);
  expect(openDeadlines(deskCase()).map(({ id }) => id)).not.toContain('countersignature');
});

it('every departure from the advice needs a signature, and nothing that was reopened does', () => {
  const { add, child, decide, deskCase, entries, desk, flow } = claimed();
  add(child({ ...SISTER, childLevel: '4' }), AMINA);
  add(decide({ outcome: 'early_help', reason: 'The family has agreed to a plan', decidedBy: 'Amina' }), AMINA);
  expect(deskCase().outcome).toMatchObject({ departs: 'yes', signers: ['operational manager'] });
  expect(whyNot(deskCase(), TOM)).toBe('Only these sign it: operational manager');
  expect(whyNot(deskCase(), MAY)).toBeUndefined();
  add(reopen(entries, { news: 'A new mark' }, { desk, now: NOW }), AMINA);
  expect(isToCountersign(deskCase())).toBe(false);
  expect(openDeadlines(deskCase()).map(({ id }) => id)).not.toContain('countersignature');
  expect(flow.area.scale).toHaveLength(5);
});

it('any second person of the desk may sign what the only manager recorded', () => {
  const { add, child, decide, deskCase } = claimed();
  add(child({ ...SISTER, childLevel: '4' }), MAY);
  add(decide({ outcome: 'early_help', reason: 'The family has agreed to a plan', decidedBy: 'May' }), MAY);
  expect(whyNot(deskCase(), MAY)).toContain('yourself');
  expect(whyNot(deskCase(), TOM)).toBeUndefined();
});

it('an answer can begin with a filled-in template of the area that suits the decision', () => {
  const { add, decide, deskCase, desk } = claimed();
  const begin = () => answersToBeginWith({ desk, reference: 'B 1', deskCase: deskCase(), now: NOW });
  // Before an outcome, only templates that do not mention one.
  expect(begin().map(({ id }) => id)).toEqual(['advice', 'early_help', 'asked_back']);
  add(decide({ outcome: 'referral_agreed', reason: 'The threshold is met', decidedBy: 'Amina Shah' }), AMINA);
  expect(begin().map(({ id }) => id)).toEqual(['referral_agreed', 'asked_back']);
  const [agreed] = begin();
  // Bury's own text replaces the national one.
  expect(agreed?.text).toContain('Interagency Referral Form');
  expect(agreed?.text).toContain('decided by Amina Shah');
  expect(
    begin()
      .map(({ text }) => text)
      .join(),
  ).not.toMatch(/\{|Zahra/);
});
