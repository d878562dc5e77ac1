import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { NEWEST } from '../../server/store/migrations.ts';
import { checkSqliteVersion, openSqlite, sqliteVersion } from '../../server/store/sqlite.ts';
import { openStore } from '../../server/store/store.ts';
import { createClock, makeFile, makeFolder, openConsultation, openRaw, openTemporary } from './temporary.ts';

const clock = createClock();
const isRoot = process.getuid?.() === 0;

describe('a store that is opened', () => {
  it('keeps what it acknowledges: WAL, flushed, foreign keys, on every connection', async () => {
    const engine = openSqlite(makeFile());
    await engine.write((db) => db.schema.createTable('first').addColumn('id', 'integer').execute());
    await engine.checkDurable();
    await engine.close();
  });

  it('says which setting is wrong', async () => {
    const engine = openSqlite(makeFile());
    await engine.write((db) => sql`pragma recursive_triggers = OFF`.execute(db));
    await expect(engine.checkDurable()).rejects.toThrow(
      /runs with recursive_triggers = 0\n {2}expected: recursive_triggers = 1;/,
    );
    await engine.close();
  });

  it('is readable by its owner only', async () => {
    const store = await openTemporary({ file: makeFile() });
    await openConsultation(store);
    const folder = dirname(store.file);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(modes.length).toBeGreaterThan(1);
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
  });

  it('is migrated once, even by two at once, and keeps its contents', async () => {
    const file = makeFile();
    const [one, two] = await Promise.all([openStore({ file, clock }), openStore({ file, clock })]);
    const { id, entries } = await openConsultation(one);
    await Promise.all([one.close(), two.close()]);
    const again = await openTemporary({ file });
    expect(await again.log.read(id)).toEqual(entries);
    const steps = openRaw(file).prepare('select number from migrations order by number').pluck().all();
    expect(steps).toEqual(Array.from({ length: NEWEST }, (_, index) => index + 1));
  });

  it('is healthy', async () => {
    const store = await openTemporary();
    expect(await store.health()).toEqual({ reads: true, writes: true, log: true, space: true });
  });
});

describe('a store that cannot be opened', () => {
  it('names the folder that cannot be created', async () => {
    const file = join(makeFolder(), 'a file', 'data', 'front-door.sqlite');
    writeFileSync(join(dirname(dirname(file))), 'not a folder');
    await expect(openStore({ file, clock })).rejects.toThrow(/cannot be opened for writing.*expected:.*set DATA_DIR/s);
  });

  it.skipIf(isRoot)('names the folder that may not be written to', async () => {
    const folder = join(makeFolder(), 'locked');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    await expect(openStore({ file: join(folder, 'x.sqlite'), clock })).rejects.toThrow(/cannot be opened for writing/);
  });

  it('says that another program keeps it locked', async () => {
    const file = makeFile();
    await (await openStore({ file, clock })).close();
    const raw = openRaw(file);
    raw.pragma('journal_mode = DELETE');
    raw.exec('begin exclusive');
    await expect(openStore({ file, clock, patienceMs: 50 })).rejects.toThrow(
      `The database cannot be opened: Another program has kept the database locked: ${file} (SQLITE_BUSY).`,
    );
  });

  it('refuses a file that is no database', async () => {
    const file = join(makeFolder(), 'x.sqlite');
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    await expect(openStore({ file, clock })).rejects.toThrow(/cannot be opened.*restore/s);
  });

  it('refuses another product’s database, and leaves it as it was', async () => {
    const file = join(makeFolder(), 'x.sqlite');
    const raw = openRaw(file);
    raw.exec('create table wp_posts (id int); create table migrations (id int, migration text)');
    const before = readFileSync(file);
    await expect(openStore({ file, clock })).rejects.toThrow(
      /is a database of something else: it holds migrations, wp_posts\n {2}expected: no file there yet/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a database of a newer version', async () => {
    const file = makeFile();
    await (await openStore({ file, clock })).close();
    const raw = openRaw(file);
    raw.prepare('insert into migrations values (?, ?, ?)').run(NEWEST + 1, 'from the future', '');
    await expect(openStore({ file, clock })).rejects.toThrow(
      new RegExp(`newer Front Door.*step ${NEWEST + 1}.*start the newer version`, 's'),
    );
  });

  it('refuses an old SQLite', () => {
    expect(() => checkSqliteVersion('3.51.2')).toThrow(/SQLite 3.51.2.*3.51.3 or later.*npm ci/s);
    expect(() => checkSqliteVersion('3.7.17')).toThrow();
    for (const good of ['3.51.3', '3.53.0', '4.0.0', sqliteVersion()]) checkSqliteVersion(good);
  });
});
