/**
 * A program that saves, and says each save that was acknowledged: `saver.ts FILE SAVES [--control FILE] [--from SAVE] [--fails each|syncs]`.
 * With "each", another system call of each save fails; with "syncs", what some saves have written does not reach the disk, and the program is
 * killed: by half of them at once, by the others when it has been told. Stops without closing, as a crash would.
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

/** Of all kinds together, and of each: a save makes fewer calls than this, but for those that write the WAL back. */
const ALL = { only: 0, calls: 24 };
const KINDS = [ALL, ...CALLS.map((call) => ({ only: numberOf(call), calls: call === 'sync' ? 1 : 16 }))];
const EACH_SYNC = 7;

function plan(save: number): void {
  const { only, calls } = KINDS[save % KINDS.length] ?? ALL;
  if (values.fails === 'each') disk?.set({ only, countdown: 1 + (Math.floor(save / KINDS.length) % calls) });
  // The first sync of a save is its own, unless the WAL is written back with it.
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
  // A record that is full, say: not what is tried here.
  if (answer !== undefined && isRefusal(answer)) throw new Error(answer.message);
  if (answer !== undefined) writeSync(1, `saved ${save}\n`);
  else if (values.fails === 'syncs') process.kill(process.pid, 'SIGKILL');
  // After a page that could not be read nothing is written until somebody starts the server again.
  else if (!(await store.health()).writes) {
    await store.close();
    store = await openStore({ file, clock: () => new Date() });
    writeSync(1, 'started again\n');
  }
}
process.exit(0);
