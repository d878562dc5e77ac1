/** `npm run check:flows`: lists every problem in the content, with its place and how to fix it. Exits 1 if there is one. */

import { localDay } from '../base/days.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { checkPhrases } from '../flow/check/phrases.ts';
import { sizeOf, walkCases } from '../flow/compare/worked-cases.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { withCauses } from '../flow/prove/all.ts';
import { describeFolder, flowsFolder } from './flows-folder.ts';

const root = flowsFolder(process.argv[2]);
const today = localDay(new Date());
const files = readFolder(root);
const { library, problems } = loadLibrary(files, today);
if (!hasErrors(problems)) problems.push(...checkPhrases(files, library));
for (const problem of withCauses(library, problems, today)) console.error(describeProblem(problem));
// Content with errors may contain loops, so it is not walked.
for (const { flows } of hasErrors(problems) ? [] : library.areas.values())
  for (const flow of flows.values()) {
    const { questions, cases, asked } = sizeOf(flow, walkCases(library, flow, today));
    const counts =
      asked === undefined ? 'no cases' : `asks ${asked.shortest} to ${asked.longest}, ${asked.median} in the middle`;
    console.log(`${flow.area.id}/${flow.id}: ${questions} questions; in ${cases} cases it ${counts}`);
  }
const flows = [...library.areas.values()].reduce((sum, area) => sum + area.flows.size, 0);
const cases = [...library.areas.values()].reduce((sum, area) => sum + area.content.cases.size, 0);
const instruments = [...library.areas.values()].flatMap((area) => [...area.instruments.values()]);
for (const { area, id, sections, score } of instruments) {
  const fields = sections.reduce((sum, section) => sum + section.fields.length, 0);
  console.log(
    `${area.id}/instruments/${id}: ${fields} fields in ${sections.length} sections${score === undefined ? '' : ', with a score'}`,
  );
}
const errors = problems.filter((problem) => problem.kind === 'error').length;
console.log(
  `${flows} flows in ${library.areas.size} areas, ${cases} cases, ${instruments.length} instruments: ${errors} errors, ${problems.length - errors} warnings${describeFolder(root)}`,
);
// The server starts with an outdated translation, because it falls back to English; but an author who changes the
// English is told here.
const isBehind = problems.some(({ file }) => file.startsWith('flows/national/languages/'));
process.exitCode = hasErrors(problems) || isBehind ? 1 : 0;
