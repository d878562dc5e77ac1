/** The end of a shift: what is open on one page, and several passed on at once. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { readDeskCase } from '../../../server/desk/desk-case.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;

async function ask(world: World, question: string) {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const at = opened.headers.get('Location') ?? '';
  const id = at.split('/')[2] ?? '';
  await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
  return id;
}

it('shows what is open by who has it, and passes on what is ticked, each with its reason', async () => {
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
  const reasonless = await manager.post(paths.deskReassignments(), { to: tom.member.id }, paths.deskHandover());
  expect(reasonless.status).toBe(422);
  const worker = async (id: string) => readDeskCase((await world.store.log.read(id)) ?? [])?.claimedBy?.id;
  const form = { consultation: first, to: tom.member.id, reason: 'Amina is on leave from tomorrow' };
  // A colleague may not pass on what is not theirs.
  expect((await tom.post(paths.deskReassignments(), form, paths.deskHandover())).text).toContain('Passed on: 0 of 1');
  expect(await worker(first)).toBe(amina.member.id);
  expect((await manager.post(paths.deskReassignments(), form, paths.deskHandover())).text).toContain(
    'Passed on: 1 of 1',
  );
  expect([await worker(first), await worker(second)]).toEqual([tom.member.id, amina.member.id]);
  expect((await tom.get(paths.deskRecord(first))).text).toContain('Amina is on leave from tomorrow');
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.post(paths.deskReassignments(), form, paths.deskHandover())).status).toBe(403);
}, 60_000);
