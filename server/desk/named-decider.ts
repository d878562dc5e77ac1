/** Tells people that somebody else named them as the one who took a decision, and asks them whether they did. Pure. */
import type { DeadlineSet, Who } from '../consultation/desk-happening.ts';
import type { Happening } from '../consultation/entry.ts';
import type { Desk } from '../flow/desk.ts';
import { deadlineWithin } from './claiming.ts';
import type { Now } from './deadlines.ts';
import { NAME_DECIDER, NAMED_TASK } from './desk-case.ts';
import { isNamedAs } from './signers.ts';

interface Naming {
  /** The name and role, as they were written. */
  decider: string;
  /** The outcome, in words. */
  words: string;
  /** The person who wrote it. */
  who: Who;
  colleagues: readonly Who[];
  desk: Desk;
  now: Now;
}

/** A task for each colleague of that name. There is none if the writers named themselves, or nobody of the desk. */
export function askNamed({ decider, words, who, colleagues, desk, now }: Naming): Happening[] {
  if (isNamedAs(decider, who.name)) return [];
  const named = colleagues.filter(({ id, name }) => id !== who.id && isNamedAs(decider, name));
  return named.map((to, index) => ({
    kind: 'task set',
    task: {
      id: `${NAMED_TASK}${index + 1}`,
      do: `You are named as who decided “${words}”: see it, and say whether you did`,
      who: `${to.name}, ${to.role}`,
      ...deadlineWithin('1 working day', now, desk),
    },
    to,
  }));
}

/**
 * The deadline that is set when somebody denies having taken the decision. The decision stays; who took it has to be
 * corrected.
 */
export function correctWhoDecided(who: Who, desk: Desk, now: Now): DeadlineSet {
  return {
    id: NAME_DECIDER,
    do: `Correct who took the decision: ${who.name} says that they did not`,
    who: 'the duty worker',
    ...deadlineWithin('today', now, desk),
  };
}
