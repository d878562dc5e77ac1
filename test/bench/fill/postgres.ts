/** Writes rows into a new PostgreSQL database by COPY. The tables exist, and contain only the flows. */
import { copyInto } from '../../../server/store/copy-tables.ts';
import { openSession } from '../../../server/store/postgres-session.ts';
import type { Target } from './fill.ts';

/** Columns that the database numbers by itself. */
const COUNTERS = { entries: 'seq', looks: 'seq', desk_lines: 'number' } as const;

export async function openPostgresTarget(url: string): Promise<Target> {
  const { client, steer, end } = await openSession({ url, patienceMs: 60_000 });
  const tables = ['entries', 'chain', 'consultations', 'looks'];
  // The triggers are disabled; the check of the log confirms afterwards that every row is as they require.
  for (const table of tables) await steer(`alter table ${table} disable trigger user`);
  return {
    begin: async () => void (await steer('begin')),
    write: (table, rows) => copyInto(client, table, rows),
    commit: async () => void (await steer('commit')),
    async finish() {
      for (const [table, column] of Object.entries(COUNTERS))
        await steer(
          `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest(max("${column}"), 1)) from ${table}`,
        );
      for (const table of tables) await steer(`alter table ${table} enable trigger user`);
      await steer('analyze');
      await end();
    },
  };
}
