import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FACTS, type Fact, hashContent, hashLine, SOURCES } from '../../server/audit/line.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { isPostgres } from '../postgres/databases.ts';
import { answered, asStranger, createClock, openAt, openConsultation, openRaw, openTemporary } from './temporary.ts';

interface Row {
  position: number;
  source: 'entries';
  seq: number;
  salt: string;
  content: string;
  previous: string;
  hash: string;
}

/** What is wrong with the chain in the file, by the simplest possible reading of its definition. */
async function read(file: string) {
  const chain = await asStranger<Row>(file, 'select * from chain order by position');
  const tables = new Map<string, Map<number, Record<string, Fact>>>();
  for (const source of SOURCES) {
    const rows = await asStranger<Record<string, Fact>>(file, `select * from ${source}`);
    tables.set(source, new Map(rows.map((row) => [Number(row.seq), row])));
  }
  let previous = '';
  for (const [index, line] of chain.entries()) {
    const row = tables.get(line.source)?.get(Number(line.seq)) ?? {};
    expect([Number(line.position), line.previous]).toEqual([index + 1, previous]);
    expect(line.content).toBe(hashContent(line.salt, String(row.body)));
    expect(line.hash).toBe(
      hashLine(
        { ...line, position: Number(line.position), seq: Number(line.seq) },
        FACTS[line.source].map((name) => (name === 'number' ? Number(row[name]) : (row[name] ?? null))),
      ),
    );
    previous = line.hash;
  }
  expect(chain).toHaveLength([...tables.values()].reduce((sum, { size }) => sum + size, 0));
  return chain;
}

const look = { who: { id: 'a', name: 'Amina', role: 'duty worker' }, area: 'bury', what: 'view' } as const;

describe('the chain', () => {
  it('has a line for each entry, access and account change, in the order in which they were written', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store, { also: [answered('a')] });
    await store.accessLog.add({ ...look, consultation: id, body: { upTo: 2 } });
    await store.log.decide(id, () => [answered('b'), answered('c')], 'professional');
    const person = { email: 'a@example.org', name: 'A', role: 'duty worker', area: 'bury', hash: 'h' } as const;
    await store.people.accounts.invite(person, 'command');
    const lines = await read(store.file);
    expect(lines.map(({ source }) => source)).toEqual([
      'entries',
      'entries',
      'looks',
      'entries',
      'entries',
      'account_entries',
    ]);
    expect(new Set(lines.map(({ salt }) => salt)).size).toBe(6);
    expect(await store.chain.head()).toEqual({ position: 6, hash: lines.at(-1)?.hash });
  });

  it('continues where it ends after a rollback, and between two programs', async () => {
    const first = await openTemporary();
    const second = await openAt({ file: first.file, clock: createClock() });
    const { id } = await openConsultation(first);
    const fault = () => {
      throw new Error('a fault of ours');
    };
    const add = (store: typeof second, index: number) =>
      store.log.decide(id, index % 5 === 4 ? fault : () => [answered(`q${index}`)], 'professional').catch(() => {});
    await Promise.all(Array.from({ length: 40 }, (_, index) => add(index % 3 === 0 ? first : second, index)));
    const circle: { kind: 'noted'; text: string; self?: unknown } = { kind: 'noted', text: 'x' };
    circle.self = circle;
    await first.log.decide(id, () => [answered('x'), circle], 'professional').catch(() => {});
    await first.log.decide(id, () => [answered('y')], 'professional');
    await second.close();
    expect(await read(first.file)).toHaveLength(34);
  });

  // There is no PostgreSQL database from before the chain.
  it.skipIf(isPostgres)('begins with what was written before it existed', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store, { also: [answered('a')] });
    await store.accessLog.add({ ...look, body: {} });
    await store.close();
    const raw = openRaw(store.file);
    // Restores the state before this migration: removes its tables, those of later migrations, and the columns that
    // these added to older tables.
    const later = raw
      .prepare(
        `select type || ' ' || name from sqlite_schema where type in ('table', 'index') and sql is not null
          and name not like 'sqlite_%' and rowid >= (select min(rowid) from sqlite_schema where name in ('looks', 'chain', 'sightings'))`,
      )
      .pluck()
      .all();
    raw.pragma('foreign_keys = off');
    // Columns added by later migrations come after the original ones.
    const added = raw
      .prepare(
        `select name from pragma_table_info('desk_lines') where cid >= (select cid from pragma_table_info('desk_lines') where name = 'worked')`,
      )
      .pluck()
      .all() as string[];
    const indexes = raw.prepare(`select name, sql from sqlite_schema where type = 'index' and tbl_name = 'desk_lines'`);
    for (const { name, sql } of indexes.all() as { name: string; sql: string | null }[])
      if (added.some((column) => sql?.includes(`"${column}"`))) raw.exec(`drop index ${name}`);
    for (const column of added) raw.exec(`alter table desk_lines drop column ${column}`);
    for (const table of ['holders', 'signins', 'return_codes', 'sessions'])
      raw.exec(`alter table ${table} drop column mac`);
    raw.exec('drop index if exists tallies_counted');
    for (const column of ['counted', 'mac']) raw.exec(`alter table tallies drop column ${column}`);
    raw.exec('create index if not exists desk_lines_due on desk_lines (area, due)');
    raw.exec('alter table drafts rename column form to action; alter table drafts rename to kept_forms');
    for (const what of later) raw.exec(`drop ${String(what).replace(' ', ' if exists ')}`);
    // A later migration has made this one anew.
    const tokens = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'";
    raw.exec(`create virtual table desk_words using fts5(area, professional, agency, words, ${tokens})`);
    raw.exec(
      `delete from migrations where number >= (select number from migrations where name = 'looks and the chain')`,
    );
    rmSync(checkpointFiles(store.file).headsFile);
    const again = await openTemporary({ file: store.file });
    await again.log.decide(id, () => [answered('b')], 'professional');
    expect(await read(store.file)).toHaveLength(3);
  });

  const forbidden = [
    `update chain set hash = 'x'`,
    `update chain set salt = null, content = 'x'`,
    `update chain set salt = 'x'`,
    'delete from chain',
    ...(isPostgres
      ? ['truncate chain', `insert into chain select * from chain on conflict (position) do update set hash = 'x'`]
      : ['insert or replace into chain select * from chain']),
    `insert into chain (position, source, seq, content, previous, hash) select 9, source, 9, content, previous, hash from chain limit 1`,
    `insert into chain (position, source, seq, content, previous, hash) select 3, source, 3, content, previous, 'x' from chain limit 1`,
    `update looks set body = '{}'`,
    'delete from looks',
  ];
  it('refuses each statement that would change it, with all rights or with those of Front Door', async () => {
    const store = await openTemporary();
    await openConsultation(store);
    await store.accessLog.add({ ...look, body: {} });
    for (const statement of forbidden) {
      for (const rights of ['all', 'ours'] as const) {
        const doing = asStranger(store.file, statement, rights);
        await expect(doing, statement).rejects.toThrow(/never changed|goes on where it ends|permission denied/);
      }
      expect(await read(store.file), statement).toHaveLength(2);
    }
  });
});

describe('looks', () => {
  it('says who has seen a consultation, by itself and in a list, the newest first', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    await store.accessLog.add({ ...look, consultation: id, body: { upTo: 1 } });
    await store.accessLog.add({ ...look, what: 'search', body: { words: 'Sam Lee', shown: [id, id, 'other'] } });
    await store.accessLog.add({ ...look, consultation: 'other', body: {} });
    const seen = await store.accessLog.at(id, 10);
    expect(seen.map(({ what, body }) => [what, body])).toEqual([
      ['search', { words: 'Sam Lee', shown: [id, id, 'other'] }],
      ['view', { upTo: 1 }],
    ]);
    expect(seen[0]).toMatchObject({ at: '2026-11-22T09:00:00.000Z', area: 'bury', who: look.who });
  });
});
