/** `node --import tsx test/kill.ts --kills 200`: the whole kill test of the store. Prints its result; exit 1 when anything was lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killingTheStore } from './store/kill-store.ts';
import { killAgainAndAgain, type Round } from './store/killer.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' } } });
const folder = mkdtempSync(join(tmpdir(), 'front-door-kill-'));
const onRound = ({ number, problems }: Round) => {
  for (const problem of problems) console.log(problem);
  if (number % 20 === 0) console.log(`${number} kills`);
};
const killed = await killAgainAndAgain({
  ...killingTheStore(join(folder, 'kill.sqlite'), Number(values.kills)),
  onRound,
});
const { kills, early, acknowledged, problems, seconds } = killed;
console.log(
  `${kills} kills (${early} before anything was acknowledged), ${acknowledged} acknowledged writes, ` +
    `${problems.length} problems, ${seconds.toFixed(0)} s`,
);
if (problems.length === 0) rmSync(folder, { recursive: true });
else console.log(`The database is left in ${folder}`);
process.exitCode = problems.length === 0 ? 0 : 1;
