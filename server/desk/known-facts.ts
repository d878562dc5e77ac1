/**
 * Saves the desk from writing a fact twice: shows what the answers and the record already say about a field of the
 * area, and the other way round. A fact is shown beside the field, and copied only when a person asks for it. Pure.
 */
import { capitalise } from '../base/text.ts';
import type { Consultation } from '../consultation/consultation.ts';
import { type DoneAboutMark, doneAboutMarks } from '../consultation/done-about-marks.ts';
import type { Form } from '../consultation/recording.ts';
import { type Desk, type DeskField, NOT_KNOWN, type RECORD_PARTS, type SAME_AS } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { isContentName, MARKS, type Topic, topicNamed } from '../flow/marks.ts';
import { type Answer, describeAnswer, isUnknown } from '../flow/walk/answer.ts';
import type { DeskCase } from './desk-case.ts';
import { needsReason, reasonName, valueName } from './record-fields.ts';

/**
 * A fact in words, with its source. `value`: what the field would contain; undefined if none of its options
 * corresponds.
 */
export interface KnownFact {
  source: string;
  words: string;
  /** Numbers of the entries that say it. */
  from: readonly number[];
  value?: string;
  reason?: string;
}

/** The parts of a consultation that a field may also ask about. */
export type Facts = Pick<Consultation, 'answers' | 'answeredBy' | 'shared' | Topic>;

/** Name of the button that copies a fact. Its value is the id of the field and the position of the fact. */
export const TAKE_KNOWN = 'take';
export const takeValue = (field: string, place: number) => `${field}:${place}`;

export function knownFactsFor(field: DeskField, flow: Flow, facts: Facts): KnownFact[] {
  const answered = field.answeredBy.flatMap((id) => fromQuestion(field, flow, facts, id));
  const recorded = field.sameAs === undefined ? [] : fromRecord(field, field.sameAs, facts);
  return [...answered, ...recorded];
}

/** The answer to a question, in words; undefined if it was not answered. */
function answerTo(flow: Flow, { answers, answeredBy }: Pick<Facts, 'answers' | 'answeredBy'>, id: string) {
  const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  if (question === undefined || answer === undefined) return undefined;
  const source = `Answered in the questions: “${question.text}”`;
  const from = [answeredBy[id] ?? []].flat();
  return { answer, source, words: describeAnswer(question, answer).join('; '), from };
}

function fromQuestion(field: DeskField, flow: Flow, facts: Facts, id: string): KnownFact[] {
  const found = answerTo(flow, facts, id);
  if (found === undefined) return [];
  const { answer, source, words, from } = found;
  const value = field.options.length === 0 ? words : optionFor(field, answer);
  // Ticks that have nothing to do with the field say nothing about it.
  const isBeside =
    Array.isArray(answer) && field.options.length > 0 && !answer.some((tick) => tick in field.answerMeans);
  return isBeside ? [] : [{ source, words, from, ...(value !== undefined && { value }) }];
}

/**
 * The option that corresponds to an answer. If several ticks correspond to different options, the person has to choose.
 */
function optionFor(field: DeskField, answer: Answer): string | undefined {
  if (isUnknown(answer)) return findOption(field, NOT_KNOWN);
  if (typeof answer === 'number') return findOption(field, bandOf(field, answer) ?? String(answer));
  const said = [answer].flat().map((one) => field.answerMeans[one] ?? (Array.isArray(answer) ? undefined : one));
  const [value, ...others] = new Set(said.filter((one) => one !== undefined));
  return others.length > 0 || value === undefined ? undefined : findOption(field, value);
}

function findOption({ options }: DeskField, id: string): string | undefined {
  return options.find((option) => option.id === id)?.id;
}

/** With `answer means: { 0: under_5, 5: from_5 }`, each band begins at its number. */
function bandOf({ answerMeans }: DeskField, number: number): string | undefined {
  const from = Object.keys(answerMeans)
    .map(Number)
    .filter((least) => least <= number);
  return from.length === 0 ? undefined : answerMeans[String(Math.max(...from))];
}

const WRITTEN = 'Written in the record';

function fromRecord(field: DeskField, part: (typeof SAME_AS)[number], facts: Facts): KnownFact[] {
  const { shared } = facts;
  const chosen = (done: DoneAboutMark | undefined): KnownFact[] => {
    if (done === undefined) return [];
    const { number, reason, chosen: words } = done;
    const value = findOption(field, field.answerMeans[words] ?? words);
    const whole = reason === '' ? words : `${words}. Why: ${reason}`;
    return [
      { source: WRITTEN, words: capitalise(whole), from: [number], reason, ...(value !== undefined && { value }) },
    ];
  };
  const texts = (lines: string[]): KnownFact[] => {
    const value = [...new Set(lines)].filter((line) => line !== '').join('; ');
    return value === '' ? [] : [{ source: WRITTEN, words: value, value, from: shared.map(({ number }) => number) }];
  };
  if (isContentName('sameAs', part)) return chosen(doneAboutMarks(facts)[topicNamed('sameAs', part)]);
  const read: Record<typeof part, () => KnownFact[]> = {
    'what was shared': () => texts(shared.map(({ what }) => what)),
    'with whom it was shared': () => texts(shared.map(({ withWhom }) => withWhom)),
    'why it was shared': () => texts(shared.map(({ purpose }) => purpose)),
  };
  return read[part]();
}

/** The form, with the fact filled into the field whose button was pressed. */
export function takeKnown(
  form: Form,
  fields: readonly DeskField[],
  { flow, consultation }: { flow: Flow; consultation: Facts },
): Form {
  const [id, place] = (form[TAKE_KNOWN] ?? '').split(':');
  const field = fields.find((one) => one.id === id);
  const fact = field && knownFactsFor(field, flow, consultation)[Number(place)];
  if (field === undefined || fact?.value === undefined) return form;
  const { value, reason = '' } = fact;
  const takesReason = reason !== '' && needsReason(field, value);
  return { ...form, [valueName(field.id)]: value, ...(takesReason && { [reasonName(field.id)]: reason }) };
}

type Part = (typeof RECORD_PARTS)[number] | 'sharings';

function isPart(noun: string): noun is Part {
  return noun === 'sharings' || isContentName('part', noun);
}

/** What the fields of the area call the facts of a part. */
function namesOf(part: Part): readonly (typeof SAME_AS)[number][] {
  if (part === 'sharings') return ['what was shared', 'with whom it was shared', 'why it was shared'];
  return [MARKS[topicNamed('part', part)].inContent.sameAs];
}

interface KnownContext {
  desk: Desk;
  deskCase: Pick<DeskCase, 'fields'>;
  flow: Flow;
  consultation: Facts;
}

/** What the questions and the area's own fields already say about one part of the record. Shown only to the desk. */
export function knownOfPart(noun: string, { desk, deskCase, flow, consultation }: KnownContext): KnownFact[] {
  if (!isPart(noun)) return [];
  const questions = noun === 'sharings' ? [] : (desk.recordAnsweredBy[noun] ?? []);
  const answered = questions.flatMap((id) => answerTo(flow, consultation, id) ?? []);
  const filled = desk.fields.flatMap(({ id, label, sameAs }) => {
    const field = deskCase.fields[id];
    if (sameAs === undefined || !namesOf(noun).includes(sameAs) || field === undefined || field.value === '') return [];
    const words = field.reason === '' ? field.words : `${field.words}. Reason: ${field.reason}`;
    return [{ source: `Filled in above: ${label}`, words, from: [field.number] }];
  });
  return [...answered.map(({ source, words, from }) => ({ source, words, from })), ...filled];
}
