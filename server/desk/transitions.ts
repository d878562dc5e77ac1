/** Which actions are possible in which state of a consultation. `people/permissions.ts` says who may do them. */
import type { Refusal } from '../consultation/entry.ts';
import type { DeskCase, DeskState } from './desk-case.ts';

const AFTERWARDS = [
  'reply',
  'chase',
  'tell',
  'meet',
  'date',
  'write',
  'disagree',
  'resolve',
  'set task',
  'do task',
  'take over',
  // Closed consultations can still be urgent: recording an outcome does not lower the urgency.
  'lower urgency',
] as const;

const POSSIBLE = {
  // Decisions for other children can be signed after the outcome was refused, while the consultation is handed back or
  // claimed and waits for a new outcome.
  waiting: ['claim', 'ask', 'do task', 'countersign'],
  claimed: ['ask', 'countersign', 'hand back', 'pass on', 'record outcome', 'ask questions', ...AFTERWARDS],
  closed: ['ask', 'pass on', 'review', 'countersign', 'dispute', 'decide dispute', 'reopen', ...AFTERWARDS],
} as const satisfies Record<DeskState, readonly string[]>;

export type DeskVerb = (typeof POSSIBLE)[DeskState][number];

export function isPossible(deskCase: DeskCase, verb: DeskVerb): boolean {
  const verbs: readonly string[] = POSSIBLE[deskCase.state];
  return verbs.includes(verb);
}

const WHY: Record<DeskState, string> = {
  waiting: 'It waits in the queue, and nobody has claimed it. Claim it first',
  claimed: 'It is claimed, and no outcome is recorded yet',
  closed: 'An outcome is recorded already. Reopen it if something new is known',
};

/** Why the action is not possible; undefined if it is. */
export function refuseUnless(deskCase: DeskCase | undefined, verb: DeskVerb): Refusal | undefined {
  if (deskCase === undefined) return { refused: 'not found', message: 'Nobody has asked the desk about it' };
  return isPossible(deskCase, verb) ? undefined : { refused: 'conflict', message: WHY[deskCase.state] };
}
