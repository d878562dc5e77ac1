/** What a backup asks of the database in service, whether it is SQLite or PostgreSQL. */
import { existsSync } from 'node:fs';
import type { Checkpoint } from '../audit/line.ts';
import { acknowledgeBackup, noteChanges, positionOf } from './changed-rows.ts';
import { describeCopy } from './copy.ts';
import { copyInService, type InService } from './in-service.ts';
import { writeIncrement } from './increment.ts';

/** Where the last backup ended, and the next one continues. */
export interface BackupPosition {
  /** SHA-256 of the newest backup, as in its description. */
  newest: string;
  /** How many increments follow the last full backup. */
  increments: number;
}

export interface WrittenBackup {
  /** Number of the newest migration. */
  schema: number;
  /** The last line of the log. */
  log: Checkpoint;
  /**
   * Called after the backup is on the disk: what it contains need not be noted any more. Undefined if nobody makes
   * increments.
   */
  acknowledge?: ((position: BackupPosition) => Promise<void>) | undefined;
}

export interface BackingUp {
  /** Where the next increment continues. Undefined if the next backup has to be a full one. */
  position(): Promise<BackupPosition | undefined>;
  /** `beginsIncrements`: changes are noted from now on. */
  writeWhole(toFile: string, beginsIncrements: boolean): Promise<WrittenBackup>;
  writeIncrement(toFile: string): Promise<WrittenBackup>;
}

export async function backingUp(database: InService): Promise<BackingUp> {
  const { databaseUrl } = database;
  return databaseUrl === undefined
    ? backingUpSqlite(database)
    : (await import('./postgres-backing-up.ts')).backingUpPostgres(databaseUrl);
}

function backingUpSqlite(database: InService): BackingUp {
  const { file } = database;
  return {
    position: async () => positionOf(file),
    async writeWhole(toFile, beginsIncrements) {
      const noted = existsSync(file) ? noteChanges(file, beginsIncrements) : undefined;
      await copyInService(database, toFile);
      const { schema, log } = describeCopy(toFile, { isChecked: true });
      return { schema, log, acknowledge: noted && (async (position) => acknowledgeBackup(file, noted, position)) };
    },
    async writeIncrement(toFile) {
      const { schema, log, noted } = await writeIncrement(file, toFile);
      return { schema, log, acknowledge: async (position) => acknowledgeBackup(file, noted, position) };
    },
  };
}
