import { expect, it } from 'vitest';
import { addDays, describeDay, localDay } from '../../../server/base/days.ts';
import { paths } from '../../../server/base/paths.ts';
import type { Happening } from '../../../server/consultation/entry.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type Desk = Awaited<ReturnType<World['openDesk']>>;

/** A consultation that a school asked about a named child, and that was claimed. */
async function claimed(world: World, worker: Desk, child = 'Sam Lee') {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  await professional.post(paths.handovers(id), { question: 'Is this for you?', reach: '0161 496 0001' });
  await professional.post(paths.addition(id, 'child'), { known: 'yes', name: child }, paths.record(id));
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  return { id, professional, record: paths.deskRecord(id) };
}

it('a disagreement is recorded, stands open, and is resolved by somebody named', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id, record } = await claimed(world, amina);
  const early = await amina.post(
    paths.deskAction(id, 'resolutions'),
    { decidedBy: 'The manager', decision: 'x' },
    record,
  );
  expect([early.status, early.text.includes('No disagreement is recorded')]).toEqual([409, true]);
  const empty = await amina.post(paths.deskAction(id, 'disagreements'), { between: 'The school and MASH' }, record);
  expect([empty.status, empty.text.includes('The school and MASH')]).toEqual([422, true]);
  const about = 'Whether he is safe at home tonight';
  await amina.post(paths.deskAction(id, 'disagreements'), { between: 'The school and MASH', about }, record);
  expect((await amina.get(record)).text).toContain(about);
  const decision = 'A strategy meeting is held';
  const solved = await amina.post(paths.deskAction(id, 'resolutions'), { decidedBy: 'May Okoro', decision }, record);
  expect(solved.status).toBe(303);
  const page = (await amina.get(record)).text;
  for (const words of [about, decision, 'May Okoro']) expect(page).toContain(words);
});

it('an asker who has not told children’s services is chased, and it is shown until they have', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id, record, professional } = await claimed(world, amina);
  expect((await amina.get(record)).text).toContain('Children’s services not told');
  const chasing = { whom: 'The school', answer: 'They ring this afternoon' };
  expect((await amina.post(paths.deskAction(id, 'chasings'), chasing, record)).status).toBe(303);
  expect((await amina.get(record)).text).toContain('They ring this afternoon');
  expect((await amina.get(record)).text).toContain('Children’s services not told');
  await professional.post(
    paths.addition(id, 'tellings'),
    { spokeTo: 'Jo Bell at MASH', when: 'today at 8:10', reference: 'M 1' },
    paths.record(id),
  );
  const told = (await amina.get(record)).text;
  expect(told).not.toContain('Children’s services not told');
  expect(told).toContain('Jo Bell');
});

it.each([
  ['referrer', 'The duty worker wrote down that you told children’s services', 'You spoke to Jo Bell'],
  ['desk', 'The duty worker wrote down that they told children’s services', 'A duty worker spoke to Jo Bell'],
])(
  'a telling recorded by the desk says who told children’s services (%s), and who wrote it',
  async (toldBy, title, who) => {
    const world = await openDeskApp();
    const amina = await world.openDesk('duty worker');
    const { id, record, professional } = await claimed(world, amina);
    const telling = { spokeTo: 'Jo Bell at MASH', when: 'now', reference: '' };
    const unsaid = await amina.post(paths.deskAddition(id, 'tellings'), telling, record);
    expect([unsaid.status, unsaid.text.includes('Choose who told them')]).toEqual([422, true]);
    expect((await professional.get(paths.handover(id))).text).toContain('You have not told children’s services yet');
    await amina.post(paths.deskAddition(id, 'tellings'), { ...telling, toldBy }, record);
    const page = (await professional.get(paths.handover(id))).text.replace(/<[^>]*>/g, '');
    for (const words of [title, who, 'Written down by A duty worker, duty worker']) expect(page).toContain(words);
    expect(page).not.toContain('Written down by you');
  },
);

it('the referrer cannot read an unsigned outcome; once refused, they and the desk read that it is no longer valid', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id, record, professional } = await claimed(world, amina);
  const who = { id: amina.member.id, name: 'Amina Shah', role: 'duty worker' };
  const unsigned: Happening = {
    kind: 'outcome recorded',
    outcome: 'no_further_action',
    words: 'No further action',
    reason: 'Nothing for us',
    decidedBy: 'Amina Shah',
    level: 1,
    advised: 'x',
    signers: ['manager'],
    deadlines: [{ id: 'countersignature', do: 'Sign', who: 'manager', by: '2026-11-23' }],
  };
  const write = (...what: Happening[]) => world.store.log.decide(id, () => what, { by: 'duty worker', who });
  const read = async () => (await professional.get(paths.handover(id))).text.replace(/<[^>]*>/g, '');
  await write(unsigned);
  const recorded = (await amina.get(paths.deskRecorded(id))).text;
  expect(recorded).toContain('The outcome was recorded: No further action.');
  expect(recorded).toContain('It does not hold yet: a second person');
  const waiting = await read();
  expect(waiting).toContain('A decision is being checked by a second person');
  for (const words of ['No further action', 'Nothing for us', 'I do not agree']) expect(waiting).not.toContain(words);
  const text = (await professional.get(paths.download(id, 'json'))).text;
  expect([text.includes('Nothing for us'), text.includes('Is this for you?')]).toEqual([false, true]);
  await write({ kind: 'outcome countersigned', signed: 'no', reason: 'She is still with him', deadlines: [] });
  const refused = await read();
  for (const words of ['The outcome “No further action” no longer holds', 'She is still with him', 'decides anew'])
    expect(refused).toContain(words);
  expect((await amina.get(record)).text).toContain('Not signed: “No further action” no longer holds. Decide anew');
  expect((await amina.get(paths.desk())).text).toContain('Not signed: decide anew');
  const step = { id: 'referral_form', do: 'Send the form', who: 'whoever refers', by: '2026-11-23' };
  await write({ ...unsigned, outcome: 'referral_agreed', words: 'Referral agreed', signers: [], deadlines: [step] });
  const agreed = await read();
  const whoRefers = 'You make the referral: tell MASH';
  for (const words of [
    'An outcome is not a referral made',
    whoRefers,
    'Send the form, by Monday',
    'Who: whoever refers',
  ])
    expect(agreed).toContain(words);
  await write({ ...unsigned, signers: [], deadlines: [] });
  expect(await read()).toContain('Outcome: No further action');
  // Once it is signed it is valid, and the asker reads about nothing that is missing.
  const standsIn = async (address: string, who: typeof professional = amina) =>
    JSON.parse((await who.get(address)).text).desk.outcomes.at(-1).stands;
  await write({ ...unsigned, reason: 'Nothing for us after all' });
  expect(await standsIn(paths.deskDownload(id, 'json'))).toBe(false);
  await write({ kind: 'outcome countersigned', signed: 'yes', reason: '', deadlines: [] });
  expect(await standsIn(paths.deskDownload(id, 'json'))).toBe(true);
  expect(await standsIn(paths.download(id, 'json'), professional)).toBe(true);
  expect((await professional.get(paths.download(id, 'txt'))).text).not.toContain('NOT YET SIGNED');
  // Nobody is told to ask for somebody who is away.
  expect(await read()).toContain('Ask for A duty worker');
  const until = describeDay(addDays(localDay(world.services.clock()), 1));
  await amina.post(paths.deskAbsences(), { until }, paths.deskHandover());
  const away = await read();
  expect([away.includes('is away. Say the reference'), away.includes('Ask for A duty worker')]).toEqual([true, false]);
});

it('a correction is an entry that names what it corrects, and the old one can still be read', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  const { id, record } = await claimed(world, amina);
  await amina.post(paths.deskAddition(id, 'notes'), { text: 'He is seven years old' }, record);
  const number = (await world.store.log.read(id))?.find(({ what }) => what.kind === 'noted')?.number;
  const none = await amina.post(
    paths.deskAddition(id, 'corrections'),
    { corrects: '999', reason: 'x', text: 'He is eight' },
    record,
  );
  expect(none.status).toBe(422);
  const corrected = await amina.post(
    paths.deskAddition(id, 'corrections'),
    { corrects: String(number), reason: 'Misheard', text: 'He is eight years old' },
    record,
  );
  expect(corrected.status).toBe(303);
  expect((await amina.get(record)).text).toContain(`href="${paths.deskCorrecting(id, number ?? 0)}"`);
  expect((await amina.get(paths.deskCorrecting(id, number ?? 0))).text).toContain(
    `<input type="hidden" name="corrects" value="${number}"/>`,
  );
  const page = (await amina.get(record)).text;
  expect(page.match(/<strong>Corrected:<\/strong>/g)).toHaveLength(2);
  for (const words of ['He is seven years old', 'He is eight years old', 'Misheard']) expect(page).toContain(words);
  // When it is copied, its correction comes along: in its field, and in the whole record.
  const copied = (await amina.get(paths.deskCopy(id))).text;
  expect(
    copied.match(/CORRECTED by entry \d+[^<]*He is eight years old \(reason: Misheard\)/g)?.length,
  ).toBeGreaterThan(1);
});

it('the chronology shows the third consultation about the same child, merges nothing, and stays in its area', async () => {
  const world = await openDeskApp();
  const amina = await world.openDesk('duty worker');
  await claimed(world, amina);
  world.clock.pass(60 * 24 * 7);
  const again = await world.openDesk('duty worker');
  await claimed(world, again, 'sam  LEE');
  world.clock.pass(60 * 24 * 7);
  const worker = await world.openDesk('duty worker');
  const { record } = await claimed(world, worker);
  const other = await claimed(world, worker, 'Alex Roe');
  const page = (await worker.get(record)).text;
  expect(page).toMatch(/third consultation/i);
  expect((await worker.get(other.record)).text).not.toMatch(/third consultation/i);
  const bolton = await world.openDesk('duty worker', 'bolton');
  expect((await bolton.get(record)).status).toBe(404);
});
