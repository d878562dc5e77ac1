/** Everything that can happen to a consultation at the duty desk. The entry itself says who did it. */
import type { DeskDecisionId } from '../flow/desk-decisions.ts';
import { PATHWAY_KINDS, type PathwayHappening } from './pathway-happening.ts';

/** A person as named in the record, so that it stays readable after their account is gone. */
export interface Who {
  id: string;
  name: string;
  role: string;
}

/** A deadline as it was set. Later changes of the content do not affect it. */
export interface DeadlineSet {
  id: string;
  do: string;
  who: string;
  /** For example `within 1 working day`. Undefined if the source gives no time. */
  words?: string;
  /** A day such as 2026-11-22, or an instant. Undefined if it has not started to run. */
  by?: string;
  /** The event it will be counted from, if that has not happened yet. */
  from?: string;
  /** The time in the timetable, such as `10 working days`. */
  within?: string;
}

/** `note`: who did it and when. */
export interface StepDone {
  deadline: string;
  do: string;
  note: string;
}

/** One decision that a second person signed or did not sign. It names no child. */
export interface SignedDecision {
  /** Number of the entry that recorded it. */
  number: number;
  /** Id of the other child of the household; empty for the outcome of the consultation. */
  child: string;
  /** Age of that child; empty for the outcome of the consultation. */
  age: string;
  words: string;
}

/** The outcome that a manager decides instead of the first one. */
export interface OutcomeInstead {
  outcome: DeskDecisionId;
  words: string;
  level: number;
  advised: string;
  departs?: 'yes' | 'no';
  deadlines: DeadlineSet[];
}

export type DeskHappening =
  /** The duty desk was asked for a consultation, which is not a referral. */
  | { kind: 'handed over'; question: string; reach: string; urgent: 'yes' | 'no'; deadlines: DeadlineSet[] }
  /** Opened by a duty worker for a caller on the telephone. */
  | { kind: 'taken by telephone'; reach: string; deadlines: DeadlineSet[] }
  | { kind: 'claimed' }
  | { kind: 'handed back'; reason: string }
  | { kind: 'passed on'; to: Who; reason: string }
  /** Only a person can lower the urgency; answers can only raise it. */
  | { kind: 'urgency lowered'; to: 'none' | 'at once' | 'danger'; reason: string }
  /** `words` and `label`: as shown on the page at the time. */
  | {
      kind: 'field recorded';
      field: string;
      label: string;
      value: string;
      words: string;
      reason: string;
      /** The figure it counts towards, as in the content at the time. */
      counts?: string;
      /** The list beside the figures that shows its text, as in the content at the time. */
      listedAs?: string;
    }
  | {
      kind: 'outcome recorded';
      outcome: DeskDecisionId;
      words: string;
      reason: string;
      decidedBy: string;
      /**
       * What the guidance advised at the time. Before the questions are finished, the text says so; it is empty only
       * before the first answer. Older entries have 0 and an empty text for both.
       */
      level: number;
      advised: string;
      /** Whether it differs from the advice. Missing in entries from before this was recorded. */
      departs?: 'yes' | 'no';
      /**
       * Roles of which one has to sign as the second person, as in the content at the time. Missing if no signature is
       * needed.
       */
      signers?: string[];
      deadlines: DeadlineSet[];
    }
  /**
   * A second person signed, or refused to; refused decisions no longer stand. `decisions`: which ones; missing in older
   * entries, where it means all that were waiting. `denies`: the person is named as the decider and says that they did
   * not decide.
   */
  | {
      kind: 'outcome countersigned';
      signed: 'yes' | 'no';
      reason: string;
      denies?: 'yes';
      decisions?: SignedDecision[];
      deadlines: DeadlineSet[];
    }
  /** `instead`: the outcome that applies if the manager does not agree. */
  | { kind: 'referral reviewed'; accepted: 'yes' | 'no'; reason: string; instead?: OutcomeInstead }
  /** A manager's decision after the referrer disputed the outcome. */
  /** `done`: the steps of the dispute that were done by then. Older entries do not say and mean all of them. */
  | { kind: 'dispute decided'; stands: 'yes' | 'no'; reason: string; instead?: OutcomeInstead; done?: StepDone[] }
  | { kind: 'disagreement recorded'; between: string; about: string }
  | { kind: 'disagreement resolved'; decidedBy: string; decision: string }
  | { kind: 'chased'; whom: string; answer: string }
  | { kind: 'referrer answered'; how: string; answer: string }
  | { kind: 'deadline met'; deadline: string; do?: string; note: string }
  /**
   * The event from which the deadline is counted has happened, or an answer made it urgent. `within`: its time from
   * then on, if that has changed.
   */
  | { kind: 'deadline dated'; deadline: string; do?: string; from: string; by: string; within?: string }
  | { kind: 'disputed'; why: string; deadlines: DeadlineSet[] }
  | { kind: 'reopened'; news: string; deadlines: DeadlineSet[] }
  /** A follow-up for oneself, or a task for a colleague. */
  | { kind: 'task set'; task: DeadlineSet; to: Who }
  /** By the person it was given to, the person who gave it, or a manager. */
  | {
      kind: 'task done';
      task: string;
      do: string;
      note: string;
      /** They were named as who took the decision, and say that they did not. */
      denies?: 'yes';
      deadlines?: DeadlineSet[];
    }
  /**
   * Another child of the household: new, or with new information. `child`: distinguishes the children of one
   * consultation. `level` 0 and an empty `outcome`: not judged, and not decided separately.
   */
  | {
      kind: 'household child recorded';
      child: string;
      name: string;
      age: string;
      level: number;
      levelWords: string;
      outcome: DeskDecisionId | '';
      outcomeWords: string;
      note: string;
      /**
       * Roles of which one has to sign as the second person, as in the content at the time. Missing if the outcome
       * agrees with the child's level.
       */
      signers?: string[];
      /** The deadline of the signature, if the consultation already has its outcome. */
      deadlines?: DeadlineSet[];
    }
  /** Recorded by mistake. */
  | { kind: 'household child removed'; child: string; age: string; reason: string }
  /** Taken over from somebody who is absent or has left. */
  | { kind: 'taken over'; from: Who; reason: string }
  | { kind: 'case number recorded'; caseNumber: string }
  /** The case system reports what was decided there. The desk's own outcome does not change. */
  | { kind: 'decision reported'; decision: string; decidedBy: string; decidedAt: string; reason: string }
  /** What the file is and where it is kept; the tool never stores the file itself. */
  | { kind: 'file kept'; file: string; kept: string }
  | { kind: 'strategy discussion recorded'; when: string; present: string; agreed: string; actions: string }
  /** A legal hold: nothing is erased until it is lifted. */
  | { kind: 'held'; reason: string }
  | { kind: 'hold lifted'; reason: string }
  | { kind: 'kept longer'; until: string; reason: string }
  | { kind: 'erasure approved'; due: string }
  | PathwayHappening;

/**
 * Whether a correction can say that it did not happen. Only what somebody did outside the tool can turn out to be
 * untrue: what the tool did has happened, and a decision or an answer is replaced by a new one. `steps`: the decision
 * itself stands, but steps that were recorded as done with it may not have been done.
 */
export type Deniable = boolean | 'steps';

/** Every kind, and whether it can be denied. Complete by its type. */
export const DESK_KINDS: Record<DeskHappening['kind'], Deniable> = {
  'handed over': false,
  'taken by telephone': false,
  claimed: false,
  'handed back': false,
  'passed on': false,
  'urgency lowered': false,
  'field recorded': false,
  'outcome recorded': false,
  'outcome countersigned': false,
  'referral reviewed': false,
  'dispute decided': 'steps',
  'disagreement recorded': true,
  'disagreement resolved': true,
  chased: true,
  'referrer answered': true,
  'deadline met': true,
  'deadline dated': true,
  disputed: false,
  reopened: false,
  'task set': false,
  'task done': true,
  'household child recorded': false,
  'household child removed': false,
  'taken over': false,
  'case number recorded': false,
  'decision reported': false,
  'file kept': true,
  'strategy discussion recorded': true,
  held: false,
  'hold lifted': false,
  'kept longer': false,
  'erasure approved': false,
  ...PATHWAY_KINDS,
};

export function isDeskKind(kind: string): kind is DeskHappening['kind'] {
  return Object.hasOwn(DESK_KINDS, kind);
}
