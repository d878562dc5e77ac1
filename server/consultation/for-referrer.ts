/** Decides which parts of a consultation the referrer may read. The rest is for the desk only. Pure. */
import type { Consultation } from './consultation.ts';
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

/** The desk's notes are its own. Whatever else it records for the referrer, they may read. */
function isReadByReferrer({ by, what }: Entry, entries: readonly Entry[]): boolean {
  if (what.kind === 'noted') return by !== 'duty worker';
  if (what.kind === 'referral reviewed') return what.accepted === 'no';
  if (what.kind === 'outcome countersigned') return what.signed === 'no';
  if (what.kind === 'corrected') {
    const corrected = entries[what.corrects - 1];
    return corrected === undefined || isReadByReferrer(corrected, entries);
  }
  return !isDesk(what.kind) || READ_BY_REFERRER.has(what.kind);
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

type Parts = { [Part in keyof DeskRecord]-?: (desk: DeskRecord) => DeskRecord[Part] | undefined };

const nothing = () => [];
const never = () => undefined;

/** What the referrer reads of each part of the desk's record. Complete by its type: a new part has to say here whether it is theirs. */
const PARTS: Parts = {
  askedAt: ({ askedAt }) => askedAt,
  byTelephone: ({ byTelephone }) => byTelephone,
  questions: ({ questions }) => questions,
  reach: ({ reach }) => reach,
  claimedBy: ({ claimedBy }) => claimedBy,
  outcome: ({ outcome }) => outcome,
  outcomes: ({ outcomes }) => outcomes,
  answer: ({ answer }) => answer,
  dispute: ({ dispute }) => dispute,
  disputeDecision: ({ disputeDecision }) => disputeDecision,
  reopenings: ({ reopenings }) => reopenings,
  review: ({ review }) => (review?.accepted === 'no' ? review : undefined),
  countersignature: ({ countersignature }) => (countersignature?.signed === 'no' ? countersignature : undefined),
  deadlines: ({ deadlines }) => deadlines.filter(({ id }) => !id.startsWith('task_') && id !== 'countersignature'),
  fields: nothing,
  chasings: nothing,
  files: nothing,
  discussions: nothing,
  household: nothing,
  disagreement: never,
  resolution: never,
  caseNumber: never,
};

function deskForReferrer(desk: DeskRecord): DeskRecord {
  const parts = Object.entries(PARTS).map(([part, read]) => [part, read(desk)]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

/** The record as the referrer may download it. */
export function recordForReferrer(record: ConsultationRecord, consultation: Consultation): ConsultationRecord {
  const { desk, ...rest } = record;
  return {
    ...rest,
    notes: keepForReferrer(consultation, record.notes),
    history: keepForReferrer(consultation, record.history),
    ...(desk !== undefined && { desk: deskForReferrer(desk) }),
  };
}
