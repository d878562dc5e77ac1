/**
 * `npm run agree -- --walks 100000`: compares the second interpreter with `walk`. At the first disagreement it prints
 * the whole interview and exits 1.
 */

import { parseArgs } from 'node:util';
import { localDay } from '../../../server/base/days.ts';
import { flowsFolder } from '../../../server/commands/flows-folder.ts';
import { readFolder } from '../../../server/flow/language/folder.ts';
import { type Agreement, agreeOnRandom, agreeOnReal } from './agree.ts';

const { values } = parseArgs({
  options: { walks: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const today = localDay(new Date());
const half = Math.ceil(Number(values.walks) / 2);

report('real content', () => agreeOnReal({ files: readFolder(flowsFolder()) }, half, Number(values.seed), today));
report('random content', () => agreeOnRandom(half, Number(values.seed), today));

function report(name: string, run: () => Agreement): void {
  const began = performance.now();
  const { walks, flows, disagreements } = run();
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${name}: ${walks} walks of ${flows} flows, ${disagreements.length} disagreements, ${seconds} s`);
  const [first] = disagreements;
  if (first === undefined) return;
  console.log(`${first.flow}, ${first.what}, given ${JSON.stringify(first.given)}`);
  console.log(`walk:\n${first.first}\nsecond interpreter:\n${first.second}`);
  for (const { folder, name, text } of first.files ?? []) console.log(`# ${folder}/${name}\n${text}`);
  process.exitCode = 1;
}
