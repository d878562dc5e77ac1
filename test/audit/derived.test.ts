/** Derived tables must match the entries: rows added, changed or removed in any of them are found. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createFindings } from '../../server/audit/findings.ts';
import { paths } from '../../server/base/paths.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { openAuditLines } from '../../server/store/audit-lines.ts';
import { CHECKED } from '../../server/store/checked-tables.ts';
import { RENEWED_FORM } from '../../server/store/queue-row-mapping.ts';
import { PATHWAY_OPENED } from '../pathway/opened.ts';
import { someOf } from '../short-form.ts';
import { makeFolder, openRaw, openTemporary } from '../store/temporary.ts';
import { beginConsultation } from '../web/begin-consultation.ts';
import { openDeskApp } from '../web/people/desk-app.ts';

async function found(file: string): Promise<string[]> {
  const [findings, lines] = [createFindings(), openAuditLines(file)];
  await lines.checkDerived(findings);
  lines.close();
  return findings.list().flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
}

/** Consultations that were asked, claimed, partly answered, searched for and looked at. The first is on a pathway. */
async function makeDesk(names = ['Sam Lee', 'Kim Lee']) {
  const world = await openDeskApp();
  const ids: string[] = [];
  for (const name of names) {
    const browser = world.openBrowser();
    const { id, at } = await beginConsultation(browser);
    await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
    await browser.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, at);
    ids.push(id);
  }
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(ids[0] ?? '', 'claims'), {}, paths.deskRecord(ids[0] ?? ''));
  await world.store.log.decide(ids[0] ?? '', () => [PATHWAY_OPENED], 'duty worker');
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskSearch(), { words: 'Lee' }, paths.deskSearch());
  return { world, ids, file: world.store.file };
}

let made: Promise<string> | undefined;

/** The same, made once and copied for tampering. */
async function copyDesk(): Promise<string> {
  made ??= makeDesk().then(({ file }) => {
    const copy = join(mkdtempSync(join(tmpdir(), 'front-door-derived-')), 'copy.sqlite');
    process.once('exit', () => rmSync(dirname(copy), { recursive: true, force: true }));
    openRaw(file).prepare('vacuum into ?').run(copy);
    return copy;
  });
  const file = join(makeFolder(), 'copy.sqlite');
  copyFileSync(await made, file);
  return file;
}

const row = (raw: Sqlite.Database, table: string) =>
  raw.prepare(`select * from ${table} order by rowid limit 1`).get() as object;

describe('a derived table', () => {
  it('matches the entries after normal use', async () => {
    const { world, ids, file } = await makeDesk();
    expect(await found(file)).toEqual([]);
    await world.store.log.decide(ids[1] ?? '', () => [{ kind: 'erasure approved', due: '2026-11-22' }], {
      by: 'duty worker',
      who: { id: 'a', name: 'A', role: 'safeguarding lead' },
    });
    const desk = world.services.library.areas.get('bury')?.desk as Desk;
    expect((await world.store.erasing.erase('bury', 'without an outcome', [ids[1] ?? ''], desk)).consultations).toBe(1);
    expect(await found(file)).toEqual([]);
  });

  it('is recomputed, so every changed column and every deleted or inserted row is found', async () => {
    const file = await copyDesk();
    const raw = openRaw(file);
    raw.pragma('foreign_keys = OFF');
    const recomputed = Object.keys(CHECKED).filter((table) => CHECKED[table as keyof typeof CHECKED] === 'recomputed');
    expect(recomputed.length).toBeGreaterThan(2);
    for (const table of recomputed) {
      const before = row(raw, table) as Record<string, unknown>;
      const compared = Object.keys(before).filter((name) => !['number', 'form', 'consultation'].includes(name));
      for (const column of someOf(compared, 12)) {
        const numeric = typeof before[column] === 'number';
        raw.exec('begin');
        const type = raw.prepare('select type from pragma_table_info(?) where name = ?').pluck().get(table, column);
        const other = column === 'facts' ? `'{"consultations":"x"}'` : numeric || type === 'INTEGER' ? '77' : `'x'`;
        raw.exec(`update ${table} set "${column}" = ${other} where rowid = (select min(rowid) from ${table})`);
        raw.exec('commit');
        expect((await found(file)).join(), `${table}.${column}`).toMatch(new RegExp(`changed: ${table} of.*${column}`));
        raw
          .prepare(`update ${table} set "${column}" = ? where rowid = (select min(rowid) from ${table})`)
          .run(before[column]);
        expect(await found(file), `${table}.${column}`).toEqual([]);
      }
      raw.exec(
        `create temp table kept as select * from ${table}; delete from ${table} where rowid = (select min(rowid) from ${table})`,
      );
      expect((await found(file)).join()).toContain(`derived deleted: ${table} of`);
      raw.exec(`delete from ${table}; insert into ${table} select * from kept`);
      raw.exec(`update kept set consultation = 'nobody'`);
      const columns = Object.keys(before)
        .filter((name) => name !== 'number')
        .map((name) => `"${name}"`)
        .join();
      raw.exec(`insert into ${table} (${columns}) select ${columns} from kept limit 1`);
      expect((await found(file)).join()).toContain(`derived planted: ${table} of consultation nobody`);
      raw.exec(`delete from ${table} where consultation = 'nobody'; drop table kept`);
      expect(await found(file)).toEqual([]);
    }
  }, 120_000);

  const DEEDS: [string, string, RegExp][] = [
    [
      'an entry that cannot be read any more',
      `drop trigger entries_no_update; update entries set body = 'null' where kind = 'child named'`,
      /changed: consultation .*: its entries cannot be read/,
    ],
    [
      'an urgent row that leaves the queue, as if it were of an older form',
      `update desk_lines set form = form - 2, due = null, worker = null`,
      /changed: desk_lines of .*due/,
    ],
    [
      'figures that are gone from the row and from the counts',
      `update figure_counts set count = count - 1 where figure = (select key from figure_lines, json_each(facts) limit 1);
        update figure_lines set facts = json_remove(facts, '$."' || (select key from json_each(facts) limit 1) || '"')`,
      /changed: figure_lines of .*facts/,
    ],
    ['words of the queue', `update desk_words set words = 'x' where rowid = 1`, /changed: desk_words/],
    ['words taken out of the search', 'delete from desk_words where rowid = 1', /deleted: desk_words/],
    ['words planted', `insert into desk_words (rowid, words) values (99, 'x')`, /planted: desk_words/],
    ['a higher count', 'update figure_counts set count = count + 1 where rowid = 1', /changed: figure_counts/],
    ['a lower count', 'update figure_counts set count = count - 1 where rowid = 1', /changed: figure_counts/],
    ['a count that is gone', 'delete from figure_counts where rowid = 1', /deleted: figure_counts/],
    [
      'a count planted',
      `insert into figure_counts values ('bury', '2026-11', 'outcome', 'x', 3)`,
      /changed: figure_counts/,
    ],
    ['a sighting that is gone', 'delete from sightings', /deleted: sightings/],
    [
      'a sighting planted',
      `insert into sightings select id, seq from consultations, looks
        where not exists (select 1 from sightings where consultation = id and look = seq) limit 1`,
      /planted: sightings/,
    ],
    [
      'a mail planted',
      `insert into mails (consultation, area, reference, about, moment, state, made_at, next_at, problem, message_id, tries)
        select id, area, reference, 'waits', 'entry 1', 'waiting', '', '', '', '', 0 from consultations limit 1`,
      /planted: mails/,
    ],
  ];
  it.each(someOf(DEEDS, 3))('%s', async (_what, deed, expected) => {
    const file = await copyDesk();
    const raw = openRaw(file);
    raw.exec(deed);
    expect((await found(file)).join()).toMatch(expected);
  });
});

/**
 * Removes an index from the schema, makes a change that the index then does not contain, and restores the index as it
 * was.
 */
function behindIndex(file: string, index: string, deed: string): void {
  const open = () => {
    const raw = openRaw(file);
    // In unsafe mode, SQLite allows writing to its own list of tables.
    raw.unsafeMode();
    raw.pragma('writable_schema = ON');
    raw.pragma('foreign_keys = OFF');
    return raw;
  };
  const first = open();
  const kept = first.prepare('select type, name, tbl_name, rootpage, sql from sqlite_schema where name = ?').get(index);
  first.prepare('delete from sqlite_schema where name = ?').run(index);
  first.close();
  const second = open();
  second.exec(deed);
  second
    .prepare('insert into sqlite_schema values (@type, @name, @tbl_name, @rootpage, @sql)')
    .run(kept as Record<string, unknown>);
  second.close();
}

const FILES: [string, (file: string) => void, RegExp][] = [
  [
    'an index that leaves a line of the queue out',
    (file) => {
      openRaw(file).exec('create table kept as select * from desk_lines limit 1; pragma foreign_keys = off;');
      openRaw(file).exec('pragma foreign_keys = off; delete from desk_lines where number = (select number from kept)');
      behindIndex(file, 'desk_lines_first', 'insert into desk_lines select * from kept; drop table kept');
    },
    /^file damaged: row \d+ missing from index desk_lines_first$/,
  ],
  [
    'a full text that does not find its words',
    (file) => {
      const raw = openRaw(file);
      raw.unsafeMode();
      raw.exec('pragma writable_schema = on; delete from desk_words_data where id > 10; delete from desk_words_idx');
    },
    /file damaged: .*desk_words/,
  ],
  [
    'a view in the place of a table',
    (file) =>
      openRaw(file).exec(`pragma legacy_alter_table = on; alter table sightings rename to seen;
        create view sightings as select * from seen where consultation not like 'a%'`),
    /shape changed: table sightings.*shape changed: view sightings/,
  ],
  [
    'an index that holds less than it should',
    (file) =>
      openRaw(file).exec(`drop index desk_lines_first;
        create index desk_lines_first on desk_lines (area, urgent desc, due) where due is not null and urgent = 0`),
    /^shape changed: index desk_lines_first$/,
  ],
  ['an index that is gone', (file) => openRaw(file).exec('drop index looks_of'), /^shape changed: index looks_of$/],
  ['a table planted', (file) => openRaw(file).exec('create table theirs (a)'), /^shape changed: table theirs$/],
  [
    'a trigger that is gone',
    (file) => openRaw(file).exec('drop trigger looks_no_update'),
    /^trigger gone: trigger looks_no_update$/,
  ],
];

describe('the file that holds the tables', () => {
  async function foundInFile(file: string): Promise<string> {
    const [findings, lines] = [createFindings(), openAuditLines(file)];
    await lines.checkTriggers(findings);
    lines.checkWhole(findings);
    lines.close();
    return findings
      .list()
      .flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`))
      .sort()
      .join(', ');
  }

  it.each(FILES)('%s', async (_what, deed, expected) => {
    const file = await copyDesk();
    expect(await foundInFile(file)).toBe('');
    deed(file);
    expect(await foundInFile(file)).toMatch(expected);
  });
});

const OUTCOME = { kind: 'outcome recorded', outcome: 'advice_only', words: 'Advice only', reason: '' } as const;

it('a closed row counts as one of an older form only if nothing was written in a newer form before it', async () => {
  const { world, ids, file } = await makeDesk(['Sam Lee', 'Kim Lee', 'Lou Lee']);
  const outcome = { ...OUTCOME, decidedBy: 'A', level: 1, advised: '', deadlines: [] };
  const answer = { kind: 'referrer answered', how: 'by telephone', answer: 'Advice' } as const;
  for (const id of ids.slice(1))
    await world.store.log.decide(id, () => [{ kind: 'claimed' }, outcome, answer], {
      by: 'duty worker',
      who: { id: 'a', name: 'A', role: 'duty worker' },
    });
  const raw = openRaw(file);
  expect(raw.prepare('select count(*) from desk_lines where due is null').pluck().get()).toBe(2);
  expect(await found(file)).toEqual([]);
  raw.prepare(`update desk_lines set form = form - 2, question = '' where consultation = ?`).run(ids[1]);
  expect((await found(file)).join()).toMatch(/changed: desk_lines of .*question/);
  raw.exec('update desk_lines set form = form - 2 where due is null and form = (select max(form) from desk_lines)');
  expect(await found(file)).toEqual([]);
  // In the middle of the renewal: one row is renewed, the other is not yet, and the desk keeps working.
  await world.store.renewal.rest.run();
  raw.prepare('update desk_lines set form = ?, question = ? where consultation = ?').run(RENEWED_FORM - 1, '', ids[1]);
  world.clock.pass(1);
  await world.store.log.decide(ids[0] ?? '', () => [{ kind: 'claimed' }, outcome, answer], {
    by: 'duty worker',
    who: { id: 'a', name: 'A', role: 'duty worker' },
  });
  expect(raw.prepare('select count(distinct form) from desk_lines where due is null').pluck().get()).toBe(3);
  expect(await found(file)).toEqual([]);
});

/** The tables of the schema, without SQLite's internal ones. */
function tablesOf(raw: Sqlite.Database): string[] {
  const names = raw.prepare(
    `select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')`,
  );
  return names
    .pluck()
    .all()
    .map(String)
    .filter((name) => !name.startsWith('sqlite_'))
    .sort();
}

it('every table is checked, or has a reason why not', async () => {
  const { file } = await openTemporary();
  const raw = openRaw(file);
  expect(tablesOf(raw)).toEqual(Object.keys(CHECKED).sort());
  raw.exec('create table planted (number integer primary key)');
  expect(tablesOf(raw)).not.toEqual(Object.keys(CHECKED).sort());
});
