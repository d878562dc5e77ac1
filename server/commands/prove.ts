/**
 * `npm run prove`: proves every flow, and exits 1 if anything is broken or could not be proved. With `-- --write` it writes the possible
 * outcomes of each flow to `<flow>.outcomes.txt` beside it; without, it checks that these files are up to date.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../base/days.ts';
import { loadLibrary, type ReadArea } from '../flow/check/library.ts';
import type { Flow } from '../flow/flow.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { proveOne } from '../flow/prove/all.ts';
import { describeFault, describeProof } from '../flow/prove/describe.ts';
import { describeFloorProof } from '../flow/prove/describe-floor.ts';
import { outcomesOf } from '../flow/prove/outcomes.ts';
import { isProved, type Proof } from '../flow/prove/prove.ts';
import { findDead, findIdleRules } from '../flow/prove/together.ts';
import { NATIONAL } from '../flow/words.ts';

const write = process.argv.includes('--write');
const root = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? process.env.FLOWS_DIR ?? 'flows';
const today = localDay(new Date());
const { library, problems } = loadLibrary(readFolder(root), today);
if (hasErrors(problems)) {
  for (const problem of problems) console.error(describeProblem(problem));
  console.error('The flows have mistakes; nothing was proved.');
  process.exit(1);
}

const began = performance.now();
const areas = [...library.areas.values()];
const proofs = areas.flatMap((area) => [...area.flows.values()].map((flow) => timed(area, flow)));
const dead = findDead(proofs);
for (const fault of dead) console.log(`everywhere: ${describeFault(fault)}`);
const rules = [...areas.flatMap((area) => area.rules), ...(library.areas.get(NATIONAL)?.floor?.rules ?? [])];
const idle = findIdleRules(proofs, rules);
for (const { id, at } of idle)
  console.log(
    `everywhere: rule "${id}" (${at.file}:${at.line}) speaks of no interview. Mend its "whenever" or its "flows".`,
  );
const sound = proofs.filter(isProved).length;
const took = Math.round(performance.now() - began);
const national = library.areas.get(NATIONAL);
if (national?.floor !== undefined)
  for (const line of describeFloorProof(national.floor, areas, proofs)) console.log(line);
console.log(`${sound} of ${proofs.length} flows proved, with ${rules.length} rules, in ${took} ms`);

const stale = areas.flatMap((area) => [...area.flows.values()].filter((flow) => isStale(area, flow)));
const isDead = dead.some((fault) => fault.kind === 'error');
if (sound < proofs.length || isDead || idle.length > 0 || stale.length > 0) process.exitCode = 1;

function timed(area: ReadArea, flow: Flow): Proof {
  const start = performance.now();
  const proof = proveOne(library, area, flow, today);
  console.log(describeProof(proof, performance.now() - start));
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
