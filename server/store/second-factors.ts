/** Signing in and joining, and what they need: passwords, one-time codes, passkeys, recovery codes. */
import { digestOfSession } from '../audit/account-state.ts';
import type { Macs } from '../audit/mac.ts';
import { isAsNoted } from './account-state.ts';
import type { Accounts } from './accounts.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { endInvitation, keptHashes } from './invitations.ts';
import { createPasskeys, insertPasskey, type Passkey, type Passkeys } from './passkeys.ts';
import { createRecoveryCodes, type RecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import { type SecondFactor, useSecondFactor } from './second-factor-use.ts';
import type { Signins } from './sign-ins.ts';
import type { Database } from './tables.ts';

export interface SigningIn {
  account: string;
  /** The account's state when the password was checked. If it has changed since, the sign-in fails. */
  passwordHash: string | null;
  factor: SecondFactor;
  tokenHash: string;
  /** Token hash of the long-lived cookie by which this browser is recognised later. */
  browser: string;
}

export interface SecondFactors extends Passkeys, RecoveryCodes {
  /** False if the factor was used in the meantime, or the account has changed or does not match its newest entry. */
  signIn(signingIn: SigningIn): Promise<boolean>;
  /** Ends all other sessions. `except`: token hash of the session that continues. */
  setPassword(account: string, passwordHash: string, except: string): Promise<void>;
  /** Replaces the old secret and ends all other sessions. False if the secret is no longer `before`. */
  replaceTotp(replacing: TotpReplacement): Promise<boolean>;
  /**
   * Sets password and second factor, ends everything older, and begins the session `tokenHash`. False if the invitation
   * has ended.
   */
  join(joining: AcceptedInvitation): Promise<boolean>;
}

/** `before` and `secret` are sealed. */
export interface TotpReplacement {
  account: string;
  before: string | null;
  secret: string;
  /** The time step of the verified code, which then counts as used. */
  step: number;
  /** Token hash of the session that stays open. */
  except: string;
}

export interface AcceptedInvitation {
  account: string;
  invitation: string;
  passwordHash: string;
  totp?: { secret: string; step: number } | undefined;
  passkey?: Omit<Passkey, 'addedAt' | 'account'> | undefined;
  recoveryCodes: string[];
  tokenHash: string;
  browser: string;
}

/** What the functions for signing in are built from. */
interface FactorContext {
  engine: Engine;
  accounts: Accounts;
  chain: Chain;
  macs: Macs;
  signins: Signins;
  clock: () => Date;
}

export function createSecondFactors(context: FactorContext): SecondFactors {
  const { engine, accounts, macs, signins, clock } = context;
  const { write } = engine;
  return {
    ...createPasskeys(engine, accounts, clock),
    ...createRecoveryCodes(engine, accounts, { clock, macs }),
    signIn: (signingIn) => write((db) => signInIn(context, db, signingIn)),
    join: (joining) => write((db) => joinIn(context, db, joining)),
    replaceTotp: (replacing) => write((db) => replaceTotpIn(context, db, replacing)),
    setPassword: (account, passwordHash, except) =>
      write(async (db) => {
        await db.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', account).execute();
        await signins.endAllIn(db, account, except);
        await accounts.noteIn(db, account, { kind: 'password changed', session: digestOfSession(except) });
      }),
  };
}

async function signInIn({ accounts, chain, macs, signins, clock }: FactorContext, db: Database, signingIn: SigningIn) {
  const { account, passwordHash, factor, tokenHash, browser } = signingIn;
  const at = clock().toISOString();
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', account).executeTakeFirst();
  if (row === undefined || row.disabled_at !== null || row.password_hash !== passwordHash) return false;
  if (!(await isAsNoted(db, account, chain))) return false;
  if (!(await useSecondFactor(db, account, factor, { at, macs }))) return false;
  await signins.beginIn(db, account, tokenHash);
  await rememberBrowser(db, account, browser, at);
  if (factor.kind === 'recovery code') await accounts.noteIn(db, account, { kind: 'recovery code used' });
  await accounts.noteIn(db, account, { kind: 'signed in', session: digestOfSession(tokenHash), factor: factor.kind });
  return true;
}

async function joinIn(
  { accounts, chain, macs, signins, clock }: FactorContext,
  db: Database,
  joining: AcceptedInvitation,
) {
  const { account, invitation, passwordHash, totp, passkey, recoveryCodes, tokenHash, browser } = joining;
  const at = clock().toISOString();
  if (!(await isAsNoted(db, account, chain))) return false;
  if (!(await endInvitation(db, keptHashes(macs, invitation), at))) return false;
  const app = { totp_secret: totp?.secret ?? null, totp_step: totp?.step ?? null };
  await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash, ...app, joined_at: at })
    .where('id', '=', account)
    .execute();
  await db.deleteFrom('passkeys').where('account', '=', account).execute();
  if (passkey !== undefined) await insertPasskey(db, { ...passkey, account, addedAt: at });
  await replaceRecoveryCodes(db, account, recoveryCodes, { at, macs });
  await signins.endAllIn(db, account);
  await signins.beginIn(db, account, tokenHash);
  await rememberBrowser(db, account, browser, at);
  await accounts.noteIn(db, account, { kind: 'joined', session: digestOfSession(tokenHash) });
  return true;
}

async function replaceTotpIn({ accounts, signins }: FactorContext, db: Database, replacing: TotpReplacement) {
  const { account, before, secret, step, except } = replacing;
  const done = await db
    .updateTable('accounts')
    .set({ totp_secret: secret, totp_step: step })
    .where('id', '=', account)
    .where('totp_secret', before === null ? 'is' : '=', before)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return false;
  await signins.endAllIn(db, account, except);
  const kind = before === null ? 'authenticator app set up' : 'authenticator app replaced';
  await accounts.noteIn(db, account, { kind, session: digestOfSession(except) });
  return true;
}

/** Remembers the browser, so that failed attempts in it are counted separately from those of strangers. */
async function rememberBrowser(db: Database, account: string, tokenHash: string, at: string): Promise<void> {
  await db
    .insertInto('known_browsers')
    .values({ token_hash: tokenHash, account, since: at })
    .onConflict((conflict) => conflict.columns(['token_hash', 'account']).doUpdateSet({ since: at }))
    .execute();
}
