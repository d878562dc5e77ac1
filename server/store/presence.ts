/**
 * Who has a consultation open now. An open page keeps reporting itself; a closed one is forgotten within a minute. This
 * is kept in the database, so that people whose requests reach different servers see each other.
 */
import type { Engine, TableDefinitions } from './engine.ts';
import type { Database } from './tables.ts';

export interface PresenceTables {
  /** `at`: an instant. */
  open_pages: { consultation: string; account: string; name: string; at: string };
}

export interface Presence {
  /** Records that the person has it open, and returns the names of the others who do. */
  see(consultation: string, person: { id: string; name: string }): Promise<string[]>;
}

const FORGOTTEN_AFTER_MS = 45_000;

export function createPresence({ write }: Engine, clock: () => Date): Presence {
  return {
    see: (consultation, { id, name }) =>
      write(async (db) => {
        const now = clock();
        const before = new Date(now.getTime() - FORGOTTEN_AFTER_MS).toISOString();
        const at = now.toISOString();
        await db.deleteFrom('open_pages').where('at', '<', before).execute();
        await db
          .insertInto('open_pages')
          .values({ consultation, account: id, name, at })
          .onConflict((conflict) => conflict.columns(['consultation', 'account']).doUpdateSet({ name, at }))
          .execute();
        const others = db.selectFrom('open_pages').select('name').where('consultation', '=', consultation);
        const rows = await others.where('account', '!=', id).orderBy('name').execute();
        return rows.map((row) => row.name);
      }),
  };
}

export async function makeOpenPages(db: Database, { strict }: TableDefinitions): Promise<void> {
  const table = db.schema
    .createTable('open_pages')
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull());
  await strict(table.addPrimaryKeyConstraint('open_pages_key', ['consultation', 'account'])).execute();
  await db.schema.createIndex('open_pages_at').on('open_pages').column('at').execute();
}
