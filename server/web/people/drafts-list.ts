/** The list of one's own drafts: which record and which form each belongs to, in the words of that form. */
import type { Context } from 'hono';
import type { ShownDraft } from '../../../views/people/drafts.tsx';
import { idIn, paths } from '../../base/paths.ts';
import { capitalise } from '../../base/text.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import type { Entry } from '../../consultation/entry.ts';
import { DESK_NOUNS, type DeskNoun, getDeskAction, type ShownCase } from '../../desk/actions.ts';
import { dangerFields } from '../../desk/danger-again.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { departureField, formFieldsOf } from '../../desk/form-fields.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Action } from '../../people/permissions.ts';
import { readAndLog } from '../kit/access-log.ts';
import { mayDo, personOf, targetOf } from '../kit/allow.ts';
import { idOfDraft, type OpenedDraft, readDrafts } from '../kit/drafts.ts';
import { linesOf } from '../kit/form-words.ts';
import {
  fieldsByAddress,
  formOfQuestions,
  isOfQuestions,
  knownForm,
  type NamedForm,
  nounOf,
} from '../kit/known-form.ts';
import { deskOf, type Env, type Services } from '../kit/services.ts';

export async function listDrafts(services: Services, c: Context<Env>): Promise<ShownDraft[]> {
  const shown: ShownDraft[] = [];
  for (const draft of await readDrafts(c, services)) shown.push(await describeDraft(services, c, draft));
  return shown;
}

/**
 * Where the text can still be used, and what it is about. The consultation may have gone to a colleague in the
 * meantime.
 */
async function describeDraft(services: Services, c: Context<Env>, opened: OpenedDraft): Promise<ShownDraft> {
  const { page, at, values } = opened;
  const kept = { id: idOfDraft(opened), at };
  const own = idIn(page, paths.consultation(''));
  if (own !== undefined) return { ...kept, page, ...(await describeOwn(services, c, own, opened)) };
  const id = idIn(page, paths.deskRecord(''));
  const row = id === undefined ? undefined : await services.store.queueRows.find(id);
  if (id === undefined) {
    const fields = fieldsByAddress(services.library, opened.form);
    const lines = linesOf(values, fields, await namesIn(services, c, values));
    return { ...kept, ...titleAlone(opened.form), page, lines };
  }
  if (row === undefined || !mayDo(c, 'consultation.see', targetOf(row)))
    return {
      ...kept,
      lines: linesOf(values, fieldsByAddress(services.library, opened.form)),
      gone: 'The consultation that it is about is not yours to see any more.',
    };
  const { title, fields } = await findForm(services, c, row, opened.form);
  const about = [row.reference, row.child, title].filter((part) => part !== '').join(', ');
  const shown = { ...kept, about, lines: linesOf(values, fields, await namesIn(services, c, values)) };
  if (mayDo(c, actionOf(opened.form), targetOf(row))) return { ...shown, page };
  const has = row.workerName === null ? 'Nobody has the consultation now' : `${row.workerName} has it now`;
  return { ...shown, page: paths.deskRecord(id), gone: `${has}, and you cannot send this.` };
}

/** The permission that a person needs for the form, on a record's page or in the questions of a call. */
function actionOf(form: string): Action {
  const noun = nounOf(form);
  if (isDeskNoun(noun)) return getDeskAction(noun).permission;
  return isOfQuestions(form) || WRITES_RECORD.test(form) ? 'record.write' : 'consultation.see';
}

const WRITES_RECORD = new RegExp(`^${paths.deskRecord('ID').replace('ID', '[^/]+')}/record/`);

function isDeskNoun(noun: string): noun is DeskNoun {
  return (DESK_NOUNS as string[]).includes(noun);
}

/** What the form is for, if there is nothing to show before it. */
function titleAlone(form: string): Pick<ShownDraft, 'about'> {
  const { title = '' } = knownForm(form) ?? {};
  return title === '' ? {} : { about: capitalise(title) };
}

/**
 * Describes a draft of the person's own consultation, if this browser may see it; otherwise only by the words of the
 * form.
 */
async function describeOwn(services: Services, c: Context<Env>, id: string, { form, values }: OpenedDraft) {
  const { store, library } = services;
  const isHeld = await store.consultations.holds(c.get('tokenHash'), id);
  const entries = isHeld ? await store.log.read(id) : undefined;
  if (entries === undefined) return { lines: linesOf(values, fieldsByAddress(library, form)) };
  const { reference, child, version } = readConsultation(id, entries);
  const asked = isOfQuestions(form) ? formOfQuestions(await store.versions.find(version)) : knownForm(form);
  const about = [reference, child?.name, asked?.title].filter((part) => part !== undefined && part !== '').join(', ');
  return { about, lines: linesOf(values, asked?.fields ?? []) };
}

/**
 * The title and the fields of a record's form. The record's page shows the name of the child, and so does this list, so
 * the access is logged.
 */
async function findForm(services: Services, c: Context<Env>, row: QueueRow, form: string): Promise<NamedForm> {
  const id = row.consultation;
  const entries = await readAndLog(services, c, async ({ log }) => {
    const shown = (await log.read(id)) ?? [];
    return { shown, access: { what: 'view', consultation: id, body: { upTo: shown.length } } };
  });
  const known = knownForm(form);
  if (known !== undefined) return known;
  if (isOfQuestions(form))
    return formOfQuestions(await services.store.versions.find(readConsultation(id, entries).version));
  const noun = nounOf(form);
  return isDeskNoun(noun) ? actionForm(await caseOf(services, c, row, entries), noun) : { title: '', fields: [] };
}

async function caseOf(services: Services, c: Context<Env>, row: QueueRow, entries: readonly Entry[]) {
  const deskCase = readDeskCase(entries);
  const desk = deskOf(services, row.area);
  const flow: Flow | undefined = await services.store.versions.find(
    readConsultation(row.consultation, entries).version,
  );
  if (deskCase === undefined || flow === undefined) return undefined;
  const { id, role } = personOf(c);
  const { scale } = flow.area;
  const person = { person: id, role, colleagues: [], absent: new Map() };
  return {
    deskCase,
    desk,
    fields: desk.fields,
    ...person,
    scale,
    urgency: row.urgency,
    danger: row.danger,
    dangerFields: dangerFields(flow),
  } satisfies ShownCase;
}

/** The area's fields and the outcome share one form. */
function actionForm(shown: ShownCase | undefined, noun: DeskNoun): NamedForm {
  if (shown === undefined) return { title: '', fields: [] };
  const { summary, submit, fields } = getDeskAction(noun);
  if (noun !== 'fields' && noun !== 'outcomes') return { title: summary?.(shown) ?? submit, fields: fields(shown) };
  const { desk } = shown;
  const asked = desk.fields.flatMap((field) => formFieldsOf(field, true));
  const departures = desk.outcomes.map(({ id }) => departureField(id, desk));
  return {
    title: 'Record, and outcome',
    fields: [...asked, ...getDeskAction('outcomes').fields(shown), ...departures],
  };
}

/** Id of a consultation or an account. */
const ID = /[\w-]{22}$/;

/** Words for the ids in the form: a colleague's name, or the reference of a consultation that they may see. */
async function namesIn({ store }: Services, c: Context<Env>, values: URLSearchParams): Promise<Map<string, string>> {
  const ids = [...values].flat().flatMap((text) => ID.exec(text)?.[0] ?? []);
  if (ids.length === 0) return new Map();
  const people = await store.people.accounts.listOf(personOf(c).area);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const id of ids) {
    const row = await store.queueRows.find(id);
    if (row !== undefined && mayDo(c, 'consultation.see', targetOf(row))) names.set(id, row.reference);
  }
  return names;
}
