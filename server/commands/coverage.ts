/**
 * `npm run coverage`: for each flow that readers open, the number of questions it asks, and the parts that no worked case covers. Exits 1 if
 * there are any.
 */

import { localDay } from '../base/days.ts';
import { loadLibrary, type ReadArea } from '../flow/check/library.ts';
import { sizeOf, walkCases } from '../flow/compare/worked-cases.ts';
import type { Flow } from '../flow/flow.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { coverageOf } from '../flow/prove/case-coverage.ts';
import { runInterview } from '../flow/prove/interview.ts';
import { lengthsOf } from '../flow/prove/lengths.ts';
import { flowsFolder } from './flows-folder.ts';

const root = flowsFolder(process.argv[2]);
const today = localDay(new Date());
const { library, problems } = loadLibrary(readFolder(root), today);
if (hasErrors(problems)) {
  for (const problem of problems) console.error(describeProblem(problem));
  console.error('The flows have mistakes; nothing was counted.');
  process.exit(1);
}
console.log(
  'flow: questions in every interview (shortest, median, longest), and in the cases; what the cases go through',
);
for (const area of library.areas.values()) for (const flow of ownFlows(area)) report(flow);

/** The area's own flows. A national flow is counted once, under `national`. */
function ownFlows(area: ReadArea): Flow[] {
  return [...area.flows.values()].filter((flow) => area.content.flows.has(flow.id));
}

function report(flow: Flow): void {
  const walked = walkCases(library, flow, today);
  const interview = runInterview(flow, []);
  const { shortest, median, longest } = lengthsOf(interview);
  const { asked, cases } = sizeOf(flow, walked);
  const { possible, missing } = coverageOf(
    interview,
    walked.map(({ position }) => position),
  );
  const inCases = asked === undefined ? '' : ` (${asked.shortest}, ${asked.median}, ${asked.longest})`;
  console.log(
    `${flow.area.id}/${flow.id}: questions ${shortest}, ${median}, ${longest}; ${cases} cases${inCases}; ${possible.length - missing.length} of ${possible.length}`,
  );
  for (const edge of missing) console.log(`  not in any case: ${edge}`);
  if (missing.length > 0) process.exitCode = 1;
}
