/** Decides which parts of a consultation the referrer may read. The rest is for the desk only. Pure. */
import type { Consultation } from './consultation.ts';
import { isOfConsultation } from './describe-desk.ts';
import { type DeskHappening, isDeskKind } from './desk-happening.ts';
import type { DeskRecord } from './desk-record.ts';
import type { Entry, Happening } from './entry.ts';
import type { ConsultationRecord } from './record.ts';

/** The desk happenings that the referrer may read. */
const READ_BY_REFERRER: ReadonlySet<DeskHappening['kind']> = new Set([
  'handed over',
  'taken by telephone',
  'claimed',
  'outcome recorded',
  'dispute decided',
  'referrer answered',
  'disputed',
  'reopened',
]);

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
  return !isDesk(what.kind) || READ_BY_REFERRER.has(what.kind);
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

function isDesk(kind: Happening['kind']): kind is DeskHappening['kind'] {
  return isDeskKind(kind);
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

/** Entries whose deadlines the referrer may read. Colleagues' tasks and a child's pathway are for the desk only. */
const SETS_FOR_REFERRER: ReadonlySet<Happening['kind']> = new Set([
  'handed over',
  'taken by telephone',
  'outcome recorded',
  'outcome countersigned',
  'referral reviewed',
  'dispute decided',
  'disputed',
  'reopened',
]);

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
      return SETS_FOR_REFERRER.has(set.what.kind) && !isUnsigned(number, entries);
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
