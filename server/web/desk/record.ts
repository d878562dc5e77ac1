/** A consultation at the desk: read, and everything that the desk does with it. Four lines each: load, decide, append, show. */
import { type Context, Hono } from 'hono';
import type { FailedDeskForm } from '../../../views/desk/desk-form.tsx';
import { PresenceLine } from '../../../views/desk/presence.tsx';
import { DeskRecordPage } from '../../../views/desk/record.tsx';
import { renderFragment, renderPage } from '../../../views/kit/render.ts';
import { paths, type RecordNoun } from '../../base/paths.ts';
import { describeEntry } from '../../consultation/describe-entry.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { correct, RECORDINGS, type RecordingNoun, record } from '../../consultation/recording.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { openDeadlines } from '../../desk/desk-case.ts';
import { draftDispute } from '../../desk/dispute-message.ts';
import { toICalendar } from '../../desk/icalendar.ts';
import { createPresence, type Presence } from '../../store/presence.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';
import { DESK_VERBS, type DeskVerbContext } from './actions.ts';
import {
  authorOf,
  colleaguesOf,
  type DeskConsultation,
  type Looked,
  loadDeskConsultation,
  lookAtDesk,
  readDeskConsultation,
  whoIs,
} from './load-desk-consultation.ts';

export function deskRecord(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const lookers = createPresence(services.clock);
  const form = paths.deskRecord(':id');
  app.get(form, ...allow('consultation.see'), async (c) => {
    const found = await lookAtDesk(services, c, param(c, 'id'));
    return show(services, c, lookers, found);
  });
  app.get(paths.deskLookers(':id'), ...allow('consultation.see', { background: true }), async (c) => {
    const { line } = await loadDeskConsultation(services, c, param(c, 'id'));
    const names = lookers.see(line.consultation, personOf(c));
    return c.html(renderFragment(PresenceLine({ id: line.consultation, names })));
  });
  app.get(paths.deskCalendar(':id'), ...allow('consultation.see'), async (c) => {
    const { line, deskCase: handover } = await lookAtDesk(services, c, param(c, 'id'), { what: 'export' });
    const body = toICalendar(line.reference, openDeadlines(handover), nowOf(services).at);
    const name = `front-door-${line.reference.replaceAll(' ', '')}.ics`;
    return c.body(body, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  });
  for (const [noun, { action, decide }] of Object.entries(DESK_VERBS))
    app.post(paths.deskVerb(':id', noun as keyof typeof DESK_VERBS), ...allow(action, { form }), (c) =>
      take(services, c, lookers, noun, decide),
    );
  for (const noun of [...Object.keys(RECORDINGS), 'corrections'] as RecordNoun[])
    app.post(
      paths.deskAddition(':id', noun),
      ...allow(noun === 'corrections' ? 'record.correct' : 'record.write', { form }),
      (c) =>
        take(services, c, lookers, noun, (entries, { values }) =>
          noun === 'corrections' ? correct(entries, values) : record(entries, noun as RecordingNoun, values),
        ),
    );
  return app;
}

type Decide = (entries: readonly Entry[], context: DeskVerbContext) => readonly Happening[] | Refusal;

async function take(services: Services, c: Context<Env>, lookers: Presence, noun: string, decide: Decide) {
  const id = param(c, 'id');
  const values = fieldsOf(await readForm(c));
  const before = await findOwn(services, c, id);
  // What is shown then is what everybody of the desk may see, also after it was passed on.
  const refused = async (refusal: Refusal) =>
    show(services, c, lookers, await lookAtDesk(services, c, id, { action: 'consultation.see' }), {
      // The outcome stands in one form with the fields.
      noun: noun === 'outcomes' ? 'fields' : noun,
      values,
      errors: refusal.fields ?? { '': refusal.message },
      conflict: refusal.refused === 'conflict',
    });
  if (isRefusal(before)) return refused(before);
  const context = { services, values, found: before, who: whoIs(c), colleagues: await colleaguesOf(services, c) };
  const decided = await services.store.log.decide(id, (entries) => decide(entries, context), authorOf(c));
  if (!isRefusal(decided))
    return c.redirect(noun === 'outcomes' ? paths.deskRecorded(id) : `${paths.deskRecord(id)}#${noun}`, 303);
  if (decided.refused === 'not found') throw new WebProblem('not found');
  return refused(decided);
}

/** Somebody whose consultation was passed on while they wrote is told so, and keeps what they wrote; to others it is not there. */
async function findOwn(
  services: Services,
  c: Context<Env>,
  id: string,
): Promise<DeskConsultation | (Refusal & { found: DeskConsultation })> {
  const line = await services.store.queueRows.find(id);
  if (line === undefined || line.area !== personOf(c).area) throw new WebProblem('not found');
  if (mayDo(c, c.get('action'), { area: line.area, by: line.worker ?? undefined }))
    return readDeskConsultation(services, c, line);
  const found = await readDeskConsultation(services, c, line);
  if (!found.deskCase.claimants.includes(personOf(c).id)) throw new WebProblem('not found');
  const message = `${line.workerName ?? 'Nobody'} has it now. Nothing was saved; what you wrote is still here`;
  return { refused: 'conflict', message, found };
}

async function show(services: Services, c: Context<Env>, lookers: Presence, found: Looked, failed?: FailedDeskForm) {
  const { line, consultation, flow, position, deskCase: handover, desk } = found;
  const target = { area: line.area, by: line.worker ?? undefined };
  const now = nowOf(services);
  const draft = draftDispute(desk, line.reference, handover, now);
  const page = DeskRecordPage({
    ...found,
    page: c.get('page'),
    area: flow.area,
    now,
    turns: pastTurns(flow, position),
    entries: consultation.entries.map((entry) => describeEntry(flow, entry)),
    lookers: lookers.see(line.consultation, personOf(c)),
    colleagues: await colleaguesOf(services, c),
    person: personOf(c).id,
    recorded: c.req.query('recorded') === 'outcome' && handover.state === 'closed',
    may: {
      claim: mayDo(c, 'consultation.claim', target),
      audit: mayDo(c, 'audit.see', target),
      erase: mayDo(c, 'erasure.review', target),
      write: mayDo(c, 'record.write', target),
      review: mayDo(c, 'outcome.review', target),
      reopen: mayDo(c, 'consultation.reopen', target),
      escalate: mayDo(c, 'consultation.escalate', target),
    },
    ...(draft !== undefined && { draft }),
    ...(failed !== undefined && { failed }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.conflict ? 409 : 422);
}
