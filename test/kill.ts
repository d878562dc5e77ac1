/**
 * `npm run kill -- --kills 200`: the full kill test of the server over HTTP, with 20 duty workers and 10 professionals
 * at once; with `--store`, of the store alone. `--longest 5000`: rounds of at most five seconds, for a busy machine.
 * Prints its result; exits 1 if anything is lost.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killingTheStore } from './store/kill-store.ts';
import { type Killing, killAgainAndAgain, type Round } from './store/killer.ts';
import { killingTheServer } from './web/kill-server.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, store: { type: 'boolean' }, longest: { type: 'string' } },
});
const folder = mkdtempSync(join(tmpdir(), 'front-door-kill-'));
const onRound = ({ number, problems }: Round) => {
  for (const problem of problems) console.log(problem);
  if (number % 20 === 0) console.log(`${number} kills`);
};
const run = <Write>(killing: Killing<Write>) => killAgainAndAgain({ ...killing, onRound });
const data = join(folder, 'data');
mkdirSync(data);
const killed = values.store
  ? await run(killingTheStore(join(folder, 'kill.sqlite'), Number(values.kills)))
  : await run(await killingTheServer(data, Number(values.kills), Number(values.longest ?? 1200)));
const { kills, early, acknowledged, kinds, problems, seconds } = killed;
console.log(
  `${kills} kills (${early} before anything was acknowledged), ${acknowledged} acknowledged writes, ` +
    `${problems.length} problems, ${seconds.toFixed(0)} s`,
);
console.log(
  Object.entries(kinds)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', '),
);
if (problems.length === 0) rmSync(folder, { recursive: true });
else console.log(`The database is left in ${folder}`);
process.exitCode = problems.length === 0 ? 0 : 1;
