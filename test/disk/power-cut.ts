/**
 * `npm run power-cut -- --images 10000`: makes crash images by cutting between the writes of a run, and opens and
 * checks each; then a tenth as many of a run on a disk that fails to take some of what was written. Exits 1 if anything
 * is lost.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkImages, createRandom, readRecord, type Step } from './crash-images.ts';
import { saveOnFailingDisk } from './failed-syncs.ts';
import { compileShim, runOnShim } from './shim.ts';

const options = { images: { type: 'string', default: '10000' }, saves: { type: 'string', default: '200' } } as const;
const { values } = parseArgs({ options });
const work = mkdtempSync(join(tmpdir(), 'front-door-power-cut-'));
const shim = compileShim(work);
if (shim !== undefined) {
  const folder = join(work, 'data');
  mkdirSync(folder);
  const record = join(work, 'record');
  const given = [join(folder, 'x.sqlite'), values.saves];
  await runOnShim({ shim, folder, program: 'saver.ts', given, record });
  const steps = readRecord(record);
  report(steps, Number(values.images), `${values.saves} saves`);
  const failing = await saveOnFailingDisk(join(work, 'failing'), shim, Number(values.saves) / 2);
  report(failing.steps, Number(values.images) / 10, `saves on a failing disk, with ${failing.kills} kills`);
}

function report(steps: Step[], count: number, what: string): void {
  const began = performance.now();
  const { images, problems } = checkImages({ steps, count, folder: join(work, 'image'), random: createRandom(1) });
  for (const problem of problems.slice(0, 20)) console.log(problem);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${images} crash images of ${what}, ${steps.length} steps: ${problems.length} problems, ${seconds} s`);
  if (problems.length > 0) process.exitCode = 1;
}
rmSync(work, { recursive: true, force: true });
