/** The recommendation and its reasons: describes the position at an end as the result page shows it. */

import type { Contact, Flow, NextStep, Question } from '../flow/flow.ts';
import { getQuestion } from '../flow/flow.ts';
import { forEachTopic, pickTopics, strength, type Topic } from '../flow/marks.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answers, describeAnswer } from '../flow/walk/answer.ts';
import type { Advice, Finding, Origin, Position } from '../flow/walk/walk.ts';
import { assumedFor, describeAssumption, isAssumed } from './assumption.ts';
import { type Change, changesOf } from './changes.ts';
import { type Citation, citationsOf } from './citation.ts';
import { type Deadline, deadlineOf } from './deadline.ts';
import { describeStanding } from './mark-sentence.ts';

/** A reason for a level or mark: the reader's answer or a step of the flow, with the paragraphs it is based on. */
export interface Reason {
  /** Undefined if it comes from a step and not from a single answer. */
  question?: Question;
  answer?: string;
  /** What Front Door assumes for the reader's "I don't know": see assumption.ts. */
  assumed?: string;
  text?: string;
  citations: Citation[];
}

export interface MarkResult {
  word: string;
  /** Reasons for `word`. */
  reasons: Reason[];
  /** Weaker words that were also set, with their reasons. */
  weaker: { word: string; reasons: Reason[] }[];
}

/** What is set for a topic other than the level. */
export interface TopicResult extends MarkResult {
  /** The instruction to the reader, without its full stop. */
  sentence: string;
}

export interface ShownContact extends Contact {
  /** The area of the flow that names the contact. */
  area: string;
  citations: Citation[];
  /** Last checked more than half a year ago, or never. */
  stale: boolean;
}

export interface Result {
  /** What holds for each mark that an answer or a step has set. */
  topics: Partial<Record<Topic, TopicResult>>;
  end: string;
  action: string;
  text?: string;
  deadline: Deadline;
  howSoon: HowSoon;
  /** Whom to ask before the parents are told: the front door, or the manager of a reader who answers there. */
  askFirst: string;
  /** The reader must tell somebody: Front Door does not. */
  toBeTold: boolean;
  citations: Citation[];
  contacts: ShownContact[];
  /** Who to call when the front door is closed. Undefined if no number is known. */
  outOfHours?: ShownContact;
  /** The number for reports to the police, if they may need to know. */
  policeContact?: ShownContact;
  level?: { number: number; name: string; stand: MarkResult };
  advice: { text: string; citations: Citation[]; contacts: ShownContact[]; inSight: boolean }[];
  write: { text: string; citations: Citation[] }[];
  next: {
    do: string;
    who: string;
    /** Whether the reader must do it, alone or with others. */
    mine: boolean;
    deadline?: Deadline;
    note?: string;
    contact?: ShownContact;
    citations: Citation[];
  }[];
  doubts: { question: Question; text?: string; whoKnows?: string; contact?: ShownContact }[];
  /** Answers that set a level, a mark or a next step, in the order they were asked. */
  why: Reason[];
  /** Every "I don't know" that Front Door treats as an answer, whether or not it affected the result. */
  assumptions: { question: Question; text: string }[];
  changes: Change[];
}

/** How soon to act. Each has its own colour, shape and word on the page. */
export type HowSoon = 'emergency' | 'urgent' | 'today' | 'not urgent';

const STALE_AFTER_DAYS = 183;

/** Throws if the position is not an end. `opened` and `today` are days such as 2026-11-22. */
export function describeResult(
  { flow, position, answers }: { flow: Flow; position: Position; answers: Answers },
  { opened, today }: { opened: string; today: string },
): Result {
  const { at, standing } = position;
  if (at.kind !== 'end') throw new Error('there is no result before the end');
  const shown = (id: string) => showContact(flow, id, today);
  const level = standOf(flow, position, 'level', String(standing.level));
  let changes: Change[] | undefined;
  const fromAdvice = [...position.advice, ...position.outranked].flatMap((advice) => advice.contacts);
  const howSoon = howSoonOf(position);
  const { frontDoor, frontDoorName, outOfHours } = flow.area;
  const isFrontDoor = isReader(flow, position, frontDoor);
  const police = standing.police === 'report' || standing.police === 'consider' ? flow.contacts.police_101 : undefined;
  const askFirst = isFrontDoor ? 'your manager' : frontDoorName;
  return {
    end: at.end.id,
    action: at.end.action,
    ...(at.end.text !== undefined && { text: at.end.text }),
    deadline: deadlineOf(at.end.within, opened, flow.holidays),
    howSoon,
    askFirst,
    toBeTold: !isFrontDoor && (howSoon !== 'not urgent' || at.end.contacts.includes(frontDoor)),
    ...(outOfHours !== undefined && { outOfHours: shown(outOfHours) }),
    ...(police !== undefined && { policeContact: shown(police.id) }),
    citations: citationsOf(flow, at.end.cite),
    contacts: unique([...at.end.contacts, ...fromAdvice]).map(shown),
    ...(standing.level > 0 && {
      level: { number: standing.level, name: flow.area.scale[standing.level - 1] ?? '', stand: level },
    }),
    topics: standsOf(flow, position, askFirst),
    advice: uniqueAdvice(position.advice).map((advice) => ({
      text: advice.text,
      citations: citationsOf(flow, advice.cite),
      contacts: advice.contacts.map(shown),
      inSight: advice.inSight === true,
    })),
    write: linesOf(position).map((id) => describeLine(flow, id)),
    next: nextOf(position).map((id) => describeNext({ flow, position, opened, shown }, id)),
    doubts: position.doubts.map(({ question, text, whoKnows, ask }) => ({
      question: getQuestion(flow, question),
      ...(text !== undefined && { text }),
      ...(whoKnows !== undefined && { whoKnows }),
      ...(ask !== undefined && { contact: shown(ask) }),
    })),
    why: reasonsOf(
      flow,
      position,
      position.findings.filter((finding) => finding.origin.question !== undefined),
    ),
    assumptions: assumptionsOf(flow, position),
    // Each change means another walk of the interview, so they are worked out only when somebody shows them.
    get changes() {
      changes ??= changesOf(flow, answers, position);
      return changes;
    },
  };
}

/** Whether the readers themselves answer at this contact. */
function isReader(flow: Flow, { means }: Position, contact: string): boolean {
  return flow.contacts[contact]?.to?.some((reader) => means.includes(reader)) ?? false;
}

/**
 * 999 is an emergency. Only what must be done at once is called urgent: if nearly every result said so, the word would
 * mean nothing.
 */
function howSoonOf({ at, standing }: Position): HowSoon {
  if (at.kind !== 'end') return 'not urgent';
  if (standing.police === 'call 999' || at.end.contacts[0] === 'police_999') return 'emergency';
  if (at.end.within === 'at once') return 'urgent';
  return at.end.within === 'today' ? 'today' : 'not urgent';
}

export function showContact(flow: Flow, id: string, today: string): ShownContact {
  const contact = flow.contacts[id];
  if (contact === undefined) throw new Error(`flow ${flow.id} has no contact ${id}`);
  const age = contact.checkedOn === undefined ? Number.POSITIVE_INFINITY : daysBetween(contact.checkedOn, today);
  return { ...contact, area: flow.area.id, citations: citationsOf(flow, contact.cite), stale: age > STALE_AFTER_DAYS };
}

/** Every way to reach it: numbers, address, web page. */
export function waysOf({ phones, email, web }: Pick<Contact, 'phones' | 'email' | 'web'>): string[] {
  const page = web?.startsWith('http') ? web : undefined;
  return [...phones.map(({ number }) => number), email, page].filter((way) => way !== undefined);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

function describeLine(flow: Flow, id: string) {
  const line = flow.record[id];
  if (line === undefined) throw new Error(`flow ${flow.id} has no record line ${id}`);
  return { text: line.write, citations: citationsOf(flow, line.cite) };
}

interface Describing {
  flow: Flow;
  position: Position;
  /** A day such as 2026-11-22. */
  opened: string;
  shown: (id: string) => ShownContact;
}

function describeNext({ flow, position, opened, shown }: Describing, id: string) {
  const step = flow.next[id];
  if (step === undefined) throw new Error(`flow ${flow.id} has no next step ${id}`);
  return {
    do: step.do,
    who: step.who,
    mine: isMine(step, position.means),
    ...(step.within !== undefined && { deadline: deadlineOf(step.within, opened, flow.holidays, step.from) }),
    ...(step.note !== undefined && { note: step.note }),
    ...(step.with !== undefined && { contact: shown(step.with) }),
    citations: citationsOf(flow, step.cite),
  };
}

/** `means`: what the answers mean. They tell who the reader is. */
function isMine({ whose, who }: NextStep, means: readonly string[]): boolean {
  // Older versions do not say whose step it is, and address the reader as "you".
  if (whose === undefined) return /\byou\b/i.test(who);
  return typeof whose === 'string' ? whose === 'yours' : whose.some((reader) => means.includes(reader));
}

/** What was found about each mark. */
function standsOf(flow: Flow, position: Position, door: string): Partial<Record<Topic, TopicResult>> {
  return pickTopics(
    forEachTopic((topic) => {
      const word = position.standing[topic];
      if (word === undefined) return undefined;
      return { ...standOf(flow, position, topic, word), sentence: describeStanding(flow, position, topic, door) };
    }),
  );
}

function standOf(flow: Flow, position: Position, topic: 'level' | Topic, word: string): MarkResult {
  const found = position.findings.filter((finding) => finding.topic === topic);
  const rank = (value: string) => (topic === 'level' ? Number(value) : strength(topic, value));
  const words = unique(found.map((finding) => String(finding.value))).sort((a, b) => rank(b) - rank(a));
  const reasons = (value: string) =>
    reasonsOf(
      flow,
      position,
      found.filter((finding) => String(finding.value) === value),
    );
  return {
    word,
    reasons: reasons(word),
    weaker: words.filter((other) => other !== word).map((other) => ({ word: other, reasons: reasons(other) })),
  };
}

/** One reason per answer or step, with all the paragraphs it is based on. */
function reasonsOf(flow: Flow, position: Position, findings: Finding[]): Reason[] {
  const byOrigin = new Map<string, { origin: Origin; cite: string[] }>();
  for (const { origin, cite } of findings) {
    const key = origin.question === undefined ? `${origin.part}/${origin.step}` : `${origin.question}=${origin.option}`;
    const known = byOrigin.get(key);
    byOrigin.set(key, { origin, cite: [...(known?.cite ?? []), ...cite] });
  }
  return [...byOrigin.values()].map(({ origin, cite }) => ({
    ...describeOrigin(flow, position, origin),
    citations: citationsOf(flow, cite),
  }));
}

function describeOrigin(flow: Flow, position: Position, origin: Origin): Omit<Reason, 'citations'> {
  if (origin.question === undefined) {
    const given = [...position.advice, ...position.outranked];
    const advice = given.find((item) => item.part === origin.part && item.step === origin.step);
    return advice === undefined ? {} : { text: advice.text };
  }
  const question = getQuestion(flow, origin.question);
  const turn = position.turns.find((item) => item.question === origin.question);
  if (turn !== undefined && isAssumed(question, turn.answer, origin.option ?? '')) {
    const assumed = describeAssumption(question, assumedFor(question, turn.answer) ?? '');
    return { question, answer: describeAnswer(question, 'unknown').join(), assumed };
  }
  if (turn !== undefined && rulesOf(question).numeric)
    return { question, answer: describeAnswer(question, turn.answer).join() };
  return { question, answer: describeAnswer(question, origin.option ?? 'unknown').join() };
}

function assumptionsOf(flow: Flow, position: Position): Result['assumptions'] {
  return position.turns.flatMap((turn) => {
    const question = getQuestion(flow, turn.question);
    const assumed = assumedFor(question, turn.answer);
    return assumed === undefined ? [] : [{ question, text: describeAssumption(question, assumed) }];
  });
}

/** Next steps, those of the recommended action first. */
function nextOf({ at, findings }: Position): string[] {
  const next = findings.filter(({ topic }) => topic === 'next');
  const own = next.filter(({ origin }) => at.kind === 'end' && origin.step === at.end.id && origin.part === at.part);
  return unique([...own, ...next].map(({ value }) => String(value)));
}

function linesOf({ findings }: Position): string[] {
  return unique(findings.filter(({ topic }) => topic === 'record').map(({ value }) => String(value)));
}

function uniqueAdvice(advice: Advice[]): Advice[] {
  return [...new Map(advice.map((item) => [`${item.part}/${item.step}`, item])).values()];
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)];
}
