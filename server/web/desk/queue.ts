/** The queue of an area, the earliest deadline first; and opening a consultation for a telephone caller. */
import { type Context, Hono } from 'hono';
import { CallPage } from '../../../views/desk/call.tsx';
import { listsFor, QUEUE_TRAY, QueueLines, QueuePage, type Shown } from '../../../views/desk/queue.tsx';
import type { Failed } from '../../../views/kit/failed-form.ts';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { describeDay } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { isRefusal } from '../../consultation/entry.ts';
import { makeReference } from '../../consultation/reference.ts';
import { takeCall } from '../../desk/claiming.ts';
import type { Deadline } from '../../desk/desk-case.ts';
import type { OpenDispute } from '../../desk/open-dispute.ts';
import { perhapsSameAs } from '../../desk/perhaps-same.ts';
import { isLate, type QueueRow } from '../../desk/queue-row.ts';
import { describeUrgency, mayBeUrgent } from '../../desk/urgency.ts';
import { versionOf } from '../../flow/language/version.ts';
import { NATIONAL } from '../../flow/national.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { absentOf, awayUntil } from '../kit/absent.ts';
import { createQueueSight, type QueueSight, readAndLog } from '../kit/access-log.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { placesOfDrafts, unsentOn } from '../kit/drafts.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { areaLineOf } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { deskOf, type Env, nowOf, type Services } from '../kit/services.ts';
import { findDisputes } from './disputes.ts';
import { leadToDone } from './done.ts';
import { authorOf } from './load-desk-consultation.ts';
import { findToSign } from './to-sign.ts';

export function queue(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const sight = createQueueSight(services.clock);
  app.get(paths.desk(), ...allow('queue.see'), async (c) =>
    c.html(
      renderPage(
        QueuePage({
          ...(await queueProps(services, c, sight)),
          page: pageOfArea(services, c),
          mails: await openMails(services, c),
          wrongNumbers: await countWrongNumbers(services, c),
        }),
      ),
    ),
  );
  // The page polls it, so it does not keep the session alive.
  app.get(paths.deskLines(), ...allow('queue.see', { background: true }), async (c) =>
    c.html(renderFragment(QueueLines(await queueProps(services, c, sight)))),
  );
  app.get(paths.deskCalls(), ...allow('consultation.open'), (c) => showCall(services, c));
  app.post(paths.deskCalls(), ...allow('consultation.open', { form: paths.deskCalls() }), (c) => openCall(services, c));
  return app;
}

/** Unsent mails, if the person may see them. */
async function openMails(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  return mayDo(c, 'notifications.see', { area }) ? services.store.mails.openOf(area) : [];
}

/** How many telephone numbers readers have reported as wrong, if the person may see such reports. */
async function countWrongNumbers(services: Services, c: Context<Env>): Promise<number> {
  const { area } = personOf(c);
  if (!mayDo(c, 'numbers.see', { area })) return 0;
  return (await services.store.numberReports.openOf([area, NATIONAL])).length;
}

interface Reading {
  /** Loads what decides which rows are shown. */
  find: (inside: ReadInside, all: QueueRow[]) => Promise<void>;
  isShown: (line: QueueRow) => boolean;
  sight: QueueSight;
}

/**
 * Puts urgent decisions that the person has to sign at the top: a decision that protects a child is not valid before it
 * is signed.
 */
function signedFirst(lines: readonly QueueRow[], toSign: ReadonlyMap<string, unknown>): QueueRow[] {
  const isFirst = (line: QueueRow) => mayBeUrgent(line) && toSign.has(line.consultation);
  return [...lines.filter(isFirst), ...lines.filter((line) => !isFirst(line))];
}

/** Opening the page is logged. A poll is logged only if it shows something that the person has not seen lately. */
async function readQueue(services: Services, c: Context<Env>, { find, isShown, sight }: Reading): Promise<QueueRow[]> {
  const { id, area } = personOf(c);
  const { all, fresh } = await readAndLog(services, c, async (inside) => {
    const all = await inside.desk.queue(area);
    await find(inside, all);
    const lines = all.filter(isShown).map(({ consultation }) => consultation);
    const fresh = sight.newFor(id, lines);
    const counts = c.req.path === paths.desk() || fresh.length > 0;
    return {
      shown: { all, fresh },
      access: counts ? { what: 'view' as const, body: { lines: lines.length, shown: fresh } } : undefined,
    };
  });
  sight.note(id, fresh);
  return all;
}

async function queueProps(services: Services, c: Context<Env>, sight: QueueSight) {
  const { id, area } = personOf(c);
  const isManager = mayDo(c, 'outcome.review', { area });
  const maySign = mayDo(c, 'outcome.countersign', { area });
  const lists = listsFor({ maySign });
  const words = isManager ? [...lists, ...QUEUE_TRAY] : lists;
  const shown = words.find((word) => word === c.req.query('show')) ?? 'all';
  const absent = await absentOf(services, area);
  let toSign: ReadonlyMap<string, Deadline | undefined> = new Map();
  let disputes: ReadonlyMap<string, OpenDispute> = new Map();
  const filters = createFilters({ services, c, absent });
  const isIn = (word: Shown, line: QueueRow) =>
    word === 'to-sign' ? toSign.has(line.consultation) : filters[word](line);
  const read = await readQueue(services, c, {
    find: async (inside, found) => {
      toSign = await findToSign(inside, c, found);
      disputes = await findDisputes(inside, c, found);
    },
    isShown: (line) => isIn(shown, line),
    sight,
  });
  const all = signedFirst(read, toSign);
  const lines = all.filter((line) => isIn(shown, line));
  return {
    lines,
    counts: Object.fromEntries(words.map((word) => [word, all.filter((line) => isIn(word, line)).length])),
    aboutChild: await services.store.queueRows.countOnSameChild(lines),
    absent,
    unsent: await unsentOn(
      c,
      services,
      all.map(({ consultation }) => consultation),
    ),
    texts: (await placesOfDrafts(c, services)).length,
    toSign,
    disputes,
    perhapsSame: new Map(lines.map((line) => [line.consultation, perhapsSameAs(line, all)])),
    urgent: Object.fromEntries(all.filter(mayBeUrgent).map((line) => [line.consultation, describeUrgency(line)])),
    isManager,
    maySign,
    shown,
    desk: deskOf(services, area),
    now: nowOf(services),
    person: id,
    token: c.get('page').token,
    mayClaim: mayDo(c, 'consultation.claim', { area }),
    maySeeDue: mayDo(c, 'erasure.see', { area }),
  };
}

interface FilterContext {
  services: Services;
  c: Context<Env>;
  absent: ReadonlyMap<string, string>;
}

function createFilters({
  services,
  c,
  absent,
}: FilterContext): Record<Exclude<Shown, 'to-sign'>, (line: QueueRow) => boolean> {
  const { id: person } = personOf(c);
  const now = nowOf(services);
  return {
    all: () => true,
    waiting: ({ state }) => state === 'waiting',
    // "Mine" also lists news about what they had before, and tasks that a colleague gave them.
    mine: ({ worker, lastWorker, mark, isNew, tasks }) =>
      worker === person ||
      (lastWorker === person && (isNew || mark === 'not signed')) ||
      tasks.some(({ to }) => to === person),
    'follow-up': ({ state }) => state === 'closed',
    urgent: mayBeUrgent,
    'to-review': ({ toReview }) => toReview,
    'to-countersign': ({ toCountersign }) => toCountersign,
    disputed: ({ mark }) => mark === 'disputed' || mark === 'disagreement',
    overdue: (line) => isLate(line, now),
    absent: ({ worker }) => worker !== null && absent.has(worker),
  };
}

export function pageOfArea(services: Services, c: Context<Env>) {
  const [flow] = services.library.areas.get(personOf(c).area)?.flows.values() ?? [];
  const area = flow && areaLineOf(flow);
  return { ...c.get('page'), ...(area !== undefined && { area }) };
}

async function showCall(services: Services, c: Context<Env>, failed?: Failed) {
  const { area } = personOf(c);
  const doors = (services.library.areas.get(area)?.doors ?? []).filter((door) => door.reader === 'professional');
  const away = await awayUntil(services, c);
  const page = CallPage({
    page: pageOfArea(services, c),
    doors,
    ...(away !== undefined && { awayUntil: describeDay(away) }),
    ...(failed !== undefined && { failed }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : 422);
}

/** The person who takes the call also claims the consultation. */
async function openCall(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  const values = fieldsOf(await readForm(c));
  const flow = services.library.areas.get(area)?.flows.get(values.flow ?? '');
  const taken = takeCall(values, {
    desk: deskOf(services, area),
    now: nowOf(services),
    urgent: false,
    pace: 'not known',
  });
  const errors: Record<string, string> = isRefusal(taken) ? { ...taken.fields } : {};
  const isAway = (await awayUntil(services, c)) !== undefined;
  if (isAway && values.back !== 'yes') errors.back = 'Say that you are back, or let a colleague take the call';
  if (flow === undefined || flow.reader !== 'professional') errors.flow = 'Choose what it is about';
  if (flow?.reader !== 'professional' || isRefusal(taken) || Object.keys(errors).length > 0)
    return showCall(services, c, { values, errors });
  const version = versionOf(flow);
  if (services.library.withdrawn.has(version)) throw new WebProblem('not found');
  await services.store.versions.keep(version, flow);
  if (isAway) await services.store.people.accounts.setBack(personOf(c).id, personOf(c).id);
  const { id } = await services.store.consultations.open({
    area,
    flow: flow.id,
    version,
    by: authorOf(c),
    makeReference: () => makeReference(flow.area.referenceLetter, services.random),
    also: taken,
  });
  return leadToDone(c, paths.deskQuestions(id), 'calls');
}
