/** The end of a shift: what is open on one page, and passing on several at once. */
import { expect, it } from 'vitest';
import { addDays, describeDay, localDay } from '../../../server/base/days.ts';
import { paths } from '../../../server/base/paths.ts';
import { readDeskCase } from '../../../server/desk/desk-case.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;

async function ask(world: World, question: string) {
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
  return id;
}

it('shows what is open by who has it, and passes on what is ticked, each with its own line', async () => {
  const world = await openDeskApp();
  const first = await ask(world, 'Is the first for you?');
  const second = await ask(world, 'Is the second for you?');
  const amina = await world.openDesk('duty worker');
  const tom = await world.openDesk('duty worker');
  const manager = await world.openDesk('operational manager');
  for (const id of [first, second]) await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const page = (await tom.get(paths.deskHandover())).text;
  for (const words of ['Is the first for you?', 'Is the second for you?', 'A duty worker'])
    expect(page).toContain(words);
  expect(page).not.toContain('name="consultation"');
  const unticked = await manager.post(paths.deskReassignments(), { to: tom.member.id }, paths.deskHandover());
  expect(unticked.status).toBe(422);
  // To oneself only if somebody else has it.
  const offersOneself = async (desk: typeof amina) =>
    new RegExp(`<input[^>]*name="to"[^>]*value="${desk.member.id}"`).test((await desk.get(paths.deskHandover())).text);
  expect([await offersOneself(amina), await offersOneself(manager)]).toEqual([false, true]);
  const worker = async (id: string) => readDeskCase((await world.store.log.read(id)) ?? [])?.claimedBy?.id;
  const form = {
    consultation: first,
    to: tom.member.id,
    said: 'The second waits for the school in Oak Lane',
    [`reason-${first}`]: 'The school rings at two',
    [`reason-${second}`]: 'Of another child',
  };
  // A colleague may not pass on what is not theirs.
  expect((await tom.post(paths.deskReassignments(), form, paths.deskHandover())).text).toContain('Passed on: 0 of 1');
  expect(await worker(first)).toBe(amina.member.id);
  const moved = (await manager.post(paths.deskReassignments(), form, paths.deskHandover())).text;
  for (const words of ['Passed on: 1 of 1', 'Oak Lane']) expect(moved).toContain(words);
  expect([await worker(first), await worker(second)]).toEqual([tom.member.id, amina.member.id]);
  const passed = (await tom.get(paths.deskRecord(first))).text;
  expect(passed).toContain('The school rings at two');
  // What is written about one child, or about all of them, appears in no other record.
  for (const words of ['Of another child', 'Oak Lane']) expect(passed).not.toContain(words);
  const unsent = 'You have words here that are not sent';
  expect((await amina.get(paths.deskHandover())).text).not.toContain(unsent);
  const typed = {
    'draft-form': paths.deskAddition(second, 'notes'),
    'draft-page': paths.deskRecord(second),
    text: 'Half',
  };
  await amina.post(paths.drafts(), typed, paths.deskRecord(second));
  for (const page of [paths.deskHandover(), paths.desk()]) {
    expect((await amina.get(page)).text).toContain(unsent);
    expect((await manager.get(page)).text).not.toContain(unsent);
  }
  // The question comes if several are passed on at once, and nothing that was ticked or typed is lost.
  const letGo = { consultation: second, to: tom.member.id, said: 'Oak Lane', [`reason-${second}`]: 'The school' };
  const stopped = await amina.post(paths.deskReassignments(), letGo, paths.deskHandover());
  expect([stopped.status, await worker(second)]).toEqual([422, amina.member.id]);
  for (const words of [
    'You wrote something on one of these',
    'name="unsent"',
    'Oak Lane</textarea>',
    'value="The school"',
  ])
    expect(stopped.text).toContain(words);
  expect(stopped.text).toMatch(/name="consultation"[^>]*checked=""/);
  const wentOn = await amina.post(paths.deskReassignments(), { ...letGo, unsent: 'stays' }, paths.deskHandover());
  expect([wentOn.text.includes('Passed on: 1 of 1'), await worker(second)]).toEqual([true, tom.member.id]);
  expect((await amina.get(paths.drafts())).text).toContain('Half');
  const back = { consultation: second, to: amina.member.id };
  await tom.post(paths.deskReassignments(), back, paths.deskHandover());
  expect(await worker(second)).toBe(amina.member.id);
  // On the record's own page, the question is part of a form that needs no script, and the text is kept.
  for (const [noun, letting] of [
    ['passings', { to: tom.member.id, reason: 'The shift ends' }],
    ['hand-backs', { reason: 'The shift ends' }],
  ] as const) {
    const asked = await amina.post(paths.deskAction(second, noun), letting, paths.deskRecord(second));
    expect([noun, asked.status, await worker(second)]).toEqual([noun, 422, amina.member.id]);
    for (const words of ['You wrote something here', 'name="unsent"', 'The shift ends', 'Half</textarea>'])
      expect(asked.text).toContain(words);
  }
  const anyway = { to: tom.member.id, reason: 'The shift ends', unsent: 'stays' };
  expect((await amina.post(paths.deskAction(second, 'passings'), anyway, paths.deskRecord(second))).status).toBe(303);
  expect(await worker(second)).toBe(tom.member.id);
  expect((await amina.get(paths.drafts())).text).toContain('Half');
  // Before a take-over, too: what he wrote about a colleague's record may be out of date.
  const note = {
    'draft-form': paths.deskAddition(second, 'notes'),
    'draft-page': paths.deskRecord(second),
    text: 'Mine',
  };
  const taking = (more = {}) =>
    amina.post(paths.deskAction(second, 'take-overs'), { reason: 'Tom is ill', ...more }, paths.deskRecord(second));
  await amina.post(paths.drafts(), note);
  const asked = await taking();
  expect([asked.status, asked.text.includes('name="unsent"'), await worker(second)]).toEqual([
    422,
    true,
    tom.member.id,
  ]);
  expect([(await taking({ unsent: 'stays' })).status, await worker(second)]).toEqual([303, amina.member.id]);
  const handed = { to: tom.member.id, reason: '', unsent: 'stays' };
  await amina.post(paths.deskAction(second, 'passings'), handed, paths.deskRecord(second));
  // The text of the form itself is no reason to ask.
  const own = paths.deskAction(second, 'passings');
  await tom.post(paths.drafts(), { 'draft-form': own, 'draft-page': paths.deskRecord(second), reason: 'Back to her' });
  expect((await tom.post(own, { to: amina.member.id, reason: 'Back to her' }, paths.deskRecord(second))).status).toBe(
    303,
  );
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.post(paths.deskReassignments(), form, paths.deskHandover())).status).toBe(403);
}, 60_000);

it('people record their own absence and managers others’; the list, the card and the take-over show it', async () => {
  const world = await openDeskApp();
  const id = await ask(world, 'Is it for you?');
  const amina = await world.openDesk('duty worker');
  const tom = await world.openDesk('duty worker');
  const manager = await world.openDesk('operational manager');
  await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const tray = async () => (await manager.get(paths.deskOf('absent'))).text.includes(paths.deskRecord(id));
  const day = (ahead: number) => describeDay(addDays(localDay(world.services.clock()), ahead));
  const note = (desk: typeof amina, form: Record<string, string>) =>
    desk.post(paths.deskAbsences(), form, paths.deskHandover());
  expect(await tray()).toBe(false);
  expect((await note(tom, { who: amina.member.id, until: day(1) })).status).toBe(404);
  const over = await note(amina, { from: day(1), until: day(0) });
  expect([over.status, over.text]).toEqual([422, expect.stringContaining('Last day away')]);
  expect((await note(amina, { from: 'today', until: 'tomorrow' })).status).toBe(303);
  expect(await tray()).toBe(true);
  expect((await tom.get(paths.desk())).text).toMatch(/has it, and is away until/);
  const record = (await tom.get(paths.deskRecord(id))).text;
  expect(record).toMatch(/Take it over from [^<]+, who is away until/);
  const ended = await manager.post(paths.deskReturns(), { who: amina.member.id }, paths.deskHandover());
  expect([ended.status, await tray()]).toEqual([303, false]);
  const other = await ask(world, 'Is this one, too?');
  const claimed = () => amina.post(paths.deskAction(other, 'claims'), {}, paths.desk());
  await note(manager, { who: amina.member.id, until: day(1) });
  const told = await claimed();
  expect([told.status, told.text]).toEqual([409, expect.stringContaining('You are marked as away until')]);
  expect((await tom.get(paths.deskRecord(other))).text).toContain('Nobody has it');
  const onQueue = async (who: typeof tom) => (await who.get(paths.desk())).text.includes('You are marked as away');
  expect([await onQueue(amina), await onQueue(tom)]).toEqual([true, false]);
  const back = await amina.post(paths.deskReturns(), { who: amina.member.id, consultation: other }, paths.desk());
  expect([back.status, back.location]).toEqual([303, `${paths.deskRecord(other)}?done=returns&at=claims#done`]);
  expect([(await claimed()).status, (await tom.get(paths.deskRecord(other))).text.includes('Nobody has it')]).toEqual([
    303,
    false,
  ]);
  // Somebody who takes a call is told as well, and says that they are back.
  await note(manager, { who: amina.member.id, until: day(1) });
  const caller = { flow: 'level', contact: '0161 496 0002' };
  const call = await amina.post(paths.deskCalls(), caller, paths.desk());
  expect([call.status, call.text]).toEqual([422, expect.stringContaining('You are marked as away until')]);
  expect((await amina.post(paths.deskCalls(), { ...caller, back: 'yes' }, paths.desk())).status).toBe(303);
  expect((await amina.get(paths.deskCalls())).text).not.toContain('You are marked as away');
  // The manager records an absence for the coming weeks; it counts once it begins.
  expect((await note(manager, { who: amina.member.id, from: day(1), until: day(1) })).status).toBe(303);
  expect(await tray()).toBe(false);
  world.clock.pass(24 * 60);
  const later = await world.openDesk('operational manager');
  expect((await later.get(paths.deskOf('absent'))).text).toContain(paths.deskRecord(id));
  const said = await world.store.people.accounts.entriesOf(amina.member.id);
  expect(said.map(({ what, by }) => [what.kind, by]).filter(([kind]) => kind === 'away' || kind === 'back')).toEqual([
    ['away', amina.member.id],
    ['back', manager.member.id],
    ['away', manager.member.id],
    ['back', amina.member.id],
    ['away', manager.member.id],
    ['back', amina.member.id],
    ['away', manager.member.id],
  ]);
}, 60_000);
