/** The record: reading it, adding to it, correcting it, downloading it as PDF, text or JSON; and the return code. */
import { type Context, Hono } from 'hono';
import type { FailedForm } from '../../../views/kit/failed-form.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { RecordPage } from '../../../views/record/record.tsx';
import { RECORD_FORMS } from '../../../views/record/record-forms.ts';
import { paths, type RecordNoun } from '../../base/paths.ts';
import { RECORD_FORMATS, type RecordFormat } from '../../base/record-formats.ts';
import { hashCode, makeCode } from '../../consultation/code.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { describeEntries } from '../../consultation/describe-entry.ts';
import { type Entry, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { keepForReferrer, recordForReferrer } from '../../consultation/for-referrer.ts';
import { describeUnused } from '../../consultation/record.ts';
import { correctEntry, RECORDINGS, type RecordingNoun, record } from '../../consultation/recording.ts';
import { pastTurns } from '../../consultation/transcript.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { checkHolds, type Found, findConsultation, param, replay } from '../kit/load-consultation.ts';
import { type NetworkLimits, TOO_FAST } from '../kit/network-limits.ts';
import { WebProblem } from '../kit/problem.ts';
import { recordOf, resultOf, sendRecord } from '../kit/record-files.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';

/** Days for which a return code is valid. */
const CODE_DAYS = 30;

export function records(services: Services, mayGoOn: NetworkLimits): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.record(':id'), async (c) =>
    showRecord(services, c, await findConsultation(services, c, param(c, 'id'))),
  );
  for (const noun of [...Object.keys(RECORDINGS), 'corrections'] as RecordNoun[])
    app.post(paths.addition(':id', noun), async (c) =>
      add(services, c, { id: param(c, 'id'), noun, mayGoOn: mayGoOn(c, 'writing') }),
    );
  app.post(paths.codes(':id'), async (c) => giveCode(services, c, param(c, 'id')));
  downloads(services, app);
  return app;
}

interface RecordExtras {
  /** The return code, shown once. */
  code?: string;
  failed?: FailedForm<RecordNoun>;
  status?: 409 | 422;
}

function showRecord(services: Services, c: Context<Env>, found: Found, { status, ...extras }: RecordExtras = {}) {
  const { consultation, flow, position } = found;
  const result = resultOf(services, found);
  const page = RecordPage({
    page: c.get('page'),
    consultation: { ...consultation, notes: keepForReferrer(consultation, consultation.notes) },
    area: flow.area,
    ...(result !== undefined && { result }),
    turns: pastTurns(flow, position),
    setAside: position.unused.map((question) => describeUnused(flow, consultation, question)),
    entries: keepForReferrer(consultation, describeEntries(flow, consultation)),
    ...withCorrection(c),
    ...extras,
  });
  return c.html(renderPage(page), status ?? 200);
}

/** The id of the part of the page that shows what was written; a correction is shown at its entry. */
function placeOf(noun: RecordNoun, given: Record<string, string>): string {
  return noun === 'corrections' ? `entry-${given.corrects}` : noun;
}

interface Adding {
  id: string;
  noun: RecordNoun;
  /** False if this network has sent too much. */
  mayGoOn: boolean;
}

/** The entry to correct, as the query names it. */
function withCorrection(c: Context<Env>): { correct?: string } {
  const correct = c.req.query('correct');
  return correct === undefined ? {} : { correct };
}

async function add(services: Services, c: Context<Env>, { id, noun, mayGoOn }: Adding) {
  await checkHolds(services, c, id);
  const given = fieldsOf(await readForm(c));
  const decide = (entries: readonly Entry[]) =>
    !mayGoOn
      ? ({ refused: 'invalid', message: TOO_FAST } as const)
      : noun === 'corrections'
        ? correctEntry(entries, given)
        : record(entries, { noun: noun as RecordingNoun, form: given, now: nowOf(services), by: 'professional' });
  const decided = await services.store.log.decide(id, decide, 'professional');
  if (!isRefusal(decided)) return c.redirect(`${paths.record(id)}#${placeOf(noun, given)}`, 303);
  const found = await findConsultation(services, c, id);
  const failed = { form: noun, values: given, errors: fieldsWrong(noun, decided) };
  return showRecord(services, c, found, { failed, status: decided.refused === 'conflict' ? 409 : 422 });
}

/** A problem with the whole form is shown at its first field. */
function fieldsWrong(noun: RecordNoun, refusal: Refusal): Record<string, string> {
  const first = RECORD_FORMS.find((form) => form.noun === noun)?.fields[0]?.name ?? 'text';
  return refusal.fields ?? { [first]: refusal.message };
}

/** Shown once, on this page; only its hash is stored. A new code invalidates the old one. */
async function giveCode(services: Services, c: Context<Env>, id: string) {
  await checkHolds(services, c, id);
  await readForm(c);
  const code = makeCode(services.random);
  await services.store.codes.make(id, hashCode(code), CODE_DAYS);
  return showRecord(services, c, await findConsultation(services, c, id), { code });
}

/** Logs that the record was taken away, before it is made: the file contains that entry. */
async function takeAway(services: Services, c: Context<Env>, as: RecordFormat | 'print'): Promise<Found> {
  const id = param(c, 'id');
  await checkHolds(services, c, id);
  const decided = await services.store.log.decide(id, () => [{ kind: 'taken away', as }], 'professional');
  if (isRefusal(decided)) throw new WebProblem('not found');
  return replay(services, readConsultation(id, decided.entries));
}

/** Leaves out what is for the desk only. */
async function sendOwn(services: Services, c: Context<Env>, format: RecordFormat) {
  const found = await takeAway(services, c, format);
  const record = recordForReferrer(await recordOf(services, found), found.consultation);
  // A referrer is not signed in, so there is no name.
  const who = { id: '', name: '', role: 'professional' };
  return sendRecord(services, c, { id: found.consultation.id, record, format, who });
}

function downloads(services: Services, app: Hono<Env>): void {
  for (const format of RECORD_FORMATS)
    app.get(paths.download(':id', format), async (c) => sendOwn(services, c, format));
  // Sent by the page's script when the browser prints.
  app.post(paths.prints(':id'), async (c) => {
    await readForm(c);
    await takeAway(services, c, 'print');
    return c.body(null, 204);
  });
}
