/** `npm run rules`: which flows and cases implement each numbered rule of the documents. Exits 1 if a deciding rule has none. */

import { localDay } from '../base/days.ts';
import { countExamples } from '../flow/check/examples.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { type Carried, carriedRequirements, isCarried } from '../flow/check/requirement-coverage.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { flowsFolder } from './flows-folder.ts';

const NAMED = 4;

const root = flowsFolder(process.argv[2]);
const { library, problems } = loadLibrary(readFolder(root), localDay(new Date()));
if (hasErrors(problems)) {
  for (const problem of problems) console.error(describeProblem(problem));
  console.error('The flows have mistakes; the table may lack what could not be read.');
}
const rules = carriedRequirements(library);
for (const rule of rules) for (const line of describe(rule)) console.log(line);
const missing = rules.filter((rule) => !isCarried(rule));
console.log(
  `${rules.length} rules, ${rules.filter((rule) => rule.decidesNothing === undefined).length} of which decide something: ${missing.length === 0 ? 'all carried' : `not carried: ${missing.map(({ id }) => id).join(', ')}`}`,
);
for (const { area, levels, examples, cases } of countExamples(
  [...library.areas.values()].map(({ content }) => content),
)) {
  const each = [...levels].sort(([a], [b]) => a - b).map(([level, count]) => `${count} at level ${level}`);
  console.log(
    `${area}: ${examples} examples that its documents print with their level (${each.join(', ')}) come out at exactly that level, in ${cases} cases`,
  );
}
if (missing.length > 0 || hasErrors(problems)) process.exitCode = 1;

function describe(rule: Carried): string[] {
  const decides = rule.decidesNothing === undefined ? [] : [`      decides nothing: ${rule.decidesNothing}`];
  return [
    `${rule.id.padEnd(5)} ${rule.says}`,
    `      flows: ${list(rule.flows, rule.flows.length)}`,
    `      cases: ${list(rule.cases, NAMED)}${rule.safetyRules.length > 0 ? `; safety rules: ${list(rule.safetyRules, NAMED)}` : ''}`,
    ...(rule.instruments.length > 0
      ? [`      pages of the specialist team: ${list(rule.instruments, rule.instruments.length)}`]
      : []),
    ...decides,
  ];
}

function list(names: readonly string[], most: number): string {
  if (names.length === 0) return 'not carried';
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
