/**
 * `npm run prove`: proves every flow, and exits 1 if anything is broken or could not be proved. With `-- --write` it writes what can come
 * out of each flow beside it, as `<flow>.outcomes.txt`; without, it tells whether that text is still true.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flow } from '../flow/flow.ts';
import { loadLibrary, type ReadArea, readFolder } from '../flow/library.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { proveAll } from '../flow/prove/all.ts';
import { describeFault, describeProof } from '../flow/prove/describe.ts';
import { outcomesOf } from '../flow/prove/outcomes.ts';
import { isProved } from '../flow/prove/prove.ts';
import { findDead, findIdleRules } from '../flow/prove/together.ts';

const write = process.argv.includes('--write');
const root = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'flows';
const today = new Date().toISOString().slice(0, 10);
const { library, problems } = loadLibrary(readFolder(root), today);
if (hasErrors(problems)) {
  for (const problem of problems) console.error(describeProblem(problem));
  console.error('The flows have mistakes; nothing was proved.');
  process.exit(1);
}

const began = performance.now();
const proofs = proveAll(library, today);
for (const proof of proofs) console.log(describeProof(proof));
const dead = findDead(proofs);
for (const fault of dead) console.log(`everywhere: ${describeFault(fault)}`);
const rules = [...library.areas.values()].flatMap((area) => area.rules);
const idle = findIdleRules(proofs, rules);
for (const { id, at } of idle)
  console.log(
    `everywhere: the rule "${id}" (${at.file}:${at.line}) speaks of no interview. Mend its "whenever" or its "flows".`,
  );
const sound = proofs.filter(isProved).length;
console.log(
  `${sound} of ${proofs.length} flows and ${rules.length} rules proved in ${Math.round(performance.now() - began)} ms`,
);
const stale = [...library.areas.values()].flatMap((area) =>
  [...area.flows.values()].filter((flow) => isStale(area, flow)),
);
const isDead = dead.some((fault) => fault.kind === 'error');
if (sound < proofs.length || isDead || idle.length > 0 || stale.length > 0) process.exitCode = 1;

/** Flows that an area shares with others are written where they stand. */
function isStale(area: ReadArea, flow: Flow): boolean {
  if (!area.content.flows.has(flow.id)) return false;
  const file = join(root, area.content.folder, `${flow.id}.outcomes.txt`);
  const text = outcomesOf(flow);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (write) writeFileSync(file, text);
  else
    console.log(
      `${file} ${existsSync(file) ? 'is no longer true' : 'is missing'}. Run "npm run prove -- --write", and read what has changed.`,
    );
  return !write;
}
