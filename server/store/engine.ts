/** What the store needs of a database beyond kysely's queries. SQLite has it in `sqlite.ts`, PostgreSQL in `postgres.ts`. */
import type { ColumnDefinitionBuilder, CreateTableBuilder, RawBuilder } from 'kysely';
import type { DeskTables } from './desk-tables.ts';
import type { Database } from './tables.ts';

export interface Engine {
  /** For single queries; read-only. */
  reading: Database;
  /** One exclusive transaction: all of it is on the disk when the promise resolves, or none of it. */
  write<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** One query; a database that fails becomes `StoreUnavailable`. */
  read<Result>(query: (db: Database) => Promise<Result>): Promise<Result>;
  /** Throws `StoreProblem` unless the settings guarantee that committed data is on the disk. */
  checkDurable(): Promise<void>;
  /** Bytes that the database takes. */
  size(): Promise<number>;
  /** Rewrites the tables, so that nothing deleted is left in them. False if another reader still holds an older state. */
  compact(): Promise<boolean>;
  /** A complete, checked copy in a new file, which is a SQLite database whatever this one is. */
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
  definitions: Definitions;
  dialect: Dialect;
}

/** SQL that each database writes in its own way. */
export interface Dialect {
  /** A source of rows with one column, `value`: the texts of the array that a JSON text is, or has under the key. */
  textsIn(json: RawBuilder<string>, key?: string): RawBuilder<{ value: string }>;
  /** The text at the end of the path in a JSON text; null if there is none. */
  textAt(json: RawBuilder<string>, ...path: string[]): RawBuilder<string | null>;
  /** The phrases with the endings of their last words looked up, where that makes finding them cheaper. */
  findEndings(db: Database, phrases: readonly Phrase[]): Promise<Phrase[]>;
  /** Whether a row of `desk_words` is in the area and has all the phrases. */
  hasWords(area: string, phrases: readonly Phrase[]): RawBuilder<boolean>;
  /** Puts the words in the place of those that are there under the same `rowid`. */
  putWords(db: Database, words: DeskTables['desk_words']): Promise<void>;
}

/** Words beside each other, separated by a space. One of the ways of writing them is enough. */
export interface Phrase {
  column: 'professional' | 'agency' | 'words';
  /** Their last word may go on. */
  ways: readonly string[];
  /** Their last word is a whole one. */
  wholes?: readonly string[];
}

/** What creating tables needs that differs between databases. */
export interface Definitions {
  counter(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  strict<Table extends string, Column extends string>(
    table: CreateTableBuilder<Table, Column>,
  ): CreateTableBuilder<Table, Column>;
  /** Makes the table append-only. `key`: the columns that identify a row. */
  refuseChanges(db: Database, table: string, ...keys: string[]): Promise<void>;
  /** The condition of a trigger: the new body is the mark of an erasure that is logged, as `audit/erasure.ts` writes it. */
  isErasureMark: string;
  /** An exception to `refuseChanges`: a change that meets the condition is let through if it leaves the `unchanged` columns as they were. */
  letThrough(db: Database, table: string, unchanged: readonly string[], condition: string): Promise<void>;
  /** `position` counts 1, 2, 3 …, and `previous` is the `hash` of the line before. */
  linkInOrder(db: Database, table: string): Promise<void>;
  /** `number` counts 1, 2, 3 … within `consultation`. */
  countWithoutGap(db: Database, table: string): Promise<void>;
  /** A full-text table, without regard to case and accents; rows are found by their `rowid`. */
  fullText(db: Database, table: string, columns: string[]): Promise<void>;
}
