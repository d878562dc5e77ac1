/** Recovery codes: each can be used once in place of a second factor. Only hashes are stored. */
import type { AccountEntries } from './account-entries.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface RecoveryCodes {
  /** Makes the older codes invalid. */
  setRecoveryCodes(account: string, hashes: string[]): Promise<void>;
  /** How many can still be used. */
  countRecoveryCodes(account: string): Promise<number>;
}

export function createRecoveryCodes(
  { read, write }: Engine,
  { noteIn }: AccountEntries,
  clock: () => Date,
): RecoveryCodes {
  return {
    setRecoveryCodes: (account, hashes) =>
      write(async (db) => {
        await replaceRecoveryCodes(db, account, hashes, clock().toISOString());
        await noteIn(db, account, { kind: 'recovery codes made' });
      }),
    async countRecoveryCodes(account) {
      const unused = await read((db) =>
        db
          .selectFrom('recovery_codes')
          .select('hash')
          .where('account', '=', account)
          .where('used_at', 'is', null)
          .execute(),
      );
      return unused.length;
    },
  };
}

export async function replaceRecoveryCodes(
  db: Database,
  account: string,
  hashes: readonly string[],
  at: string,
): Promise<void> {
  await db.deleteFrom('recovery_codes').where('account', '=', account).execute();
  const rows = hashes.map((hash) => ({ hash, account, made_at: at, used_at: null }));
  if (rows.length > 0) await db.insertInto('recovery_codes').values(rows).execute();
}
