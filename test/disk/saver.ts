/**
 * A program that saves, and says each save that was acknowledged: `saver.ts FILE SAVES [CONTROL]`. With a control file, the system call of each
 * save that fails is another one. Stops without closing, as a crash would.
 */
import { writeSync } from 'node:fs';
import { isRefusal } from '../../server/consultation/entry.ts';
import { openStore } from '../../server/store/store.ts';
import { openConsultationIn } from './open-consultation.ts';
import { openControl } from './shim.ts';

const [file = '', saves = '10', control] = process.argv.slice(2);
const opened = await openConsultationIn(file);
const { id } = opened;
let { store } = opened;
const disk = control === undefined ? undefined : openControl(control);
/** A save makes fewer system calls than this, but for those that write the WAL back. */
const CALLS = 24;

for (let save = 1; save <= Number(saves); save++) {
  const text = `save ${save} ${'x'.repeat((save * 977) % 1400)}`;
  disk?.set({ countdown: 1 + (save % CALLS) });
  const answer = await store.log.decide(id, () => [{ kind: 'noted', text }], 'professional').catch(() => undefined);
  disk?.set({ countdown: 0 });
  // A record that is full, say: not what is tried here.
  if (answer !== undefined && isRefusal(answer)) throw new Error(answer.message);
  if (answer !== undefined) writeSync(1, `saved ${save}\n`);
  // After a page that could not be read nothing is written until somebody starts the server again.
  else if (!(await store.health()).writes) {
    await store.close();
    store = await openStore({ file, clock: () => new Date() });
    writeSync(1, 'started again\n');
  }
}
process.exit(0);
