/**
 * A consultation at the desk: its page, and every action of the desk on it. Each action loads, decides, appends and
 * redirects to the page.
 */
import { type Context, Hono } from 'hono';
import type { FailedDeskForm } from '../../../views/desk/desk-form.tsx';
import { PresenceLine } from '../../../views/desk/presence.tsx';
import { DeskRecordPage } from '../../../views/desk/record.tsx';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { describeDay } from '../../base/days.ts';
import { paths, type RecordNoun } from '../../base/paths.ts';
import { describeEntries } from '../../consultation/describe-entry.ts';
import { type Entry, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { describeUnused } from '../../consultation/record.ts';
import { RECORDINGS, type RecordingNoun, record } from '../../consultation/recording.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import {
  DESK_NOUNS,
  type DeskAction,
  type DeskNoun,
  getDeskAction,
  UNSENT_INPUT,
  UNSENT_STAYS,
} from '../../desk/actions.ts';
import { correctAtDesk } from '../../desk/correcting.ts';
import { dangerFields } from '../../desk/danger-again.ts';
import { openDeadlines } from '../../desk/desk-case.ts';
import { toICalendar } from '../../desk/icalendar.ts';
import { knownFactsFor, knownOfPart } from '../../desk/known-facts.ts';
import { answersToBeginWith, draftDispute } from '../../desk/message-templates.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import { unchangedInputs } from '../../desk/record-fields.ts';
import { leaveOutRepeated } from '../../desk/repeated-forms.ts';
import { canOpen } from '../../pathway/opening.ts';
import { absentOf, awayUntil } from '../kit/absent.ts';
import { allow, mayDo, personOf, targetOf } from '../kit/allow.ts';
import { hasUnsent, unsentOn } from '../kit/drafts.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';
import { type DoneAction, leadToDone } from './done.ts';
import {
  authorOf,
  colleaguesOf,
  type DeskConsultation,
  describeHolder,
  loadDeskConsultation,
  readDeskConsultation,
  type ViewedConsultation,
  viewDeskConsultation,
  whoIs,
} from './load-desk-consultation.ts';
import { showQuestions } from './questions.ts';

export function deskRecord(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  registerReading(app, services);
  registerWriting(app, services);
  return app;
}

function registerReading(app: Hono<Env>, services: Services): void {
  app.get(paths.deskRecord(':id'), ...allow('consultation.see'), async (c) =>
    showDeskRecord(services, c, await viewDeskConsultation(services, c, param(c, 'id'))),
  );
  app.get(paths.deskPresence(':id'), ...allow('consultation.see', { background: true }), async (c) => {
    const { line } = await loadDeskConsultation(services, c, param(c, 'id'));
    const names = await services.store.presence.see(line.consultation, personOf(c));
    return c.html(renderFragment(PresenceLine({ id: line.consultation, names })));
  });
  app.get(paths.deskCalendar(':id'), ...allow('consultation.see'), async (c) => {
    const { line, deskCase } = await viewDeskConsultation(services, c, param(c, 'id'), { what: 'export' });
    const body = toICalendar(line.reference, openDeadlines(deskCase), nowOf(services).at);
    const name = `front-door-${line.reference.replaceAll(' ', '')}.ics`;
    return c.body(body, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  });
}

/** One route for each action of the desk, and one for each part of the record that the desk may add to. */
function registerWriting(app: Hono<Env>, services: Services): void {
  const form = paths.deskRecord(':id');
  for (const noun of DESK_NOUNS) {
    const { permission, decide } = getDeskAction(noun);
    app.post(paths.deskAction(':id', noun), ...allow(permission, { form }), (c) =>
      submitDeskForm(services, c, noun, decide),
    );
  }
  for (const noun of Object.keys(RECORDINGS) as RecordingNoun[])
    app.post(paths.deskAddition(':id', noun), ...allow('record.write', { form }), (c) =>
      submitDeskForm(services, c, noun, (entries, context) =>
        record(entries, { noun, form: context.form, now: context.now, by: 'duty worker' }),
      ),
    );
  const corrections = 'corrections' satisfies RecordNoun;
  app.post(paths.deskAddition(':id', corrections), ...allow('record.correct', { form }), (c) =>
    submitDeskForm(services, c, corrections, (entries, context) => correctAtDesk(entries, context)),
  );
}

async function submitDeskForm(services: Services, c: Context<Env>, noun: DoneAction, decide: DeskAction['decide']) {
  const id = param(c, 'id');
  const form = fieldsOf(await readForm(c));
  const before = await findOwn(services, c, id);
  c.set('savedInputs', isRefusal(before) || !ASKS_FIELDS.has(noun) ? [] : unchangedInputs(before, form));
  const refuse = (refusal: Refusal) => showRefused(services, c, failedForm(noun, form, refusal));
  if (isRefusal(before)) return refuse(before);
  const obstacle = await obstacleTo(services, c, noun, form);
  if (obstacle !== undefined) return refuse(obstacle);
  const isFromQuestions = form.back === 'questions';
  const { flow, desk, fields } = before;
  const colleagues = await colleaguesOf(services, c);
  const context = { form, flow, desk, fields, colleagues, who: whoIs(c), now: nowOf(services) };
  const decided = await services.store.log.decide(
    id,
    (entries) => leaveOutRepeated(entries, decide(entries, context), form.seen),
    authorOf(c),
  );
  if (!isRefusal(decided)) return leadToSaved(c, before, { noun, form, added: decided.added });
  if (decided.refused === 'not found') throw new WebProblem('not found');
  // During a call the page stays on the questions, where the person is writing.
  if (isFromQuestions)
    return showQuestions(services, c, { values: form, errors: decided.fields ?? { text: decided.message } });
  return refuse(decided);
}

/**
 * Shows the page with the refused form. Checked with the permission "see", so that a person who lost the consultation
 * while writing still gets the page with their text.
 */
async function showRefused(services: Services, c: Context<Env>, failed: FailedDeskForm) {
  const found = await viewDeskConsultation(services, c, param(c, 'id'), { action: 'consultation.see' });
  return showDeskRecord(services, c, found, failed);
}

interface SavedForm {
  noun: DoneAction;
  form: Record<string, string>;
  added: readonly Entry[];
}

/** Redirects to the part of the page that says what was done. During a call that is the page with the questions. */
function leadToSaved(c: Context<Env>, { deskCase }: DeskConsultation, { noun, form, added }: SavedForm) {
  const id = param(c, 'id');
  const deed = added.length === 0 ? 'nothing' : noun;
  if (form.back === 'questions') return leadToDone(c, paths.deskQuestions(id), deed, 'notes');
  if (noun === 'outcomes') return c.redirect(paths.deskRecorded(id), 303);
  const isOnPage = deed === 'replies' && !deskCase.byTelephone;
  return leadToDone(c, paths.deskRecord(id), isOnPage ? 'replies-on-page' : deed, placeOf(noun, form, added));
}

/**
 * What the person has to settle first: they claim while marked as away, or give the consultation away with unsent text
 * on its page.
 */
async function obstacleTo(
  services: Services,
  c: Context<Env>,
  noun: DoneAction,
  form: Record<string, string>,
): Promise<Refusal | undefined> {
  const away = TAKES.has(noun) ? await awayUntil(services, c) : undefined;
  if (away !== undefined) return { refused: 'conflict', message: describeOwnAbsence(away) };
  if (LETS_GO.has(noun) && form[UNSENT_INPUT] !== UNSENT_STAYS && (await hasOwnUnsent(services, c, param(c, 'id'))))
    return { refused: 'invalid', message: NOT_SENT, fields: { [UNSENT_INPUT]: NOT_SENT } };
  return undefined;
}

/** Both are sent with the form of the area's fields. */
const ASKS_FIELDS: ReadonlySet<DoneAction> = new Set<DeskNoun>(['fields', 'outcomes']);

/**
 * Actions after which the person no longer has the consultation: text that they have not sent may then have no form to
 * go into, or be out of date.
 */
const LETS_GO: ReadonlySet<DoneAction> = new Set<DeskNoun>(['passings', 'hand-backs', 'take-overs']);
const NOT_SENT =
  'You wrote something here and did not send it. Send it or throw it away first, or say that it stays with you';

async function hasOwnUnsent(services: Services, c: Context<Env>, id: string): Promise<boolean> {
  return (await unsentOn(c, services, [id], c.req.path)).has(id);
}

/**
 * If somebody who is away took it, it would appear at once in the manager's list of consultations whose worker is away.
 */
const TAKES: ReadonlySet<DoneAction> = new Set<DeskNoun>(['claims', 'take-overs']);

function describeOwnAbsence(until: string): string {
  return `You are marked as away until ${describeDay(until)}, and nothing was changed. End your absence, or leave this to a colleague`;
}

/**
 * The id of the part of the page that shows what was saved: for a correction its entry, for fields the last one that
 * changed.
 */
function placeOf(noun: string, form: Record<string, string>, added: readonly Entry[]): string {
  if (noun === 'corrections') return `entry-${form.corrects}`;
  const changed = added.findLast(({ what }) => what.kind === 'field recorded')?.what;
  return noun === 'fields' && changed?.kind === 'field recorded' ? `of-${changed.field}` : noun;
}

function failedForm(noun: string, values: Record<string, string>, refusal: Refusal): FailedDeskForm {
  return {
    // The outcome is in the same form as the fields.
    form: noun === 'outcomes' ? 'fields' : noun,
    values,
    errors: refusal.fields ?? { '': refusal.message },
    conflict: refusal.refused === 'conflict',
  };
}

/**
 * If it was passed on while they were writing, the former worker gets a conflict and keeps their text. Anybody else
 * gets "not found".
 */
async function findOwn(services: Services, c: Context<Env>, id: string): Promise<DeskConsultation | Refusal> {
  const row = await services.store.queueRows.find(id);
  if (row === undefined || row.area !== personOf(c).area) throw new WebProblem('not found');
  const found = await readDeskConsultation(services, c, row);
  if (mayDo(c, c.get('action'), targetOf(row))) return found;
  if (!found.deskCase.claimants.includes(personOf(c).id)) throw new WebProblem('not found');
  const message = `${describeHolder(row, found.deskCase)}. Nothing was saved; what you wrote is still here`;
  return { refused: 'conflict', message };
}

async function showDeskRecord(services: Services, c: Context<Env>, found: ViewedConsultation, failed?: FailedDeskForm) {
  const { line, consultation, flow, position, deskCase, desk } = found;
  const now = nowOf(services);
  const correct = c.req.query('correct');
  const filling = { desk, reference: line.reference, deskCase, now };
  const draft = draftDispute(filling);
  const templates = answersToBeginWith(filling);
  const begun = templates.find(({ id }) => id === c.req.query('template'));
  const page = DeskRecordPage({
    ...found,
    page: c.get('page'),
    area: flow.area,
    now,
    turns: pastTurns(flow, position),
    setAside: position.unused.map((question) => describeUnused(flow, consultation, question)),
    known: knownOf(found),
    knownOfPart: (noun) => knownOfPart(noun, found),
    entries: describeEntries(flow, consultation),
    present: await services.store.presence.see(line.consultation, personOf(c)),
    colleagues: await colleaguesOf(services, c),
    unsentOf: await othersWithUnsent(services, c, found),
    urgency: line.urgency,
    danger: line.danger,
    dangerFields: dangerFields(flow),
    person: personOf(c).id,
    personName: personOf(c).name,
    role: personOf(c).role,
    absent: await absentOf(services, line.area),
    scale: flow.area.scale,
    recorded: c.req.query('recorded') === 'outcome' && deskCase.state === 'closed',
    canOpenPathway: canOpen(consultation.entries, services.library.areas.get(line.area)?.pathway),
    mayPathway: { see: mayDo(c, 'pathway.see', targetOf(line)), open: mayDo(c, 'pathway.open', targetOf(line)) },
    ...permissionsOf(c, line),
    templates,
    ...(begun !== undefined && { begunWith: begun.text }),
    ...(draft !== undefined && { draft }),
    ...(correct !== undefined && { correct }),
    ...(failed !== undefined && { failed }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.conflict ? 409 : 422);
}

/** Names of the other workers, present and former, who have unsent text on it. */
async function othersWithUnsent(services: Services, c: Context<Env>, { line, deskCase }: ViewedConsultation) {
  const others = deskCase.claimants.filter((id) => id !== personOf(c).id);
  const names: string[] = [];
  for (const id of others) {
    const account =
      (await hasUnsent(services, id, line.consultation)) && (await services.store.people.accounts.find(id));
    if (account) names.push(account.name);
  }
  return names;
}

/** Keyed by the area's fields. */
function knownOf({ fields, flow, consultation }: ViewedConsultation) {
  return Object.fromEntries(fields.map((field) => [field.id, knownFactsFor(field, flow, consultation)]));
}

function permissionsOf(c: Context<Env>, row: QueueRow) {
  const target = targetOf(row);
  return {
    allowed: new Set(DESK_NOUNS.filter((noun) => mayDo(c, getDeskAction(noun).permission, target))),
    may: {
      write: mayDo(c, 'record.write', target),
      audit: mayDo(c, 'audit.see', target),
      retention: mayDo(c, 'erasure.see', target),
    },
  };
}
