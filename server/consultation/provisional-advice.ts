/**
 * What the guidance advises on the answers so far. Every page of the desk and every export takes it from here. Danger
 * comes first, even while questions are open. Pure.
 */
import type { EndStep, Flow } from '../flow/flow.ts';
import type { Answer, Answers } from '../flow/walk/answer.ts';
import { type Position, walk } from '../flow/walk/walk.ts';

export interface AdviceSoFar {
  /** False while a question is open: then this is what holds if nothing more becomes known. */
  isFinished: boolean;
  /** In words. A call to 999 comes first, whatever else has to be done. */
  action: string;
  /** For example `at once` or `2 working days`. */
  within: string;
}

/** Shown beside advice that is given before the questions are finished, if there is room. */
export const NOT_FINISHED = 'The questions are not finished: this holds if nothing more becomes known';

/** The action. Where it stands alone, as in a record, it also says that the questions are not finished. */
export function describeAction({ action, isFinished }: Pick<AdviceSoFar, 'action' | 'isFinished'>): string {
  return isFinished || action === '' ? action : `${action}. ${NOT_FINISHED}`;
}

const FIRST = 'Call 999 first. Then: ';
const CALLED = '999 has been called, as it was answered. Then: ';

/** Undefined before the first answer. `position`: where the answers lead, for callers who know it already. */
export function adviseSoFar(flow: Flow, answers: Answers, position = walk(flow, answers)): AdviceSoFar | undefined {
  if (Object.keys(answers).length === 0) return undefined;
  const { at } = walkInDoubt(flow, answers, position);
  if (at.kind !== 'end') return undefined;
  const { end } = at;
  return {
    isFinished: position.at.kind === 'end',
    action: `${whatComesFirst(position, end)}${end.action}`,
    within: end.within,
  };
}

/** Based only on what is known: an open question never sends anybody to 999. */
function whatComesFirst({ means, standing }: Position, end: EndStep): string {
  if (end.contacts[0] === 'police_999') return '';
  if (means.includes('danger_reported')) return CALLED;
  return standing.police === 'call 999' || means.includes('danger_now') ? FIRST : '';
}

/** More questions than any flow asks. */
const MOST = 500;

/**
 * Where the answers lead if every open question is answered "I don't know", which is always possible and always safe.
 * Answers that were given ahead of an open question count as well.
 */
export function walkInDoubt(flow: Flow, answers: Answers, from = walk(flow, answers)): Position {
  const given: Record<string, Answer> = { ...answers };
  let position = from;
  for (let count = 0; count < MOST && position.at.kind === 'question'; count++) {
    given[position.at.question.id] = 'unknown';
    position = walk(flow, given);
  }
  return position;
}
