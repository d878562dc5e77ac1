/**
 * The hand-over sheet of a consultation. Each field begins with what is known, and is then the reader's own text.
 * Nothing is sent from here; a hand-over sheet that is taken away is logged as it was. Pure.
 */
import { createHash } from 'node:crypto';
import { describeTaking, type HandoverSheetTaking } from '../base/handover-sheet-formats.ts';
import { cleanText, LONGEST_TEXT } from '../base/text.ts';
import { getQuestion } from '../flow/flow.ts';
import {
  type Filling,
  HANDOVER_SHEET_PARTS,
  type HandoverSheet,
  type HandoverSheetField,
  type HandoverSheetPart,
  type RecordedForHandoverSheet,
} from '../flow/handover-sheet.ts';
import { isContentName, topicNamed } from '../flow/marks.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { describeAnswer, isUnknown } from '../flow/walk/answer.ts';
import { holds } from '../flow/walk/condition.ts';
import { knownAt } from '../flow/walk/known.ts';
import { type CallParts, type CallScript, type CallTopic, writeCallScript } from './call-script.ts';
import type { Consultation } from './consultation.ts';
import { describeDeadline } from './deadline.ts';
import { doneAboutMarks } from './done-about-marks.ts';
import type { Entry, Happening } from './entry.ts';
import { describeNextHours } from './next-hours.ts';
import type { Form } from './recording.ts';

/** What the hand-over sheet is filled from. */
export type HandoverSheetSources = Omit<CallParts, 'consultation'> & { consultation: Consultation };

/**
 * A field that somebody edited. `filled`: digest of the consultation's own text for the field at that time. `writer`:
 * id of the page that saved it.
 */
export interface KeptField {
  field: string;
  value: string;
  filled: string;
  writer: string;
}

export interface ShownField {
  field: HandoverSheetField;
  value: string;
  /** The text that the consultation now gives for the field. */
  filled: string;
  /** Id of the page that wrote it last; empty if none did. */
  writer: string;
  /** The field was edited, and the consultation's text for it has changed since. */
  isOutdated: boolean;
}

export const HANDOVER_SHEET_PART_TITLES: Record<HandoverSheetPart, string> = {
  child: 'The child',
  family: 'The family, and others',
  facts: 'Facts',
  seen: 'What was seen and heard',
  said: 'What was said, word for word',
  opinion: 'Opinion',
  done: 'What was done',
  agreement: 'Agreement, and the reason',
  services: 'Services that know the child',
  writer: 'Who writes this',
};

/** The fields that apply, in order. Each has the text that was written or, before that, what the consultation says. */
export function fillHandoverSheet(
  handoverSheet: HandoverSheet,
  parts: HandoverSheetSources,
  kept: readonly KeptField[],
): ShownField[] {
  const known = knownAt(parts.flow, parts.position);
  const fields = handoverSheet.fields.filter(({ onlyWith }) => holds(onlyWith, known));
  const said = wordsForHandoverSheet(writeCallScript(parts), fields, parts);
  return fields.map((field) => showField(field, fill(field, parts, said), kept));
}

/**
 * What the first call says, as the hand-over sheet needs it. An answer that has its own field, such as the age, appears
 * only there. If nothing else is left for the concern, the ticks about harm are the reason for the referral: a tick that
 * something has happened is not an opinion.
 */
function wordsForHandoverSheet(
  script: CallScript,
  fields: readonly HandoverSheetField[],
  { flow, position }: HandoverSheetSources,
): ReadonlyMap<CallTopic, readonly string[]> {
  const fillings = fields.flatMap(({ filledBy }) => filledBy);
  const own = new Set(fillings.flatMap((filling) => (filling.from === 'answer' ? [filling.question] : [])));
  const asked = new Map(position.turns.map(({ question: id }) => [getQuestion(flow, id).text, getQuestion(flow, id)]));
  // Without what the record or the guidance adds, since those have fields of their own.
  const answersOf = (topic: CallTopic) =>
    (script.lines.find((line) => line.topic === topic)?.said ?? []).flatMap(({ words, question: text }) => {
      const question = asked.get(text ?? '');
      return question === undefined || own.has(question.id) ? [] : [{ words, ticked: rulesOf(question).several }];
    });
  const said = new Map(script.lines.map(({ topic }) => [topic, answersOf(topic)]));
  const harm = said.get('harm') ?? [];
  if (said.get('concern')?.length === 0) {
    said.set(
      'concern',
      harm.filter(({ ticked }) => ticked),
    );
    said.set(
      'harm',
      harm.filter(({ ticked }) => !ticked),
    );
  }
  return new Map([...said].map(([topic, statements]) => [topic, statements.map(({ words }) => words)]));
}

function showField(field: HandoverSheetField, filled: string, kept: readonly KeptField[]): ShownField {
  const own = kept.find((one) => one.field === field.id);
  if (own === undefined) return { field, value: filled, filled, writer: '', isOutdated: false };
  const isOutdated = own.filled !== digestOf(filled) && filled !== '' && own.value !== filled;
  return { field, value: own.value, filled, writer: own.writer, isOutdated };
}

type Said = ReturnType<typeof wordsForHandoverSheet>;

function fill({ filledBy }: HandoverSheetField, parts: HandoverSheetSources, said: Said): string {
  return cleanText(filledBy.flatMap((filling) => wordsFor(filling, parts, said)).join('\n'));
}

function wordsFor(filling: Filling, parts: HandoverSheetSources, said: Said): readonly string[] {
  switch (filling.from) {
    case 'answer':
      return answerWords(filling.question, parts);
    case 'topic':
      return said.get(filling.topic) ?? [];
    case 'record':
      return recordedWords(filling.recorded, parts);
  }
}

function answerWords(id: string, { flow, position }: HandoverSheetSources): string[] {
  const turn = position.turns.find(({ question }) => question === id);
  if (turn === undefined) return [];
  const question = getQuestion(flow, id);
  const answer = describeAnswer(question, turn.answer).join('; ');
  if (isUnknown(turn.answer)) return [`${question.text} Not known`];
  return [question.type === 'yes or no' || rulesOf(question).numeric ? `${question.text} ${answer}` : answer];
}

function recordedWords(recorded: RecordedForHandoverSheet, { consultation, result }: HandoverSheetSources): string[] {
  const { child, asker, tellings, shared, decided, nextHours } = consultation;
  const reasoned = (words: string, reason: string) => [reason === '' ? words : `${words}. Why: ${reason}`];
  if (isContentName('onHandoverSheet', recorded)) {
    const done = doneAboutMarks(consultation)[topicNamed('onHandoverSheet', recorded)];
    return done === undefined ? [] : reasoned(done.onHandoverSheet, done.reason);
  }
  const words: Record<typeof recorded, () => (string | undefined)[]> = {
    child: () => [child?.name],
    'name of the writer': () => [asker?.asker.name],
    'role of the writer': () => [asker?.asker.role],
    'agency of the writer': () => [asker?.asker.agency],
    'contact of the writer': () => [asker?.asker.contact],
    tellings: () =>
      tellings.map(({ spokeTo, when, reference }) =>
        [spokeTo, when, reference && `reference ${reference}`].filter(Boolean).join(', '),
      ),
    sharings: () =>
      shared.map(({ what, withWhom, purpose }) => `Shared with ${withWhom}: ${what}. Purpose: ${purpose}`),
    decision: () =>
      decided === undefined
        ? []
        : reasoned(decided.asAdvised === 'yes' ? 'Decided as advised' : decided.decision, decided.reason),
    level: () => [result.level?.name],
    'next hours': () => [nextHours && describeNextHours(nextHours)],
    advice: () => [`Advised: ${result.action}. ${describeDeadline(result.deadline)}`],
  };
  return words[recorded]().filter((line): line is string => line !== undefined && line !== '');
}

/** Lets a page say what it showed without repeating the text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

export const seenName = (field: string) => `seen-${field}`;
/** Name of the input with the page's random id. It tells a page that the last change was its own. */
export const WRITER_INPUT = 'writer';

const LONGEST: Record<HandoverSheetField['type'], number> = { 'short text': 300, 'long text': LONGEST_TEXT };

/**
 * What the form of a hand-over sheet changes. A field that is invalid, or was changed elsewhere as well, does not stop
 * the others from being saved.
 */
export interface HandoverSheetChange {
  write: KeptField[];
  /** Field → message. */
  wrong: Record<string, string>;
  /** Field → its present text, for fields that were changed differently elsewhere after the page was shown. */
  clashes: Record<string, string>;
}

export function changeHandoverSheet(shown: readonly ShownField[], form: Form): HandoverSheetChange {
  const change: HandoverSheetChange = { write: [], wrong: {}, clashes: {} };
  const page = form[WRITER_INPUT] ?? '';
  for (const { field, value, filled, writer } of shown) {
    const { id } = field;
    const sent = Object.hasOwn(form, id) ? cleanText(form[id] ?? '') : value;
    const seen = form[seenName(id)] ?? digestOf('');
    if (sent === value || digestOf(sent) === seen) continue;
    if (digestOf(value) !== seen && (writer === '' || writer !== page)) change.clashes[id] = value;
    else if (sent.length > LONGEST[field.type]) change.wrong[id] = describeTooLong(sent.length, LONGEST[field.type]);
    else change.write.push({ field: id, value: sent, filled: digestOf(filled), writer: page });
  }
  return change;
}

function describeTooLong(length: number, longest: number): string {
  return `You wrote ${length} characters. Shorten it to ${longest} or fewer. It is not saved yet`;
}

/** The hand-over sheet as downloaded or printed: only fields that are not empty. */
export interface HandoverSheetLine {
  part: HandoverSheetPart;
  label: string;
  words: string;
}

export function handoverSheetLines(shown: readonly ShownField[]): HandoverSheetLine[] {
  return shown.flatMap(({ field: { part, label }, value }) => (value === '' ? [] : [{ part, label, words: value }]));
}

/** Parts with their lines, in order; without those that are empty. */
export function partsOfHandoverSheet(
  lines: readonly HandoverSheetLine[],
): { title: string; lines: HandoverSheetLine[] }[] {
  return HANDOVER_SHEET_PARTS.map((part) => ({
    title: HANDOVER_SHEET_PART_TITLES[part],
    lines: lines.filter((line) => line.part === part),
  })).filter(({ lines: found }) => found.length > 0);
}

/** A second click within this time is recorded as the same download. */
const SAME_CLICK_MS = 10_000;

export function takeHandoverSheetAway(
  entries: readonly Entry[],
  { as, lines, now }: { as: HandoverSheetTaking; lines: HandoverSheetLine[]; now: string },
): Happening[] {
  const taken: Happening = { kind: 'handover sheet taken away', as, lines };
  const last = entries.at(-1);
  const isSame = last !== undefined && JSON.stringify(last.what) === JSON.stringify(taken);
  return isSame && Date.parse(now) - Date.parse(last.at) < SAME_CLICK_MS ? [] : [taken];
}

export function describeHandoverSheetTaken({
  as,
  lines,
}: {
  as: HandoverSheetTaking;
  lines: readonly HandoverSheetLine[];
}): string {
  const fields = `${lines.length} ${lines.length === 1 ? 'field' : 'fields'}`;
  return `Hand-over sheet taken away ${describeTaking(as)}, with ${fields}. It was sent to nobody by this`;
}
