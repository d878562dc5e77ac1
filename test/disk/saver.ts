/**
 * A program that saves and prints each acknowledged save: `saver.ts FILE SAVES [--control FILE] [--from SAVE] [--fails
 * each|syncs]`. With "each", another system call fails in each save. With "syncs", what some saves wrote does not reach
 * the disk, and the program is killed: half of the times at once, and half after it has been told. It stops without
 * closing, as in a crash.
 */
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isRefusal } from '../../server/consultation/entry.ts';
import { openStore } from '../../server/store/store.ts';
import { openConsultationIn } from './open-consultation.ts';
import { CALLS, numberOf, openControl } from './shim.ts';

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { control: text, from: { ...text, default: '1' }, fails: text },
});
const [file = '', saves = '10'] = positionals;
const opened = await openConsultationIn(file);
const { id } = opened;
let { store } = opened;
const disk = values.control === undefined ? undefined : openControl(values.control);

/**
 * For all kinds together, and for each kind: a save makes fewer calls than this, except those that write the WAL back.
 */
const ALL = { only: 0, calls: 24 };
const KINDS = [ALL, ...CALLS.map((call) => ({ only: numberOf(call), calls: call === 'sync' ? 1 : 16 }))];
const EACH_SYNC = 7;

function plan(save: number): void {
  const { only, calls } = KINDS[save % KINDS.length] ?? ALL;
  if (values.fails === 'each') disk?.set({ only, countdown: 1 + (Math.floor(save / KINDS.length) % calls) });
  // The first sync in a save is the save's own, unless the WAL is written back with it.
  if (values.fails !== 'syncs' || save % EACH_SYNC !== 0) return;
  writeSync(1, `tries ${save}\n`);
  disk?.set({ only: numberOf('sync'), countdown: 1, kills: save % 2 });
}

for (let save = Number(values.from); save <= Number(saves); save++) {
  const words = `save ${save} ${'x'.repeat((save * 977) % 1400)}`;
  plan(save);
  const saving = store.log.decide(id, () => [{ kind: 'noted', text: words }], 'professional');
  const answer = await saving.catch(() => undefined);
  disk?.set({ countdown: 0 });
  // For example a full record, which is not what is tried here.
  if (answer !== undefined && isRefusal(answer)) throw new Error(answer.message);
  if (answer !== undefined) writeSync(1, `saved ${save}\n`);
  else if (values.fails === 'syncs') process.kill(process.pid, 'SIGKILL');
  // After a page could not be read, nothing is written until somebody restarts the server.
  else if (!(await store.health()).writes) {
    await store.close();
    store = await openStore({ file, clock: () => new Date() });
    writeSync(1, 'started again\n');
  }
}
process.exit(0);
