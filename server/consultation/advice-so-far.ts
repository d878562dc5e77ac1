/**
 * What the guidance advises by the answers so far: one source for every place of the desk and every export that says it. Danger comes first,
 * also while questions are open. Pure.
 */
import type { EndStep, Flow } from '../flow/flow.ts';
import type { Answer, Answers } from '../flow/walk/answer.ts';
import { type Position, walk } from '../flow/walk/walk.ts';

export interface AdviceSoFar {
  /** False while a question is open: this is what holds if nothing more becomes known. */
  isFinished: boolean;
  /** In words. A call to 999 comes first, whatever else is to be done. */
  action: string;
  /** For example `at once` or `2 working days`. */
  within: string;
}

/** Beside advice before the end of the questions, where there is room. */
export const NOT_FINISHED = 'The questions are not finished: this holds if nothing more becomes known';

const FIRST = 'Call 999 first. Then: ';
const CALLED = '999 has been called, as it was answered. Then: ';

/** Undefined before the first answer. `position`: where the answers lead, for callers who have walked already. */
export function adviseSoFar(flow: Flow, answers: Answers, position = walk(flow, answers)): AdviceSoFar | undefined {
  if (Object.keys(answers).length === 0) return undefined;
  const end = position.at.kind === 'end' ? position.at.end : findEndOfDoubt(flow, answers, position);
  if (end === undefined) return undefined;
  return {
    isFinished: position.at.kind === 'end',
    action: `${whatComesFirst(position, end)}${end.action}`,
    within: end.within,
  };
}

/** By what is known alone: nobody is sent to 999 by a question that is still open. */
function whatComesFirst({ means, standing }: Position, end: EndStep): string {
  if (end.contacts[0] === 'police_999') return '';
  if (means.includes('danger_reported')) return CALLED;
  return standing.police === 'call 999' || means.includes('danger_now') ? FIRST : '';
}

/** More questions than any flow asks. */
const MOST = 500;

/** "I don't know" can be said to every question, and is always safe. */
function findEndOfDoubt(flow: Flow, answers: Answers, from: Position): EndStep | undefined {
  const given: Record<string, Answer> = { ...answers };
  let { at } = from;
  for (let count = 0; count < MOST && at.kind === 'question'; count++) {
    given[at.question.id] = 'unknown';
    ({ at } = walk(flow, given));
  }
  return at.kind === 'end' ? at.end : undefined;
}
