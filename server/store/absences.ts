/** Who is away, and from when until when. Read from the newest entry of the account that says so. */
import { sql } from 'kysely';
import type { Absence } from '../people/absence.ts';
import type { AccountEntries, DoneBy } from './account-entries.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface Absences {
  setAway(id: string, absence: Absence, by: DoneBy): Promise<void>;
  /** Ends the absence that was recorded. Does nothing if the person is not away. */
  setBack(id: string, by: DoneBy): Promise<void>;
  /** Account id → the absence recorded last, including those that are over or have not begun. */
  absencesOf(area: string): Promise<Map<string, Absence>>;
}

export function createAbsences({ read, write }: Engine, noteIn: AccountEntries['noteIn']): Absences {
  return {
    setAway: (id, { from, until }, by) =>
      write(async (db) => {
        const known = await lastOf(db, id);
        if (known?.from === from && known.until === until) return;
        await noteIn(db, id, { kind: 'away', from, until }, by);
      }),
    setBack: (id, by) =>
      write(async (db) => {
        if ((await lastOf(db, id)) !== undefined) await noteIn(db, id, { kind: 'back' }, by);
      }),
    async absencesOf(area) {
      const found = await read((db) =>
        sql<Line>`select accounts.id as account, kind, body from accounts
          join account_entries on account_entries.seq = (select max(seq) from account_entries
            where account = accounts.id and kind in ('away', 'back')) where area = ${area}`.execute(db),
      );
      return new Map(
        found.rows.flatMap((line) => {
          const absence = toAbsence(line);
          return absence === undefined ? [] : [[line.account, absence] as const];
        }),
      );
    },
  };
}

interface Line {
  account: string;
  kind: string;
  body: string;
}

async function lastOf(db: Database, account: string): Promise<Absence | undefined> {
  const line = await db
    .selectFrom('account_entries')
    .select(['account', 'kind', 'body'])
    .where('account', '=', account)
    .where('kind', 'in', ['away', 'back'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return line === undefined ? undefined : toAbsence(line);
}

function toAbsence({ kind, body }: Line): Absence | undefined {
  if (kind !== 'away') return undefined;
  const { from, until } = JSON.parse(body) as Absence;
  return { from, until };
}

/**
 * An account has thousands of entries about its sessions and only a few about absences, so these get their own index.
 */
export async function indexAbsences(db: Database): Promise<void> {
  await sql`create index account_entries_away on account_entries (account, seq) where kind in ('away', 'back')`.execute(
    db,
  );
}
