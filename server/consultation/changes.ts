/** Which one or two answers would have changed the level or the end: every other answer is tried, one at a time, then two. */
import { type Answer, type Answers, describeAnswer } from '../flow/answer.ts';
import { type Flow, getQuestion, type Question } from '../flow/flow.ts';
import { type Position, walk } from '../flow/walk.ts';

export interface Change {
  /** One answer, or two that have to change together. */
  answers: { question: Question; instead: string }[];
  /** The level with it; 0 when none would stand. */
  level: number;
  /** The action of the end reached; undefined when the flow would ask more first. */
  action?: string;
}

/** Pairs are tried only when no single answer changes anything, and at most so many. */
const MOST_PAIRS = 3000;

type Swap = { question: Question; answer: Answer };

export function changesOf(flow: Flow, answers: Answers, position: Position): Change[] {
  const swaps = position.turns.flatMap((turn) => swapsOf(getQuestion(flow, turn.question), turn.answer));
  const single = swaps
    .map((swap) => tryChange(flow, answers, position, [swap]))
    .filter((change) => change !== undefined);
  if (single.length > 0) return onePerOutcome(single);
  const pairs: Change[] = [];
  let tried = 0;
  for (const [index, first] of swaps.entries())
    for (const second of swaps.slice(index + 1)) {
      if (second.question.id === first.question.id) continue;
      if (++tried > MOST_PAIRS) return onePerOutcome(pairs);
      const change = tryChange(flow, answers, position, [first, second]);
      if (change !== undefined) pairs.push(change);
    }
  return onePerOutcome(pairs);
}

/** The other answers: each other option; in a checklist each tick put in or taken out. */
function swapsOf(question: Question, given: Answer): Swap[] {
  if (question.type === 'yes or no' || question.type === 'one of')
    return question.options.filter((option) => option.id !== given).map((option) => ({ question, answer: option.id }));
  if (question.type !== 'several of' || !Array.isArray(given)) return [];
  const ticks = given.filter((tick) => tick !== 'none' && tick !== 'unknown');
  return question.options.map((option) => {
    const without = ticks.filter((tick) => tick !== option.id);
    const changed = ticks.includes(option.id) ? without : [...ticks, option.id];
    return { question, answer: changed.length === 0 ? ['none'] : changed };
  });
}

function tryChange(flow: Flow, answers: Answers, position: Position, swaps: Swap[]): Change | undefined {
  const changed = walk(flow, {
    ...answers,
    ...Object.fromEntries(swaps.map((swap) => [swap.question.id, swap.answer])),
  });
  if (changed.standing.level === position.standing.level) return undefined;
  return {
    answers: swaps.map(({ question, answer }) => ({ question, instead: describeAnswer(question, answer).join('; ') })),
    level: changed.standing.level,
    ...(changed.at.kind === 'end' && { action: changed.at.end.action }),
  };
}

/** For each level that would come out, the first few ways to it. */
function onePerOutcome(changes: Change[]): Change[] {
  const perLevel = new Map<number, Change[]>();
  for (const change of changes) {
    const known = perLevel.get(change.level) ?? [];
    if (known.length < 2) perLevel.set(change.level, [...known, change]);
  }
  return [...perLevel.values()].flat();
}
