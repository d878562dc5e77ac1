/**
 * How urgent a consultation is. It is worked out again from the entries after every answer, whoever gives it and
 * however the consultation came in. An answer can raise it and never lowers it; only a person can lower it, with a
 * reason. Pure.
 */
import { LONGEST_TEXT } from '../base/text.ts';
import { readConsultation } from '../consultation/consultation.ts';
import type { DeskHappening, Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import type { Flow } from '../flow/flow.ts';
import type { Answer, Answers } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';
import { readDeskCase } from './desk-case.ts';
import { refuseUnless } from './transitions.ts';

/**
 * From the least to the most urgent. `danger`: somebody is or may be in danger now, or the answers say to call 999. `at
 * once`: the end that the answers reach says so.
 */
const URGENCIES = ['none', 'at once', 'danger'] as const;
export type Urgency = (typeof URGENCIES)[number];

/**
 * What the answers say about danger: somebody is in danger, the answers call for 999 for another reason, or nobody
 * knows. `taken back`: an earlier answer made the consultation urgent, and the answers no longer say so.
 */
const DANGERS = ['', 'now', 'call 999', 'not known', 'taken back'] as const;
export type Danger = (typeof DANGERS)[number];

const URGENCY_WORDS: Record<Exclude<Urgency, 'danger'>, string> = {
  none: 'Not urgent',
  'at once': 'To act at once',
};
const DANGER_WORDS: Record<Exclude<Danger, ''>, string> = {
  now: 'In danger now',
  'call 999': 'The answers say to call 999',
  'not known': 'Not known whether in danger now',
  'taken back': 'Danger was answered, and taken back',
};

/** In words, used wherever the desk says how urgent a consultation is. */
export function describeUrgency({ urgency, danger }: { urgency: Urgency; danger: Danger }): string {
  if (urgency === 'danger') return DANGER_WORDS[danger === '' ? 'taken back' : danger];
  return danger === 'not known' ? DANGER_WORDS['not known'] : URGENCY_WORDS[urgency];
}

/**
 * Includes consultations where it is not known yet whether somebody is in danger: the desk does not wait for that
 * answer.
 */
export function mayBeUrgent({ urgency, danger }: { urgency: Urgency; danger: Danger }): boolean {
  return urgency !== 'none' || danger !== '';
}

/** The flow of a version; undefined if it is no longer available. */
export type FindFlow = (version: string) => Flow | undefined;

export interface StandingUrgency {
  urgency: Urgency;
  /** Empty unless the urgency is `danger`, or the question whether anybody is in danger is still open. */
  danger: Danger;
  /** The instant at which it was raised to this, or lowered. */
  since: string;
  lowered?: { by?: Who; at: string; reason: string };
}

/** Meanings (of `national/meanings.yaml`) that signal danger even while the 999 question is still open. */
const IN_DANGER = 'danger_now';
const IN_DOUBT = 'danger_in_doubt';

/** The signals that make the answers urgent, each with its urgency. */
type Signals = Map<string, Urgency>;

export function readUrgency(entries: readonly Entry[], findFlow: FindFlow): StandingUrgency {
  const standing: StandingUrgency = { urgency: 'none', danger: '', since: entries[0]?.at ?? '' };
  const answers: Record<string, Answer> = {};
  const children = new Map<string, number>();
  let flow: Flow | undefined;
  // Signals that were present when a person lowered the urgency do not raise it again, unless they go away and come
  // back.
  let dismissed: ReadonlySet<string> = new Set();
  /** Whether this changes anything that signals are read from. If so, they are worked out again. */
  const take = (what: Happening): boolean => {
    if (what.kind === 'opened' || what.kind === 'moved') flow = findFlow(what.version);
    else if (what.kind === 'answered') answers[what.question] = what.answer;
    else if (what.kind === 'asked again') for (const question of what.questions) delete answers[question];
    else if (what.kind === 'household child recorded') children.set(what.child, what.level);
    else if (what.kind === 'household child removed') children.delete(what.child);
    else return false;
    return true;
  };
  const raise = (to: Urgency, at: string) => {
    if (rank(to) > rank(standing.urgency)) Object.assign(standing, { urgency: to, since: at, lowered: undefined });
  };
  for (const { at, who, what } of entries) {
    const changed = take(what);
    // The questions were asked again after a decision, so the urgency of the earlier answers has been dealt with.
    if (what.kind === 'asked again' && what.decided === 'yes') {
      Object.assign(standing, { urgency: 'none', since: at, lowered: undefined });
      dismissed = new Set();
    }
    if (changed) {
      const signals = signalsOf(flow, answers, children);
      dismissed = new Set([...dismissed].filter((signal) => signals.has(signal)));
      for (const [signal, urgency] of signals) if (!dismissed.has(signal)) raise(urgency, at);
    }
    if (what.kind === 'handed over' && what.urgent === 'yes') raise('at once', at);
    if (what.kind === 'urgency lowered') {
      dismissed = new Set(signalsOf(flow, answers, children).keys());
      const lowered = { at, reason: what.reason, ...(who !== undefined && { by: who }) };
      Object.assign(standing, { urgency: what.to, since: at, lowered });
    }
  }
  return { ...standing, danger: flow === undefined ? '' : readDanger(flow, answers, standing) };
}

function readDanger(flow: Flow, answers: Answers, { urgency, lowered }: StandingUrgency): Danger {
  if (urgency !== 'danger') return lowered === undefined && isAskedInDoubt(flow, answers) ? 'not known' : '';
  const signals = signalsOf(flow, answers, new Map());
  if (signals.has(IN_DANGER)) return 'now';
  if (signals.has(IN_DOUBT)) return 'not known';
  return [...signals.values()].includes('danger') ? 'call 999' : 'taken back';
}

/**
 * Whether the open question is asked because it is not known whether somebody is in danger. "I don't know" to such a
 * question leaves it unknown.
 */
function isAskedInDoubt(flow: Flow, answers: Answers): boolean {
  const { at } = walk(flow, answers);
  if (at.kind === 'end' || Object.keys(answers).length === 0) return false;
  return walk(flow, { ...answers, [at.question.id]: 'unknown' }).means.includes(IN_DOUBT);
}

/**
 * `children`: the level of each other child of the household. A child at the top of the scale is as urgent as the child
 * whom the questions are about.
 */
function signalsOf(flow: Flow | undefined, answers: Answers, children: ReadonlyMap<string, number>): Signals {
  const signals: Signals = new Map();
  if (flow === undefined) return signals;
  const { at, findings, means } = walk(flow, answers);
  for (const meaning of means) if (meaning === IN_DANGER || meaning === IN_DOUBT) signals.set(meaning, 'danger');
  for (const { topic, value, origin } of findings)
    if (topic === 'police' && value === 'call 999') signals.set(Object.values(origin).join(' '), 'danger');
  if (at.kind === 'end' && at.end.within === 'at once') signals.set(`end ${at.part} ${at.end.id}`, 'at once');
  for (const [child, level] of children) if (level === flow.area.scale.length) signals.set(child, 'at once');
  return signals;
}

/** Whether the answers are urgent as they are now. */
export function isUrgent(flow: Flow, entries: readonly Entry[]): boolean {
  return urgencyOfAnswers(flow, entries) > 0;
}

/** The rank of the urgency that the present answers give by themselves. */
export function urgencyOfAnswers(flow: Flow, entries: readonly Entry[]): number {
  const signals = signalsOf(flow, readConsultation('', entries).answers, new Map());
  return Math.max(0, ...[...signals.values()].map(rank));
}

function rank(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency);
}

/** The urgencies to which it can be lowered, the highest first. */
export function lowerThan(urgency: Urgency): Urgency[] {
  return URGENCIES.filter((other) => rank(other) < rank(urgency)).reverse();
}

/** Only a person can lower it, with a reason. */
export function lowerUrgency(entries: readonly Entry[], form: Form, flow: Flow): Happening[] | Refusal {
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write why it is less urgent now, and how you know', LONGEST_TEXT);
  const lower = lowerThan(readUrgency(entries, () => flow).urgency);
  const last = entries.findLast(({ what }) => what.kind === 'urgency lowered')?.what as Lowered | undefined;
  if (last !== undefined && last.reason === reason && !lower.includes(last.to)) return [];
  const to = reader.choice('to', lower, 'Choose how urgent it is now');
  return (
    refuseUnless(readDeskCase(entries), 'lower urgency') ??
    happeningOrRefusal(reader, { kind: 'urgency lowered', to, reason })
  );
}

type Lowered = Extract<DeskHappening, { kind: 'urgency lowered' }>;
