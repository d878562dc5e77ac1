/**
 * Derived tables held against the entries: what the store's own projections make of each consultation, in a database in memory with the same
 * tables, is compared row by row with what is there. A column or a table that comes later is compared too, without being named here.
 */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { findErasure } from '../audit/erasure.ts';
import type { Findings } from '../audit/findings.ts';
import { CHECKED } from './checked-tables.ts';
import { ruleFindings } from './derived-rules.ts';
import { toEntry } from './log.ts';
import { projectDerived } from './projections.ts';
import { ROW_FORM } from './queue-row-mapping.ts';
import type { Database, Tables } from './tables.ts';
import { parseVersion, type Versions } from './versions.ts';

type Row = Record<string, unknown>;

const RECOMPUTED = (Object.keys(CHECKED) as (keyof Tables)[]).filter((table) => CHECKED[table] === 'recomputed');

/** `after`: only consultations that were written in since this entry; 0 for all. */
export async function checkDerived(real: Sqlite.Database, findings: Findings, after = 0): Promise<void> {
  const scratch = openScratch(real);
  try {
    const check = createComparison(real, scratch.connection, findings);
    const project = projectDerived({ find: createFinder(real) });
    const ids = real.prepare('select distinct consultation from entries where seq > ?').pluck();
    const rowsOf = real.prepare('select * from entries where consultation = ? order by number');
    for (const id of ids.iterate(after) as Iterable<string>) {
      const rows = rowsOf.all(id) as Parameters<typeof toEntry>[0][];
      const isErased = rows.some(({ body }) => findErasure(body) !== undefined);
      // A line that cannot be read is already a finding; its row cannot be recomputed.
      if (!isErased && rows.every(({ body }) => isJson(body)))
        await project(scratch.db, id, { entries: rows.map(toEntry), added: [] });
      check.consultation(id, isErased);
    }
    // What concerns all consultations together is checked with all of them.
    if (after === 0) {
      check.rest();
      ruleFindings(real, findings);
    }
  } finally {
    await scratch.db.destroy();
  }
}

/** The same tables, as the database has them, without their triggers and keys. */
function openScratch(real: Sqlite.Database): { db: Database; connection: Sqlite.Database } {
  const connection = new Sqlite(':memory:');
  connection.pragma('foreign_keys = OFF');
  const text = real.prepare(`select sql from sqlite_schema where name = ?`).pluck();
  for (const table of [...RECOMPUTED, 'figure_counts', 'desk_words']) connection.exec(String(text.get(table)));
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  return { db, connection };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** A flow that was tampered with is already a finding; here it counts as unknown. */
function createFinder(real: Sqlite.Database): Versions['find'] {
  const known = new Map<string, ReturnType<typeof parseVersion>>();
  const bodyOf = real.prepare('select body from flow_versions where version = ?').pluck();
  return async (version) => {
    if (!known.has(version)) known.set(version, parseVersion(version, String(bodyOf.get(version) ?? '')));
    return known.get(version);
  };
}

/** The row's position in its table, which is not compared. */
const PLACE = 'number';

function createComparison(real: Sqlite.Database, scratch: Sqlite.Database, findings: Findings) {
  const tables = RECOMPUTED.map((table) => ({
    table,
    defaults: defaultsOf(real, table),
    there: real.prepare(`select * from ${table} where consultation = ?${orderOf(table)}`),
    due: scratch.prepare(`select * from ${table} where consultation = ?${orderOf(table)}`),
    forget: scratch.prepare(`delete from ${table} where consultation = ?`),
    all: real.prepare(`select consultation from ${table} where consultation not in (select consultation from entries)`),
  }));
  const compareWords = createWordComparison(real, scratch, findings);
  const formOf = real.prepare('select form from desk_lines where consultation = ?').pluck();
  /** Whether the row has today's form: one of an older form lacks columns that were added later. */
  const hasTodaysForm = (id: string) => [undefined, ROW_FORM].includes(formOf.get(id) as number | undefined);
  return {
    consultation(id: string, isErased: boolean): void {
      compareWords(id);
      const isNewForm = hasTodaysForm(id);
      for (const { table, defaults, there, due, forget } of tables) {
        const [is, must] = [there.all(id) as Row[], due.all(id) as Row[]];
        const where = `${table} of consultation ${id}`;
        if (isErased) checkErased(findings, is, where);
        else compareRows(findings, { is, must, unknown: isNewForm ? undefined : defaults }, where);
        forget.run(id);
      }
    },
    /** Rows of consultations that have no entries. */
    rest(): void {
      for (const { table, all } of tables)
        for (const id of all.pluck().iterate()) findings.add('derived planted', `${table} of consultation ${id}`);
    },
  };
}

/** The words of a consultation's row, which are found by the row's number. */
function createWordComparison(real: Sqlite.Database, scratch: Sqlite.Database, findings: Findings) {
  const rowOf = 'select number from desk_lines where consultation = ?';
  const wordsOf = 'select * from desk_words where rowid = ?';
  const [realRow, scratchRow] = [real.prepare(rowOf).pluck(), scratch.prepare(rowOf).pluck()];
  const [there, due] = [real.prepare(wordsOf), scratch.prepare(wordsOf)];
  const forget = scratch.prepare('delete from desk_words where rowid = ?');
  return (id: string): void => {
    const [is, must] = [realRow.get(id), scratchRow.get(id)];
    if (must === undefined) return;
    if (is !== undefined) {
      const rows = { is: there.all(is) as Row[], must: due.all(must) as Row[], unknown: undefined };
      compareRows(findings, rows, `desk_words of consultation ${id}`);
    }
    forget.run(must);
  };
}

function checkErased(findings: Findings, is: Row[], where: string): void {
  const isMark = is.length === 1 && typeof is[0]?.erased_at === 'string' && is[0].approved === 0;
  if (where.startsWith('retention_lines')) {
    if (!isMark) findings.add('derived changed', where);
  } else if (is.length > 0) findings.add('derived planted', where);
}

interface Compared {
  is: Row[];
  must: Row[];
  /** For a row of an older form: what its columns hold that were added later. */
  unknown: Row | undefined;
}

function compareRows(findings: Findings, { is, must, unknown }: Compared, where: string): void {
  if (is.length < must.length) findings.add('derived deleted', where);
  if (is.length > must.length) findings.add('derived planted', where);
  if (is.length !== must.length) return;
  for (const [index, one] of is.entries()) {
    const other = must[index] ?? {};
    const changed = Object.keys(one).filter(
      (name) =>
        name !== PLACE &&
        differs(name, one[name], other[name]) &&
        !(unknown !== undefined && isUnknown(unknown, name, one)),
    );
    if (changed.length > 0) findings.add('derived changed', `${where}: ${changed.join(', ')}`);
  }
}

/** Of a table with several rows for a consultation. */
function orderOf(table: keyof Tables): string {
  return table === 'desk_children' ? ' order by child_key' : '';
}

/** Facts are compared figure by figure: rows of an older form lack figures that were added later. */
function differs(name: string, is: unknown, must: unknown): boolean {
  if (name !== 'facts') return is !== must;
  try {
    const [one, other] = [JSON.parse(String(is)), JSON.parse(String(must))] as Record<string, string>[];
    return Object.entries(one ?? {}).some(
      ([figure, value]) => other?.[figure] !== undefined && other[figure] !== value,
    );
  } catch {
    return true;
  }
}

function isUnknown(defaults: Row, name: string, row: Row): boolean {
  return name === 'form' || (name in defaults && row[name] === defaults[name]);
}

/** The value of later columns in older rows: null, or the column's default. */
function defaultsOf(real: Sqlite.Database, table: string): Row {
  const columns = real
    .prepare('select name, "notnull" as must, dflt_value as text from pragma_table_info(?)')
    .all(table);
  const added = (columns as { name: string; must: number; text: string | null }[]).filter(
    ({ must, text }) => must === 0 || text !== null,
  );
  return Object.fromEntries(
    added.map(({ name, text }) => [name, text === null ? null : real.prepare(`select ${text}`).pluck().get()]),
  );
}
