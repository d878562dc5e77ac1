/**
 * `npm run damage -- 5000`: damages the content this many times, each time in one place, and prints the results. Exits
 * 1 if anything crashed, or changed the result of a worked case without a message. `--seed 17`: another series, or one
 * trial again.
 */
import { parseArgs } from 'node:util';
import { localDay } from '../../server/base/days.ts';
import { flowsFolder } from '../../server/commands/flows-folder.ts';
import { readFolder } from '../../server/flow/language/folder.ts';
import { Damager, type Trial } from './try.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '120' } },
});
const wanted = Number(positionals[0] ?? '1000');
const first = Number(values.seed);
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(first)) {
  console.error(
    `"${positionals.join(' ')}" is no number of trials. Write "npm run damage -- 5000", and "--seed 17" if you want.`,
  );
  process.exit(1);
}
const began = Date.now();
const until = began + Number(values.minutes) * 60_000;
const damager = new Damager(readFolder(flowsFolder()), localDay(new Date()));
const trials: Trial[] = [];
for (let seed = first; seed < first + wanted && Date.now() < until; seed++) {
  const trial = damager.try(seed);
  trials.push(trial);
  if (trial.fate === 'crash' || trial.fate === 'silent')
    console.log(`${trial.fate}: ${trial.file}, ${trial.slip} (--seed ${seed})\n  ${trial.what}`);
}
const count = (fate: Trial['fate']) => trials.filter((trial) => trial.fate === fate).length;
console.log(
  `${trials.length} of ${wanted} trials in ${Math.round((Date.now() - began) / 1000)} s: ${count('told')} told by the check, ${count('table')} by a table of outcomes, ${count('harmless')} change no result of a case; ${count('crash')} crashed, ${count('silent')} changed a result without a word`,
);
if (count('crash') + count('silent') > 0 || trials.length < wanted) process.exitCode = 1;
