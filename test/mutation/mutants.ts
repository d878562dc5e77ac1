/**
 * `npm run mutants`: changes one thing at a time in the content, and a check, a worked case or the proof has to notice.
 * Prints what none of them noticed, with its place. Exits 1 below 95 %, or if the time ran out. `-- --every 40`: a
 * sample; `-- --every 3 --from 1`: the second third, so that all of them can be tried piece by piece.
 */

import { parseArgs } from 'node:util';
import { localDay } from '../../server/base/days.ts';
import { flowsFolder } from '../../server/commands/flows-folder.ts';
import { readFolder } from '../../server/flow/language/folder.ts';
import { describeMutant, judgeAll, scoreOf } from './run.ts';

const DEMANDED = 0.95;

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '2' },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '60' },
  },
});
const root = flowsFolder();
const today = localDay(new Date());
const began = Date.now();
const every = Number(values.every);
const { judged, all } = await judgeAll(
  { root, today },
  { workers: Number(values.workers), every, from: Number(values.from), until: began + Number(values.minutes) * 60_000 },
);
const files = readFolder(root);

const survivors = judged.filter(({ verdict }) => verdict === 'survived');
for (const line of survivors.map((mutant) => describeMutant(files, mutant)).sort()) console.log(`not noticed: ${line}`);
const count = (verdict: string) => judged.filter((one) => one.verdict === verdict).length;
const { caught, counted, share } = scoreOf(judged);
const percent = (Math.floor(share * 1000) / 10).toFixed(1);
console.log(
  `${caught} of ${counted} mutants caught, ${percent} %: by a check ${count('check')}, by a case ${count('case')}, by the proof ${count('proof')}`,
);
console.log(
  `${count('same')} more change nothing that comes out of any interview, which is proved; they are not counted`,
);
console.log(`${judged.length} of ${all} mutants tried in ${Math.round((Date.now() - began) / 1000)} s`);
const tried = judged.length >= Math.floor(all / every);
if (!tried) console.log('The time ran out. Give more with "-- --minutes 120".');
if (share < DEMANDED || !tried) process.exitCode = 1;
