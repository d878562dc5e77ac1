/**
 * The record as JSON for other programs. The format is stable: under one `formatVersion` no field is renamed or removed, and unknown values
 * are null or an empty list, never left out. Instants are ISO 8601 in UTC; days look like 2026-11-22.
 */
import type { Citation } from '../consultation/citation.ts';
import type { Deadline } from '../consultation/deadline.ts';
import { type ConsultationRecord, isToldOfThis, type Kept } from '../consultation/record.ts';
import type { MarkResult, Reason, Result, ShownContact } from '../consultation/result.ts';
import { forEachTopic, type Topic } from '../flow/marks.ts';
import { type CorrectionJson, type DeskJson, describeCorrection, toDeskJson } from './desk-json.ts';
import { NO_REFERRAL } from './sections.ts';

/** The entry that a value comes from, and its corrections. */
interface FromEntry {
  entry: number;
  at: string;
  /** The author with their role at the time, and the person on whose behalf they wrote. */
  writtenBy: string;
  corrections: CorrectionJson[];
}
/** `sources`: short names such as `BT 5.7`, explained in the list of sources. */
interface ReasonJson {
  question: string | null;
  answer: string | null;
  /** What Front Door assumes for "I don't know"; not the reader's answer. */
  assumed: string | null;
  text: string | null;
  sources: string[];
}
interface StandJson {
  word: string;
  reasons: ReasonJson[];
  outweighed: { word: string; reasons: ReasonJson[] }[];
}
/** `by`: a day, or null if there is none. `from`: the event it is counted from, or null for the consultation. */
interface DeadlineJson {
  words: string;
  by: string | null;
  from: string | null;
}
interface ContactJson {
  name: string;
  for: string;
  phones: { number: string; label: string | null }[];
  email: string | null;
  web: string | null;
  hours: string | null;
  note: string | null;
  conflict: string | null;
  checkedOn: string | null;
  stale: boolean;
  sources: string[];
}

/**
 * `toldBy`: `referrer` or `desk` if the desk wrote it down; null if the writer told them. `before`: null if they were told since the
 * consultation was opened; otherwise why the earlier day is right, which can be empty.
 */
interface TellingJson {
  spokeTo: string;
  when: string;
  reference: string;
  toldBy: 'referrer' | 'desk' | null;
  before: string | null;
}

export interface RecordJson {
  format: 'front-door-record';
  formatVersion: 1;
  notice: string;
  reference: string;
  openedAt: string;
  printedAt: string;
  area: { id: string; name: string };
  /** `version`: hash of the flow's content. */
  guidance: { flow: string; title: string; version: string; changes: ({ version: string; why: string } & FromEntry)[] };
  askedBy: ({ name: string; role: string; agency: string; contact: string } & FromEntry) | null;
  /** Kinds of user who have written in it: `professional`, `duty worker`, `public`. */
  writtenBy: string[];
  child: ({ known: boolean; name: string } & FromEntry) | null;
  /** Null if children's services were not told. */
  toldChildrensServices: (TellingJson & FromEntry) | null;
  /** Whether that was after the consultation was opened, and nothing new has come to the desk since. */
  toldOfThis: boolean;
  /** Every time they were told, oldest first. */
  tellings: (TellingJson & FromEntry)[];
  /** The advice if nothing more becomes known, including while questions are open. Null if nothing is answered. */
  advisedSoFar: { action: string; within: string; questionsFinished: boolean } | null;
  /** Null if the questions are not finished. */
  advised:
    | ({
        action: string;
        text: string | null;
        deadline: DeadlineJson;
        level: ({ number: number; name: string } & StandJson) | null;
        contacts: ContactJson[];
        advice: { text: string; sources: string[] }[];
        toWriteDown: { text: string; sources: string[] }[];
        nextSteps: {
          do: string;
          who: string;
          deadline: DeadlineJson | null;
          with: ContactJson | null;
          note: string | null;
          sources: string[];
        }[];
        notKnown: { question: string; text: string | null; whoKnows: string | null; ask: ContactJson | null }[];
        why: ReasonJson[];
        assumptions: { question: string; text: string }[];
        /** `level` 0: no level. */
        wouldHaveChanged: { answers: { question: string; instead: string }[]; level: number; action: string | null }[];
        sources: string[];
      } & Record<Topic, StandJson | null>)
    | null;
  decision: ({ asAdvised: boolean; decision: string; reason: string } & FromEntry) | null;
  consent: ({ consent: string; reason: string } & FromEntry) | null;
  parents: ({ told: boolean; reason: string } & FromEntry) | null;
  police: ({ referred: boolean; reason: string } & FromEntry) | null;
  shared: ({ what: string; withWhom: string; purpose: string } & FromEntry)[];
  notes: ({ text: string } & FromEntry)[];
  /** When the child is next with the person worried about, leaves, or has no bed; null if that was not answered. */
  nextHours: ({ answers: string[]; note: string } & FromEntry) | null;
  /**
   * Each time the hand-over sheet was downloaded, printed or copied, oldest first. That is not a referral: nothing was
   * sent to anybody.
   */
  handoverSheets: ({ as: string; fields: { part: string; label: string; words: string }[] } & FromEntry)[];
  /** What the person says happened to the hand-over sheet; null if they were not asked or did not say. */
  handoverSheetSent:
    | ({ sent: string; to: string; when: string; reference: string; note: string; before: string | null } & FromEntry)
    | null;
  answers: ({
    id: string;
    question: string;
    answer: string[];
    unknown: boolean;
    assumed: string | null;
    said: string[];
    sources: string[];
  } & FromEntry)[];
  /** Answers to questions that are no longer on the path. */
  answersSetAside: ({ id: string; question: string; answer: string[] } & FromEntry)[];
  /** The open question; null at the end. */
  openQuestion: string | null;
  /** Null if the duty desk was not asked. */
  desk: DeskJson | null;
  /** What was written down but, according to a later correction, did not happen. Nothing above counts it. */
  didNotHappen: ({ words: string } & FromEntry)[];
  /** The whole log in words. */
  entries: { entry: number; at: string; by: string; words: string; correctedBy: number[] }[];
  /** The newest signed checkpoint of the whole log. */
  logHead: { position: number; hash: string; at: string; signature: string } | null;
  sources: {
    source: string;
    title: string;
    publisher: string;
    paragraph: string;
    paragraphTitle: string;
    published: string;
    reviewDue: string | null;
    checked: string | null;
    replacedBy: string | null;
    note: string | null;
  }[];
}

export function toJson(record: ConsultationRecord): RecordJson {
  const { area } = record;
  return {
    format: 'front-door-record',
    formatVersion: 1,
    notice: NO_REFERRAL,
    reference: record.reference,
    openedAt: record.openedAt,
    printedAt: record.printedAt,
    area: { id: area.id, name: area.name },
    guidance: describeGuidance(record),
    ...describePeople(record),
    advisedSoFar: orNull(record.advice, ({ action, within, isFinished }) => {
      return { action, within, questionsFinished: isFinished };
    }),
    advised: orNull(record.result, describeAdvised),
    ...describeSteps(record),
    ...describeHandoverSheets(record),
    answers: record.answers.map(describeAnswer),
    answersSetAside: record.setAside.map(describeSetAside),
    openQuestion: record.open ?? null,
    desk: orNull(record.desk, toDeskJson),
    didNotHappen: record.didNotHappen.map(({ words, ...line }) => ({ words, ...fromEntry(line) })),
    entries: record.history.map(describeHistory),
    logHead: record.head ?? null,
    sources: record.citations.map(describeSource),
  };
}

type People = Pick<RecordJson, 'askedBy' | 'writtenBy' | 'child' | 'toldChildrensServices' | 'toldOfThis' | 'tellings'>;

/** Who the consultation is about, who asked, and who has been told. */
function describePeople(record: ConsultationRecord): People {
  const { asker, child, told, writers, tellings } = record;
  return {
    askedBy: orNull(asker, (kept) => ({ ...kept.asker, ...fromEntry(kept) })),
    writtenBy: writers,
    child: orNull(child, (kept) => ({ known: kept.known === 'yes', name: kept.name, ...fromEntry(kept) })),
    toldChildrensServices: orNull(told, describeTelling),
    toldOfThis: isToldOfThis(record),
    tellings: tellings.map(describeTelling),
  };
}

type Steps = Pick<RecordJson, 'decision' | 'consent' | 'parents' | 'police' | 'shared' | 'notes' | 'nextHours'>;

/** What was decided and done. */
function describeSteps(record: ConsultationRecord): Steps {
  const { decided, consent, parents, police } = record;
  return {
    decision: orNull(decided, describeDecision),
    consent: orNull(consent, (kept) => ({ consent: kept.consent, reason: kept.reason, ...fromEntry(kept) })),
    parents: orNull(parents, (kept) => ({ told: kept.parents === 'told', reason: kept.reason, ...fromEntry(kept) })),
    police: orNull(police, (kept) => ({ referred: kept.referred === 'yes', reason: kept.reason, ...fromEntry(kept) })),
    shared: record.shared.map(({ what, withWhom, purpose, ...kept }) => ({
      what,
      withWhom,
      purpose,
      ...fromEntry(kept),
    })),
    notes: record.notes.map(({ text, ...kept }) => ({ text, ...fromEntry(kept) })),
    nextHours: orNull(record.nextHours, ({ chosen, note, ...kept }) => ({
      answers: chosen.map(({ words }) => words),
      note,
      ...fromEntry(kept),
    })),
  };
}

function describeHandoverSheets(record: ConsultationRecord): Pick<RecordJson, 'handoverSheets' | 'handoverSheetSent'> {
  return {
    handoverSheets: record.handoverSheets.map(({ as, lines, ...kept }) => ({ as, fields: lines, ...fromEntry(kept) })),
    handoverSheetSent: orNull(
      record.handoverSheetSent,
      ({ sent, to, when, reference, note, before = null, ...kept }) => ({
        sent,
        to,
        when,
        reference,
        note,
        before,
        ...fromEntry(kept),
      }),
    ),
  };
}

function orNull<T, U>(value: T | undefined, describe: (value: T) => U): U | null {
  return value === undefined ? null : describe(value);
}

function fromEntry({
  number,
  at,
  by,
  corrections,
}: Pick<Kept<object>, 'number' | 'at' | 'by' | 'corrections'>): FromEntry {
  return { entry: number, at, writtenBy: by, corrections: corrections.map(describeCorrection) };
}

function describeDecision(kept: NonNullable<ConsultationRecord['decided']>): NonNullable<RecordJson['decision']> {
  const { decision, reason } = kept;
  return { asAdvised: kept.asAdvised === 'yes', decision, reason, ...fromEntry(kept) };
}

function describeAnswer(kept: ConsultationRecord['answers'][number]): RecordJson['answers'][number] {
  const { id, question, answer, unknown, assumed, said, citations } = kept;
  const sources = shorts(citations);
  return { id, question, answer, unknown, assumed: assumed ?? null, said, sources, ...fromEntry(kept) };
}

function describeTelling(kept: ConsultationRecord['tellings'][number]): RecordJson['tellings'][number] {
  const { spokeTo, when, reference, toldBy = null, before = null } = kept;
  return { spokeTo, when, reference, toldBy, before, ...fromEntry(kept) };
}

function shorts(citations: Citation[]): string[] {
  return citations.map((citation) => citation.short);
}

function describeGuidance({ flow, version, moves }: ConsultationRecord): RecordJson['guidance'] {
  const changes = moves.map((move) => ({ version: move.version, why: move.why, ...fromEntry(move) }));
  return { flow: flow.id, title: flow.title, version, changes };
}

function describeSetAside({ id, question, answer, ...kept }: ConsultationRecord['setAside'][number]) {
  return { id, question, answer, ...fromEntry(kept) };
}

function describeHistory({ number, at, by, words, corrections }: ConsultationRecord['history'][number]) {
  return { entry: number, at, by, words, correctedBy: corrections.map((correction) => correction.number) };
}

function describeNextStep(step: Result['next'][number]) {
  return {
    do: step.do,
    who: step.who,
    deadline: orNull(step.deadline, describeDeadline),
    with: orNull(step.contact, describeContact),
    note: step.note ?? null,
    sources: shorts(step.citations),
  };
}

function describeDoubt({ question, text, whoKnows, contact }: Result['doubts'][number]) {
  return {
    question: question.text,
    text: text ?? null,
    whoKnows: whoKnows ?? null,
    ask: orNull(contact, describeContact),
  };
}

function describeAdvised(result: Result): NonNullable<RecordJson['advised']> {
  const { level } = result;
  return {
    action: result.action,
    text: result.text ?? null,
    deadline: describeDeadline(result.deadline),
    level: orNull(level, ({ number, name, stand }) => ({ number, name, ...describeStand(stand) })),
    ...forEachTopic((topic) => orNull(result.topics[topic], describeStand)),
    contacts: result.contacts.map(describeContact),
    advice: result.advice.map(describeCited),
    toWriteDown: result.write.map(describeCited),
    nextSteps: result.next.map(describeNextStep),
    notKnown: result.doubts.map(describeDoubt),
    why: result.why.map(describeReason),
    assumptions: result.assumptions.map(({ question, text }) => ({ question: question.text, text })),
    wouldHaveChanged: result.changes.map(({ answers, level: changed, action }) => ({
      answers: answers.map(({ question, instead }) => ({ question: question.text, instead })),
      level: changed,
      action: action ?? null,
    })),
    sources: shorts(result.citations),
  };
}

function describeCited({ text, citations }: { text: string; citations: Citation[] }) {
  return { text, sources: shorts(citations) };
}

function describeDeadline({ words, by, from }: Deadline): DeadlineJson {
  return { words, by: by ?? null, from: from ?? null };
}

function describeStand({ word, reasons, weaker }: MarkResult): StandJson {
  const outweighed = weaker.map((other) => ({ word: other.word, reasons: other.reasons.map(describeReason) }));
  return { word, reasons: reasons.map(describeReason), outweighed };
}

function describeReason({ question, answer, assumed, text, citations }: Reason): ReasonJson {
  return {
    question: question?.text ?? null,
    answer: answer ?? null,
    assumed: assumed ?? null,
    text: text ?? null,
    sources: shorts(citations),
  };
}

function describeContact(contact: ShownContact): ContactJson {
  return {
    name: contact.name,
    for: contact.for,
    phones: contact.phones.map(({ number, label }) => ({ number, label: label ?? null })),
    email: contact.email ?? null,
    web: contact.web ?? null,
    hours: contact.hours ?? null,
    note: contact.note ?? null,
    conflict: contact.conflict ?? null,
    checkedOn: contact.checkedOn ?? null,
    stale: contact.stale,
    sources: shorts(contact.citations),
  };
}

function describeSource(citation: Citation): RecordJson['sources'][number] {
  const { short, title, publisher, paragraph, paragraphTitle, published } = citation;
  return {
    source: short,
    title,
    publisher,
    paragraph,
    paragraphTitle,
    published,
    reviewDue: citation.reviewDue ?? null,
    checked: citation.checked ?? null,
    replacedBy: citation.replacedBy ?? null,
    note: citation.note ?? null,
  };
}
