/**
 * `npm run prove`: proves every flow, and exits 1 if anything is broken or could not be proved. With `-- --write` it writes the possible
 * outcomes of each flow to `<flow>.outcomes.txt` beside it; without, it checks that these files are up to date.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../base/days.ts';
import { loadLibrary, type ReadArea } from '../flow/check/library.ts';
import { problemAtStep } from '../flow/check/place.ts';
import { writeUsed } from '../flow/check/used-ids.ts';
import type { Flow } from '../flow/flow.ts';
import { readFolder } from '../flow/language/folder.ts';
import { NATIONAL } from '../flow/national.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { deadSteps, proveOne, withCauses } from '../flow/prove/all.ts';
import { describeProof } from '../flow/prove/describe.ts';
import { describeFloorProof } from '../flow/prove/describe-floor.ts';
import { findIdleExceptions, findIdleReasons } from '../flow/prove/exceptions.ts';
import type { Fault } from '../flow/prove/fault.ts';
import { describeInstrumentProof, proveInstrument } from '../flow/prove/instruments.ts';
import { outcomesOf } from '../flow/prove/outcomes.ts';
import { isProved, type Proof } from '../flow/prove/prove.ts';
import { findIdleRules } from '../flow/prove/together.ts';
import { describeFolder, flowsFolder } from './flows-folder.ts';

const write = process.argv.includes('--write');
const root = flowsFolder(process.argv.slice(2).find((argument) => !argument.startsWith('--')));
const today = localDay(new Date());
const { library, problems } = loadLibrary(readFolder(root), today);
if (hasErrors(problems)) {
  for (const problem of withCauses(library, problems, today)) console.error(describeProblem(problem));
  console.error('The flows have mistakes; nothing was proved.');
  process.exit(1);
}

const began = performance.now();
const areas = [...library.areas.values()];
const proofs = areas.flatMap((area) => [...area.flows.values()].map((flow) => timed(area, flow)));
const dead = deadSteps(library, proofs);
for (const problem of dead) console.log(describeProblem(problem));
const rules = [...areas.flatMap((area) => area.rules), ...(library.areas.get(NATIONAL)?.floor?.rules ?? [])];
const idle = findIdleRules(proofs, rules);
for (const { id, at } of idle)
  console.log(
    `${at.file}:${at.line}:${at.column}: rule "${id}" speaks of no interview. Mend its "whenever" or its "flows".`,
  );
const needless = [...findIdleExceptions(areas), ...findIdleReasons(areas, proofs)];
for (const problem of needless) console.log(describeProblem(problem));
const sound = proofs.filter(isProved).length;
const took = Math.round(performance.now() - began);
const national = library.areas.get(NATIONAL);
if (national?.floor !== undefined)
  for (const line of describeFloorProof(national.floor, areas, proofs)) console.log(line);
const instruments = areas.flatMap((area) => [...area.instruments.values()].map(proveInstrument));
for (const proof of instruments) console.log(describeInstrumentProof(proof));
const unsafe = instruments.filter(({ faults }) => faults.length > 0);
console.log(`${instruments.length - unsafe.length} of ${instruments.length} instruments proved`);
console.log(
  `${sound} of ${proofs.length} flows proved, with ${rules.length} rules, in ${took} ms${describeFolder(root)}`,
);

const stale = areas.flatMap((area) => [...area.flows.values()].filter((flow) => isStale(area, flow)));
const lacking = areas.filter(isUsedStale);
const isDead = dead.some((fault) => fault.kind === 'error');
if (
  sound < proofs.length ||
  isDead ||
  idle.length + needless.length + stale.length + lacking.length + unsafe.length > 0
)
  process.exitCode = 1;

/** Whether `used.yaml` of the area would change: it keeps all earlier ids and adds the present ones. */
function isUsedStale({ content }: ReadArea): boolean {
  const file = join(root, content.folder, 'used.yaml');
  const text = writeUsed(content);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (write) writeFileSync(file, text);
  else console.log(`${file} lacks ids that the flows have. Run "npm run prove -- --write".`);
  return !write;
}

function timed(area: ReadArea, flow: Flow): Proof {
  const start = performance.now();
  const proof = proveOne(library, area, flow, today);
  const placeOf = (fault: Fault) => {
    const at = problemAtStep(library, { area: area.facts.id, ...fault }, '', fault.kind);
    return at === undefined ? undefined : `${at.file}:${at.line}:${at.column}`;
  };
  console.log(describeProof(proof, performance.now() - start, placeOf));
  return proof;
}

/** A shared flow is written once, in its own folder. A flow that could not be proved has no table. */
function isStale(area: ReadArea, flow: Flow): boolean {
  const proof = proofs.find((one) => one.flow === flow);
  if (!area.content.flows.has(flow.id) || proof?.givenUp !== undefined) return false;
  const file = join(root, area.content.folder, `${flow.id}.outcomes.txt`);
  const text = outcomesOf(flow);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (kept === text) return false;
  if (write) writeFileSync(file, text);
  else {
    const wrong = kept === undefined ? 'is missing' : 'is no longer true';
    console.log(`${file} ${wrong}. Run "npm run prove -- --write", and read what has changed.`);
  }
  return !write;
}
