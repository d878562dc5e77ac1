/** Finds equivalent options: whichever of them is chosen, the interview takes the same path and ends the same way. */
import type { Condition, Flow, Option, Question } from '../flow/flow.ts';
import { TOPICS } from '../flow/marks.ts';

type Naming = Extract<Condition, { kind: 'is' | 'ticks' }>;
/** A key that is equal for two options of a question if and only if every condition treats them alike and they set the same marks. */
export type Likeness = (question: Question, option: Option) => string;

const known = new WeakMap<Flow, Likeness>();

export function likenessIn(flow: Flow): Likeness {
  const likeness = known.get(flow) ?? findLikeness(flow);
  known.set(flow, likeness);
  return likeness;
}

function findLikeness(flow: Flow): Likeness {
  const naming = namingIn(flow);
  const found = new WeakMap<Question, Map<string, string>>();
  return (question, option) => {
    const ofQuestion = found.get(question) ?? new Map<string, string>();
    const likeness = ofQuestion.get(option.id) ?? describe(question, option, naming);
    found.set(question, ofQuestion.set(option.id, likeness));
    return likeness;
  };
}

function describe({ id: fact, unknown }: Question, option: Option, naming: Naming[]): string {
  const { id, level } = option;
  const names = (condition: Naming) => condition.fact === fact && optionsOf(condition).includes(id);
  const namedBy = naming.flatMap((condition, index) => (names(condition) ? [index] : []));
  return JSON.stringify([level, ...TOPICS.map((topic) => option[topic]), unknown.countsAs === id, namedBy]);
}

function optionsOf(condition: Naming): string[] {
  return condition.kind === 'is' ? condition.options : condition.of;
}

/** Conditions name options themselves, or meanings that options have. */
function namingIn(flow: Flow): Naming[] {
  const conditions = Object.values(flow.parts).flatMap(({ steps }) => steps.flatMap(({ when }) => when ?? []));
  const named = new Set(conditions.flatMap(meaningsWithin));
  const meanings = Object.values(flow.questions).flatMap(({ means = [] }) =>
    means.filter(({ meaning }) => named.has(meaning)),
  );
  return [...conditions, ...meanings.map(({ when }) => when)].flatMap(namingWithin);
}

function meaningsWithin(condition: Condition): string[] {
  switch (condition.kind) {
    case 'means':
      return condition.meanings;
    case 'all':
    case 'any':
    case 'no':
    case 'count':
      return condition.of.flatMap(meaningsWithin);
    default:
      return [];
  }
}

function namingWithin(condition: Condition): Naming[] {
  switch (condition.kind) {
    case 'is':
    case 'ticks':
      return [condition];
    case 'all':
    case 'any':
    case 'no':
    case 'count':
      return condition.of.flatMap(namingWithin);
    default:
      return [];
  }
}
