/** What the area's next regular meetings have to discuss, from all open pathways: to read and to print. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { MeetingListsPage } from '../../../views/pathway/meeting-lists.tsx';
import type { AccessKind } from '../../audit/access.ts';
import { paths } from '../../base/paths.ts';
import type { PathwayRules } from '../../flow/instruments/instrument.ts';
import { waitingSheets } from '../../pathway/meeting-lists.ts';
import { readPathway } from '../../pathway/pathway.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { readForm } from '../kit/form.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';

/** How many open pathways are read. If the area has more, the page says that it does not show them all. */
const MOST = 300;

export function meetingLists(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.meetingLists(), ...allow('pathway.see'), (c) => showLists(services, c));
  // Sent by the page's script when the browser prints.
  app.post(paths.meetingListPrints(), ...allow('pathway.see', { background: true }), async (c) => {
    await readForm(c);
    await readOpen(services, c, 'print');
    return c.body(null, 204);
  });
  return app;
}

function areaOf({ library }: Services, c: Context<Env>) {
  const area = library.areas.get(personOf(c).area);
  const rules = area?.pathway;
  if (area === undefined || rules === undefined || rules.meetingLists.length === 0) throw new WebProblem('not found');
  return { rules, instruments: area.instruments };
}

/** All open pathways, including those with nothing marked, so that the meeting can see who is not on its list. */
async function readOpen(services: Services, c: Context<Env>, what: AccessKind) {
  const { area } = personOf(c);
  areaOf(services, c);
  return readAndLog(services, c, async ({ pathways, log }) => {
    const lines = await pathways.listOf(area, MOST + 1);
    const open = lines.slice(0, MOST).filter(({ state }) => state === 'open');
    const read = [];
    for (const line of open) {
      const pathway = readPathway((await log.read(line.consultation)) ?? []);
      if (pathway !== undefined) read.push({ line, pathway });
    }
    const isCut = lines.length > MOST && open.length === MOST;
    return { shown: { read, isCut }, access: { what, body: { shown: open.map(({ consultation }) => consultation) } } };
  });
}

async function showLists(services: Services, c: Context<Env>) {
  const { rules } = areaOf(services, c);
  const { read, isCut } = await readOpen(services, c, 'view');
  const meetings = [];
  for (const list of rules.meetingLists) meetings.push(await meetingOf(services, c, { list, read }));
  const day = today(services);
  return c.html(renderPage(MeetingListsPage({ page: c.get('page'), team: rules.team, meetings, day, isCut })));
}

interface ListOf {
  list: PathwayRules['meetingLists'][number];
  read: Awaited<ReturnType<typeof readOpen>>['read'];
}

async function meetingOf(services: Services, c: Context<Env>, { list, read }: ListOf) {
  const current = areaOf(services, c).instruments.get(list.instrument);
  if (current === undefined) throw new WebProblem('not found');
  const brought = [];
  const without = [];
  for (const { line, pathway } of read) {
    const waiting = waitingSheets(pathway, list, today(services));
    if (waiting.length === 0) without.push(line);
    for (const one of waiting) {
      // In the wording of the version in which it was begun.
      const instrument = (await services.store.versions.findInstrument(one.sheet.version)) ?? current;
      brought.push({ ...one, line, instrument });
    }
  }
  return { instrument: current, brought, without };
}
