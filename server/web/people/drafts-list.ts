/** One's own drafts as their page lists them: of which record, of which form, and in the words of that form. */
import type { Context } from 'hono';
import { FIRST_FIELDS } from '../../../views/desk/record-sections.tsx';
import type { ShownDraft } from '../../../views/people/drafts.tsx';
import { CORRECTION_FIELDS, RECORD_FORMS } from '../../../views/record/record-forms.ts';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import type { Entry } from '../../consultation/entry.ts';
import type { Field } from '../../consultation/form-field.ts';
import { DESK_NOUNS, type DeskNoun, getDeskAction, type ShownCase } from '../../desk/actions.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { departureField, formFieldsOf } from '../../desk/form-fields.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { Flow, Question } from '../../flow/flow.ts';
import { readAndLog } from '../kit/access-log.ts';
import { mayDo, personOf } from '../kit/allow.ts';
import { idOfDraft, type OpenedDraft, readDrafts } from '../kit/drafts.ts';
import { deskOf, type Env, type Services } from '../kit/services.ts';

export async function listDrafts(services: Services, c: Context<Env>): Promise<ShownDraft[]> {
  const shown: ShownDraft[] = [];
  for (const draft of await readDrafts(c, services)) shown.push(await describeDraft(services, c, draft));
  return shown;
}

/** Where the text can still be used, and what it is about. A consultation may have gone to a colleague meanwhile. */
async function describeDraft(services: Services, c: Context<Env>, opened: OpenedDraft): Promise<ShownDraft> {
  const { page, at, values } = opened;
  const kept = { id: idOfDraft(opened), at };
  const id = consultationOf(page);
  const row = id === undefined ? undefined : await services.store.queueRows.find(id);
  if (id === undefined) return { ...kept, page, lines: linesIn(values, [], await namesIn(services, c, values)) };
  if (row === undefined || !mayDo(c, 'consultation.see', targetOf(row)))
    return {
      ...kept,
      lines: linesIn(values, [], new Map()),
      gone: 'The consultation that it is about is not yours to see any more.',
    };
  const { title, fields } = await findForm(services, c, row, opened.form);
  const about = [row.reference, row.child, title].filter((part) => part !== '').join(', ');
  const shown = { ...kept, about, lines: linesIn(values, fields, await namesIn(services, c, values)) };
  // The others have forms for whoever may see them, and say themselves what is not there any more.
  if (!page.startsWith(paths.deskQuestions(id)) || mayDo(c, 'record.write', targetOf(row))) return { ...shown, page };
  const has = row.workerName === null ? 'Nobody has the consultation now' : `${row.workerName} has it now`;
  return { ...shown, page: paths.deskRecord(id), gone: `${has}, and you cannot send this.` };
}

function consultationOf(page: string): string | undefined {
  const start = paths.deskRecord('');
  return page.startsWith(start) ? page.slice(start.length).split(/[/?]/)[0] : undefined;
}

function targetOf({ area, worker }: QueueRow) {
  return { area, by: worker ?? undefined };
}

interface NamedForm {
  title: string;
  fields: readonly Field[];
}

/** What the form of a record is called, and what it asks. Its page shows the name of the child, and so does the list: that is logged. */
async function findForm(services: Services, c: Context<Env>, row: QueueRow, form: string): Promise<NamedForm> {
  const id = row.consultation;
  const entries = await readAndLog(services, c, async ({ log }) => {
    const shown = (await log.read(id)) ?? [];
    return { shown, access: { what: 'view', consultation: id, body: { upTo: shown.length } } };
  });
  const noun = form.replace(/#.*/, '').split('/').at(-1) ?? '';
  const recorded = RECORD_FORMS.find((known) => known.noun === noun);
  if (recorded !== undefined)
    return { title: recorded.title, fields: [...(FIRST_FIELDS[recorded.noun] ?? []), ...recorded.fields] };
  if (noun === 'corrections') return { title: 'a correction', fields: CORRECTION_FIELDS };
  if (noun === 'answers') {
    const flow = await services.store.versions.find(readConsultation(id, entries).version);
    return { title: 'the questions', fields: flow === undefined ? [] : Object.values(flow.questions).map(fieldOf) };
  }
  return (DESK_NOUNS as string[]).includes(noun)
    ? actionForm(await caseOf(services, c, row, entries), noun as DeskNoun)
    : { title: '', fields: [] };
}

function fieldOf({ id, text, options, unknown, none }: Question): Field {
  const beside = [['unknown', unknown.label] as const, ['none', none ?? 'None of these'] as const];
  return {
    name: id,
    label: text,
    kind: 'choice',
    choices: [...options.map((o) => [o.id, o.text] as const), ...beside],
  };
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
  } satisfies ShownCase;
}

/** The area's fields and the outcome are one form. */
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

/** Of a consultation, or an account. */
const ID = /[\w-]{22}$/;

/** Ids in the form, in words: of a colleague the name, of a consultation that they may see the reference. */
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

/** What only belongs to the page that was shown. */
const NOT_WRITTEN = /^(seen|seen-.*|deadline|back)$/;

function linesIn(values: URLSearchParams, fields: readonly Field[], names: ReadonlyMap<string, string>) {
  return [...values]
    .filter(([name, value]) => !NOT_WRITTEN.test(name) && value.trim() !== '')
    .map(([name, value]) => ({
      label: labelOf(name, fields, names),
      words: wordsOf(name, value, fields) ?? names.get(value) ?? value,
    }));
}

/** On the page of a handover the line beside a consultation has its id in its name. */
function labelOf(name: string, fields: readonly Field[], names: ReadonlyMap<string, string>): string {
  const field = fields.find((known) => known.name === name);
  if (field !== undefined) return field.label.replace(/ \(can stay empty\)$/, '');
  const of = names.get(/^reason-([\w-]{22})$/.exec(name)?.[1] ?? '');
  if (of !== undefined) return `What they should know about ${of}`;
  return name.replace(/^(field|reason)-/, '').replaceAll(/[_-]/g, ' ');
}

function wordsOf(name: string, value: string, fields: readonly Field[]): string | undefined {
  const choices = fields.filter((known) => known.name === name).flatMap(({ choices = [] }) => choices);
  return choices.find(([id]) => id === value)?.[1];
}
