/**
 * The upgrade step for accounts whose entries do not carry their state yet: appends an entry with the present state to
 * the chain.
 */
import { randomBytes } from 'node:crypto';
import { digestOfSession } from '../audit/account-state.ts';
import { BY_COMMAND } from './account-entries.ts';
import { readAccountState } from './account-state.ts';
import { createChain } from './chain.ts';
import type { TableDefinitions } from './engine.ts';
import type { Database } from './tables.ts';

/** `at`: the instant of the upgrade. */
export async function noteAccountStates(db: Database, _definitions: TableDefinitions, at: string): Promise<void> {
  const chain = createChain({ reading: db, read: (query) => query(db) }, { random: randomBytes });
  const kind = 'state noted';
  for (const { id } of await db.selectFrom('accounts').select('id').orderBy('id').execute()) {
    const open = await db
      .selectFrom('signins')
      .select('token_hash')
      .where('account', '=', id)
      .where('ended_at', 'is', null)
      .execute();
    const sessions = open.map(({ token_hash }) => digestOfSession(token_hash));
    const body = JSON.stringify({ sessions, state: await readAccountState(db, id) });
    const { seq } = await db
      .insertInto('account_entries')
      .values({ account: id, at, by: BY_COMMAND, kind, body })
      .returning('seq')
      .executeTakeFirstOrThrow();
    await chain.addIn(db, { source: 'account_entries', seq, facts: [id, at, BY_COMMAND, kind], body });
  }
}
