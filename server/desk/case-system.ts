/**
 * What a case system reports about a consultation. Pure: takes the entries and the report, and returns what to append,
 * or a refusal.
 */
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import type { Now } from './deadlines.ts';
import { readDeskCase } from './desk-case.ts';

const NOT_ASKED: Refusal = { refused: 'not found', message: 'The duty desk was not asked about it' };

/** A number that is already recorded adds nothing. */
export function reportCaseNumber(entries: readonly Entry[], caseNumber: string): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return NOT_ASKED;
  return deskCase.caseNumber?.caseNumber === caseNumber ? [] : [{ kind: 'case number recorded', caseNumber }];
}

export interface ReportedDecision {
  decision: string;
  decidedBy: string;
  /** An instant. */
  decidedAt: string;
  reason: string;
}

/** A decision that is already recorded adds nothing. A decision dated in the future is refused. */
export function reportDecision(
  entries: readonly Entry[],
  decided: ReportedDecision,
  now: Pick<Now, 'at'>,
): Happening[] | Refusal {
  if (readDeskCase(entries) === undefined) return NOT_ASKED;
  if (Date.parse(decided.decidedAt) > Date.parse(now.at) + CLOCKS_APART_MS)
    return {
      refused: 'invalid',
      message: `decidedAt is ${decided.decidedAt}, which is in the future. Give when it was decided`,
    };
  const { decision, decidedBy, decidedAt, reason } = decided;
  const isKnown = entries.some(
    ({ what }) =>
      what.kind === 'decision reported' &&
      what.decision === decision &&
      what.decidedBy === decidedBy &&
      what.decidedAt === decidedAt,
  );
  return isKnown ? [] : [{ kind: 'decision reported', decision, decidedBy, decidedAt, reason }];
}

const CLOCKS_APART_MS = 60_000;
