import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointFiles } from '../../server/store/store.ts';
import { program } from '../running-server.ts';
import { openConsultation, openTemporary } from '../store/temporary.ts';

function run(dataDir: string, ...more: string[]) {
  return new Promise<{ code: number | string | null; out: string; err: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir };
    execFile(process.execPath, [program('verify'), ...more], { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

it('verify ends with 0 when all is well, and with 1, what was found and what to do when not', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.checkpoints.write();
  const folder = dirname(store.file);
  const well = await run(folder);
  expect(well).toMatchObject({ code: 0, err: '' });
  expect(well.out).toMatch(/as it was written: 1 lines, 0 of them erased, 1 heads.*It ends at 1:/);
  appendFileSync(checkpointFiles(store.file).headsFile, 'x\n');
  const ill = await run(folder, '--head', '7:abcdefgh');
  expect(ill.code).toBe(1);
  expect(ill.err).toMatch(/in the file of heads is none:\n {2}line 2 of the file\n {2}to do: compare/);
  expect(ill.err).toMatch(/The log ends before.*\n {2}printed head at line 7; the log ends at line 1/);
  expect(await run(folder, '--database', 'none')).toMatchObject({ code: 1, out: '' });
});
