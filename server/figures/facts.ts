/** What one consultation contributes to the figures: one value per figure, and nothing that anybody typed. Pure. */
import { localDay, monthOf } from '../base/days.ts';
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { isPathwayKind } from '../consultation/pathway-happening.ts';
import { isOverdue } from '../desk/deadlines.ts';
import {
  COUNTERSIGNATURE,
  DECIDE_ANEW,
  type Deadline,
  type DeskCase,
  isFilling,
  readDeskCase,
} from '../desk/desk-case.ts';
import { countExploitation } from './exploitation-facts.ts';

/** Figure id → value; `''` where nothing is recorded. */
export type Facts = Record<string, string>;

export interface Counted {
  area: string;
  /** The month in which the desk was asked, such as `2026-11`. */
  month: string;
  facts: Facts;
}

/** Deadlines that every consultation has. Those from the area's timetable are counted together. */
const EVERYWHERE = ['claim', 'answer', 'told'];

/** Undefined if the desk has not been asked yet. */
export function countConsultation(entries: readonly Entry[]): Counted | undefined {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return undefined;
  const { area, decided } = readConsultation('', entries);
  const { outcome, fields, deadlines, askedAt } = deskCase;
  const counted = Object.values(fields).filter((field) => field.counts !== undefined);
  return {
    area,
    month: monthOf(localDay(askedAt)),
    facts: {
      consultations: 'all',
      outcome: outcome?.outcome ?? '',
      level: outcome === undefined ? '' : String(outcome.level),
      decision: decided?.asAdvised ?? '',
      departure: outcome?.departs ?? '',
      ...Object.fromEntries(counted.map(({ counts, value }) => [String(counts), value])),
      ...Object.fromEntries(EVERYWHERE.map((id) => [`deadline ${id}`, describeKept(deadlines, id)])),
      'deadline steps': describeSteps(deadlines.filter((deadline) => isOfTimetable(deadline, entries))),
      ...timesOf(deskCase, entries),
      ...countExploitation(entries, deskCase),
    },
  };
}

/** A task of one's own, a second signature and the times of a pathway stand in no timetable of the desk. */
function isOfTimetable({ id, task, number }: Deadline, entries: readonly Entry[]): boolean {
  const setBy = entries.find((entry) => entry.number === number)?.what.kind;
  return (
    !EVERYWHERE.includes(id) &&
    task === undefined &&
    id !== COUNTERSIGNATURE &&
    id !== DECIDE_ANEW &&
    !isFilling(id) &&
    (setBy === undefined || !isPathwayKind(setBy))
  );
}

function describeKept(deadlines: readonly Deadline[], id: string): string {
  const deadline = deadlines.find((one) => one.id === id);
  if (deadline?.by === undefined) return '';
  if (deadline.met === undefined) return `open ${deadline.by}`;
  return wasLate(deadline.by, deadline.met.at) ? 'late' : 'kept';
}

/** `late` if any deadline was missed, else the earliest open one, else `kept`. */
function describeSteps(deadlines: readonly Deadline[]): string {
  const dated = deadlines.filter((deadline) => deadline.by !== undefined);
  const each = dated.map(({ id }) => describeKept(dated, id));
  if (each.includes('late')) return 'late';
  return each.filter((one) => one.startsWith('open')).sort()[0] ?? each[0] ?? '';
}

function wasLate(by: string, at: string): boolean {
  return isOverdue(by, { at, today: localDay(at) });
}

/** Whole minutes from the first request to the first claim and the first answer. Telephone consultations are claimed at once and not timed. */
function timesOf({ askedAt, byTelephone }: DeskCase, entries: readonly Entry[]): Facts {
  const first = (...kinds: string[]) => entries.find(({ what }) => kinds.includes(what.kind))?.at;
  const minutes = (at: string | undefined) =>
    at === undefined ? undefined : Math.floor((Date.parse(at) - Date.parse(askedAt)) / 60_000);
  const claimed = byTelephone ? undefined : minutes(first('claimed', 'passed on'));
  const answered = minutes(first('referrer answered'));
  return {
    ...(claimed !== undefined && { 'minutes to claim': String(claimed) }),
    ...(answered !== undefined && { 'minutes to answer': String(answered) }),
  };
}
