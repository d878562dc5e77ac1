import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
const ASK = { question: 'Is this one for you?', reach: '0161 496 0001' };

/** A professional begins in Bury and asks at the first question. */
async function ask(world: World, question = ASK.question) {
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  const asked = await browser.post(paths.handovers(id), { ...ASK, question }, at);
  expect(asked.status).toBe(303);
  return { browser, id };
}

it('a day: asked, claimed, filled in, decided, answered, disputed, reopened', async () => {
  const world = await openDeskApp();
  const { browser: professional, id } = await ask(world);
  const told = (await professional.get(paths.handover(id))).text;
  expect(told).toContain('It is not a referral');
  expect(told).toContain('You have not told children’s services yet');

  const amina = await world.openDesk('duty worker');
  const record = paths.deskRecord(id);
  expect((await amina.get(paths.desk())).text).toContain('Nobody has it');
  const claimed = await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  expect(claimed.headers.get('Location')).toContain(record);

  const tom = await world.openDesk('duty worker');
  const late = await tom.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  expect(late.status).toBe(409);
  expect(late.text).toContain('has claimed it');

  const doubt = await amina.post(
    paths.deskAction(id, 'outcomes'),
    { outcome: 'no_further_action', decidedBy: 'A', reason: 'x', certain: 'yes' },
    record,
  );
  expect(doubt.status).toBe(422);
  const page = doubt.text;
  expect(page).toContain('<title>Error:');
  expect(page).toContain('never chosen out of doubt');

  const filled = {
    'field-screening': 'other_concern',
    'field-parents_told': 'not_told',
    'reason-parents_told': 'MASH is asked first',
    'field-agreed_course': 'The school keeps watch',
    'field-concern': 'neglect',
  };
  const decide = (more: Record<string, string> = {}) =>
    amina.post(
      paths.deskAction(id, 'outcomes'),
      { ...filled, outcome: 'advice_only', decidedBy: 'Amina Shah', ...more },
      record,
    );
  const unasked = await decide();
  expect([unasked.status, unasked.text.includes('name="departs"')]).toEqual([422, true]);
  expect(unasked.text).toContain('No question is answered, so nobody knows yet whether a child is in danger');
  const advised = await decide({ reason: 'The school keeps watch, and rings again', departs: 'advice_only' });
  expect([advised.status, advised.location]).toEqual([303, paths.deskRecorded(id)]);
  const recorded = (await amina.get(paths.deskRecorded(id))).text;
  expect(recorded).toContain('The outcome was recorded: Advice only.');
  expect(recorded).toContain('no referral was sent');
  expect((await amina.get(record)).text).not.toContain('The outcome was recorded:');
  expect(recorded).toContain('The referrer reads this on their page');
  const replied = await amina.post(
    paths.deskAction(id, 'replies'),
    { how: 'by telephone', answer: 'Keep watching, ring again' },
    record,
  );
  expect((await amina.get(replied.location ?? '')).text).toContain('They can read it on their page now');
  const seen = (await professional.get(paths.handover(id))).text;
  expect(seen).toContain('Keep watching, ring again');
  expect(seen).toContain('Advice only');

  await professional.post(paths.disputes(id), { why: 'She has not eaten' }, paths.handover(id));
  expect((await amina.get(paths.desk())).text).toContain('Disputed');
  await amina.post(paths.deskAction(id, 'reopenings'), { news: 'She has not eaten' }, record);
  // The earlier answer stays visible, and is marked as earlier.
  const openAgain = (await professional.get(paths.handover(id))).text.replace(/<[^>]*>/g, '');
  for (const words of ['Open again: with a duty worker', 'Earlier outcome, which is open again: Advice only'])
    expect(openAgain).toContain(words);
  expect(openAgain).toMatch(/Earlier answer \(by telephone, [^)]+\): Keep watching, ring again/);
  const toAnswer = (await amina.get(record)).text;
  expect([/Answered on [^<]+: answer again/.test(toAnswer), toAnswer.includes('Not answered yet')]).toEqual([
    true,
    false,
  ]);
  await amina.post(paths.deskAnswers(id), { immediate_danger: 'yes' }, paths.deskQuestions(id));
  const compared = (await amina.get(paths.deskComparison(id))).text;
  expect(compared).toContain('Changed');
  expect(compared).toContain('Not asked');
});

it('another area’s consultations, and those not handed over, are not found', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world);
  const bolton = await world.openDesk('duty worker', 'bolton');
  const bury = await world.openDesk('duty worker');
  const alone = world.openBrowser();
  const { id: never } = await beginConsultation(alone);
  expect((await bolton.get(paths.deskRecord(id))).status).toBe(404);
  expect((await bury.get(paths.deskRecord(never))).status).toBe(404);
  const unknown = await bury.get(paths.deskRecord('unknown'));
  expect(unknown.status).toBe(404);
  expect(unknown.text).toContain('Bolton: the Integrated Front Door <a href="tel:01204333333"');
  expect((await bury.get(paths.contacts())).text).toContain('id="bolton"');
  expect((await bolton.get(paths.desk())).text).toContain('href="/flows"');
  expect((await bolton.get(paths.desk())).text).toContain('Nothing is left to do here');
});

it('a call has all questions on one page, and keeps invalid answers beside the saved ones', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const opened = await amina.post(
    paths.deskCalls(),
    { flow: 'level', name: 'Zoë Brown', agency: 'Elm School', contact: '0161' },
    paths.deskCalls(),
  );
  const [questions = ''] = (opened.headers.get('Location') ?? '').split('?');
  const page = (await amina.get(questions)).text;
  expect(page.match(/class="fd-step"/g)?.length).toBeGreaterThan(5);
  const id = questions.split('/').at(-2) ?? '';
  expect((await amina.get(paths.deskRecord(id))).text).toContain('Tell the caller this: they have no page here');
  const answered = await amina.post(paths.deskAnswers(id), { immediate_danger: 'no', child_age: 'many' }, questions);
  const text = answered.text;
  expect([answered.status, text.includes('Enter a whole number')]).toEqual(
    page.includes('child_age') ? [422, true] : [303, false],
  );
  const record = paths.deskRecord(id);
  const told = await amina.post(paths.deskAction(id, 'replies'), { how: 'by telephone', answer: 'Ring again' }, record);
  const shown = (await amina.get(told.location ?? record)).text;
  expect(shown).toContain('The caller has no page here');
  expect(shown).not.toMatch(/The referrer reads|can read (this|it) on their page/);
  const entries = await world.store.log.read(id);
  expect(entries?.some(({ what }) => what.kind === 'answered' && what.question === 'immediate_danger')).toBe(true);
  expect(entries?.[0]).toMatchObject({ by: 'duty worker', who: { id: amina.member.id } });
  const found = await amina.post(paths.deskSearch(), { professional: 'zoe', agency: 'elm' }, paths.deskSearch());
  expect(found.text).toContain('1 found');
});

it('if it is passed on while somebody writes, the writer is told who has it and keeps the text', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world);
  const amina = await world.openDesk('duty worker');
  const tom = await world.openDesk('duty worker');
  const record = paths.deskRecord(id);
  await amina.post(paths.deskAction(id, 'claims'), {}, record);
  expect((await tom.post(paths.deskAddition(id, 'notes'), { text: 'mine' }, record)).status).toBe(404);
  await amina.post(paths.deskAction(id, 'passings'), { to: tom.member.id }, record);
  const late = await amina.post(paths.deskAddition(id, 'notes'), { text: 'typed for ten minutes' }, record);
  expect(late.status).toBe(409);
  expect(late.text).toContain('typed for ten minutes');
});

it('provides the deadlines as a calendar file that names no child', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world, 'About Sam');
  const amina = await world.openDesk('duty worker');
  const file = (await amina.get(paths.deskCalendar(id))).text;
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(file).toContain('SUMMARY:B ');
  expect(file).not.toContain('Sam');
});

it('lists every recorded answer, even to questions that are not reached yet', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { browser: professional, id } = await ask(world);
  await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await amina.post(paths.deskAnswers(id), { child_age: '7' }, paths.deskQuestions(id));
  const given = ((await world.store.log.read(id)) ?? []).filter(({ what }) => what.kind === 'answered');
  const page = (await amina.get(paths.deskRecord(id))).text;
  expect([given.length, page.includes('All answers (1)')]).toEqual([1, true]);
  for (const text of [page, (await professional.get(paths.record(id))).text])
    expect(text.split('Recorded, but the questions do not lead to it')[1]).toMatch(/<p class="fd-lines">7/);
});
