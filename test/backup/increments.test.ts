/**
 * Increments of a real desk. Restoring each gives the database exactly as it was, row by row, and making one reads no
 * more than what changed.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listBackups } from '../../server/backup/backup.ts';
import { removeCopy, replaceDatabase } from '../../server/backup/restore.ts';
import { findSuperseded } from '../../server/backup/rotation.ts';
import { paths } from '../../server/base/paths.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { noteworthyTables } from '../../server/store/changed-rows.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { rowsOf } from '../../server/store/increment.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { answered, createClock, makeFolder, openConsultation, openRaw, openTemporary } from '../store/temporary.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { ask, backups, contentOf, eraseAll } from './desk-world.ts';

const YEAR = 366 * 24 * 60;

it('each restores the database as it was then: written, changed, deleted, and erased', async () => {
  const world = await openDeskApp();
  const { increment, prove } = backups(world);
  const gone = await ask(world, 'Zebulon Quixley', 'Zanzibar question');
  const [first, before] = [await increment(), contentOf(world.store.file)];
  expect(first.increment).toBeUndefined();

  await ask(world, 'Another Child', 'Keep this question');
  const duty = await world.openDesk('duty worker');
  await duty.post(paths.deskAction(gone, 'claims'), {}, paths.desk());
  await duty.post(paths.deskSearch(), { words: 'Quixley' }, paths.deskSearch());
  // The row with the highest rowid is deleted, and the next row gets that rowid.
  const raw = openRaw(world.store.file);
  raw.exec(`delete from sessions where rowid = (select max(rowid) from sessions)`);
  await world.openBrowser().get('/areas/bury');
  const [second, between] = [await increment(), contentOf(world.store.file)];
  expect(second.increment).toMatchObject({ number: 1, after: first.sha256 });
  expect(second.bytes).toBeLessThan(first.bytes);

  await world.store.checkpoints.write();
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskRetentionAction(gone, 'approvals'), {}, paths.deskRetention(gone));
  expect(await eraseAll(world)).toBeGreaterThan(3);
  await world.store.checkpoints.write();
  const [third, after] = [await increment(), contentOf(world.store.file)];

  for (const [{ path }, content] of [
    [first, before],
    [second, between],
    [third, after],
  ] as const) {
    const { copy } = await prove(path);
    expect(contentOf(copy)).toEqual(content);
    removeCopy(copy);
  }
});

it('leaves nothing of an erased child in a restored database, in any page of the file', async () => {
  const world = await openDeskApp();
  const { increment, prove } = backups(world);
  const gone = await ask(world, 'Zebulon Quixley', 'Zanzibar question');
  const whole = await increment();
  await world.store.checkpoints.write();
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskRetentionAction(gone, 'approvals'), {}, paths.deskRetention(gone));
  await eraseAll(world);
  await world.store.checkpoints.write();
  const { path } = await increment();
  const bytes = (file: string) => readFileSync(file).toString('latin1').toLowerCase();
  expect(bytes(whole.path)).toContain('zebulon');
  const { copy } = await prove(path);
  for (const word of ['zebulon', 'quixley', 'zanzibar']) expect(bytes(copy)).not.toContain(word);
  expect((await verifyDatabase(copy, readHeadsOf(checkpointFiles(world.store.file)))).findings.list()).toEqual([]);
  removeCopy(copy);
});

it('from before an erasure brings nobody back: the start erases again, even if the backup lacks the approval', async () => {
  const world = await openDeskApp();
  const { increment, prove } = backups(world);
  const gone = await ask(world, 'Zebulon Quixley', 'Zanzibar question');
  const stays = await ask(world, 'Another Child', 'Keep this question');
  await world.store.checkpoints.write();
  const before = await increment();
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskRetentionAction(gone, 'approvals'), {}, paths.deskRetention(gone));
  await eraseAll(world);
  await world.store.close();
  // Somebody else must not be able to have a consultation erased by adding to the list.
  const list = `${checkpointFiles(world.store.file).headsFile}.erased`;
  const [begun = '', ended = ''] = readFileSync(list, 'utf8').trimEnd().split('\n');
  expect([begun, ended].join()).not.toMatch(/zebulon|zanzibar/i);
  appendFileSync(list, `${begun.replace(gone, stays)}\n${ended}\nnonsense\n`);

  const proved = await prove(before.path);
  expect(JSON.stringify(contentOf(proved.copy).entries)).toContain('Zanzibar');
  replaceDatabase(proved, world.store.file, world.clock());
  const restored = { file: world.store.file, clock: world.clock, restored: 'the disk broke; decided by the lead' };
  const store = await openTemporary(restored);
  expect((await store.log.read(stays))?.map(({ what }) => what.kind)).toContain('handed over');
  expect(await store.log.read(gone)).toBeUndefined();
  expect(await store.queueRows.find(gone)).toBeUndefined();
  expect(store.erasing.cleaningDueSince()).toBeDefined();
  expect(await store.erasing.compact()).toBe(true);
  expect(await store.erasing.eraseAgain()).toBe(0);
  await store.close();
  expect(
    (await verifyDatabase(world.store.file, readHeadsOf(checkpointFiles(world.store.file)))).findings.list(),
  ).toEqual([]);
  const bytes = readFileSync(world.store.file).toString('latin1').toLowerCase();
  for (const word of ['zebulon', 'quixley', 'zanzibar']) expect(bytes).not.toContain(word);
});

/** A database with a full backup and three increments of it. */
async function openChain() {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { id } = await openConsultation(store, { also: [answered('first')] });
  const made = backups({ store, clock });
  const write = async (text: string) => {
    await store.log.decide(id, () => [answered(text)], 'professional');
    await store.checkpoints.write();
  };
  const chain = [await made.increment()];
  for (const text of ['one', 'two', 'three']) {
    await write(text);
    chain.push(await made.increment());
  }
  return { ...made, store, clock, write, chain, newest: chain.at(-1)?.path ?? '' };
}

describe('a chain of increments', () => {
  it('with a backup that is missing, changed or from another chain is refused with a message, and leaves nothing behind', async () => {
    const { chain, newest, prove, store, folder } = await openChain();
    const [, one, two] = chain.map(({ path }) => path) as [string, string, string];
    appendFileSync(one, 'x');
    await expect(prove(newest)).rejects.toThrow(/is not as it was written.*take another backup/s);
    rmSync(one);
    rmSync(`${one}.json`);
    await expect(prove(newest)).rejects.toThrow(/is increment 2, and the backup before it is not beside it.*fetch it/s);
    renameSync(`${two}.json`, `${two}.away`);
    await expect(prove(two)).rejects.toThrow(/is an increment, and its description is not beside it/);
    expect(readdirSync(dirname(store.file)).filter((name) => name.includes('restoring'))).toEqual([]);
    expect(listBackups(folder)[0]).toBe(newest);
  });

  it('continues from a newer full backup', async () => {
    const { increment, whole, write } = await openChain();
    await write('four');
    const made = await whole();
    await write('five');
    expect((await increment()).increment).toEqual({ number: 1, after: made.sha256 });
  });

  it.each<[string, (chain: Awaited<ReturnType<typeof openChain>>) => void]>([
    [
      'the newest is not in the folder',
      ({ newest }) => [newest, `${newest}.json`].forEach((file) => void rmSync(file)),
    ],
    ['rows may have been numbered anew', ({ store }) => openRaw(store.file).exec('vacuum')],
    ['the tables were changed', ({ store }) => openRaw(store.file).exec('drop index looks_of')],
    ['there are a hundred', ({ store }) => openRaw(store.file).exec('update backup_position set increments = 100')],
  ])('begins again with a full backup if %s', async (_what, happens) => {
    const chain = await openChain();
    happens(chain);
    const made = await chain.increment();
    expect([made.increment, instantIn(made.path)]).toEqual([undefined, 1]);
    await chain.write('later');
    expect((await chain.increment()).increment?.after).toBe(made.sha256);
  });

  it('is kept as long as its full backup', async () => {
    const { chain, folder } = await openChain();
    const names = readdirSync(folder).filter((name) => !name.endsWith('.json'));
    const later = 'front-door-2027-03-01T09-00-00.sqlite';
    expect(findSuperseded(names, { days: 1, weeks: 0, months: 0 })).toEqual([]);
    const gone = findSuperseded([...names, later], { days: 1, weeks: 0, months: 0 });
    expect(gone.sort()).toEqual(chain.map(({ path }) => basename(path)).sort());
  });

  it('is restored without the changes recorded in the original database', async () => {
    const { newest, prove } = await openChain();
    const { copy } = await prove(newest);
    const left = openRaw(copy).prepare(
      `select name from sqlite_schema where name like '%noted' or name in ('changed_rows', 'backup_position')`,
    );
    expect(left.all()).toEqual([]);
    removeCopy(copy);
  });
});

const instantIn = (path: string) => basename(path).split('+').length;

it('reads the rows of every table by their rowids, without scanning any table', async () => {
  const { store } = await openChain();
  const connection = openRaw(join(makeFolder(), 'increment.sqlite'));
  connection.prepare('attach ? as source').run(store.file);
  connection.exec('create table touched ("table" text, "row" integer, primary key ("table", "row")) without rowid');
  const tables = noteworthyTables(connection, 'source');
  expect(tables.length).toBeGreaterThan(35);
  for (const table of tables) {
    connection.exec(
      `create table main."${table}" as select rowid as "increment row", * from source."${table}" where 0`,
    );
    for (const rows of rowsOf(table)) {
      const plan = connection.prepare(`explain query plan ${rows}`).all(0) as { detail: string }[];
      expect([table, plan.filter(({ detail }) => /^SCAN (?!touched)/.test(detail))]).toEqual([table, []]);
    }
  }
});

describe('verify', () => {
  it('knows what records changes, and reports a part that was removed', async () => {
    const { store } = await openChain();
    const found = async () =>
      (await verifyDatabase(store.file, readHeadsOf(checkpointFiles(store.file)))).findings.list();
    expect(await found()).toEqual([]);
    openRaw(store.file).exec('drop trigger entries_update_noted');
    expect(await found()).toMatchObject([{ kind: 'trigger gone' }]);
  });
});

it('is readable by its owner only, and also made of a database that is not in use', async () => {
  const chain = await openChain();
  await chain.write('four');
  await chain.store.close();
  expect(existsSync(`${chain.store.file}-wal`)).toBe(false);
  const made = await chain.increment();
  expect(made.increment?.number).toBe(4);
  const { copy, described } = await chain.prove(made.path);
  expect(described.log).toEqual(made.log);
  removeCopy(copy);
});
