/**
 * How soon the desk has to act on the answers so far. Its usual times are only for what is known to be able to wait.
 * Pure.
 */
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry, Happening } from '../consultation/entry.ts';
import type { Desk } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { walk } from '../flow/walk/walk.ts';
import { dueBy, type Now, sortKey } from './deadlines.ts';
import { isSigning, openDeadlines, RECORD_OUTCOME, readDeskCase } from './desk-case.ts';
import { mayBeUrgent, readUrgency } from './urgency.ts';

/** `not known`: the questions are not finished, and nobody has said that it can wait. */
export type Pace = 'at once' | 'today' | 'not known' | 'usual';

export function paceOf(flow: Flow, entries: readonly Entry[]): Pace {
  const urgency = readUrgency(entries, () => flow);
  if (mayBeUrgent(urgency)) return 'at once';
  const { at } = walk(flow, readConsultation('', entries).answers);
  if (at.kind === 'question') return urgency.lowered === undefined ? 'not known' : 'usual';
  // Even if a person lowered the urgency, it is still due the same day.
  return at.end.within === 'at once' || at.end.within === 'today' ? 'today' : 'usual';
}

/** The time for an answer. While the questions are not finished, it is due the same day. */
export function answerWithin(pace: Pace, desk: Pick<Desk, 'answerWithin'>): string {
  if (pace === 'usual') return desk.answerWithin;
  return pace === 'at once' ? 'at once' : 'today';
}

/** The time for a claim. What may still turn out to be urgent has to be claimed as soon as what is urgent. */
export function claimWithin(pace: Pace, desk: Pick<Desk, 'claimWithin' | 'atOnceLateAfter'>): string {
  if (pace === 'at once') return 'at once';
  return pace === 'not known' ? desk.atOnceLateAfter : desk.claimWithin;
}

/** The entries as they will be after appending these happenings. `at`: an instant. */
export function afterAdding(entries: readonly Entry[], added: readonly Happening[], at: string): Entry[] {
  const all = added.map((what, index) => ({
    number: entries.length + index + 1,
    at,
    by: 'professional' as const,
    what,
  }));
  return [...entries, ...all];
}

export interface Times {
  flow: Flow;
  desk: Desk;
  now: Now;
}

/** The time of a deadline at this pace; undefined if no pace changes it. */
function withinAt(pace: Pace, desk: Desk, deadline: string): string | undefined {
  // The answer is not valid before the signature, so the signature has to be as quick as a claim.
  if (deadline === 'claim' || isSigning(deadline)) return claimWithin(pace, desk);
  return deadline === 'answer' || deadline === RECORD_OUTCOME ? answerWithin(pace, desk) : undefined;
}

/**
 * Moves deadlines forward when the answers call for more speed, counted from the answer that does so: the answer with
 * its signature, and the claim while nobody has the consultation. It never postpones a deadline.
 */
export function bringDeadlinesForward(
  { flow, desk, now }: Times,
  entries: readonly Entry[],
  added: readonly Happening[],
): Happening[] {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined || added.length === 0) return [];
  const after = afterAdding(entries, added, now.at);
  const pace = paceOf(flow, after);
  if (pace === 'usual') return [];
  return openDeadlines(readDeskCase(after) ?? deskCase).flatMap(({ id, do: what, within: standing, by: until }) => {
    const within = withinAt(pace, desk, id);
    const by = within === undefined ? undefined : dueBy(within, now, desk);
    if (within === undefined || by === undefined || until === undefined) return [];
    const isSooner = sortKey(by) < sortKey(until);
    // A deadline that is already earlier than an urgent one would be keeps its time, and is only marked as urgent.
    if (!isSooner && (within !== 'at once' || standing === within)) return [];
    const dated = { kind: 'deadline dated', deadline: id, do: what, from: 'the answers' } as const;
    return [{ ...dated, by: isSooner ? by : until, within }];
  });
}
