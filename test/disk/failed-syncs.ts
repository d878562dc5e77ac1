/**
 * A program saves on a disk that sometimes fails to take what was written; the program is killed by that, and started
 * again.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRecord } from './crash-images.ts';
import { makeControl, runOnShim } from './shim.ts';

/** `work`: an empty folder. Returns what happened on the disk, in order, and how often the program was killed. */
export async function saveOnFailingDisk(work: string, shim: string, saves: number) {
  const [folder, record, control] = [join(work, 'data'), join(work, 'record'), join(work, 'control')];
  mkdirSync(folder, { recursive: true });
  makeControl(control);
  const file = join(folder, 'x.sqlite');
  let [next, kills] = [1, 0];
  for (;;) {
    const given = [file, String(saves), '--control', control, '--fails', 'syncs', '--from', String(next)];
    const said = await runOnShim({ shim, folder, program: 'saver.ts', given, record, control });
    if (next > saves || said.includes(`saved ${saves}\n`)) break;
    kills++;
    const tried = [...said.matchAll(/tries (\d+)/g)].at(-1)?.[1];
    if (tried === undefined) throw new Error(`it tried nothing, and said: ${said}`);
    next = Number(tried) + 1;
  }
  return { steps: readRecord(record), kills };
}
