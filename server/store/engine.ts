/** What the store needs of a database beyond kysely's queries. SQLite has it in `sqlite.ts`; a second database gets a file of its own. */
import type { ColumnDefinitionBuilder, CreateTableBuilder } from 'kysely';
import type { Database } from './tables.ts';

export interface Engine {
  /** For single queries; cannot write. */
  reading: Database;
  /** One transaction in which nobody else decides anything: all of it is on the disk when the promise is kept, or none. */
  write<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** One query; a database that fails becomes `StoreUnavailable`. */
  read<Result>(query: (db: Database) => Promise<Result>): Promise<Result>;
  /** Throws `StoreProblem` unless the database keeps what it acknowledges. */
  checkDurable(): void;
  /** Writes the file anew, so that nothing that was deleted is left in it. False when somebody still reads an older state. */
  compact(): Promise<boolean>;
  backup(toFile: string): Promise<void>;
  close(): Promise<void>;
  definitions: Definitions;
}

/** What differs from database to database when tables are made. */
export interface Definitions {
  counter(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  strict<Table extends string, Column extends string>(
    table: CreateTableBuilder<Table, Column>,
  ): CreateTableBuilder<Table, Column>;
  /** No line of the table can be changed or taken away; `key` columns tell a line that is there already. */
  refuseChanges(db: Database, table: string, ...keys: string[]): Promise<void>;
  /** After `refuseChanges`: such a change goes through, the `unchanged` columns being as they were. */
  letThrough(db: Database, table: string, unchanged: readonly string[], condition: string): Promise<void>;
  /** `position` counts 1, 2, 3 …, and `previous` is the `hash` of the line before. */
  linkInOrder(db: Database, table: string): Promise<void>;
  /** `number` counts 1, 2, 3 … within `consultation`. */
  countWithoutGap(db: Database, table: string): Promise<void>;
  /** A table that finds words, whatever their accents and their case; each line by its `rowid`. */
  fullText(db: Database, table: string, columns: string[]): Promise<void>;
}
