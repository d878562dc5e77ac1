/**
 * The end of a shift: a page of everything that is open in the area, to read and to print; and passing on several
 * consultations at once.
 */
import { type Context, Hono } from 'hono';
import type { ShownAbsence } from '../../../views/desk/absences.tsx';
import { HandoverPage, type HandoverProps } from '../../../views/desk/shift-handover.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { readAbsence } from '../../desk/absence.ts';
import { UNSENT_INPUT, UNSENT_STAYS } from '../../desk/actions.ts';
import { passOn } from '../../desk/claiming.ts';
import { ownReason } from '../../desk/own-reason.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { Target } from '../../people/permissions.ts';
import { absentOf } from '../kit/absent.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, checkReach, mayDo, personOf, targetOf } from '../kit/allow.ts';
import { unsentOn } from '../kit/drafts.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services, today } from '../kit/services.ts';
import { leadToDone } from './done.ts';
import { authorOf, colleaguesOf, whoIs } from './load-desk-consultation.ts';
import { pageOfArea } from './queue.ts';

export function deskHandover(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskHandover(), ...allow('queue.see'), (c) => showHandover(services, c, {}));
  app.post(paths.deskReassignments(), ...allow('consultation.claim', { form: paths.deskHandover() }), (c) =>
    reassign(services, c),
  );
  const noting = allow('absence.note', { form: paths.deskHandover() });
  app.post(paths.deskAbsences(), ...noting, (c) => noteAbsence(services, c));
  app.post(paths.deskReturns(), ...noting, async (c) => {
    const { who = '', consultation = '' } = fieldsOf(await readForm(c));
    checkReach(c, await deskPersonOf(services, c, who));
    await services.store.people.accounts.setBack(who, personOf(c).id);
    // If they came from a consultation that they were about to claim, they return to it.
    const from = consultation === '' ? undefined : await services.store.queueRows.find(consultation);
    if (from === undefined) return leadToDone(c, paths.deskHandover(), 'returns', 'away');
    return leadToDone(c, paths.deskRecord(from.consultation), 'returns', 'claims');
  });
  return app;
}

const idsOf = (lines: readonly QueueRow[]) => lines.map(({ consultation }) => consultation);

function readOpenLines(services: Services, c: Context<Env>): Promise<QueueRow[]> {
  return readAndLog(services, c, async ({ desk }) => {
    const shown = await desk.queue(personOf(c).area);
    return { shown, access: { what: 'view', body: { lines: shown.length, shown: idsOf(shown) } } };
  });
}

async function showHandover(
  services: Services,
  c: Context<Env>,
  more: Pick<HandoverProps, 'failed' | 'moved' | 'failedAbsence'>,
) {
  const { area } = personOf(c);
  const lines = await readOpenLines(services, c);
  const people = [whoIs(c), ...(await colleaguesOf(services, c))];
  const passable = lines.filter((line) => line.worker !== null && mayDo(c, 'consultation.pass on', targetOf(line)));
  const hasOthers = passable.some(({ worker }) => worker !== personOf(c).id);
  const page = HandoverPage({
    page: pageOfArea(services, c),
    lines,
    now: nowOf(services),
    person: personOf(c).id,
    unsent: await unsentOn(c, services, idsOf(lines)),
    mayPass: new Set(idsOf(passable)),
    people: mayDo(c, 'consultation.claim', { area })
      ? people.filter(({ id }) => hasOthers || id !== personOf(c).id)
      : [],
    absent: await absentOf(services, area),
    absences: await absencesOf(services, c, people),
    mayNote: people.filter(({ id }) => mayDo(c, 'absence.note', { area, by: id })),
    ...more,
  });
  return c.html(renderPage(page), more.failed === undefined && more.failedAbsence === undefined ? 200 : 422);
}

/** Absences that are not over. */
async function absencesOf(services: Services, c: Context<Env>, people: readonly Who[]): Promise<ShownAbsence[]> {
  const known = await services.store.people.accounts.absencesOf(personOf(c).area);
  return people.flatMap(({ id, name }) => {
    const absence = known.get(id);
    return absence === undefined || absence.until < today(services) ? [] : [{ id, name, ...absence }];
  });
}

/**
 * Whose absence it is: one's own, unless somebody else is named. Only people of the area's desk can be away from it.
 */
async function deskPersonOf(services: Services, c: Context<Env>, who: string): Promise<Target> {
  const people = [whoIs(c), ...(await colleaguesOf(services, c))];
  if (!people.some(({ id }) => id === who)) throw new WebProblem('not found');
  return { area: personOf(c).area, by: who };
}

async function noteAbsence(services: Services, c: Context<Env>) {
  const values = fieldsOf(await readForm(c));
  const who = values.who || personOf(c).id;
  checkReach(c, await deskPersonOf(services, c, who));
  const absence = readAbsence(values, nowOf(services));
  if (isRefusal(absence)) return showHandover(services, c, { failedAbsence: { values, errors: absence.fields ?? {} } });
  await services.store.people.accounts.setAway(who, absence, personOf(c).id);
  return leadToDone(c, paths.deskHandover(), 'absences', 'away');
}

const NOT_SENT =
  'You wrote something on one of these and did not send it. Send it or throw it away first, or say that it stays with you';

/**
 * Passes on each consultation separately; one that has changed in the meantime stays where it is. What was written
 * beside a consultation goes into its record. The note to all goes into no record, because it may be about other
 * children: it is shown once to whoever takes over.
 */
async function reassign(services: Services, c: Context<Env>) {
  const form = await readForm(c);
  const ids = [...new Set(form.getAll('consultation'))];
  const values = fieldsOf(form);
  const people = [whoIs(c), ...(await colleaguesOf(services, c))];
  const errors: Record<string, string> = {};
  if (ids.length === 0) errors.consultation = 'Tick what is passed on';
  const to = people.find(({ id }) => id === values.to);
  if (to === undefined) errors.to = 'Choose who takes it';
  if (values[UNSENT_INPUT] !== UNSENT_STAYS && (await unsentOn(c, services, ids)).size > 0)
    errors[UNSENT_INPUT] = NOT_SENT;
  if (to === undefined || Object.keys(errors).length > 0)
    return showHandover(services, c, { failed: { values, errors, ticked: ids } });
  let moved = 0;
  for (const id of ids) {
    const row = await services.store.queueRows.find(id);
    if (row === undefined || row.worker === to.id || !mayDo(c, 'consultation.pass on', targetOf(row))) continue;
    const passing = { to: to.id, reason: values[ownReason(id)] ?? '' };
    const decided = await services.store.log.decide(id, (entries) => passOn(entries, passing, people), authorOf(c));
    if (!isRefusal(decided)) moved++;
  }
  return showHandover(services, c, { moved: { count: moved, of: ids.length, to: to.name, said: values.said ?? '' } });
}
