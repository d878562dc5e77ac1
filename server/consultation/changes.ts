/** Finds which one or two answers would have changed the level, by trying every other answer: one at a time, then in pairs. */

import { type Flow, getQuestion, type Option, type Question } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answer, type Answers, describeAnswer } from '../flow/walk/answer.ts';
import { type Position, walkToOutcome } from '../flow/walk/walk.ts';
import { likenessIn } from './equivalent-options.ts';

export interface Change {
  /** One answer, or two that must change together. */
  answers: { question: Question; instead: string }[];
  /** The level that would result; 0 for none. */
  level: number;
  /** The action of the end that would be reached. Undefined if the flow would ask more questions first. */
  action?: string;
}

/** Pairs are tried only if no single answer changes anything, and at most this many. */
const MOST_PAIRS = 3000;

interface Swap {
  question: Question;
  answer: Answer;
  /** Swaps with the same key lead to the same result. */
  like: string;
}

/** Where other answers would lead. */
type Outcome = Pick<Change, 'level' | 'action'>;

export function changesOf(flow: Flow, answers: Answers, position: Position): Change[] {
  const swaps = position.turns.flatMap((turn) => swapsOf(flow, getQuestion(flow, turn.question), turn.answer));
  const tryChange = createTrial(flow, answers, position);
  const single = swaps.map((swap) => tryChange([swap])).filter((change) => change !== undefined);
  if (single.length > 0) return onePerOutcome(single);
  const pairs: Change[] = [];
  let tried = 0;
  for (const [index, first] of swaps.entries())
    for (const second of swaps.slice(index + 1)) {
      if (second.question.id === first.question.id) continue;
      if (++tried > MOST_PAIRS) return onePerOutcome(pairs);
      const change = tryChange([first, second]);
      if (change !== undefined) pairs.push(change);
    }
  return onePerOutcome(pairs);
}

/** All other answers to a question: each other option, or in a checklist each tick added or removed. */
function swapsOf(flow: Flow, question: Question, given: Answer): Swap[] {
  const likeness = likenessIn(flow);
  const swap = (option: Option, answer: Answer, how: string) => ({
    question,
    answer,
    like: `${question.id} ${how} ${likeness(question, option)}`,
  });
  if (!rulesOf(question).several)
    return question.options.filter(({ id }) => id !== given).map((option) => swap(option, option.id, 'chosen'));
  if (!Array.isArray(given)) return [];
  const ticks = given.filter((tick) => tick !== 'none' && tick !== 'unknown');
  return question.options.map((option) => {
    const without = ticks.filter((tick) => tick !== option.id);
    if (!ticks.includes(option.id)) return swap(option, [...ticks, option.id], 'ticked');
    return swap(option, without.length === 0 ? ['none'] : without, 'not ticked');
  });
}

/** Returns a function that tries a change, undefined if the level stays the same. Of equivalent swaps only one is walked. */
function createTrial(flow: Flow, answers: Answers, { standing: { level } }: Position) {
  const outcomes = new Map<string, Outcome>();
  return (swaps: Swap[]): Change | undefined => {
    const like = swaps.map((swap) => swap.like).join();
    const outcome = outcomes.get(like) ?? outcomeOf(flow, answers, swaps);
    outcomes.set(like, outcome);
    if (outcome.level === level) return undefined;
    const words = swaps.map(({ question, answer }) => ({
      question,
      instead: describeAnswer(question, answer).join('; '),
    }));
    return { answers: words, ...outcome };
  };
}

function outcomeOf(flow: Flow, answers: Answers, swaps: Swap[]): Outcome {
  const swapped = Object.fromEntries(swaps.map((swap) => [swap.question.id, swap.answer]));
  const { level, end } = walkToOutcome(flow, { ...answers, ...swapped });
  return { level, ...(end !== undefined && { action: end.action }) };
}

/** At most two changes for each level. */
function onePerOutcome(changes: Change[]): Change[] {
  const perLevel = new Map<number, Change[]>();
  for (const change of changes) {
    const known = perLevel.get(change.level) ?? [];
    if (known.length < 2) perLevel.set(change.level, [...known, change]);
  }
  return [...perLevel.values()].flat();
}
