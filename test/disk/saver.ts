/**
 * A program that saves, and says each save that was acknowledged: `saver.ts FILE SAVES [CONTROL]`. With a control file, the system call of each
 * save that fails is another one. Stops without closing, as a crash would.
 */
import { openSync, writeSync } from 'node:fs';
import { isRefusal } from '../../server/consultation/entry.ts';
import { openConsultationIn } from './open-consultation.ts';

const [file = '', saves = '10', control] = process.argv.slice(2);
const { store, id } = await openConsultationIn(file);
const handle = control === undefined ? undefined : openSync(control, 'r+');
/** A save makes fewer system calls than this, but for those that write the WAL back. */
const CALLS = 24;

function failAt(call: number): void {
  if (handle === undefined) return;
  const number = Buffer.alloc(8);
  number.writeBigInt64LE(BigInt(call));
  writeSync(handle, number, 0, 8, 0);
}

for (let save = 1; save <= Number(saves); save++) {
  const text = `save ${save} ${'x'.repeat((save * 977) % 1400)}`;
  failAt(1 + (save % CALLS));
  const answer = await store.log.decide(id, () => [{ kind: 'noted', text }], 'professional').catch(() => undefined);
  failAt(0);
  // A record that is full, say: not what is tried here.
  if (answer !== undefined && isRefusal(answer)) throw new Error(answer.message);
  if (answer !== undefined) writeSync(1, `saved ${save}\n`);
}
process.exit(0);
