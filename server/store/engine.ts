/** What the store needs of a database beyond kysely's queries. SQLite has it in `sqlite.ts`; a second database gets a file of its own. */
import type { ColumnDefinitionBuilder, CreateTableBuilder } from 'kysely';
import type { Database } from './tables.ts';

export interface Engine {
  /** For single queries; read-only. */
  reading: Database;
  /** One exclusive transaction: all of it is on the disk when the promise resolves, or none of it. */
  write<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** One query; a database that fails becomes `StoreUnavailable`. */
  read<Result>(query: (db: Database) => Promise<Result>): Promise<Result>;
  /** Throws `StoreProblem` unless the settings guarantee that committed data is on the disk. */
  checkDurable(): void;
  /** Rewrites the file, so that nothing deleted is left in it. False if another reader still holds an older state. */
  compact(): Promise<boolean>;
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
  definitions: Definitions;
}

/** What creating tables needs that differs between databases. */
export interface Definitions {
  counter(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  strict<Table extends string, Column extends string>(
    table: CreateTableBuilder<Table, Column>,
  ): CreateTableBuilder<Table, Column>;
  /** Makes the table append-only. `key`: the columns that identify a row. */
  refuseChanges(db: Database, table: string, ...keys: string[]): Promise<void>;
  /** An exception to `refuseChanges`: a change that meets the condition is let through if it leaves the `unchanged` columns as they were. */
  letThrough(db: Database, table: string, unchanged: readonly string[], condition: string): Promise<void>;
  /** `position` counts 1, 2, 3 …, and `previous` is the `hash` of the line before. */
  linkInOrder(db: Database, table: string): Promise<void>;
  /** `number` counts 1, 2, 3 … within `consultation`. */
  countWithoutGap(db: Database, table: string): Promise<void>;
  /** A full-text table, without regard to case and accents; rows are found by their `rowid`. */
  fullText(db: Database, table: string, columns: string[]): Promise<void>;
}
