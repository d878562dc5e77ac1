/** How soon the desk has to act, by what the answers advise so far: its own times are for what is known to wait. Pure. */
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry, Happening } from '../consultation/entry.ts';
import type { Desk } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { walk } from '../flow/walk/walk.ts';
import { dueBy, type Now, sortKey } from './deadlines.ts';
import { openDeadlines, readDeskCase } from './desk-case.ts';
import { readUrgency } from './urgency.ts';

/** `not known`: the questions are not finished, and nobody has said that it can wait. */
export type Pace = 'at once' | 'today' | 'not known' | 'usual';

export function paceOf(flow: Flow, entries: readonly Entry[]): Pace {
  const { urgency, lowered } = readUrgency(entries, () => flow);
  if (urgency !== 'none') return 'at once';
  const { at } = walk(flow, readConsultation('', entries).answers);
  if (at.kind === 'question') return lowered === undefined ? 'not known' : 'usual';
  // Lowered by a person, it is still for the same day.
  return at.end.within === 'at once' || at.end.within === 'today' ? 'today' : 'usual';
}

/** The time for an answer. What nobody has asked about yet is not left until the next working day. */
export function answerWithin(pace: Pace, desk: Pick<Desk, 'answerWithin'>): string {
  if (pace === 'usual') return desk.answerWithin;
  return pace === 'at once' ? 'at once' : 'today';
}

/** The time for a claim; what may turn out to be urgent gets that of what is. */
export function claimWithin(pace: Pace, desk: Pick<Desk, 'claimWithin' | 'atOnceLateAfter'>): string {
  if (pace === 'at once') return 'at once';
  return pace === 'not known' ? desk.atOnceLateAfter : desk.claimWithin;
}

/** An answer owed by a later time than the advice allows now is owed sooner. It is never put off. */
export function hurryAnswer(
  { flow, desk, now }: { flow: Flow; desk: Desk; now: Now },
  entries: readonly Entry[],
  added: readonly Happening[],
): Happening[] {
  const deskCase = readDeskCase(entries);
  const due = deskCase && openDeadlines(deskCase).find(({ id }) => id === 'answer');
  if (due?.by === undefined || added.length === 0) return [];
  const all = added.map((what, index) => ({
    number: entries.length + index + 1,
    at: now.at,
    by: 'professional' as const,
    what,
  }));
  const pace = paceOf(flow, [...entries, ...all]);
  const by = pace === 'usual' ? undefined : dueBy(answerWithin(pace, desk), now, desk);
  if (by === undefined || sortKey(by) >= sortKey(due.by)) return [];
  return [{ kind: 'deadline dated', deadline: due.id, do: due.do, from: 'the answers', by }];
}
