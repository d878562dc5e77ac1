/** Decides which parts of a consultation the referrer may read. The rest is for the desk only. Pure. */
import type { Consultation } from './consultation.ts';
import { isOfConsultation } from './describe-desk.ts';
import { type DeskHappening, isDeskKind } from './desk-happening.ts';
import type { DeskRecord } from './desk-record.ts';
import type { Entry, Happening } from './entry.ts';
import { isPathwayKind, type PathwayHappening } from './pathway-happening.ts';
import type { ConsultationRecord } from './record.ts';

/** A child's pathway is for the desk only, whatever is written there. */
type OutsidePathways = Exclude<DeskHappening['kind'], PathwayHappening['kind']>;

/**
 * What the referrer may read of each kind that the desk writes. `entry`: the entry itself; `isReadByReferrer` leaves out
 * some by what they say. `deadlines`: those that it sets; colleagues' tasks are for the desk only. The type makes it
 * complete: a new kind has to say whether they may read it.
 */
const FOR_REFERRER: Record<OutsidePathways, { entry: boolean; deadlines: boolean }> = {
  'handed over': { entry: true, deadlines: true },
  'taken by telephone': { entry: true, deadlines: true },
  claimed: { entry: true, deadlines: false },
  'handed back': { entry: false, deadlines: false },
  'passed on': { entry: false, deadlines: false },
  'urgency lowered': { entry: false, deadlines: false },
  'field recorded': { entry: false, deadlines: false },
  'outcome recorded': { entry: true, deadlines: true },
  'outcome countersigned': { entry: true, deadlines: true },
  'referral reviewed': { entry: true, deadlines: true },
  'dispute decided': { entry: true, deadlines: true },
  'disagreement recorded': { entry: false, deadlines: false },
  'disagreement resolved': { entry: false, deadlines: false },
  chased: { entry: false, deadlines: false },
  'referrer answered': { entry: true, deadlines: false },
  'deadline met': { entry: false, deadlines: false },
  'deadline dated': { entry: false, deadlines: false },
  disputed: { entry: true, deadlines: true },
  reopened: { entry: true, deadlines: true },
  'task set': { entry: false, deadlines: false },
  'task done': { entry: false, deadlines: false },
  'household child recorded': { entry: false, deadlines: false },
  'household child removed': { entry: false, deadlines: false },
  'taken over': { entry: false, deadlines: false },
  'case number recorded': { entry: false, deadlines: false },
  'decision reported': { entry: false, deadlines: false },
  'file kept': { entry: false, deadlines: false },
  'strategy discussion recorded': { entry: false, deadlines: false },
  held: { entry: false, deadlines: false },
  'hold lifted': { entry: false, deadlines: false },
  'kept longer': { entry: false, deadlines: false },
  'erasure approved': { entry: false, deadlines: false },
};

function readsOf(kind: Happening['kind']): { entry: boolean; deadlines: boolean } {
  if (!isDeskKind(kind)) return { entry: true, deadlines: false };
  return isPathwayKind(kind) ? { entry: false, deadlines: false } : FOR_REFERRER[kind];
}

/** The desk's notes are for the desk only. The referrer may read everything else that it records for them. */
function isReadByReferrer({ number, by, what }: Entry, entries: readonly Entry[]): boolean {
  if (what.kind === 'noted') return by !== 'duty worker';
  if (what.kind === 'referral reviewed') return what.accepted === 'no';
  // Decisions for other children of the household are for the desk only.
  if (what.kind === 'outcome countersigned') return what.signed === 'no' && isOfConsultation(what.decisions);
  // An outcome that needs a second signature is not valid before it is signed.
  if (what.kind === 'outcome recorded' && isUnsigned(number, entries)) return false;
  if (what.kind === 'corrected') {
    const corrected = entries[what.corrects - 1];
    return corrected === undefined || isReadByReferrer(corrected, entries);
  }
  return readsOf(what.kind).entry;
}

function isOpenTo(number: number, entries: readonly Entry[]): boolean {
  const entry = entries[number - 1];
  return entry !== undefined && isReadByReferrer(entry, entries);
}

/** Whether it is waiting for a second signature, or was still waiting when it was decided again. */
function isUnsigned(number: number, entries: readonly Entry[]): boolean {
  const what = entries[number - 1]?.what;
  if (what?.kind !== 'outcome recorded' || (what.signers ?? []).length === 0) return false;
  const after = entries.slice(number).map((entry) => entry.what);
  const next = after.find(({ kind }) => kind === 'outcome recorded' || kind === 'outcome countersigned');
  return next?.kind !== 'outcome countersigned';
}

/** Numbers of the entries that the referrer may read. */
function numbersFor({ entries }: Pick<Consultation, 'entries'>): ReadonlySet<number> {
  return new Set(entries.filter((entry) => isReadByReferrer(entry, entries)).map(({ number }) => number));
}

/** Keeps only the lines (entries, notes and so on) that the referrer may read. */
export function keepForReferrer<T extends { number: number }>(consultation: Consultation, lines: readonly T[]): T[] {
  const numbers = numbersFor(consultation);
  return lines.filter(({ number }) => numbers.has(number));
}

/** Ids of deadlines that concern only people at the desk: a signature, a decision, a field to be filled in. */
const DESKS_OWN = /^(countersignature|decide_anew|record_outcome|fill_|name_decider)/;

export function isDesksOwn(deadline: string): boolean {
  return DESKS_OWN.test(deadline);
}

/**
 * Referrers read an outcome once it is signed, but not who signed it. The list of signing roles is left out as well, or
 * it would look as if nobody had signed.
 */
function withoutSigners<T extends { signers?: string[] }>({ signers: _, ...outcome }: T): Omit<T, 'signers'> {
  return outcome;
}

type Parts = {
  [Part in keyof DeskRecord]-?: (desk: DeskRecord, entries: readonly Entry[]) => DeskRecord[Part] | undefined;
};

const nothing = () => [];
const never = () => undefined;

/**
 * Which part of the desk's record the referrer may read. The type makes it complete: a new part has to say whether they
 * may read it.
 */
const PARTS: Parts = {
  askedAt: ({ askedAt }) => askedAt,
  state: ({ state }) => state,
  byTelephone: ({ byTelephone }) => byTelephone,
  questions: ({ questions }) => questions,
  reach: ({ reach }) => reach,
  reachFrom: ({ reachFrom }) => reachFrom,
  claimedBy: ({ claimedBy }) => claimedBy,
  outcome: ({ outcome }, entries) =>
    outcome === undefined || isUnsigned(outcome.number, entries) ? undefined : withoutSigners(outcome),
  outcomes: ({ outcomes }, entries) =>
    outcomes
      .filter(({ number }) => !isUnsigned(number, entries))
      .map((outcome) => ({
        ...withoutSigners(outcome),
        said: outcome.said.filter(({ number }) => isOpenTo(number, entries)),
      })),
  answer: ({ answer }) => answer,
  answers: ({ answers }) => answers,
  dispute: ({ dispute }) => dispute,
  disputeDecision: ({ disputeDecision }) => disputeDecision,
  reopenings: ({ reopenings }) => reopenings,
  review: ({ review }) => (review?.accepted === 'no' ? review : undefined),
  countersignature: ({ countersignature }) => (countersignature?.signed === 'no' ? countersignature : undefined),
  deadlines: ({ deadlines }, entries) =>
    deadlines.filter(({ id, number }) => {
      const set = entries[number - 1];
      if (set === undefined || isDesksOwn(id)) return false;
      return readsOf(set.what.kind).deadlines && !isUnsigned(number, entries);
    }),
  fields: nothing,
  chasings: nothing,
  files: nothing,
  discussions: nothing,
  household: nothing,
  disagreement: never,
  resolution: never,
  caseNumber: never,
};

function deskForReferrer(desk: DeskRecord, entries: readonly Entry[]): DeskRecord {
  const parts = Object.entries(PARTS).map(([part, read]) => [part, read(desk, entries)]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

/** The record as the referrer may download it. */
export function recordForReferrer(record: ConsultationRecord, consultation: Consultation): ConsultationRecord {
  const { desk, ...rest } = record;
  return {
    ...rest,
    notes: keepForReferrer(consultation, record.notes),
    didNotHappen: keepForReferrer(consultation, record.didNotHappen),
    history: keepForReferrer(consultation, record.history),
    ...(desk !== undefined && { desk: deskForReferrer(desk, consultation.entries) }),
  };
}
