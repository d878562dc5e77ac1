/**
 * Runs axe on every section of every instrument of every area, on its empty form, and on Bolton's lists for the next
 * meetings. Every third of them, or all with `BROWSER_TESTS=all`.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { begin, complete, fill, fullAnswers, makeReferred } from '../web/pathway/pathway-world.ts';
import { ALL, expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openServer, type Server } from './desk-tab.ts';

const newPage = useBrowser();
const TABLET = { width: 820, height: 1180 };
const AREAS = [
  ['bury', 'exploitation'],
  ['bolton', 'consultation'],
  ['stockport', 'exploitation'],
] as const;

/** What is wrong with the page, with its address; empty if nothing is. */
async function look(page: Page, origin: string, address: string): Promise<string[]> {
  const answer = await page.goto(origin + address);
  if (answer?.status() !== 200) return [`${address}: ${answer?.status()}`];
  try {
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    return [];
  } catch (problem) {
    return [`${address}: ${problem instanceof Error ? problem.message : problem}`];
  }
}

/** A pathway with each instrument of the area begun: the addresses of all sections and of the empty forms. */
async function openEverything({ world, origin }: Server, page: Page, [area, flow]: (typeof AREAS)[number]) {
  const duty = await world.openDesk('duty worker', area);
  const team = await world.openDesk('specialist worker', area);
  await page.context().clearCookies();
  await page.context().addCookies([...team.cookies].map(([name, value]) => ({ name, value, url: origin })));
  const id = await makeReferred(world, duty, 'Each Part', { area, flow });
  await team.post(paths.pathwayAction(id, 'openings'), { referred: '20 11 2026', why: 'Agreed' }, paths.pathway(id));
  const found = world.services.library.areas.get(area);
  const instruments = [...(found?.instruments.values() ?? [])];
  const addresses = instruments.map((instrument) => `${paths.instrument(area, instrument.id)}?all=open`);
  const lists = found?.pathway?.meetingLists ?? [];
  for (const instrument of instruments) {
    // The earlier answers are shown beside the fields of the next version, and on the list for the meeting.
    const isListed = lists.some((list) => list.instrument === instrument.id);
    if (isListed || instrument.kind === 'measurement') await complete(team, id, instrument);
    const sheet = await begin(team, id, instrument);
    for (const { id: section } of instrument.sections) addresses.push(paths.pathwaySheetSection(id, sheet, section));
    const named = { id, sheet, instrument, section: instrument.sections[0]?.id ?? '' };
    if (isListed) await fill(team, named, fullAnswers(instrument));
  }
  if (lists.length > 0) addresses.push(paths.meetingLists());
  return { instruments, addresses };
}

it('axe finds nothing in any section of an instrument, nor in its empty form, on a tablet', async () => {
  const server = await openServer();
  const page = await newPage({ viewport: TABLET });
  for (const area of AREAS) {
    const { instruments, addresses } = await openEverything(server, page, area);
    expect(addresses.length).toBeGreaterThan(2 * instruments.length - 1);
    expect(instruments.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    const looked = ALL ? addresses : addresses.filter((_, index) => index % 3 === 0);
    for (const address of looked) wrong.push(...(await look(page, server.origin, address)));
    expect(wrong).toEqual([]);
  }
  await page.context().close();
}, 600_000);
