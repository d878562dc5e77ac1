/** What is recommended, and why: the position at an end, put into the words and order that the result page shows. */

import type { Contact, Flow, Question } from '../flow/flow.ts';
import { getQuestion } from '../flow/flow.ts';
import { forEachTopic, pickTopics, strength, type Topic } from '../flow/marks.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answers, describeAnswer } from '../flow/walk/answer.ts';
import type { Advice, Finding, Origin, Position } from '../flow/walk/walk.ts';
import { assumedFor, describeAssumption, isAssumed } from './assumption.ts';
import { type Change, changesOf } from './changes.ts';
import { type Citation, citationsOf } from './citation.ts';
import { type Deadline, deadlineOf } from './deadline.ts';

/** Why something stands: the reader's own answer, or the step of the flow, and the paragraphs behind it. */
export interface Reason {
  /** Undefined when a step, and no single answer, gave it. */
  question?: Question;
  answer?: string;
  /** Instead of an answer: what the guidance treats the reader's "I don't know" as. See assumption.ts. */
  assumed?: string;
  text?: string;
  citations: Citation[];
}

export interface Stand {
  word: string;
  /** Reasons for the word that stands. */
  reasons: Reason[];
  /** Weaker words that were found too, with their reasons. */
  weaker: { word: string; reasons: Reason[] }[];
}

export interface ShownContact extends Contact {
  citations: Citation[];
  /** Checked longer than half a year ago, or never. */
  stale: boolean;
}

export interface Result extends Partial<Record<Topic, Stand>> {
  end: string;
  action: string;
  text?: string;
  deadline: Deadline;
  urgency: Urgency;
  /** Somebody has to be told, and Front Door does not do it. */
  toBeTold: boolean;
  citations: Citation[];
  contacts: ShownContact[];
  /** Who answers when the front door does not; undefined when none is known. */
  outOfHours?: ShownContact;
  /** The number to report on, where the police matter. */
  policeContact?: ShownContact;
  level?: { number: number; name: string; stand: Stand };
  advice: { text: string; citations: Citation[]; contacts: ShownContact[] }[];
  write: { text: string; citations: Citation[] }[];
  next: {
    do: string;
    who: string;
    /** To be done by the reader, alone or with others. */
    mine: boolean;
    deadline?: Deadline;
    note?: string;
    contact?: ShownContact;
    citations: Citation[];
  }[];
  doubts: { question: Question; text?: string; whoKnows?: string; contact?: ShownContact }[];
  /** Answers that set a level, a mark or a next step, in order of asking. */
  why: Reason[];
  /** Every "I don't know" that the guidance treats as an answer, whether or not it set anything by itself. */
  assumptions: { question: Question; text: string }[];
  changes: Change[];
}

/** How soon something has to be done: each has a colour, a shape and a word of its own on the page. */
export type Urgency = 'emergency' | 'urgent' | 'not urgent';

const STALE_AFTER_DAYS = 183;

/** Throws unless the answers lead to an end. `opened` and `today` are days such as 2026-11-22. */
export function describeResult(
  { flow, position, answers }: { flow: Flow; position: Position; answers: Answers },
  { opened, today }: { opened: string; today: string },
): Result {
  const { at, standing } = position;
  if (at.kind !== 'end') throw new Error('there is no result before the end');
  const shown = (id: string) => showContact(flow, id, today);
  const level = standOf(flow, position, 'level', String(standing.level));
  const fromAdvice = [...position.advice, ...position.outranked].flatMap((advice) => advice.contacts);
  const urgency = urgencyOf(position);
  const { frontDoor, outOfHours } = flow.area;
  const police = standing.police === 'report' || standing.police === 'consider' ? flow.contacts.police_101 : undefined;
  return {
    end: at.end.id,
    action: at.end.action,
    ...(at.end.text !== undefined && { text: at.end.text }),
    deadline: deadlineOf(at.end.within, opened, flow.holidays),
    urgency,
    toBeTold: urgency !== 'not urgent' || at.end.contacts.includes(frontDoor),
    ...(outOfHours !== undefined && { outOfHours: shown(outOfHours) }),
    ...(police !== undefined && { policeContact: shown(police.id) }),
    citations: citationsOf(flow, at.end.cite),
    contacts: unique([...at.end.contacts, ...fromAdvice]).map(shown),
    ...(standing.level > 0 && {
      level: { number: standing.level, name: flow.area.scale[standing.level - 1] ?? '', stand: level },
    }),
    ...pickTopics(
      forEachTopic((topic) => {
        const word = standing[topic];
        return word === undefined ? undefined : standOf(flow, position, topic, word);
      }),
    ),
    advice: uniqueAdvice(position.advice).map((advice) => ({
      text: advice.text,
      citations: citationsOf(flow, advice.cite),
      contacts: advice.contacts.map(shown),
    })),
    write: linesOf(position).map((id) => describeLine(flow, id)),
    next: nextOf(position).map((id) => describeNext(flow, id, opened, shown)),
    doubts: position.doubts.map((doubt) => ({
      question: getQuestion(flow, doubt.question),
      ...(doubt.text !== undefined && { text: doubt.text }),
      ...(doubt.whoKnows !== undefined && { whoKnows: doubt.whoKnows }),
      ...(doubt.ask !== undefined && { contact: shown(doubt.ask) }),
    })),
    why: reasonsOf(
      flow,
      position,
      position.findings.filter((finding) => finding.origin.question !== undefined),
    ),
    assumptions: assumptionsOf(flow, position),
    changes: changesOf(flow, answers, position),
  };
}

/** 999 is an emergency; what has to be done today or at once is urgent. */
function urgencyOf({ at, standing }: Position): Urgency {
  if (at.kind !== 'end') return 'not urgent';
  if (standing.police === 'call 999' || at.end.contacts[0] === 'police_999') return 'emergency';
  return at.end.within === 'at once' || at.end.within === 'today' ? 'urgent' : 'not urgent';
}

export function showContact(flow: Flow, id: string, today: string): ShownContact {
  const contact = flow.contacts[id];
  if (contact === undefined) throw new Error(`flow ${flow.id} has no contact ${id}`);
  const age = contact.checkedOn === undefined ? Number.POSITIVE_INFINITY : daysBetween(contact.checkedOn, today);
  return { ...contact, citations: citationsOf(flow, contact.cite), stale: age > STALE_AFTER_DAYS };
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

function describeLine(flow: Flow, id: string) {
  const line = flow.record[id];
  if (line === undefined) throw new Error(`flow ${flow.id} has no record line ${id}`);
  return { text: line.write, citations: citationsOf(flow, line.cite) };
}

function describeNext(flow: Flow, id: string, opened: string, shown: (id: string) => ShownContact) {
  const step = flow.next[id];
  if (step === undefined) throw new Error(`flow ${flow.id} has no next step ${id}`);
  return {
    do: step.do,
    who: step.who,
    mine: isMine(step.who),
    ...(step.within !== undefined && { deadline: deadlineOf(step.within, opened, flow.holidays, step.from) }),
    ...(step.note !== undefined && { note: step.note }),
    ...(step.with !== undefined && { contact: shown(step.with) }),
    citations: citationsOf(flow, step.cite),
  };
}

/** Content names the reader as "you": "you, with your manager", "your organisation, or you". */
function isMine(who: string): boolean {
  return /\byou\b/i.test(who);
}

function standOf(flow: Flow, position: Position, topic: 'level' | Topic, word: string): Stand {
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

/** One reason per answer or step, with all the paragraphs that it led to. */
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

/** What follows from the recommended action stands first. */
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
