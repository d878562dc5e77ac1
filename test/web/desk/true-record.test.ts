/** The record says only what was done and by whom, and nothing that protects a child is closed by a slip. */
import { beforeEach, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { decisionsToSign, isSigning, openDeadlines, readDeskCase } from '../../../server/desk/desk-case.ts';
import type { Answer } from '../../../server/flow/walk/answer.ts';
import { walk } from '../../../server/flow/walk/walk.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

let world: Awaited<ReturnType<typeof openDeskApp>>;
let people: Record<'worker' | 'colleague' | 'manager' | 'gwen' | 'tom', Awaited<ReturnType<typeof world.openDesk>>>;
beforeEach(async () => {
  world = await openDeskApp();
  people = {
    worker: await world.openDesk('duty worker'),
    colleague: await world.openDesk('duty worker'),
    manager: await world.openDesk('operational manager'),
    gwen: await openNamed('operational manager', 'Gwen Invented'),
    tom: await openNamed('duty worker', 'Tom Reid'),
  };
}, 60_000);

async function openNamed(role: 'duty worker' | 'operational manager', name: string) {
  const member = await world.addMember(role, 'bury', name);
  const browser = world.openBrowser();
  await world.signIn(browser, member);
  return Object.assign(browser, { member });
}

/** A consultation asked in Bury and claimed by the worker. */
async function openCase(answers: Record<string, Answer> = {}, worker = people.worker) {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  for (const [question, answer] of Object.entries(answers))
    await world.store.log.decide(id, () => [{ kind: 'answered', question, answer }], 'professional');
  await professional.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' });
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const record = paths.deskRecord(id);
  const deskCase = async () => {
    const found = readDeskCase((await world.store.log.read(id)) ?? []);
    if (found === undefined) throw new Error('not at the desk');
    return found;
  };
  const open = async () => openDeadlines(await deskCase()).map(({ id }) => (isSigning(id) ? 'countersignature' : id));
  const send = (noun: Parameters<typeof paths.deskAction>[1], form: Record<string, string>, who = worker) =>
    who.post(paths.deskAction(id, noun), form, record);
  return { id, record, professional, deskCase, open, send };
}

const FIELDS = {
  'field-screening': 'other_concern',
  'field-parents_told': 'not_told',
  'reason-parents_told': 'MASH is asked first',
  'field-agreed_course': 'The school keeps watch',
  'field-concern': 'neglect',
};
const CHILD = { name: 'Ada Cole', age: '5', childLevel: '5', childOutcome: 'advice_only' };
const MEANT = { note: 'She lives with her aunt, who was seen today', childMeant: 'yes' };

const SIGN = 'Sign as a second person what was decided for the child of age 5';

it('the person who recorded the outcome and the named decider may not sign it, and the page says who may', async () => {
  const { record, send, deskCase } = await openCase();
  await send('household-children', { ...CHILD, ...MEANT });
  const outcome = { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'gwen ínvented (manager)' };
  expect((await send('outcomes', outcome)).status).toBe(303);
  // The sister's decision needs a signature; the referral itself does not.
  expect(decisionsToSign(await deskCase())).toMatchObject([{ signers: ['operational manager'] }]);
  const shown = async (who: typeof people.worker) => (await who.get(record)).text.includes(`${SIGN}</span>`);
  expect(await Promise.all([people.worker, people.gwen, people.colleague, people.manager].map(shown))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  // A browser does not fill in the name of the person at the computer for the asker either.
  expect((await people.worker.get(record)).text).not.toMatch(/autocomplete="(name|organization)/);
  expect((await people.gwen.get(record)).text).toContain('not whoever recorded it and not whoever took the decision');
  // The form says which decision it is about: that alone is not something that somebody wrote.
  const signing = decisionsToSign(await deskCase())[0]?.id ?? '';
  const drafts = async () => (await people.manager.get(paths.drafts())).text;
  expect((await send('countersignatures', { signing }, people.manager)).status).toBe(422);
  expect(await drafts()).toContain('Nothing is kept');
  expect((await send('countersignatures', { signing, reason: 'Not read yet' }, people.manager)).status).toBe(422);
  expect([(await drafts()).includes('Not read yet'), (await drafts()).includes('<dt>signing')]).toEqual([true, false]);
  const refused = await send('countersignatures', { signed: 'yes', reason: 'I do' }, people.gwen);
  expect([refused.status, refused.text.includes('You are named as who took the decision')]).toEqual([409, true]);
  expect((await send('countersignatures', { signed: 'yes' }, people.manager)).status).toBe(303);
}, 60_000);

it('a duty worker who is not the named decider may sign what a manager recorded', async () => {
  const { record, send, deskCase } = await openCase({}, people.manager);
  await send('household-children', { ...CHILD, ...MEANT });
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Tom Reid, duty worker' });
  expect((await deskCase()).deadlines.find(({ id }) => isSigning(id))?.who).toContain('any second person');
  expect((await people.tom.get(record)).text).toContain('any second person of the desk');
  const refused = await send('countersignatures', { signed: 'yes', reason: 'I do' }, people.tom);
  expect([refused.status, (await deskCase()).state]).toEqual([409, 'closed']);
  expect((await send('countersignatures', { signed: 'yes' }, people.colleague)).status).toBe(303);
}, 60_000);

it('another child has the same safeguards as the child asked about: reason, confirmation, signature, deadline', async () => {
  const { send, deskCase, open } = await openCase();
  const bare = await send('household-children', CHILD);
  expect([bare.status, bare.text.includes('write why, in words'), bare.text.includes('meant?')]).toEqual([
    422,
    true,
    true,
  ]);
  expect((await send('household-children', { ...CHILD, note: MEANT.note })).status).toBe(422);
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' });
  expect(await open()).not.toContain('countersignature');
  // The outcome exists already, and holds for this child as long as they have no other.
  expect((await send('household-children', { ...CHILD, ...MEANT })).status).toBe(303);
  expect(await open()).toContain('countersignature');
  expect(decisionsToSign(await deskCase())).toMatchObject([{ signers: ['operational manager'] }]);
  expect((await send('countersignatures', { signed: 'yes' }, people.manager)).status).toBe(303);
  expect(await open()).not.toContain('countersignature');
}, 60_000);

it('a correction changes no outcome and no signature of somebody else, and says what to do instead', async () => {
  const { id, record, send } = await openCase();
  await send('household-children', { ...CHILD, ...MEANT });
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' });
  await send('countersignatures', { signed: 'yes' }, people.manager);
  const entries = (await world.store.log.read(id)) ?? [];
  const numberOf = (kind: string) => String(entries.find(({ what }) => what.kind === kind)?.number);
  const correct = (form: Record<string, string>, who = people.worker) =>
    who.post(paths.deskAddition(id, 'corrections'), { text: 'x y', reason: 'Misheard', ...form }, record);
  const corrects = numberOf('outcome recorded');
  const page = (await people.worker.get(paths.deskCorrecting(id, Number(corrects)).replace(/#.*/, ''))).text;
  expect([page.includes('A correction changes no outcome'), page.includes('href="#reopenings"')]).toEqual([true, true]);
  const meant: Record<string, string>[] = [{}, { subject: 'outcome' }, { subject: 'words', text: 'Urgent route' }];
  for (const form of meant) expect((await correct({ corrects, ...form })).status).toBe(422);
  expect((await correct({ corrects, subject: 'words', text: 'The reason is neglect' })).status).toBe(303);
  const decider = { corrects, subject: 'decider', text: 'Joan Bell, team manager', reason: 'A slip of the name' };
  expect((await correct(decider)).status).toBe(303);
  for (const reader of [people.worker, people.manager])
    expect((await reader.get(record)).text).toMatch(
      /decided by Joan Bell, team manager \(first written: Amina Shah\)\.[\s\S]*Corrected:<\/strong> Decided by Joan Bell/,
    );
  const signature = { corrects: numberOf('outcome countersigned'), text: 'Not signed' };
  const refused = await correct(signature);
  expect([refused.status, refused.text.includes('it has their name under it')]).toEqual([422, true]);
  expect((await correct({ ...signature, text: 'Signed after reading it' }, people.manager)).status).toBe(303);
}, 60_000);

/** Nothing is known except that there is no danger now. */
function answersOfDoubt() {
  const flow = world.services.library.areas.get('bury')?.flows.get('level');
  if (flow === undefined) throw new Error('no flow');
  const answers: Record<string, Answer> = {};
  for (;;) {
    const { at } = walk(flow, answers);
    if (at.kind === 'end') return answers;
    const isTicked = at.question.type === 'several of';
    answers[at.question.id] = at.question.id === 'immediate_danger' ? 'no' : isTicked ? ['unknown'] : 'unknown';
  }
}

it('no outcome that does less than advised for today can be recorded while answers are not known', async () => {
  const { send, deskCase } = await openCase(answersOfDoubt());
  for (const outcome of ['referral_declined', 'advice_only', 'early_help']) {
    const form = { ...FIELDS, outcome, departs: outcome, reason: 'We know the family well', decidedBy: 'Amina Shah' };
    const refused = await send('outcomes', form);
    expect([outcome, refused.status, refused.text.includes('never chosen out of doubt')]).toEqual([outcome, 422, true]);
  }
  expect((await deskCase()).state).toBe('claimed');
}, 60_000);

it('a deadline that is for somebody else to meet asks who did it, and when', async () => {
  const { send, deskCase } = await openCase();
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' });
  await send('replies', { how: 'by telephone', answer: 'It was agreed' });
  const foreign = (await deskCase()).deadlines.find(({ who }) => /social care|MASH/.test(who));
  const deadline = foreign?.id ?? '';
  for (const note of ['', 'ok'])
    expect((await send('done-deadlines', { deadline, note })).text).toContain('Write who did it, when');
  expect((await send('done-deadlines', { deadline, note: 'Jo Bell of MASH, at 9:00, by e-mail' })).status).toBe(303);
  expect((await deskCase()).deadlines.find(({ id }) => id === deadline)?.met).toBeDefined();
}, 60_000);

it('a telling from before the consultation is queried, and leaves the deadline open', async () => {
  const { id, record, professional, send, open } = await openCase();
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' });
  const tell = (when: string, more: Record<string, string> = {}) =>
    professional.post(paths.addition(id, 'tellings'), { spokeTo: 'Jo Bell', when, ...more }, paths.record(id));
  const years = await tell('1 March 2019 at 9:00');
  expect([years.status, years.text.includes('Is this day meant?')]).toEqual([422, true]);
  expect((await tell('1 March 2019 at 9:00', { before: 'They know the family since then' })).status).toBe(303);
  expect(await open()).toContain('told');
  // The desk has to give the time as well.
  const telling = { spokeTo: 'Jo Bell', when: 'today at 5:00', toldBy: 'desk' };
  const desk = (form: Record<string, string>) =>
    people.worker.post(paths.deskAddition(id, 'tellings'), { ...telling, ...form }, record);
  expect((await desk({})).text).toContain('name="before"');
  expect((await desk({ before: 'Of the brother, at night' })).status).toBe(303);
  expect(await open()).toContain('told');
  expect((await people.worker.get(record)).text).toContain('Before this consultation was opened: Of the brother');
  expect((await desk({ when: 'now' })).status).toBe(303);
  expect(await open()).not.toContain('told');
}, 60_000);

it('a telling that did not happen is corrected at its entry: the tag, the deadline and what the referrer reads follow', async () => {
  const { id, record, professional, send, open } = await openCase();
  await send('outcomes', { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' });
  await people.worker.post(
    paths.deskAddition(id, 'tellings'),
    { spokeTo: 'Jo', when: 'now', toldBy: 'referrer' },
    record,
  );
  expect(await open()).not.toContain('told');
  const entries = (await world.store.log.read(id)) ?? [];
  const corrects = String(entries.find(({ what }) => what.kind === 'told')?.number);
  const page = await people.worker.get(paths.deskCorrecting(id, Number(corrects)).replace(/#.*/, ''));
  expect(page.text).toContain('It did not happen. It stays readable, and no longer counts');
  const form = { corrects, text: 'Nobody was told', reason: 'I only left a message' };
  const correct = (subject?: string) =>
    people.worker.post(paths.deskAddition(id, 'corrections'), { ...form, ...(subject && { subject }) }, record);
  expect((await correct()).status).toBe(422);
  expect((await correct('not done')).status).toBe(303);
  expect(await open()).toContain('told');
  const shown = (await people.worker.get(record)).text;
  expect([shown.includes('Children’s services not told'), shown.includes('id="did-not-happen"')]).toEqual([true, true]);
  const theirs = [await professional.get(paths.handover(id)), await professional.get(paths.record(id))];
  for (const { text } of theirs) expect(text).toContain('You have not told children’s services yet');
  expect(theirs[1]?.text).toContain('id="did-not-happen"');
}, 60_000);

it('after new information the badge says that children’s services were told, but not of that', async () => {
  const { id, record, send, open } = await openCase();
  const outcome = { ...FIELDS, outcome: 'referral_agreed', decidedBy: 'Amina Shah' };
  const tell = () =>
    people.worker.post(paths.deskAddition(id, 'tellings'), { spokeTo: 'Jo', when: 'now', toldBy: 'desk' }, record);
  const badges = async () => (await people.worker.get(record)).text.includes('told before, but not of this');
  await send('outcomes', outcome);
  await tell();
  expect(await badges()).toBe(false);
  await send('reopenings', { news: 'She has a new mark' });
  expect(await badges()).toBe(true);
  await send('outcomes', { ...outcome, reason: 'With the new mark' });
  expect(await open()).toContain('told');
  world.clock.pass(1);
  await tell();
  expect([await badges(), (await open()).includes('told')]).toEqual([false, false]);
}, 60_000);
