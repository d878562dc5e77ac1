/** Increments of PostgreSQL: each restores the database as it was, row by row, and notes name nobody who was erased. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { removeCopy } from '../../server/backup/restore.ts';
import { paths } from '../../server/base/paths.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { copyInService, verifyInService } from '../../server/store/in-service.ts';
import { fillPostgres } from '../../server/store/move.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { makeBoth } from '../audit/every-deed.ts';
import { ask, backups, contentOf, eraseAll, type Served } from '../backup/desk-world.ts';
import {
  asStranger,
  createClock,
  databaseOf,
  makeFolder,
  openConsultation,
  openTemporary,
} from '../store/temporary.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { createEmpty, query } from './databases.ts';

const YEAR = 366 * 24 * 60;

/** Backups of a PostgreSQL database, with what is in it and what a check finds. */
async function backupsOf(served: Served) {
  const { file } = served.store;
  const database = { file, databaseUrl: (await databaseOf(file)) ?? '' };
  const content = async () => {
    const copy = join(makeFolder(), 'copy.sqlite');
    await copyInService(database, copy);
    return contentOf(copy);
  };
  const findings = async () => (await verifyInService(database, readHeadsOf(checkpointFiles(file)))).findings.list();
  return { ...backups(served, undefined, database.databaseUrl), database, content, findings };
}

const bytesOf = (file: string) => readFileSync(file).toString('latin1').toLowerCase();
const NAMES = ['zebulon', 'quixley', 'zanzibar'];

it('each restores the database as it was then, and nobody comes back who was erased', async () => {
  const world = await openDeskApp();
  const { file } = world.store;
  const { database, increment, content, prove, findings } = await backupsOf(world);
  const gone = await ask(world, 'Zebulon Quixley', 'Zanzibar question');
  await world.store.checkpoints.write();
  const [first, before] = [await increment(), await content()];
  expect([first.increment, await findings()]).toEqual([undefined, []]);

  const stays = await ask(world, 'Another Child', 'Keep this question');
  const duty = await world.openDesk('duty worker');
  await duty.post(paths.deskAction(gone, 'claims'), {}, paths.desk());
  await duty.post(paths.deskSearch(), { words: 'Quixley' }, paths.deskSearch());
  await asStranger(file, 'delete from sessions where seen_at = (select max(seen_at) from sessions)');
  await world.openBrowser().get('/areas/bury');
  const [second, between] = [await increment(), await content()];
  expect(second.increment).toMatchObject({ number: 1, after: first.sha256 });
  expect(second.bytes).toBeLessThan(first.bytes);

  await world.store.checkpoints.write();
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskRetentionAction(gone, 'approvals'), {}, paths.deskRetention(gone));
  expect(await eraseAll(world)).toBeGreaterThan(3);
  await world.store.checkpoints.write();
  const listed = await asStranger(file, `select word from desk_word_list where word ~ '${NAMES.join('|')}|keep'`);
  expect(listed.map(({ word }) => String(word).slice(4))).toEqual(['keep']);
  const noted = JSON.stringify(await asStranger(file, 'select key from changed_rows')).toLowerCase();
  expect(noted.length).toBeGreaterThan(100);
  const [third, after] = [await increment(), await content()];
  for (const name of NAMES) expect([noted, bytesOf(third.path)].filter((text) => text.includes(name))).toEqual([]);

  for (const [{ path }, then] of [
    [first, before],
    [second, between],
    [third, after],
  ] as const) {
    const { copy } = await prove(path);
    expect(contentOf(copy)).toEqual(then);
    if (path === third.path) for (const name of NAMES) expect(bytesOf(copy)).not.toContain(name);
    removeCopy(copy);
  }

  await world.store.close();
  const { copy } = await prove(second.path);
  const databaseUrl = await createEmpty();
  await fillPostgres(copy, databaseUrl);
  removeCopy(copy);
  const restored = 'the disk broke; decided by the lead';
  const store = await openStore({ file, databaseUrl, clock: world.clock, restored });
  expect(await store.log.read(gone)).toBeUndefined();
  expect((await store.log.read(stays))?.map(({ what }) => what.kind)).toContain('handed over');
  await store.close();
  expect(await query(databaseUrl, `select to_regclass('changed_rows') as notes`)).toEqual([{ notes: null }]);
  expect(database.databaseUrl).not.toBe(databaseUrl);
}, 120_000);

it('a whole one is made where a trigger was taken out, switched off or made anew, and verify says what is missing', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  await openConsultation(store);
  await store.checkpoints.write();
  const { whole, increment, findings } = await backupsOf({ store, clock });
  await whole();
  expect(await asStranger(store.file, `select to_regclass('changed_rows') as notes`)).toEqual([{ notes: null }]);
  const begun = await increment();
  expect((await increment()).increment).toEqual({ number: 1, after: begun.sha256 });
  for (const deed of [
    'drop trigger drafts_insert_noted on drafts',
    'alter table entries disable trigger entries_update_noted',
  ]) {
    await asStranger(store.file, deed);
    expect(await findings()).toMatchObject([{ kind: 'trigger gone' }]);
    const anew = await increment();
    expect([anew.increment, await findings()]).toEqual([undefined, []]);
    expect((await increment()).increment?.after).toBe(anew.sha256);
  }
}, 60_000);

it('holds what was changed in every table, and what was still being written while the one before was made', async () => {
  const taken: Awaited<ReturnType<typeof backupsOf>>[] = [];
  const { file } = await makeBoth({
    between: async (of) => {
      const made = await backupsOf({ store: { file: of }, clock: createClock() });
      await made.increment();
      taken.push(made);
    },
  });
  const [made] = taken;
  if (made === undefined) throw new Error('nothing was called between');
  const noted = await asStranger<{ table: string }>(file, 'select distinct "table" from changed_rows');
  expect(noted.length).toBeGreaterThan(20);

  const add = (reference: string) =>
    `insert into wrong_codes (reference, address, at) values ('${reference}', '192.0.2.1', '2026-11-22T09:00:00Z')`;
  const slow = new pg.Client({ connectionString: made.database.databaseUrl });
  await slow.connect();
  await slow.query(`begin; ${add('slow')}`);
  await asStranger(file, add('quick'));
  expect((await made.increment()).increment?.number).toBe(1);
  await slow.query('commit');
  await slow.end();
  const last = await made.increment();
  const { copy } = await made.prove(last.path);
  const content = contentOf(copy);
  expect(content).toEqual(await made.content());
  expect(content.wrong_codes?.filter((row) => /slow|quick/.test(row))).toHaveLength(2);
  removeCopy(copy);
}, 120_000);
