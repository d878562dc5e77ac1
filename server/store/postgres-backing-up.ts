/** Backups of PostgreSQL, full and incremental; each is as the database was at one instant. */
import type pg from 'pg';
import type { BackingUp, BackupPosition } from './backing-up.ts';
import { describeCopy } from './copy.ts';
import { copyOut, refuseOtherTables } from './copy-tables.ts';
import { useDatabase } from './postgres.ts';
import { writePostgresIncrement } from './postgres-increment.ts';
import {
  acknowledgePostgresBackup,
  isNoting,
  makeNoting,
  type PostgresStateAtBackup,
  readNoted,
  readPosition,
} from './postgres-noted.ts';
import { LOCK_WRITES } from './postgres-writer.ts';

export function backingUpPostgres(url: string): BackingUp {
  const use = <Result>(work: (client: pg.Client) => Promise<Result>) => useDatabase(url, work);
  const acknowledging = (noted: PostgresStateAtBackup) => (position: BackupPosition) =>
    use((client) => inWriting(client, () => acknowledgePostgresBackup(client, noted, position)));
  return {
    position: () => use(readPosition),
    async writeWhole(toFile, beginsIncrements) {
      const noted = await use(async (client) => {
        const isNoted = await noteChanges(client, beginsIncrements);
        let standing: PostgresStateAtBackup | undefined;
        await copyOut(client, toFile, async () => {
          if (isNoted) standing = await readNoted(client);
        });
        return standing;
      });
      const { schema, log } = describeCopy(toFile, { isChecked: true });
      return { schema, log, acknowledge: noted && acknowledging(noted) };
    },
    async writeIncrement(toFile) {
      const { schema, log, noted } = await use((client) => writePostgresIncrement(client, toFile));
      return { schema, log, acknowledge: acknowledging(noted) };
    },
  };
}

/** Before a full backup: changes are noted from now on. False if nobody makes increments and `begin` is not set. */
async function noteChanges(client: pg.Client, begin: boolean): Promise<boolean> {
  if (!begin && !(await isNoting(client))) return false;
  await refuseOtherTables(client);
  if ((await readPosition(client)) === undefined) await inWriting(client, () => makeNoting(client));
  return true;
}

/** In a transaction, while nobody else writes. */
async function inWriting(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  await client.query(LOCK_WRITES);
  await work();
  await client.query('commit');
}
