/** The full record of a consultation, for export as PDF, text or JSON. Pure. */

import type { DeskField } from '../flow/desk.ts';
import { type AreaFacts, type Flow, getQuestion, type Question } from '../flow/flow.ts';
import { TOPICS, type Topic } from '../flow/marks.ts';
import { describeAnswer, isUnknown } from '../flow/walk/answer.ts';
import type { Position, Turn } from '../flow/walk/walk.ts';
import { type Citation, citationsOf } from './citation.ts';
import type { Consultation, Recorded, RecordedMarks } from './consultation.ts';
import { deniedEntries } from './denied.ts';
import { authorOf, type Correction, correctionsOf, describeEntries, type EntryLine } from './describe-entry.ts';
import { createDeskRecord, type DeskRecord, type DeskWork, type Keep, newsOf } from './desk-record.ts';
import type { Entry } from './entry.ts';
import { type AdviceSoFar, adviseSoFar } from './provisional-advice.ts';
import type { Result } from './result.ts';
import { describeAssumed } from './transcript.ts';

/** A value with its entry's number and instant, who wrote it and for whom, and later corrections. */
export type Kept<T> = T & { number: number; at: string; by: string; corrections: Correction[] };

export interface RecordedAnswer {
  id: string;
  question: string;
  why: string;
  /** In the words that the reader saw, one string per tick. */
  answer: string[];
  unknown: boolean;
  /** See `PastTurn.assumed` in `transcript.ts`. */
  assumed?: string;
  /** Texts shown with the question. */
  said: string[];
  citations: Citation[];
}

type KeptMarks = { [T in Topic]?: Kept<Recorded<`${T} recorded`>> };

export interface ConsultationRecord extends KeptMarks {
  reference: string;
  openedAt: string;
  printedAt: string;
  area: AreaFacts;
  flow: { id: string; title: string; reader: Flow['reader'] };
  version: string;
  /** Each change to a newer version of the flow. */
  moves: Kept<Recorded<'moved'>>[];
  /** The kinds of user who have written in it. */
  writers: Entry['by'][];
  asker?: Kept<Recorded<'asker named'>>;
  child?: Kept<Recorded<'child named'>>;
  told?: Kept<Recorded<'told'>>;
  /** Oldest first. */
  tellings: Kept<Recorded<'told'>>[];
  decided?: Kept<Recorded<'decided'>>;
  shared: Kept<Recorded<'shared'>>[];
  notes: Kept<Recorded<'noted'>>[];
  /** Each time that the hand-over sheet was taken away, oldest first. */
  handoverSheets: Kept<Recorded<'handover sheet taken away'>>[];
  handoverSheetSent?: Kept<Recorded<'handover sheet sent'>>;
  nextHours?: Kept<Recorded<'next hours recorded'>>;
  answers: Kept<RecordedAnswer>[];
  /** Answers to questions that are no longer on the path: they do not affect the result. */
  setAside: Kept<{ id: string; question: string; answer: string[] }>[];
  /** The open question; undefined at the end. */
  open?: string;
  /** Undefined until the questions are finished. */
  result?: Result;
  /** What the answers so far advise; undefined before the first answer. */
  advice?: AdviceSoFar;
  /** Undefined until the desk is asked. */
  desk?: DeskRecord;
  /** What was written down but did not happen. Nothing above counts it. */
  didNotHappen: EntryLine[];
  history: EntryLine[];
  /** Every cited paragraph, once. */
  citations: Citation[];
  /** The newest signed checkpoint of the whole log when the record was exported. */
  head?: LogHead;
}

/** See `audit/signed-checkpoint.ts`. */
export interface LogHead {
  position: number;
  hash: string;
  at: string;
  signature: string;
}

export interface RecordParts {
  consultation: Consultation;
  flow: Flow;
  position: Position;
  result?: Result | undefined;
  /** The instant of the export. */
  printedAt: string;
  head?: LogHead | undefined;
  /** The desk's work, and the fields of its form. Undefined until the desk is asked. */
  desk?: { work: DeskWork; fields: readonly DeskField[] } | undefined;
}

export const TOLD_BEFORE = 'Children’s services were told before, but not of this';

/**
 * Whether children's services were told after the consultation was opened, and since then no answer was changed and
 * nothing new has come to the desk.
 */
export function isToldOfThis({
  told,
  desk,
  answers,
  setAside,
  moves,
}: Pick<ConsultationRecord, 'told' | 'desk' | 'answers' | 'setAside' | 'moves'>): boolean {
  if (told === undefined || told.before !== undefined) return false;
  const newest = Math.max(newsOf(desk), ...[...answers, ...setAside, ...moves].map(({ number }) => number));
  return newest < told.number;
}

function keepMarks(marks: RecordedMarks, keep: Keep): KeptMarks {
  const kept = TOPICS.flatMap((topic) => {
    const mark = marks[topic];
    return mark === undefined ? [] : [[topic, keep(mark)] as const];
  });
  return Object.fromEntries(kept) as KeptMarks;
}

export function createRecord({
  consultation,
  flow,
  position,
  result,
  printedAt,
  head,
  desk,
}: RecordParts): ConsultationRecord {
  const keep = keeperOf(consultation);
  const { asker, child, told, decided, handoverSheetSent, nextHours } = consultation;
  const advice = adviseSoFar(flow, consultation.answers, position);
  const history = describeEntries(flow, consultation);
  const denied = deniedEntries(consultation.entries);
  const answers = position.turns.map((turn) => keep(placed(consultation, turn.question, describeTurn(flow, turn))));
  return {
    reference: consultation.reference,
    openedAt: consultation.openedAt,
    printedAt,
    area: flow.area,
    flow: { id: flow.id, title: flow.title, reader: flow.reader },
    version: consultation.version,
    moves: consultation.moves.map(keep),
    writers: [...new Set(consultation.entries.map((entry) => entry.by))],
    ...(head !== undefined && { head }),
    ...(asker !== undefined && { asker: keep(asker) }),
    ...(child !== undefined && { child: keep(child) }),
    ...(told !== undefined && { told: keep(told) }),
    ...keepMarks(consultation, keep),
    ...(decided !== undefined && { decided: keep(decided) }),
    tellings: consultation.tellings.map(keep),
    shared: consultation.shared.map(keep),
    notes: consultation.notes.map(keep),
    handoverSheets: consultation.handoverSheets.map(keep),
    ...(handoverSheetSent !== undefined && { handoverSheetSent: keep(handoverSheetSent) }),
    ...(nextHours !== undefined && { nextHours: keep(nextHours) }),
    answers,
    setAside: position.unused.map((id) => keep(placed(consultation, id, describeUnused(flow, consultation, id)))),
    ...(position.at.kind === 'question' && { open: position.at.question.text }),
    ...(result !== undefined && { result }),
    ...(advice !== undefined && { advice }),
    ...(desk !== undefined && { desk: createDeskRecord(desk.work, desk.fields, keep) }),
    didNotHappen: history.filter(({ number }) => denied.has(number)),
    history,
    citations: allCitations(flow, position, answers, result),
  };
}

function keeperOf(consultation: Consultation) {
  return <T extends { number: number; at: string }>(recorded: T): Kept<T> => ({
    ...recorded,
    by: authorOf(consultation, recorded.number),
    corrections: correctionsOf(consultation, recorded.number),
  });
}

function placed<T>(consultation: Consultation, question: string, described: T): T & { number: number; at: string } {
  const number = consultation.answeredBy[question] ?? 0;
  return { ...described, number, at: consultation.entries[number - 1]?.at ?? consultation.openedAt };
}

function describeTurn(flow: Flow, turn: Turn): RecordedAnswer {
  const question = getQuestion(flow, turn.question);
  const cites = [...turn.remarks.flatMap((remark) => remark.cite), ...question.cite, ...citesOfChosen(question, turn)];
  return {
    id: question.id,
    question: question.text,
    why: question.why,
    answer: describeAnswer(question, turn.answer),
    unknown: isUnknown(turn.answer),
    ...describeAssumed(question, turn.answer),
    said: turn.remarks.map((remark) => remark.text),
    citations: citationsOf(flow, cites),
  };
}

function citesOfChosen(question: Question, { answer }: Turn): string[] {
  const chosen = [answer].flat();
  return question.options.filter((option) => chosen.includes(option.id)).flatMap((option) => option.cite);
}

/** An answer to a question that is no longer on the path, or that a newer version of the flow no longer contains. */
export function describeUnused(flow: Flow, consultation: Consultation, id: string) {
  const answer = consultation.answers[id] ?? '';
  const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
  if (question === undefined) return { id, question: id, answer: [answer].flat().map(String) };
  return { id, question: question.text, answer: describeAnswer(question, answer) };
}

function allCitations(
  flow: Flow,
  position: Position,
  answers: RecordedAnswer[],
  result: Result | undefined,
): Citation[] {
  const found = citationsOf(
    flow,
    position.findings.flatMap((finding) => finding.cite),
  );
  const contacts = [
    ...(result?.contacts ?? []),
    ...(result?.advice ?? []),
    ...(result?.next ?? []),
    ...(result?.write ?? []),
  ];
  const all = [
    ...answers.flatMap((answer) => answer.citations),
    ...found,
    ...(result?.citations ?? []),
    ...contacts.flatMap((item) => item.citations),
  ];
  const byShort = new Map(all.map((citation) => [citation.short, citation]));
  return [...byShort.values()].sort((a, b) => (a.short < b.short ? -1 : 1));
}
