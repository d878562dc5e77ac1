/** By which columns the rows of each table are known in incremental backups of PostgreSQL. */
import Sqlite from 'better-sqlite3';
import { CHECKED } from './checked-tables.ts';
import { makeEmptyTables } from './empty-tables.ts';
import type { Tables } from './tables.ts';

type Table = keyof Tables;

/** Tables whose rows are appended and counted: table → the column that counts. */
export const APPENDED: Partial<Record<Table, string>> = {
  chain: 'position',
  entries: 'seq',
  looks: 'seq',
  account_entries: 'seq',
};

export interface NotedColumn {
  name: string;
  /** As SQLite names it: `TEXT` or `INTEGER`. */
  type: string;
}

/** A table of which changes are noted. Its columns have the same names in SQLite and in PostgreSQL. */
export interface NotedTable {
  table: Table;
  columns: NotedColumn[];
  /** Columns by which its rows are noted: they name one row or, where the key has more columns, some. */
  key: NotedColumn[];
}

/** Tables with names of children in their keys: all rows of a consultation are noted together. */
const NOTED_TOGETHER: Partial<Record<Table, string>> = {
  desk_children: 'consultation',
  desk_child_words: 'consultation',
};

/** The full text has its key among its columns only in PostgreSQL. */
const ROWID: NotedColumn = { name: 'rowid', type: 'INTEGER' };

let described: Promise<NotedTable[]> | undefined;

/** All tables, as the steps of this version make them. */
export function notedTables(): Promise<NotedTable[]> {
  described ??= describeTables();
  return described;
}

async function describeTables(): Promise<NotedTable[]> {
  const empty = new Sqlite(await makeEmptyTables());
  try {
    return (Object.keys(CHECKED) as Table[]).map((table) => ({ table, ...describeColumns(empty, table) }));
  } finally {
    empty.close();
  }
}

/** Of a table in a SQLite database. */
export function describeColumns(connection: Sqlite.Database, table: string): Omit<NotedTable, 'table'> {
  const rows = connection
    .prepare('select name, upper(type) as type, pk from pragma_table_info(?) order by cid')
    .all(table) as (NotedColumn & { pk: number })[];
  const columns = rows.map(({ name, type }) => ({ name, type: type === 'INTEGER' ? type : 'TEXT' }));
  const keys = rows.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
  if (keys.length === 0) return { columns: [ROWID, ...columns], key: [ROWID] };
  const together = NOTED_TOGETHER[table as Table];
  const names = together === undefined ? keys.map(({ name }) => name) : [together];
  return { columns, key: names.map((name) => columns.find((column) => column.name === name) as NotedColumn) };
}

export const quoted = ({ name }: Pick<NotedColumn, 'name'>) => `"${name}"`;
