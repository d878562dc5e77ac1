import type { Condition, Flow } from '../flow.ts';

/** Meanings that the condition asks for and that no answer in these flows has. */
export function neverMeant(condition: Condition, flows: readonly Flow[]): string[] {
  const meant = new Set(flows.flatMap(meaningsOfAnswers));
  return meaningsAskedFor(condition).filter((meaning) => !meant.has(meaning));
}

export function describeNeverMeant(meaning: string): string {
  return `no answer that a professional can give here means "${meaning}", so this never comes out. Name a meaning that an answer has.`;
}

function meaningsOfAnswers({ questions }: Flow): string[] {
  return Object.values(questions).flatMap(({ means = [] }) => means.map(({ meaning }) => meaning));
}

function meaningsAskedFor(condition: Condition): string[] {
  if (condition.kind === 'means') return condition.how === 'none' ? [] : condition.meanings;
  if ('of' in condition && condition.kind !== 'ticks' && condition.kind !== 'no')
    return condition.of.flatMap(meaningsAskedFor);
  return [];
}
