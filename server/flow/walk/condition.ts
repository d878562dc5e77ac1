/** Evaluates conditions on what is known so far. `flows/README.md`, "Conditions", defines when they hold. */

import type { Condition, OfFact, Question } from '../flow.ts';
import type { Topic } from '../marks.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer } from './answer.ts';

/** What is known about one question. */
export interface Fact {
  unknown: boolean;
  none: boolean;
  /** A checklist answered with "I don't know", perhaps beside ticks: anything not ticked may still be so. */
  open: boolean;
  /** The chosen option or the ticks, including the option that "I don't know" counts as. */
  options: ReadonlySet<string>;
  number?: number;
}

export interface Known {
  facts: ReadonlyMap<string, Fact>;
  level: number;
  /** The strongest word found so far for each topic. */
  strongest: Partial<Record<Topic, string>>;
  /** What the answers so far mean. */
  means?: ReadonlySet<string>;
}

export function toFact(question: Question, answer: Answer): Fact {
  const given = Array.isArray(answer) ? answer : [String(answer)];
  const unknown = given.includes('unknown');
  const counted = unknown ? question.unknown.countsAs : undefined;
  const options = new Set(given.filter((item) => item !== 'unknown' && item !== 'none'));
  if (counted !== undefined) options.add(counted);
  const { several, numeric } = rulesOf(question);
  const open = unknown && several;
  const fact: Fact = { unknown, none: given.includes('none'), open, options };
  if (!numeric) return fact;
  const number = unknown ? Number(counted ?? Number.NaN) : Number(answer);
  return Number.isNaN(number) ? fact : { ...fact, number };
}

/** The fact exactly as answered: the option that "I don't know" counts as is an assumption and is left out. */
export function toFactAsAnswered(question: Question, answer: Answer): Fact {
  const { countsAs: _assumed, ...unknown } = question.unknown;
  return toFact({ ...question, unknown }, answer);
}

export function meaningsOf(question: Question, answer: Answer): string[] {
  if (question.means === undefined) return [];
  const facts = new Map([[question.id, toFactAsAnswered(question, answer)]]);
  const matching = question.means.filter(({ when }) => holds(when, { facts, level: 0, strongest: {} }));
  return [...new Set(matching.map(({ meaning }) => meaning))];
}

export function holds(condition: Condition | undefined, known: Known): boolean {
  if (condition === undefined) return true;
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, known));
    case 'any':
      return condition.of.some((part) => holds(part, known));
    case 'no':
      return !condition.of.some((part) => holds(part, known));
    case 'count':
      return condition.of.filter((part) => holds(part, known)).length >= condition.min;
    case 'level':
      return isBetween(known.level, condition);
    case 'means':
      return meaningsHold(condition, known.means ?? new Set());
    case 'stands':
      return condition.values.includes(known.strongest[condition.topic] ?? '');
    default: {
      const fact = known.facts.get(condition.fact);
      return fact !== undefined && factHolds(condition, fact);
    }
  }
}

function meaningsHold({ how, meanings }: Extract<Condition, { kind: 'means' }>, means: ReadonlySet<string>): boolean {
  if (how === 'any') return meanings.some((meaning) => means.has(meaning));
  if (how === 'all') return meanings.every((meaning) => means.has(meaning));
  return !meanings.some((meaning) => means.has(meaning));
}

function factHolds(condition: OfFact, fact: Fact): boolean {
  switch (condition.kind) {
    case 'unknown':
      return fact.unknown;
    case 'none ticked':
      return fact.none;
    case 'is':
      return optionsHold(condition, fact);
    case 'ticks': {
      const count = countNamed(condition.of, fact.options);
      if (condition.max !== undefined && fact.open) return false;
      return isBetween(count, condition);
    }
    case 'range':
      return fact.number !== undefined && isBetween(fact.number, condition);
  }
}

function optionsHold(condition: Extract<Condition, { kind: 'is' }>, fact: Fact): boolean {
  const named = countNamed(condition.options, fact.options);
  if (condition.how === 'any') return named > 0;
  if (condition.how === 'all') return named === condition.options.length;
  const isUnknown = fact.open || (fact.unknown && fact.options.size === 0);
  return !isUnknown && named === 0;
}

/** A plain loop, because it is fast: a walk calls this a hundred times, and a result needs some fifty walks. */
function countNamed(options: readonly string[], given: ReadonlySet<string>): number {
  let count = 0;
  for (const option of options) if (given.has(option)) count++;
  return count;
}

function isBetween(value: number, range: { min?: number; max?: number }): boolean {
  return value >= (range.min ?? Number.NEGATIVE_INFINITY) && value <= (range.max ?? Number.POSITIVE_INFINITY);
}

/** Every fact and topic that a condition reads. Meanings are not included. */
export function readsOf(condition: Condition | undefined): { facts: string[]; topics: string[] } {
  if (condition === undefined) return { facts: [], topics: [] };
  if ('of' in condition && condition.kind !== 'ticks') {
    const parts = condition.of.map(readsOf);
    return { facts: parts.flatMap((part) => part.facts), topics: parts.flatMap((part) => part.topics) };
  }
  if (condition.kind === 'means') return { facts: [], topics: [] };
  if (condition.kind === 'level') return { facts: [], topics: ['level'] };
  if (condition.kind === 'stands') return { facts: [], topics: [condition.topic] };
  return { facts: [condition.fact], topics: [] };
}
