/** The pathways of an area's specialist team: the list, one pathway, and what is recorded on it. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { PathwaysPage } from '../../../views/pathway/pathways.tsx';
import { paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { openDeadlines } from '../../desk/desk-case.ts';
import { toICalendar } from '../../desk/icalendar.ts';
import { leaveOutRepeated } from '../../desk/repeated-forms.ts';
import { canOpen, deadlineIds, PATHWAY_ACTIONS, type PathwayNoun } from '../../pathway/opening.ts';
import { leadToDone } from '../desk/done.ts';
import { authorOf } from '../desk/load-desk-consultation.ts';
import { pageOfArea } from '../desk/queue.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';
import { contextOf, loadPathway, viewPathway } from './load-pathway.ts';
import { meetingLists } from './meeting-lists.ts';
import { sheets } from './sheets.ts';
import { showPathway } from './show-pathway.ts';

const MOST = 300;

async function sendCalendar(services: Services, c: Context<Env>) {
  const { found, rules, instruments } = await viewPathway(services, c, 'export');
  const { line, deskCase } = found;
  const ids = deadlineIds(rules, instruments);
  const open = openDeadlines(deskCase).filter((deadline) => ids.has(deadline.id));
  const name = `front-door-${line.reference.replaceAll(' ', '')}.ics`;
  return c.body(toICalendar(line.reference, open, nowOf(services).at), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

export function pathways(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.pathways(), ...allow('pathway.see'), (c) => showList(services, c));
  app.get(paths.pathway(':id'), ...allow('pathway.see'), async (c) =>
    showPathway(services, c, await viewPathway(services, c)),
  );
  app.get(paths.pathwayCalendar(':id'), ...allow('pathway.see'), (c) => sendCalendar(services, c));
  app.post(paths.pathwayPrints(':id'), ...allow('pathway.see', { background: true }), async (c) => {
    await readForm(c);
    await viewPathway(services, c, 'print');
    return c.body(null, 204);
  });
  for (const noun of Object.keys(PATHWAY_ACTIONS) as PathwayNoun[])
    app.post(
      paths.pathwayAction(':id', noun),
      ...allow(noun === 'openings' ? 'pathway.open' : 'pathway.write', { form: paths.pathway(':id') }),
      (c) => submit(services, c, noun),
    );
  app.route('/', meetingLists(services));
  app.route('/', sheets(services));
  return app;
}

async function showList(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  const rules = services.library.areas.get(area)?.pathway;
  const seen = await readAndLog(services, c, async ({ pathways, log }) => {
    const lines = await pathways.listOf(area, MOST);
    const candidates = rules === undefined ? [] : await pathways.withOutcome(area, rules.outcomes, MOST);
    const ready = [];
    for (const line of candidates) if (canOpen((await log.read(line.consultation)) ?? [], rules)) ready.push(line);
    const shown = [...lines, ...ready].map(({ consultation }) => consultation);
    return { shown: { lines, ready }, access: { what: 'view', body: { shown } } };
  });
  return c.html(renderPage(PathwaysPage({ page: pageOfArea(services, c), ...seen, rules, now: nowOf(services) })));
}

async function submit(services: Services, c: Context<Env>, noun: PathwayNoun) {
  const id = param(c, 'id');
  const form = fieldsOf(await readForm(c));
  const loaded = await loadPathway(services, c);
  const context = contextOf(services, loaded, form);
  const decide = PATHWAY_ACTIONS[noun];
  const decided = await services.store.log.decide(
    id,
    (entries) => leaveOutRepeated(entries, decide(entries, context), form.seen),
    authorOf(c),
  );
  if (!isRefusal(decided)) {
    // A duty worker who has opened it may know that it exists, but may not read it.
    const mayRead = loaded.may.write;
    const deed = decided.added.length === 0 ? 'nothing' : 'pathway';
    if (!mayRead) return leadToDone(c, paths.deskRecord(id), deed, 'pathway');
    return leadToDone(c, paths.pathway(id), deed, noun === 'corrections' ? 'entries' : noun);
  }
  if (decided.refused === 'not found') throw new WebProblem('not found');
  return showPathway(services, c, await viewPathway(services, c), { noun, form, refusal: decided });
}
