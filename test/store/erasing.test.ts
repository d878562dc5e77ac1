import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMacs } from '../../server/audit/mac.ts';
import { createErasedList } from '../../server/store/erased-list.ts';
import { WHEN_ERASED } from '../../server/store/erasing.ts';
import { tablesPerConsultation } from './per-consultation.ts';
import { makeFolder, openRaw, openTemporary } from './temporary.ts';

/**
 * These tables name a consultation only by its reference, or not by a column that the schema shows; each has a reason
 * to be kept.
 */
const KEPT_BESIDES: Record<string, string> = {
  wrong_codes: 'a reference at which somebody guessed: no text, counts for 15 minutes',
};

const decided = [...Object.keys(WHEN_ERASED), ...Object.keys(KEPT_BESIDES)].sort();

it('each table that names a consultation is erased with it, or kept for a reason', async () => {
  const { file } = await openTemporary();
  expect(tablesPerConsultation(openRaw(file))).toEqual(decided);
});

it.each([
  ['a column', 'create table planted (number integer primary key, consultation text not null, body blob)'],
  [
    'a key of another name',
    'create table notes (number integer primary key, about text references consultations (id))',
  ],
  ['a reference', 'create table letters (number integer primary key, reference text not null)'],
])('a new table with %s is noticed', async (_what, sql) => {
  const { file } = await openTemporary();
  const raw = openRaw(file);
  raw.exec(sql);
  expect(tablesPerConsultation(raw)).not.toEqual(decided);
});

it('a line of the list that a full disk has cut off does not damage the next one', () => {
  const headsFile = join(makeFolder(), 'heads');
  const list = createErasedList(headsFile, createMacs(generateKeyPairSync('ed25519').privateKey).erased);
  const erasure = { area: 'bury', kind: 'referral', consultations: ['one', 'two'] };
  appendFileSync(`${headsFile}.erased`, '{"area":"bury","ki');
  list.noteBegun(erasure);
  for (const open of list.findOpen()) list.noteEnded(open, true);
  expect(list.read()).toEqual([expect.objectContaining(erasure)]);
});
