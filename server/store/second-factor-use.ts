/** Marks a second factor as used, in the transaction that begins the session, so that no code or challenge works twice. */
import type { Macs } from '../audit/mac.ts';
import { keptRecoveryCodes } from './recovery-codes.ts';
import type { Database } from './tables.ts';

/** The second factor that was verified before the transaction. */
export type SecondFactor =
  | { kind: 'totp'; step: number; secret: string }
  | { kind: 'passkey'; id: string; counter: number; challenge: string }
  | { kind: 'recovery code'; hash: string }
  | { kind: 'organisation' };

/** False if it was already used, or no longer belongs to the account. */
export async function useSecondFactor(
  db: Database,
  account: string,
  factor: SecondFactor,
  { at, macs }: { at: string; macs: Macs },
): Promise<boolean> {
  switch (factor.kind) {
    case 'organisation':
      return true;
    case 'totp':
      return useTotp(db, account, factor);
    case 'recovery code':
      return useRecoveryCode(db, account, keptRecoveryCodes(macs, account, factor.hash), at);
    case 'passkey':
      return usePasskey(db, factor, at);
  }
}

async function useTotp(db: Database, account: string, { step, secret }: SecondFactor & { kind: 'totp' }) {
  const done = await db
    .updateTable('accounts')
    .set({ totp_step: step })
    .where('id', '=', account)
    .where('totp_secret', '=', secret)
    .where((row) => row.or([row('totp_step', 'is', null), row('totp_step', '<', step)]))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

async function useRecoveryCode(db: Database, account: string, kept: readonly string[], at: string) {
  const done = await db
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('account', '=', account)
    .where('hash', 'in', kept)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** A challenge can be answered only once. */
async function usePasskey(db: Database, { id, counter, challenge }: SecondFactor & { kind: 'passkey' }, at: string) {
  const spent = await db
    .insertInto('spent_challenges')
    .values({ challenge, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (spent.numInsertedOrUpdatedRows !== 1n) return false;
  const done = await db.updateTable('passkeys').set({ counter }).where('id', '=', id).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
