/** Recovery codes: each can be used once in place of a second factor. Only keyed hashes are stored. */
import type { Macs } from '../audit/mac.ts';
import type { AccountEntries } from './account-entries.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface RecoveryCodes {
  /** Replaces the older codes, which become invalid. */
  setRecoveryCodes(account: string, hashes: string[]): Promise<void>;
  /** How many can still be used. */
  countRecoveryCodes(account: string): Promise<number>;
}

export function createRecoveryCodes(
  { read, write }: Engine,
  { noteIn }: AccountEntries,
  { clock, macs }: { clock: () => Date; macs: Macs },
): RecoveryCodes {
  return {
    setRecoveryCodes: (account, hashes) =>
      write(async (db) => {
        await replaceRecoveryCodes(db, account, hashes, { at: clock().toISOString(), macs });
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

/**
 * The forms in which a code may be stored: keyed with the audit key and the account, or as a plain hash if it was made
 * before keyed hashes were introduced.
 */
export function keptRecoveryCodes({ recoveryCode }: Macs, account: string, hash: string): string[] {
  return [recoveryCode.make(account, hash), hash];
}

export async function replaceRecoveryCodes(
  db: Database,
  account: string,
  hashes: readonly string[],
  { at, macs }: { at: string; macs: Macs },
): Promise<void> {
  await db.deleteFrom('recovery_codes').where('account', '=', account).execute();
  const kept = hashes.map((hash) => macs.recoveryCode.make(account, hash));
  const rows = kept.map((hash) => ({ hash, account, made_at: at, used_at: null }));
  if (rows.length > 0) await db.insertInto('recovery_codes').values(rows).execute();
}
