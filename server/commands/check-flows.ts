/** `npm run check:flows`: every problem of the content, with its place and mend; exit 1 if there is one. */

import { loadLibrary, readFolder } from '../flow/library.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';

const root = process.argv[2] ?? 'flows';
const today = new Date().toISOString().slice(0, 10);
const { library, problems } = loadLibrary(readFolder(root), today);
for (const problem of problems) console.error(describeProblem(problem));
const flows = [...library.areas.values()].reduce((sum, area) => sum + area.flows.size, 0);
const cases = [...library.areas.values()].reduce((sum, area) => sum + area.content.cases.size, 0);
const errors = problems.filter((problem) => problem.kind === 'error').length;
console.log(
  `${flows} flows in ${library.areas.size} areas, ${cases} cases: ${errors} errors, ${problems.length - errors} warnings`,
);
process.exitCode = hasErrors(problems) ? 1 : 0;
