/**
 * For each table of the schema: somebody who can write to the database and has kept a copy puts back a row's earlier
 * state, deletes a row, inserts one, and exchanges two. All of it is found, except what `checked-tables.ts` lists with
 * its reason.
 */

import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { CHECKED, TAMPERINGS, UNNOTICED } from '../../server/store/checked-tables.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { StoreProblem } from '../../server/store/failure.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { isShort, someOf } from '../short-form.ts';
import { openRaw } from '../store/temporary.ts';
import { DO, describeTable, makeBoth, withoutTriggers } from './every-deed.ts';

const NEVER_CHANGES = 'its rows never change';
const IS_ONE = 'there is one row';
const IS_KEY = 'all of it is its key';
/** Tables in which no row of this database is suitable for the deed. */
const UNTRIED: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...(['chain', 'entries', 'looks', 'account_entries', 'consultations', 'flow_versions'] as const),
      ...(['tree_nodes', 'migrations', 'holders', 'desk_children'] as const),
    ].map((table) => [`${table}, put back`, NEVER_CHANGES]),
  ),
  'flow_versions, swapped': IS_ONE,
  'newest_head, swapped': IS_ONE,
  'desk_child_words, put back': IS_KEY,
  'desk_child_words, swapped': IS_KEY,
  'sightings, put back': IS_KEY,
  'sightings, swapped': IS_KEY,
};

it('finds each kind of tampering in each table, except the listed ones', { timeout: 120_000 }, async () => {
  const { file, older } = await makeBoth();
  const heads = readHeadsOf(checkpointFiles(file));
  const find = async (place: string) => (await verifyDatabase(place, heads)).findings.list();
  // Without its newest step, it is said to be a database of an earlier version, and not checked at all.
  const isSeen = async (place: string, table: string) => {
    try {
      return (await find(place)).length > 0;
    } catch (error) {
      const isRefused = error instanceof StoreProblem && /of an earlier Front Door/.test(error.message);
      if (isRefused && table === 'migrations') return true;
      throw error;
    }
  };
  expect(await find(file)).toEqual([]);
  const copy = join(file, '..', 'tampered.sqlite');
  const [before, untried, differing]: [Sqlite.Database, string[], string[]] = [openRaw(older), [], []];
  openRaw(file).pragma('wal_checkpoint(truncate)');
  expect(existsSync(`${file}-wal`)).toBe(true);
  for (const table of someOf(Object.keys(CHECKED) as (keyof typeof CHECKED)[], 12)) {
    if (typeof CHECKED[table] === 'object') continue;
    for (const deed of TAMPERINGS) {
      copyFileSync(file, copy);
      const raw = openRaw(copy);
      raw.pragma('synchronous = off');
      raw.pragma('journal_mode = delete');
      raw.pragma('foreign_keys = off');
      const done = withoutTriggers(raw, () => DO[deed](describeTable(raw, table), raw, before));
      raw.close();
      const isFound = done && (await isSeen(copy, table));
      const isNamed = UNNOTICED[table]?.[deed] !== undefined;
      if (!done) untried.push(`${table}, ${deed}`);
      else if (isFound === isNamed) differing.push(`${table}, ${deed}: ${isFound ? 'found' : 'not found'}`);
    }
  }
  expect(differing).toEqual([]);
  const named = Object.keys(UNTRIED).filter((one) => !isShort || untried.includes(one));
  expect(untried.sort()).toEqual(named.sort());
});
