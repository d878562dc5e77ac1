/**
 * Failed attempts to sign in. An attempt is recorded before it is checked, so that a thousand simultaneous attempts
 * count as a thousand.
 */
import type { Mac } from '../audit/mac.ts';
import { MOST_READ, minutesToWait, type Try, windowStart } from '../base/guessing-limit.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface SignInAttempt {
  email: string;
  address: string;
  /** Token hash of the browser's long-lived cookie, if it has one. */
  browser: string;
}

/** Minutes to wait, or the number of the recorded attempt. */
export type BegunAttempt = { wait: number } | { wait: 0; number: number };

export interface SignInAttempts {
  begin(attempt: SignInAttempt): Promise<BegunAttempt>;
  /** Removes an attempt that succeeded, so that it does not count. */
  forgive(number: number): Promise<void>;
  sweep(): Promise<void>;
}

/** Counted from the last sign-in; the cookie lasts as long. */
export const KNOWN_DAYS = 90;

export function createSignInAttempts({ write }: Engine, clock: () => Date, mac: Mac): SignInAttempts {
  const hide = (text: string) => mac.make('sign-in', text);
  return {
    begin: (attempt) =>
      write(async (db): Promise<BegunAttempt> => {
        const now = clock();
        const browser = (await isKnownBrowser(db, attempt)) ? hide(attempt.browser) : null;
        const mine = { target: hide(attempt.email), address: hide(attempt.address), browser };
        const wait = minutesToWait(await recentTries(db, mine, windowStart(now)), mine, now);
        return wait > 0 ? { wait } : { wait: 0, number: await insertTry(db, { ...mine, at: now.toISOString() }) };
      }),
    forgive: (number) =>
      write(async (db) => {
        await db.deleteFrom('signin_tries').where('seq', '=', number).execute();
      }),
    sweep: () => write((db) => sweepIn(db, clock())),
  };
}

async function isKnownBrowser(db: Database, { email, browser }: SignInAttempt): Promise<boolean> {
  const line = await db
    .selectFrom('known_browsers')
    .innerJoin('accounts', 'accounts.id', 'known_browsers.account')
    .select('accounts.id')
    .where('token_hash', '=', browser)
    .where('accounts.email', '=', email)
    .executeTakeFirst();
  return line !== undefined;
}

/** Earlier attempts that count against this one, the newest first. */
async function recentTries(db: Database, mine: Omit<Try, 'at'>, since: string): Promise<Try[]> {
  const recent = db
    .selectFrom('signin_tries')
    .select(['email as target', 'address', 'browser', 'at', 'seq'])
    .where('at', '>', since)
    .orderBy('seq', 'desc')
    .limit(MOST_READ);
  const { target, address, browser } = mine;
  if (browser !== null) return recent.where('email', '=', target).where('browser', '=', browser).execute();
  const strange = recent.where('browser', 'is', null);
  const lists = [
    await strange.where('email', '=', target).execute(),
    await strange.where('address', '=', address).execute(),
  ];
  const tries = new Map(lists.flat().map((line) => [line.seq, line]));
  return [...tries.values()].sort((a, b) => b.seq - a.seq);
}

async function insertTry(db: Database, { target, ...rest }: Try): Promise<number> {
  const { seq } = await db
    .insertInto('signin_tries')
    .values({ email: target, ...rest })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}

async function sweepIn(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('signin_tries').where('at', '<=', windowStart(now)).execute();
  await db.deleteFrom('spent_challenges').where('at', '<=', windowStart(now)).execute();
  const forgotten = new Date(now.getTime() - KNOWN_DAYS * 86_400_000).toISOString();
  await db.deleteFrom('known_browsers').where('since', '<=', forgotten).execute();
}
