/**
 * Examples that a document prints together with their level. Each needs a worked case that ends at exactly that level;
 * the case itself is run with all the others.
 */
import type { Content } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import { didYouMean, type Problem } from '../problem.ts';

export function checkExamples(own: Content): Problem[] {
  return [...checkCasesOf(own), ...findUntold(own)];
}

function checkCasesOf(own: Content): Problem[] {
  return [...own.cases.values()].flatMap(({ id, value, document, path }) => {
    if (value.example === undefined) return [];
    const example = own.examples.get(value.example)?.value;
    const at = [...path, 'example'];
    if (example === undefined) {
      const known = [...own.examples.keys()];
      return [
        problemIn(document, at, {
          missing: `no example is called "${value.example}".${didYouMean(value.example, known)} They stand in examples.yaml.`,
        }),
      ];
    }
    if (value.must?.level === example.level) return [];
    const message = `case "${id}": the document prints this example at level ${example.level}, so the case must come out at exactly that. Write "level: ${example.level}" under "must".`;
    return [problemIn(document, at, message)];
  });
}

function findUntold(own: Content): Problem[] {
  // Callers that load content without its cases do not check the examples.
  if (own.cases.size === 0) return [];
  const told = new Set([...own.cases.values()].map(({ value }) => value.example));
  return [...own.examples.values()]
    .filter(({ id }) => !told.has(id))
    .map(({ id, value, document, path }) => {
      const message = `no case tells this printed example. Write one with "example: ${id}", and "level: ${value.level}" under "must".`;
      return problemIn(document, path, message);
    });
}

export interface CountedExamples {
  area: string;
  /** Level → how many examples are printed at it. */
  levels: ReadonlyMap<number, number>;
  examples: number;
  cases: number;
}

/** For content without mistakes, in which each example has a case that ends at the printed level. */
export function countExamples(contents: readonly Content[]): CountedExamples[] {
  return contents
    .filter(({ examples }) => examples.size > 0)
    .map(({ folder, examples, cases }) => {
      const levels = new Map<number, number>();
      for (const { value } of examples.values()) levels.set(value.level, (levels.get(value.level) ?? 0) + 1);
      const telling = [...cases.values()].filter(({ value }) => value.example !== undefined).length;
      return { area: folder, levels, examples: examples.size, cases: telling };
    });
}
