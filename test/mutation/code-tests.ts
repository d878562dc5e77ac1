/** Maps engine files to their nearest tests. Only these run against the file's faults; what other tests would notice is not counted. */
import { existsSync } from 'node:fs';

const CHECK = ['check-area', 'check-facts', 'check-shape', 'check-ladder', 'check-desk', 'check'];

const NEAR: [file: RegExp, tests: string[]][] = [
  [/walk\/outcome\.ts$/, ['outcome', 'cases']],
  [/check\/safety\.ts$/, ['outcome', 'prove']],
  [/language\/read/, ['compile', ...CHECK, 'hostile']],
  [/flow\/desk\.ts$/, ['check-desk']],
  [/flow\/check\/desk/, ['check-desk']],
  [/flow\/check\/requirements/, ['requirement-coverage']],
  [/flow\/(language\/(compile|content|scope)|problem|check\/library)/, ['compile', 'compile-places', ...CHECK]],
  [/check\/cases/, ['cases']],
  [/check\/requirement-coverage/, ['requirement-coverage']],
  [/flow\/check\//, CHECK],
  [/flow\/(language-words|national)\.ts$/, ['schema', 'check-shape', 'content', 'outcome', 'walk']],
  [/language\/schema/, ['schema', 'compile-places', 'content', 'check-desk']],
  [/language\/(version|folder)/, ['library']],
  [/walk\/written-answers/, ['cases']],
  [/flow\/(compare\/worked-cases|prove\/case-coverage|prove\/lengths)/, ['worked-cases', 'case-coverage']],
  [/flow\/prove\/(unreached|rising|doubt|strength|example)/, ['prove-weaker', 'prove']],
  [/flow\/prove\/describe/, ['prove-words', 'prove-outcomes', 'prove']],
  [/flow\/prove\/(cuts|faults|together|all|interview|prove)\.ts/, ['prove-parts', 'prove']],
  [/flow\/prove\/clauses/, ['prove-clauses', 'prove-outcomes']],
  [/flow\/prove\/(outcomes|paths)/, ['prove-outcomes', 'prove']],
  [/flow\/prove\/(tally|checklist|choice|fact)\.ts/, ['prove-facts', 'prove']],
  [/flow\/prove\/(known|descent|rules)/, ['prove', 'prove-brute']],
  [/flow\/prove\//, ['prove']],
  [/draw\/(draw|map|scene|layout-text|shorten|plain-words|question-in-words)/, ['draw-scene', 'draw', 'plain-words']],
  [/draw\/describe/, ['plain-words', 'describe-condition']],
  [/flow\/search\//, ['search']],
];

export function testsFor(file: string): string[] {
  const named = `test/flow/${file.split('/').at(-1)?.replace('.ts', '')}.test.ts`;
  const near = NEAR.find(([pattern]) => pattern.test(file))?.[1].map((name) => `test/flow/${name}.test.ts`) ?? [];
  const found = [...new Set([named, ...near])].filter((test) => existsSync(test));
  return found.length > 0 ? found : ['test/flow/walk.test.ts', 'test/flow/check.test.ts'];
}
