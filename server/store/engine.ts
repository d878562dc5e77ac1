/**
 * What the store needs from a database in addition to kysely's queries. SQLite's is in `sqlite.ts`, PostgreSQL's in
 * `postgres.ts`.
 */
import type { ColumnDefinitionBuilder, CreateTableBuilder, RawBuilder } from 'kysely';
import type { DeskTables } from './desk-tables.ts';
import type { SearchableTexts } from './index-words.ts';
import type { Database } from './tables.ts';

export interface Engine {
  /** For single queries; read-only. */
  reading: Database;
  /** One exclusive transaction. When the promise resolves, all of it is on the disk; if it rejects, none of it. */
  write<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** One query. A failure of the database becomes `StoreUnavailable`. */
  read<Result>(query: (db: Database) => Promise<Result>): Promise<Result>;
  /** Throws `StoreProblem` unless the settings guarantee that committed data is on the disk. */
  checkDurable(): Promise<void>;
  /** Bytes that the database uses. */
  size(): Promise<number>;
  /**
   * Rewrites the tables, so that no deleted data is left in them, and with PostgreSQL lists its words anew. False if
   * another reader still holds an older state.
   */
  compact(): Promise<boolean>;
  /**
   * The same while the database is in use. PostgreSQL rewrites its tables for it, since it overwrites nothing of a
   * deleted row until it uses the place again. False if another reader still holds an older state.
   */
  clean(): Promise<boolean>;
  /** A complete, checked copy in a new file. It is always a SQLite database. */
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
  definitions: TableDefinitions;
  dialect: Dialect;
}

/** SQL that differs between the databases. */
export interface Dialect {
  /** A source of rows with one column, `value`: the strings of a JSON array, or of the array under a key. */
  textsIn(json: RawBuilder<string>, key?: string): RawBuilder<{ value: string }>;
  /** The string at this path in a JSON text; null if there is none. */
  textAt(json: RawBuilder<string>, ...path: string[]): RawBuilder<string | null>;
  /** Looks up what makes a search for words with these beginnings cheaper. */
  lookUpWords(db: Database, beginnings: readonly string[]): Promise<SoughtWords>;
  /** Whether a row of `desk_words` has, for each of the beginnings, a word that begins like it. */
  hasWords(sought: SoughtWords): RawBuilder<boolean>;
  /** The same of the row of this number, which is a column of the query: the words are compared, and not looked up. */
  rowHasWords(number: string, sought: SoughtWords): RawBuilder<boolean>;
  /** The column, in a form in which it is compared and not looked up in an index. */
  unindexed(column: string): RawBuilder<unknown>;
  /** Replaces the words that are stored under the same `rowid`. Writes nothing if they are the same. */
  putWords(db: Database, words: DeskTables['desk_words']): Promise<void>;
}

export interface SoughtWords {
  beginnings: readonly WordBeginning[];
  /** Whether few rows are expected to have them all, so that they are looked up in the index and then sorted. */
  areRare?: boolean;
}

/** The beginning of a word as it is indexed, with its mark: see `index-words.ts`. */
export interface WordBeginning {
  text: string;
  /** All words that begin like this, if they were looked up. */
  words?: readonly string[];
}

/** What creating tables needs that differs between databases. */
export interface TableDefinitions {
  counter(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  strict<Table extends string, Column extends string>(
    table: CreateTableBuilder<Table, Column>,
  ): CreateTableBuilder<Table, Column>;
  /** Makes the table append-only. `key`: the columns that identify a row. */
  refuseChanges(db: Database, table: string, ...keys: string[]): Promise<void>;
  /** The trigger condition under which a new body is the mark of a logged erasure, as `audit/erasure.ts` writes it. */
  isErasureMark: string;
  /**
   * An exception to `refuseChanges`: allows a change that meets the condition and leaves the `unchanged` columns as
   * they were.
   */
  letThrough(db: Database, table: string, unchanged: readonly string[], condition: string): Promise<void>;
  /** Requires that `position` counts 1, 2, 3 … and `previous` is the `hash` of the line before. */
  linkInOrder(db: Database, table: string): Promise<void>;
  /** Requires that `number` counts 1, 2, 3 … within `consultation`. */
  countWithoutGap(db: Database, table: string): Promise<void>;
  /** A full-text table that ignores case and accents; its rows are found by `rowid`. */
  fullText(db: Database, table: string, columns: string[]): Promise<void>;
  /**
   * Makes the full-text table anew, with each row as `toIndexed` gives it: an index of the beginnings of its words. A
   * search of an earlier version fails on it, instead of finding nothing.
   */
  indexBeginnings(db: Database, toIndexed: (row: SearchableTexts) => SearchableTexts): Promise<void>;
  /** Lists the words of the full-text table for `lookUpWords`, unless the index of the database lists them itself. */
  listWords(db: Database): Promise<void>;
}
