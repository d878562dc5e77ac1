/** What one consultation contributes to the figures: one value per figure, and nothing that anybody typed. Pure. */
import { localDay, monthOf } from '../base/days.ts';
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { firstTimes } from '../consultation/first-times.ts';
import { isDesksOwn } from '../consultation/for-referrer.ts';
import { isPathwayKind } from '../consultation/pathway-happening.ts';
import { type Deadline, type DeskCase, isOutcomeToSign, readDeskCase } from '../desk/desk-case.ts';
import { countExploitation } from './exploitation-facts.ts';
import { describeKept, type Owed, type Owing, timesOwed, worstOf } from './kept-in-time.ts';

/** Figure id → value; `''` if nothing is recorded. */
export type Facts = Record<string, string>;

export interface Counted {
  area: string;
  /** The month in which the desk was asked, such as `2026-11`. */
  month: string;
  facts: Facts;
}

/** Deadlines that every consultation has. Those from the area's timetable are counted together. */
const EVERYWHERE = ['claim', 'answer', 'told'];
const BY_THE_FIRST = ['claim', 'answer'] as const;

/**
 * The value in every figure of the outcome while an outcome that needs a second signature has none: it is not decided.
 */
export const TO_SIGN = 'to sign';
/** Departs from the advice, and was signed by a second person. */
export const DEPARTS_SIGNED = 'yes signed';

/** Undefined if the desk has not been asked yet. */
export function countConsultation(entries: readonly Entry[]): Counted | undefined {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return undefined;
  const { area, decided } = readConsultation('', entries);
  const { fields, deadlines, askedAt } = deskCase;
  const counted = Object.values(fields).filter((field) => field.counts !== undefined);
  return {
    area,
    month: monthOf(localDay(askedAt)),
    facts: {
      consultations: 'all',
      ...countOutcome(deskCase),
      decision: decided?.asAdvised ?? '',
      ...Object.fromEntries(counted.map(({ counts, value }) => [String(counts), value])),
      ...Object.fromEntries(BY_THE_FIRST.flatMap((id) => countOwed(entries, id))),
      'deadline told': worstOf(deadlines.filter(({ id }) => id === 'told').map(timesOf)),
      'deadline steps': worstOf(deadlines.filter((deadline) => isOfTimetable(deadline, entries)).map(timesOf)),
      ...minutesOf(deskCase, entries),
      ...countExploitation(entries, deskCase),
    },
  };
}

function countOutcome(deskCase: DeskCase): Facts {
  const { state, outcome, countersignature } = deskCase;
  // If it was reopened, the decision no longer stands, signed or not.
  if (state !== 'closed' || outcome === undefined) return { outcome: '', level: '', departure: '' };
  if (isOutcomeToSign(deskCase)) return { outcome: TO_SIGN, level: TO_SIGN, departure: TO_SIGN };
  const { departs = '', level } = outcome;
  const isSigned = departs === 'yes' && countersignature?.signed === 'yes';
  return { outcome: outcome.outcome, level: String(level), departure: isSigned ? DEPARTS_SIGNED : departs };
}

/** Follow-ups, second signatures and the times of a pathway are not part of the desk's timetable. */
function isOfTimetable({ id, task, number }: Deadline, entries: readonly Entry[]): boolean {
  const setBy = entries.find((entry) => entry.number === number)?.what.kind;
  return (
    !EVERYWHERE.includes(id) && task === undefined && !isDesksOwn(id) && (setBy === undefined || !isPathwayKind(setBy))
  );
}

/** The first request and each later one, each with its own deadline. */
function countOwed(entries: readonly Entry[], id: Owed): [string, string][] {
  const [first, ...again] = timesOwed(entries, id);
  return [
    [`deadline ${id}`, first === undefined ? '' : describeKept(first)],
    [`deadline ${id} again`, worstOf(again)],
  ];
}

function timesOf({ by, met }: Deadline): Owing {
  return { by, ...(met !== undefined && { metAt: met.at }) };
}

/** Whole minutes from the first request to the first claim and the first answer. Telephone consultations are claimed at once and not timed. */
function minutesOf({ askedAt, byTelephone }: DeskCase, entries: readonly Entry[]): Facts {
  const first = firstTimes(entries);
  const minutes = (at: string | undefined) =>
    at === undefined ? undefined : Math.floor((Date.parse(at) - Date.parse(askedAt)) / 60_000);
  const claimed = byTelephone ? undefined : minutes(first.claimedAt);
  const answered = minutes(first.answeredAt);
  return {
    ...(claimed !== undefined && { 'minutes to claim': String(claimed) }),
    ...(answered !== undefined && { 'minutes to answer': String(answered) }),
  };
}
