/** The end of a shift: everything that is open in the area on one page to read and to print, and passing several on at once. */
import { type Context, Hono } from 'hono';
import { HandoverPage, type HandoverProps } from '../../../views/desk/handover.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { passOn } from '../../desk/claiming.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { readForm } from '../kit/form.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';
import { authorOf, colleaguesOf, targetOf, whoIs } from './load-desk-consultation.ts';
import { pageOfArea } from './queue.ts';

export function deskHandover(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskHandover(), ...allow('queue.see'), (c) => showHandover(services, c, {}));
  app.post(paths.deskReassignments(), ...allow('consultation.claim', { form: paths.deskHandover() }), (c) =>
    reassign(services, c),
  );
  return app;
}

async function showHandover(services: Services, c: Context<Env>, more: Pick<HandoverProps, 'failed' | 'moved'>) {
  const { area } = personOf(c);
  const lines = await readAndLog(services, c, async ({ desk }) => {
    const shown = await desk.queue(area);
    const ids = shown.map(({ consultation }) => consultation);
    return { shown, access: { what: 'view', body: { lines: ids.length, shown: ids } } };
  });
  const mine = whoIs(c);
  const page = HandoverPage({
    page: pageOfArea(services, c),
    lines,
    now: nowOf(services),
    mayPass: new Set(
      lines
        .filter((line) => line.worker !== null && mayDo(c, 'consultation.pass on', targetOf(line)))
        .map(({ consultation }) => consultation),
    ),
    people: mayDo(c, 'consultation.claim', { area }) ? [mine, ...(await colleaguesOf(services, c))] : [],
    ...more,
  });
  return c.html(renderPage(page), more.failed === undefined ? 200 : 422);
}

/** Each is passed on by itself, with the reason in its record; one that changed meanwhile stays where it is. */
async function reassign(services: Services, c: Context<Env>) {
  const form = await readForm(c);
  const ids = [...new Set(form.getAll('consultation'))];
  const values = { to: form.get('to') ?? '', reason: form.get('reason') ?? '' };
  const people = [whoIs(c), ...(await colleaguesOf(services, c))];
  const errors: Record<string, string> = {};
  if (ids.length === 0) errors.consultation = 'Tick what is passed on';
  if (!people.some(({ id }) => id === values.to)) errors.to = 'Choose who takes it';
  if (values.reason.trim() === '') errors.reason = 'Write why, and what they should know';
  if (Object.keys(errors).length > 0) return showHandover(services, c, { failed: { values, errors, ticked: ids } });
  let moved = 0;
  for (const id of ids) {
    const row = await services.store.queueRows.find(id);
    if (row === undefined || !mayDo(c, 'consultation.pass on', targetOf(row))) continue;
    const decided = await services.store.log.decide(id, (entries) => passOn(entries, values, people), authorOf(c));
    if (!isRefusal(decided)) moved++;
  }
  return showHandover(services, c, { moved: { count: moved, of: ids.length } });
}
