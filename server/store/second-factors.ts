/** What somebody signs in with: password, one-time codes, passkeys, recovery codes. Each is used in the transaction that begins the session. */
import type { Accounts } from './accounts.ts';
import type { Engine } from './engine.ts';
import type { Signins } from './sign-ins.ts';
import type { Database } from './tables.ts';

export interface Passkey {
  id: string;
  account: string;
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
  name: string;
  addedAt: string;
}

/** Which second factor was right, as it was found right before the transaction. */
export type SecondFactor =
  | { kind: 'totp'; step: number; secret: string }
  | { kind: 'passkey'; id: string; counter: number; challenge: string }
  | { kind: 'recovery code'; hash: string }
  | { kind: 'organisation' };

export interface SigningIn {
  account: string;
  /** Of the account as it was checked: if it has changed meanwhile, nobody is signed in. */
  passwordHash: string | null;
  factor: SecondFactor;
  tokenHash: string;
  /** Token hash of the long-lived cookie by which this browser is known later. */
  browser: string;
}

export interface SecondFactors {
  /** False when the factor was used meanwhile, or the account has changed. */
  signIn(signingIn: SigningIn): Promise<boolean>;
  passkeysOf(account: string): Promise<Passkey[]>;
  findPasskey(id: string): Promise<Passkey | undefined>;
  /** False when it is known already. */
  addPasskey(passkey: Omit<Passkey, 'addedAt'>): Promise<boolean>;
  /** False when it is the only second factor: nobody shuts themselves out. */
  removePasskey(account: string, id: string): Promise<boolean>;
  setPassword(account: string, passwordHash: string, except: string): Promise<void>;
  /** The old ones end. */
  setRecoveryCodes(account: string, hashes: string[]): Promise<void>;
  countRecoveryCodes(account: string): Promise<number>;
  /** The old secret ends, with all other sessions. False when there is another one by now than `before`. */
  replaceTotp(replacing: Replacing): Promise<boolean>;
  /** Password and second factor are new, everything old ends, and the session `tokenHash` begins. False when the invitation is over. */
  join(joining: Joining): Promise<boolean>;
}

/** Secrets are sealed. */
export interface Replacing {
  account: string;
  before: string | null;
  secret: string;
  /** Of the code that was tried: it is used. */
  step: number;
  /** Token hash of the session that goes on. */
  except: string;
}

export interface Joining {
  account: string;
  invitation: string;
  passwordHash: string;
  totp?: { secret: string; step: number } | undefined;
  passkey?: Omit<Passkey, 'addedAt' | 'account'> | undefined;
  recoveryCodes: string[];
  tokenHash: string;
  browser: string;
}

export function createSecondFactors(
  engine: Engine,
  accounts: Accounts,
  signins: Signins,
  clock: () => Date,
): SecondFactors {
  const { read, write } = engine;
  const now = () => clock().toISOString();

  async function knowBrowser(db: Database, account: string, tokenHash: string): Promise<void> {
    await db
      .insertInto('known_browsers')
      .values({ token_hash: tokenHash, account, since: now() })
      .onConflict((conflict) => conflict.columns(['token_hash', 'account']).doUpdateSet({ since: now() }))
      .execute();
  }
  async function replaceCodes(db: Database, account: string, hashes: string[]): Promise<void> {
    await db.deleteFrom('recovery_codes').where('account', '=', account).execute();
    const lines = hashes.map((hash) => ({ hash, account, made_at: now(), used_at: null }));
    if (lines.length > 0) await db.insertInto('recovery_codes').values(lines).execute();
  }
  async function insertPasskey(
    db: Database,
    { id, account, publicKey, counter, transports, name }: Omit<Passkey, 'addedAt'>,
  ) {
    const line = { id, account, public_key: publicKey, counter, transports: JSON.stringify(transports), name };
    await db
      .insertInto('passkeys')
      .values({ ...line, added_at: now() })
      .execute();
  }
  const endInvitation = async (db: Database, hash: string) => {
    const done = await db
      .updateTable('invitations')
      .set({ ended_at: now() })
      .where('hash', '=', hash)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .executeTakeFirst();
    return done.numUpdatedRows === 1n;
  };

  return {
    signIn: ({ account, passwordHash, factor, tokenHash, browser }) =>
      write(async (db) => {
        const line = await db.selectFrom('accounts').selectAll().where('id', '=', account).executeTakeFirst();
        if (line === undefined || line.disabled_at !== null || line.password_hash !== passwordHash) return false;
        if (!(await useFactor(db, account, factor, now()))) return false;
        await signins.beginIn(db, account, tokenHash);
        await knowBrowser(db, account, browser);
        if (factor.kind === 'recovery code') await accounts.noteIn(db, account, { kind: 'recovery code used' });
        await accounts.noteIn(db, account, { kind: 'signed in' });
        return true;
      }),
    passkeysOf: async (account) =>
      (await read((db) => db.selectFrom('passkeys').selectAll().where('account', '=', account).execute())).map(
        toPasskey,
      ),
    async findPasskey(id) {
      const line = await read((db) => db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst());
      return line && toPasskey(line);
    },
    addPasskey: (passkey) =>
      write(async (db) => {
        const known = await db.selectFrom('passkeys').select('id').where('id', '=', passkey.id).executeTakeFirst();
        if (known !== undefined) return false;
        await insertPasskey(db, passkey);
        await accounts.noteIn(db, passkey.account, { kind: 'passkey added', name: passkey.name });
        return true;
      }),
    removePasskey: (account, id) =>
      write(async (db) => {
        if (await isOnlyFactor(db, account, id)) return false;
        const line = await db
          .deleteFrom('passkeys')
          .where('id', '=', id)
          .where('account', '=', account)
          .returning('name')
          .executeTakeFirst();
        if (line !== undefined) await accounts.noteIn(db, account, { kind: 'passkey removed', name: line.name });
        return true;
      }),
    setPassword: (account, passwordHash, except) =>
      write(async (db) => {
        await db.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', account).execute();
        await signins.endAllIn(db, account, except);
        await accounts.noteIn(db, account, { kind: 'password changed' });
      }),
    setRecoveryCodes: (account, hashes) =>
      write(async (db) => {
        await replaceCodes(db, account, hashes);
        await accounts.noteIn(db, account, { kind: 'recovery codes made' });
      }),
    async countRecoveryCodes(account) {
      const found = await read((db) =>
        db
          .selectFrom('recovery_codes')
          .select('hash')
          .where('account', '=', account)
          .where('used_at', 'is', null)
          .execute(),
      );
      return found.length;
    },
    replaceTotp: ({ account, before, secret, step, except }) =>
      write(async (db) => {
        const done = await db
          .updateTable('accounts')
          .set({ totp_secret: secret, totp_step: step })
          .where('id', '=', account)
          .where('totp_secret', before === null ? 'is' : '=', before)
          .executeTakeFirst();
        if (done.numUpdatedRows !== 1n) return false;
        await signins.endAllIn(db, account, except);
        const kind = before === null ? 'authenticator app set up' : 'authenticator app replaced';
        await accounts.noteIn(db, account, { kind });
        return true;
      }),
    join: ({ account, invitation, passwordHash, totp, passkey, recoveryCodes, tokenHash, browser }) =>
      write(async (db) => {
        if (!(await endInvitation(db, invitation))) return false;
        const totpLine = { totp_secret: totp?.secret ?? null, totp_step: totp?.step ?? null };
        await db
          .updateTable('accounts')
          .set({ password_hash: passwordHash, ...totpLine, joined_at: now() })
          .where('id', '=', account)
          .execute();
        await db.deleteFrom('passkeys').where('account', '=', account).execute();
        if (passkey !== undefined) await insertPasskey(db, { ...passkey, account });
        await replaceCodes(db, account, recoveryCodes);
        await signins.endAllIn(db, account);
        await signins.beginIn(db, account, tokenHash);
        await knowBrowser(db, account, browser);
        await accounts.noteIn(db, account, { kind: 'joined' });
        return true;
      }),
  };
}

async function isOnlyFactor(db: Database, account: string, passkey: string): Promise<boolean> {
  const line = await db.selectFrom('accounts').select('totp_secret').where('id', '=', account).executeTakeFirst();
  const passkeys = await db.selectFrom('passkeys').select('id').where('account', '=', account).execute();
  return line?.totp_secret === null && passkeys.length === 1 && passkeys[0]?.id === passkey;
}

/** Marks it used; false when it was used already. */
async function useFactor(db: Database, account: string, factor: SecondFactor, at: string): Promise<boolean> {
  switch (factor.kind) {
    case 'organisation':
      return true;
    case 'totp': {
      const { step, secret } = factor;
      const done = await db
        .updateTable('accounts')
        .set({ totp_step: step })
        .where('id', '=', account)
        .where('totp_secret', '=', secret)
        .where((line) => line.or([line('totp_step', 'is', null), line('totp_step', '<', step)]))
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    }
    case 'recovery code': {
      const done = await db
        .updateTable('recovery_codes')
        .set({ used_at: at })
        .where('account', '=', account)
        .where('hash', '=', factor.hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    }
    case 'passkey':
      return usePasskey(db, factor, at);
  }
}

/** A challenge is answered once. */
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

interface Line {
  id: string;
  account: string;
  public_key: string;
  counter: number;
  transports: string;
  name: string;
  added_at: string;
}

function toPasskey({ id, account, public_key, counter, transports, name, added_at }: Line): Passkey {
  return { id, account, publicKey: public_key, counter, transports: JSON.parse(transports), name, addedAt: added_at };
}
