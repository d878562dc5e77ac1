/**
 * Bolton's lists for the next CEAM and CEDAM (BO 37, BO 38): what is marked in all open pathways, who may read it, and
 * that it is logged.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { expectValid } from '../../browser/valid.ts';
import type { Browser } from '../people/browser.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { begin, complete, fill, getInstrument, makeReferred, textOf } from './pathway-world.ts';

const OPENING = { referred: '20 11 2026', why: 'Agreed with the manager' };

async function openBolton() {
  const world = await openDeskApp();
  const [duty, team] = [
    await world.openDesk('duty worker', 'bolton'),
    await world.openDesk('specialist worker', 'bolton'),
  ];
  const openPathway = async (child: string) => {
    const id = await makeReferred(world, duty, child, { area: 'bolton', flow: 'consultation' });
    const opened = await team.post(paths.pathwayAction(id, 'openings'), OPENING, paths.pathway(id));
    expect(opened.status).toBe(303);
    return id;
  };
  const lists = {
    ceam: getInstrument(world, 'ceam_list', 'bolton'),
    cedam: getInstrument(world, 'cedam_list', 'bolton'),
  };
  return { world, duty, team, openPathway, ...lists };
}

/** The words on the page below the title of each meeting. */
async function readLists(browser: Browser) {
  const { status, text } = await browser.get(paths.meetingLists());
  expect(status).toBe(200);
  await expectValid(text);
  const [, ceam = '', cedam = ''] = text.split(/<section class="fd-section" id="ce(?:am|dam)_list"/);
  return { ceam: textOf(ceam), cedam: textOf(cedam), html: text };
}

const namesIn = (text: string) => [...text.matchAll(/(\w+) Example/g)].map(([, name]) => name).toSorted();

it('lists what is marked for each meeting over all open pathways, finished or not, and who is on neither', async () => {
  const { team, openPathway, ceam, cedam } = await openBolton();
  const [sam, kit, ash, jo] = [
    await openPathway('Sam Example'),
    await openPathway('Kit Example'),
    await openPathway('Ash Example'),
    await openPathway('Jo Example'),
  ];
  await complete(team, sam, ceam, { meeting_on: '8 12 2026', 'brought.1.what': 'Back at school three days a week' });
  const begun = await begin(team, kit, cedam);
  await fill(team, { id: kit, sheet: begun, instrument: cedam, section: 'list' }, { 'brought.1.what': 'The car park' });
  // One was discussed already and one was given up: neither is listed any more.
  await complete(team, ash, ceam, { meeting_on: '20 11 2026', agreed: 'The social worker visits' });
  const stopped = await begin(team, ash, cedam);
  await team.post(
    paths.pathwaySheetAction(ash, stopped, 'givings-up'),
    { reason: 'Begun by mistake' },
    paths.pathwaySheet(ash, stopped),
  );
  // Its day has passed and nobody recorded what was agreed: it stays on the list.
  await complete(team, jo, ceam, { meeting_on: '20 11 2026', agreed: '' });

  const page = await readLists(team);
  const [onCeam = '', notOnCeam = ''] = page.ceam.split('Nothing is marked for these open pathways');
  expect(onCeam).toMatch(/Sam Example.*8 December 2026.*Completed.*Back at school three days a week/);
  expect(onCeam).toMatch(/Jo Example.*Its day has passed/);
  expect(onCeam).not.toMatch(/Kit Example|Ash Example/);
  expect(namesIn(notOnCeam)).toEqual(['Ash', 'Kit']);
  const [onCedam = '', notOnCedam = ''] = page.cedam.split('Nothing is marked for these open pathways');
  expect(onCedam).toMatch(/Kit Example.*No day is written down.*not finished.*The car park/);
  expect(onCedam).not.toMatch(/Sam|Ash|Jo/);
  expect(namesIn(notOnCedam)).toEqual(['Ash', 'Jo', 'Sam']);
  expect((await team.get(paths.pathways())).text).toContain(`href="${paths.meetingLists()}"`);
});

it('is read by the team, the manager and the lead of the area, and by nobody else', async () => {
  const { world, duty, openPathway } = await openBolton();
  await openPathway('Sam Example');
  for (const role of ['operational manager', 'safeguarding lead'] as const)
    expect((await readLists(await world.openDesk(role, 'bolton'))).ceam).toContain('Sam Example');
  expect((await duty.get(paths.meetingLists())).status).toBe(403);
  const administrator = await world.openDesk('administrator', 'bolton');
  expect((await administrator.get(paths.meetingLists())).status).toBe(403);
  expect((await world.openBrowser().get(paths.meetingLists())).status).toBe(303);
  // An area whose documents have no such meeting has no such page, and sees nothing of Bolton's.
  const bury = await world.openDesk('specialist worker', 'bury');
  expect((await bury.get(paths.meetingLists())).status).toBe(404);
  expect((await bury.get(paths.pathways())).text).not.toContain(paths.meetingLists());
});

it('reading and printing it is in the access log of every child that it showed', async () => {
  const { world, team, openPathway, ceam } = await openBolton();
  const marked = await openPathway('Sam Example');
  const unmarked = await openPathway('Kit Example');
  await complete(team, marked, ceam, { meeting_on: '8 12 2026' });
  await readLists(team);
  const printed = await team.post(paths.meetingListPrints(), {}, paths.meetingLists());
  expect(printed.status).toBe(204);
  for (const id of [marked, unmarked]) {
    const kept = (await world.store.accessLog.at(id, 100)).filter(({ body }) => body?.page?.includes('/meetings'));
    expect(kept.map(({ what, body }) => [what, body?.page])).toEqual([
      ['print', paths.meetingListPrints()],
      ['view', paths.meetingLists()],
      ['view', paths.meetingLists()],
    ]);
    expect(kept[0]?.body?.shown?.toSorted()).toEqual([marked, unmarked].toSorted());
  }
});
