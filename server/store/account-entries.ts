/** What happened to an account, when and by whom. Appended in the transaction of the change itself, and linked into the chain. */
import type { AccountHappening } from '../people/account.ts';
import { readAccountState } from './account-state.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

/** Who did it: the id of an account, or one of the two constants below. */
export type DoneBy = string;
export const BY_COMMAND: DoneBy = 'command';
export const BY_ORGANISATION: DoneBy = 'organisation';

export interface AccountEntry {
  at: string;
  by: DoneBy;
  what: AccountHappening;
}

export interface AccountEntries {
  /** The oldest first. */
  entriesOf(id: string): Promise<AccountEntry[]>;
  /**
   * For other tables of the store: call it in their transaction and after the change, so that the entry records the new
   * state. Without `by`, the account's own person did it.
   */
  noteIn(db: Database, id: string, what: AccountHappening, by?: DoneBy): Promise<void>;
}

export function createAccountEntries({ read }: Engine, chain: Chain, clock: () => Date): AccountEntries {
  return {
    async entriesOf(id) {
      const found = await read((db) =>
        db.selectFrom('account_entries').selectAll().where('account', '=', id).orderBy('seq').execute(),
      );
      return found.map(({ at, by, kind, body }) => {
        const { state: _state, ...rest } = JSON.parse(body);
        return { at, by, what: { kind, ...rest } };
      });
    },
    async noteIn(db, account, { kind, ...rest }, by = account) {
      const state = await readAccountState(db, account);
      const [at, body] = [clock().toISOString(), JSON.stringify({ ...rest, state })];
      const { seq } = await db
        .insertInto('account_entries')
        .values({ account, at, by, kind, body })
        .returning('seq')
        .executeTakeFirstOrThrow();
      await chain.addIn(db, { source: 'account_entries', seq, facts: [account, at, by, kind], body });
    },
  };
}
