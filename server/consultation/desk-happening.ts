/** What happens to a consultation at the duty desk. Who did it stands on the entry itself. */
import type { DeskDecisionId } from '../flow/desk.ts';

/** A person as the record names them, readable when their account is long gone. */
export interface Who {
  id: string;
  name: string;
  role: string;
}

/** What is to be done by when, as it was set: later content does not change it. */
export interface DeadlineSet {
  id: string;
  do: string;
  who: string;
  /** Such as `within 1 working day`; undefined when the source gives no time. */
  words?: string;
  /** A date such as 2026-11-22, or an instant; undefined when it does not run yet. */
  by?: string;
  /** What it is counted from, when that has not happened yet. */
  from?: string;
  /** The time as the timetable has it, such as `10 working days`. */
  within?: string;
}

/** The outcome that a manager puts in place of another. */
export interface OutcomeInstead {
  outcome: DeskDecisionId;
  words: string;
  level: number;
  advised: string;
  departs?: 'yes' | 'no';
  deadlines: DeadlineSet[];
}

export type DeskHappening =
  /** Asked of the duty desk: a consultation, and no referral. */
  | { kind: 'handed over'; question: string; reach: string; urgent: 'yes' | 'no'; deadlines: DeadlineSet[] }
  /** Opened by a duty worker for somebody on the telephone. */
  | { kind: 'taken by telephone'; reach: string; deadlines: DeadlineSet[] }
  | { kind: 'claimed' }
  | { kind: 'handed back'; reason: string }
  | { kind: 'passed on'; to: Who; reason: string }
  /** By a person: answers only raise it. */
  | { kind: 'urgency lowered'; to: 'none' | 'at once' | 'danger'; reason: string }
  /** `words` and `label` are what was read on the page at that time. */
  | {
      kind: 'field recorded';
      field: string;
      label: string;
      value: string;
      words: string;
      reason: string;
      /** Which of the figures it feeds, as the content had it at that time. */
      counts?: string;
      /** Where its text is read beside the figures, as the content had it. */
      listedAs?: string;
    }
  | {
      kind: 'outcome recorded';
      outcome: DeskDecisionId;
      words: string;
      reason: string;
      decidedBy: string;
      /** What the guidance had advised by then; 0 and empty before the end of the questions. */
      level: number;
      advised: string;
      /** It is something else than what the guidance advised; left out in entries from before it was held against the advice. */
      departs?: 'yes' | 'no';
      deadlines: DeadlineSet[];
    }
  /** `instead`: the outcome that stands when the manager does not agree. */
  | { kind: 'referral reviewed'; accepted: 'yes' | 'no'; reason: string; instead?: OutcomeInstead }
  /** By the manager, after the referrer has disputed the outcome. */
  | { kind: 'dispute decided'; stands: 'yes' | 'no'; reason: string; instead?: OutcomeInstead }
  | { kind: 'disagreement recorded'; between: string; about: string }
  | { kind: 'disagreement resolved'; decidedBy: string; decision: string }
  | { kind: 'chased'; whom: string; answer: string }
  | { kind: 'referrer answered'; how: string; answer: string }
  | { kind: 'deadline met'; deadline: string; do?: string; note: string }
  /** The day from which it is counted has come. */
  | { kind: 'deadline dated'; deadline: string; do?: string; from: string; by: string }
  | { kind: 'disputed'; why: string; deadlines: DeadlineSet[] }
  | { kind: 'reopened'; news: string; deadlines: DeadlineSet[] }
  /** A follow-up of one's own, or a task for a colleague. */
  | { kind: 'task set'; task: DeadlineSet; to: Who }
  /** From somebody who is absent or has left. */
  | { kind: 'taken over'; from: Who; reason: string }
  | { kind: 'case number recorded'; caseNumber: string }
  /** What it is, and where it is kept; the file itself is never here. */
  | { kind: 'file kept'; file: string; kept: string }
  | { kind: 'strategy discussion recorded'; when: string; present: string; agreed: string; actions: string }
  /** A legal hold: nothing of it is erased until it is lifted. */
  | { kind: 'held'; reason: string }
  | { kind: 'hold lifted'; reason: string }
  | { kind: 'kept longer'; until: string; reason: string }
  | { kind: 'erasure approved'; due: string };

/** Every kind, so that the type checker names one that is missing. */
const DESK_KINDS: Record<DeskHappening['kind'], true> = {
  'handed over': true,
  'taken by telephone': true,
  claimed: true,
  'handed back': true,
  'passed on': true,
  'urgency lowered': true,
  'field recorded': true,
  'outcome recorded': true,
  'referral reviewed': true,
  'dispute decided': true,
  'disagreement recorded': true,
  'disagreement resolved': true,
  chased: true,
  'referrer answered': true,
  'deadline met': true,
  'deadline dated': true,
  disputed: true,
  reopened: true,
  'task set': true,
  'taken over': true,
  'case number recorded': true,
  'file kept': true,
  'strategy discussion recorded': true,
  held: true,
  'hold lifted': true,
  'kept longer': true,
  'erasure approved': true,
};

export function isDeskKind(kind: string): kind is DeskHappening['kind'] {
  return Object.hasOwn(DESK_KINDS, kind);
}
