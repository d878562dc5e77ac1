/**
 * `npm run disk-faults -- --saves 2000`: an I/O error at one system call of each save. Exits 1 if anything that was
 * acknowledged is lost.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkSaves } from './crash-images.ts';
import { compileShim, makeControl, readFailed, runOnShim } from './shim.ts';

const { values } = parseArgs({ options: { saves: { type: 'string', default: '2000' } } });
const work = mkdtempSync(join(tmpdir(), 'front-door-disk-faults-'));
const shim = compileShim(work);
if (shim !== undefined) {
  const [folder, control] = [join(work, 'data'), join(work, 'control')];
  mkdirSync(folder);
  makeControl(control);
  const file = join(folder, 'x.sqlite');
  const given = [file, values.saves, '--control', control, '--fails', 'each'];
  const out = await runOnShim({ shim, folder, program: 'saver.ts', given, control });
  const said = [...out.matchAll(/saved (\d+)/g)].map(([, save]) => Number(save));
  const problems = checkSaves(file, said);
  for (const problem of problems) console.log(problem);
  const again = [...out.matchAll(/started again/g)].length;
  const failed = Number(values.saves) - said.length;
  console.log(
    `${values.saves} saves, ${failed} failed, ${said.length} acknowledged, ${again} starts: ${problems.length} problems`,
  );
  const calls = Object.entries(readFailed(control)).map(([call, count]) => `${call} ${count}`);
  console.log(`calls that failed: ${calls.join(', ')}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
rmSync(work, { recursive: true, force: true });
