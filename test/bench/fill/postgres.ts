/** Writes rows into a new PostgreSQL database by COPY. The tables exist, and contain only the flows. */
import { copyInto } from '../../../server/store/copy-tables.ts';
import { openSession } from '../../../server/store/postgres-session.ts';
import type { Target } from './fill.ts';

/** Columns that the database numbers by itself. */
const COUNTERS = { entries: 'seq', looks: 'seq', desk_lines: 'number' } as const;

/** All indexes except those of primary keys and other constraints. */
const INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where schemaname = current_schema and not exists (
    select from pg_constraint where conindid = format('%I.%I', schemaname, indexname)::regclass)`;

export async function openPostgresTarget(url: string): Promise<Target> {
  const { client, steer, end } = await openSession({ url, patienceMs: 600_000 });
  const tables = ['entries', 'chain', 'consultations', 'looks'];
  // The triggers are disabled; the check of the log confirms afterwards that every row is as they require.
  for (const table of tables) await steer(`alter table ${table} disable trigger user`);
  // An index is built in a fraction of the time that it takes to add to it row by row.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES);
  for (const { name } of indexes) await steer(`drop index "${name}"`);
  return {
    begin: async () => void (await steer('begin')),
    write: (table, rows) => copyInto(client, table, rows),
    clearSum: async () => void (await steer(`delete from row_sums where "table" = 'sheet_fields'`)),
    commit: async () => void (await steer('commit')),
    async finish() {
      for (const [table, column] of Object.entries(COUNTERS))
        await steer(
          `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest(max("${column}"), 1)) from ${table}`,
        );
      for (const { definition } of indexes) await steer(definition);
      for (const table of tables) await steer(`alter table ${table} enable trigger user`);
      await steer('vacuum analyze');
      await end();
    },
  };
}
