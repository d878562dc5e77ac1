/**
 * Whether the desk claimed and answered in time. The first request counts by the first claim and the first answer,
 * whatever comes later. A later request (reopened, or decided differently, so that the referrer has to be told again)
 * has its own deadline and its own line. Pure.
 */
import { localDay } from '../base/days.ts';
import { withoutDenied } from '../consultation/denied.ts';
import type { DeadlineSet } from '../consultation/desk-happening.ts';
import type { Entry, Happening } from '../consultation/entry.ts';
import { isOverdue } from '../desk/deadlines.ts';

/** Id of the deadline → what meets it. */
const MEETS = {
  claim: new Set<Happening['kind']>(['claimed', 'passed on', 'taken over']),
  answer: new Set<Happening['kind']>(['referrer answered']),
};
export type Owed = keyof typeof MEETS;

/** One time that something was due: until when, and when it was done. */
export interface Owing {
  by: string | undefined;
  metAt?: string;
}

/** All times that it was due, in order. */
export function timesOwed(entries: readonly Entry[], id: Owed): Owing[] {
  const times: Owing[] = [];
  for (const { at, what } of withoutDenied(entries)) {
    if (isMet(what, id)) for (const time of times) time.metAt ??= at;
    const last = times.at(-1);
    if (what.kind === 'deadline dated' && what.deadline === id && last !== undefined) last.by = what.by;
    for (const set of setBy(what)) if (set.id === id) times.push({ by: set.by });
  }
  return times;
}

function isMet(what: Happening, id: Owed): boolean {
  return MEETS[id].has(what.kind) || (what.kind === 'deadline met' && what.deadline === id);
}

function setBy(what: Happening): readonly DeadlineSet[] {
  const own = 'deadlines' in what ? (what.deadlines ?? []) : [];
  const instead = 'instead' in what ? (what.instead?.deadlines ?? []) : [];
  return [...own, ...instead];
}

/** `kept`, `late`, or `open` with the day or instant; empty if no time was set. */
export function describeKept({ by, metAt }: Owing): string {
  if (by === undefined) return '';
  if (metAt === undefined) return `open ${by}`;
  return isOverdue(by, { at: metAt, today: localDay(metAt) }) ? 'late' : 'kept';
}

/** For several: `late` if any was missed, otherwise the earliest that is open, otherwise `kept`. */
export function worstOf(times: readonly Owing[]): string {
  const each = times.map(describeKept).filter((one) => one !== '');
  if (each.includes('late')) return 'late';
  return each.filter((one) => one.startsWith('open')).sort()[0] ?? each[0] ?? '';
}
