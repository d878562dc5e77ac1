/** A program that appends as fast as it can, and prints a line for each write once it is acknowledged. For the kill test. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Happening } from '../../server/consultation/entry.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { FLOW, newOpening, VERSION } from './kept-flow.ts';

/**
 * An acknowledged write: the entries of a consultation from `number` on. Notes with the same `batch` were decided
 * together.
 */
export interface Appended {
  id: string;
  number: number;
  notes: string[];
}

export const BATCH = 3;
const AT_ONCE = 8;

async function appendForEver(store: Store): Promise<never> {
  for (;;) {
    const opened = await store.consultations.open(newOpening());
    acknowledge({ id: opened.id, number: 1, notes: [] });
    for (let index = 0; index < 12; index++) await appendBatch(store, opened.id, index % 2 === 0 ? 1 : BATCH);
  }
}

async function appendBatch(store: Store, id: string, size: number): Promise<void> {
  const batch = randomBytes(6).toString('hex');
  const notes = Array.from({ length: size }, (_, index) => `${batch} ${index + 1}/${size} ${'x'.repeat(index * 700)}`);
  const happenings: Happening[] = notes.map((text) => ({ kind: 'noted', text }));
  const decided = await store.log.decide(id, () => happenings, 'professional');
  if (isRefusal(decided)) throw new Error(decided.message);
  acknowledge({ id, number: decided.added[0]?.number ?? 0, notes });
}

function acknowledge(write: Appended): void {
  writeSync(1, `${JSON.stringify(write)}\n`);
}

if (process.argv[1]?.endsWith('appender.ts')) {
  const store = await openStore({ file: process.argv[2] ?? '', clock: () => new Date() });
  setInterval(() => void store.checkpoints.write(), 20);
  await store.versions.keep(VERSION, FLOW);
  await Promise.all(Array.from({ length: AT_ONCE }, () => appendForEver(store)));
}
