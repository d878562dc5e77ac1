/** One row for each consultation, for the queue and the search, derived from the entries. Pure. */
import { describeInstant } from '../base/days.ts';
import { foldedWords, foldLetters } from '../base/text.ts';
import { type Consultation, readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { adviseSoFar } from '../consultation/provisional-advice.ts';
import { describeAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';
import { isToCountersign } from './countersigning.ts';
import { isOverdue, type Now, sortKey } from './deadlines.ts';
import { type Deadline, type DeskCase, type DeskState, openDeadlines, readDeskCase } from './desk-case.ts';
import { describeHousehold } from './household.ts';
import { isNewsUntold, readStandingUrgency } from './standing-urgency.ts';
import type { Danger, FindFlow, Urgency } from './urgency.ts';
import { findWorked } from './what-worked.ts';

export interface QueueRow {
  consultation: string;
  reference: string;
  area: string;
  flow: string;
  state: DeskState;
  since: string;
  askedAt: string;
  /**
   * `none` once an outcome is recorded, the asker is answered and, if there is danger, children's services are told.
   */
  urgency: Urgency;
  /** The instant since when it has been so urgent. */
  urgentSince: string | null;
  danger: Danger;
  /** What the flow advises on the answers so far, and the time for it; empty before the first answer. */
  advised: string;
  advisedWithin: string;
  /** Whether all the questions are answered. */
  isFinished: boolean;
  /**
   * One line for each question to the desk, the newest first, with its time if there are several; and, while questions
   * are open, what was ticked last.
   */
  question: string;
  /** In words; empty if it is not known. */
  childAge: string;
  role: string;
  /** How the referrer can be reached. */
  reach: string;
  /** Who passed it on to the present worker, and why. */
  passedBy: string | null;
  passedReason: string;
  /** Id and name of the last worker, if nobody has it now. */
  lastWorker: string | null;
  lastWorkerName: string | null;
  /** Whether a manager has to review the outcome. */
  toReview: boolean;
  /** Whether a second person has to sign the outcome. */
  toCountersign: boolean;
  /** The other children of the household, without names; empty if there are none. */
  household: string;
  /** Tasks that are open, the earliest first. */
  tasks: OpenTask[];
  byTelephone: boolean;
  worker: string | null;
  workerName: string | null;
  /** The queue's sort key: the due time of whatever is due first, including tasks. Null if nothing is left to do. */
  due: string | null;
  /**
   * The date or instant at which the desk has to do something next, and what, leaving out tasks of single people.
   * `dueBy` is null if nothing has a date.
   */
  dueBy: string | null;
  dueWhat: string | null;
  /** The time in words, as in the timetable, such as `at once`. */
  dueWithin: string | null;
  told: boolean;
  outcome: string | null;
  /** What somebody has to decide. */
  mark: 'disputed' | 'disagreement' | 'not signed' | null;
  /** New information has come, and nothing was recorded since. It is shown beside any mark. */
  isNew: boolean;
  /** Children's services were told, but before the consultation was opened, or before something new came. */
  newsUntold: boolean;
  level: number;
  professional: string;
  agency: string;
  child: string;
  childKey: string | null;
  claimedAt: string | null;
  answeredAt: string | null;
  closedAt: string | null;
  /** Whether it has a note of what worked. */
  worked: boolean;
}

/** By whom, and by which instant. */
export interface OpenTask {
  to: string;
  name: string;
  /** Who gave them the task; empty for a follow-up of their own. */
  from: string;
  do: string;
  by: string;
}

/** What still has to be done although the area sets no time for it after this outcome. */
const STILL_URGENT =
  'answer whoever asked, and see that children’s services are told; or make it less urgent, with the reason';

/** A sort key after every date: open, but without a date. */
const NO_TIME = '9';

/** Undefined until the desk was asked. */
export function describeLine(id: string, entries: readonly Entry[], findFlow: FindFlow): QueueRow | undefined {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return undefined;
  const consultation = readConsultation(id, entries);
  const urgency = describeUrgency(entries, deskCase, findFlow);
  return {
    ...describeCase(consultation, deskCase, urgency.urgency),
    ...urgency,
    ...describeAdvice(consultation, findFlow),
    ...describeWorker(entries, deskCase),
    ...describeAsker(consultation, deskCase),
    childAge: describeAge(consultation, deskCase),
    question: [...describeQuestions(deskCase), ...describeLastTick(consultation, findFlow)].join('\n'),
  };
}

type Described =
  | 'urgency'
  | 'urgentSince'
  | 'danger'
  | 'isFinished'
  | 'advised'
  | 'advisedWithin'
  | 'childAge'
  | 'question'
  | keyof Workers
  | keyof Askers;
type Workers = ReturnType<typeof describeWorker>;
type Askers = ReturnType<typeof describeAsker>;

function describeCase(consultation: Consultation, deskCase: DeskCase, urgency: Urgency): Omit<QueueRow, Described> {
  const { id, reference, area, flow, child } = consultation;
  const open = openDeadlines(deskCase);
  const [first] = open;
  const owed = open.find(({ by, task }) => by !== undefined && task === undefined);
  // A consultation that is still urgent stays in the queue even if nothing of it has a date.
  const idle = deskCase.state === 'closed' && urgency === 'none' ? null : NO_TIME;
  return {
    consultation: id,
    reference,
    area,
    flow,
    state: deskCase.state,
    since: deskCase.since,
    askedAt: deskCase.askedAt,
    byTelephone: deskCase.byTelephone,
    due: first?.by === undefined ? idle : sortKey(first.by),
    dueBy: owed?.by ?? null,
    dueWhat: owed?.do ?? (idle === null || deskCase.state !== 'closed' ? null : STILL_URGENT),
    dueWithin: owed?.within ?? null,
    told: deskCase.told !== undefined,
    outcome: deskCase.state === 'closed' ? (deskCase.outcome?.outcome ?? null) : null,
    mark: markOf(deskCase),
    isNew: isNew(deskCase, consultation.entries),
    newsUntold: isNewsUntold(deskCase),
    level: deskCase.outcome?.level ?? 0,
    child: child?.name ?? '',
    childKey: childKey(child?.name ?? ''),
    answeredAt: deskCase.answer?.at ?? null,
    closedAt: deskCase.state === 'closed' ? deskCase.since : null,
    worked: findWorked(deskCase) !== undefined,
    toReview: open.some((deadline) => deadline.id === REVIEW),
    toCountersign: isToCountersign(deskCase),
    household: describeHousehold(deskCase.household),
    tasks: open.flatMap(({ task, do: what, by = '' }) =>
      task === undefined ? [] : [{ to: task.to.id, name: task.to.name, from: giverOf(task), do: what, by }],
    ),
  };
}

function giverOf({ to, by }: NonNullable<Deadline['task']>): string {
  return by === undefined || by.id === to.id ? '' : by.name;
}

/** Whether something is late by now. */
export function isLate({ dueBy, tasks }: Pick<QueueRow, 'dueBy' | 'tasks'>, now: Now): boolean {
  return [dueBy, ...tasks.map(({ by }) => by)].some((by) => isOverdue(by ?? undefined, now));
}

/** Id of the deadline by which a manager reviews the outcome. */
const REVIEW = 'manager_reviews';

function describeUrgency(entries: readonly Entry[], deskCase: DeskCase, findFlow: FindFlow) {
  const { urgency = 'none', danger = '', since = null } = readStandingUrgency(entries, deskCase, findFlow) ?? {};
  return { urgency, danger, urgentSince: urgency === 'none' ? null : since };
}

function describeAdvice({ answers, version }: Consultation, findFlow: FindFlow) {
  const flow = findFlow(version);
  const advice = flow === undefined ? undefined : adviseSoFar(flow, answers);
  const { action = '', within = '', isFinished = false } = advice ?? {};
  return { advised: action, advisedWithin: within, isFinished };
}

function describeWorker(entries: readonly Entry[], { claimedBy, claimedAt, claimants, passed }: DeskCase) {
  const last = claimedBy === undefined ? claimants.at(-1) : undefined;
  const lastName = entries.findLast(({ who }) => who !== undefined && who.id === last)?.who?.name;
  return {
    worker: claimedBy?.id ?? null,
    workerName: claimedBy?.name ?? null,
    claimedAt: claimedAt ?? null,
    passedBy: passed?.by?.name ?? null,
    passedReason: passed?.reason ?? '',
    lastWorker: last ?? null,
    lastWorkerName: last === undefined ? null : (lastName ?? null),
  };
}

function describeAsker({ asker }: Consultation, { reach }: DeskCase) {
  return {
    professional: asker?.asker.name ?? '',
    role: asker?.asker.role ?? '',
    agency: asker?.asker.agency ?? '',
    reach: reach || (asker?.asker.contact ?? ''),
  };
}

const MOST_QUESTIONS = 3;
/** Begins the line about the last tick, which is not a question to the desk. */
export const TICKED_LAST = 'Ticked last: ';

/** The earlier questions stay below the newest one. */
function describeQuestions({ questions }: DeskCase): string[] {
  const newest = questions.slice(-MOST_QUESTIONS).reverse();
  const line = (text: string) => text.replace(/\s+/g, ' ');
  if (newest.length < 2) return newest.map(({ text }) => line(text));
  return newest.map(({ at, text }) => `${describeInstant(at)}: ${line(text)}`);
}

/** For a consultation that is handed over in the middle of the questions: how far they have come. */
function describeLastTick({ answers, answeredBy, version }: Consultation, findFlow: FindFlow): string[] {
  const flow = findFlow(version);
  if (flow === undefined || walk(flow, answers).at.kind === 'end') return [];
  const [last] = Object.entries(answeredBy).sort(([, one], [, other]) => other - one);
  const question = last === undefined ? undefined : flow.questions[last[0]];
  const answer = question === undefined ? undefined : answers[question.id];
  if (question === undefined || answer === undefined) return [];
  return [`${TICKED_LAST}${question.text} ${describeAnswer(question, answer).join('; ')}`];
}

/** The child's age as it was answered in the questions, or as it stands in the record. */
function describeAge({ answers }: Consultation, { fields }: DeskCase): string {
  const told = answers.child_age;
  if (typeof told === 'number') return String(told);
  const recorded = Object.values(fields).find(({ counts, value }) => counts === 'age' && value !== '');
  return recorded?.words ?? '';
}

function markOf(deskCase: DeskCase): QueueRow['mark'] {
  const { state, dispute, disputeDecision, disagreement, resolution } = deskCase;
  if (dispute !== undefined && disputeDecision === undefined) return 'disputed';
  if (disagreement !== undefined && resolution === undefined) return 'disagreement';
  return state !== 'closed' && deskCase.countersignature?.signed === 'no' ? 'not signed' : null;
}

function isNew(deskCase: DeskCase, entries: readonly Entry[]): boolean {
  return deskCase.state !== 'closed' && (deskCase.reopenings.length > 0 || hasNewWords(deskCase, entries));
}

/** Whether the referrer has written since anybody at the desk did. */
function hasNewWords({ questions }: DeskCase, entries: readonly Entry[]): boolean {
  const lastOfDesk = entries.findLast(({ by }) => by === 'duty worker')?.number;
  return lastOfDesk !== undefined && (questions.at(-1)?.number ?? 0) > lastOfDesk;
}

/** The keys of all children who are named: the child whom the questions are about, and the others of the household. */
export function childKeysOf(entries: readonly Entry[]): string[] {
  return [...new Set(childrenNamed(entries).flatMap((name) => childKey(name) ?? []))];
}

function childrenNamed(entries: readonly Entry[]): string[] {
  const named = readConsultation('', entries).child?.name ?? '';
  const household = readDeskCase(entries)?.household ?? [];
  return [named, ...household.map(({ name }) => name)];
}

/** Key of a child → the words that a search can find it by, each by its beginning. O’Brien is also found as Brien. */
export function childWordsOf(entries: readonly Entry[]): Map<string, string[]> {
  const words = new Map<string, Set<string>>();
  for (const name of childrenNamed(entries)) {
    const key = childKey(name);
    if (key === null) continue;
    const parts = foldedWords(name.replace(/['’‘ʼ`]/g, ' '));
    words.set(key, new Set([...(words.get(key) ?? []), ...key.split(' '), ...parts]));
  }
  return new Map([...words].map(([key, all]) => [key, [...all].sort()]));
}

/**
 * A key that is equal for the same name in any spelling: case, accents, apostrophes, order and commas do not matter.
 * Null if there is no name.
 */
export function childKey(name: string): string | null {
  // O Neill is the same name as O’Neill.
  const words = foldedWords(foldLetters(name).replace(/(?<!\p{L})o\s+(?=\p{L})/gu, 'o'));
  return words.length === 0 ? null : words.sort().join(' ');
}

/**
 * A key that is equal for names that sound alike, such as Zara and Zahra. Such children are offered side by side and
 * never taken for one. It drops what is often spelt differently: an h after another letter, doubled letters, and the
 * kind of vowel at the end of a syllable.
 */
export function soundOf(key: string): string {
  const words = key.split(' ').map(
    (word) =>
      word.slice(0, 1) +
      word
        .slice(1)
        .replace(/h/g, '')
        .replace(/[eiy]+/g, 'i'),
  );
  return words.map((word) => word.replace(/(.)\1+/gu, '$1').replace(/c|k|q/g, 'k')).join(' ');
}
