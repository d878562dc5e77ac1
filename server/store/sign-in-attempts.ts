/** Wrong tries to sign in. A try is written down before it is looked at, so that a thousand at once count as a thousand. */
import { createHmac } from 'node:crypto';
import { MOST_READ, minutesToWait, type Try, WINDOW_MINUTES } from '../people/throttle.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface Attempt {
  email: string;
  address: string;
  /** Token hash of the browser's long-lived cookie, if it has one. */
  browser: string;
}

/** To wait so many minutes, or the number of the try. */
export type Begun = { wait: number } | { wait: 0; number: number };

export interface SigninTries {
  begin(attempt: Attempt): Promise<Begun>;
  /** It was right: it does not count. */
  forgive(number: number): Promise<void>;
  sweep(): Promise<void>;
}

/** Since the last sign-in; the cookie lives as long. */
export const KNOWN_DAYS = 90;

export function createSigninTries({ write }: Engine, clock: () => Date, key: Buffer): SigninTries {
  const hide = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const windowStart = () => new Date(clock().getTime() - WINDOW_MINUTES * 60_000).toISOString();

  async function knows(db: Database, { email, browser }: Attempt): Promise<boolean> {
    const line = await db
      .selectFrom('known_browsers')
      .innerJoin('accounts', 'accounts.id', 'known_browsers.account')
      .select('accounts.id')
      .where('token_hash', '=', browser)
      .where('accounts.email', '=', email)
      .executeTakeFirst();
    return line !== undefined;
  }
  const recent = (db: Database, mine: Omit<Try, 'at'>, column: 'email' | 'address', strange: boolean) =>
    db
      .selectFrom('signin_tries')
      .select(['email', 'address', 'browser', 'at', 'seq'])
      .where(column, '=', mine[column])
      .where('at', '>', windowStart())
      .where('browser', strange ? 'is' : '=', strange ? null : mine.browser)
      .orderBy('seq', 'desc')
      .limit(MOST_READ)
      .execute();

  return {
    begin: (attempt) =>
      write(async (db) => {
        const browser = (await knows(db, attempt)) ? hide(attempt.browser) : null;
        const mine = { email: hide(attempt.email), address: hide(attempt.address), browser };
        const lists =
          browser === null
            ? [await recent(db, mine, 'email', true), await recent(db, mine, 'address', true)]
            : [await recent(db, mine, 'email', false)];
        const tries = new Map(lists.flat().map((line) => [line.seq, line]));
        const newestFirst = [...tries.values()].sort((a, b) => b.seq - a.seq);
        const wait = minutesToWait(newestFirst, mine, clock());
        if (wait > 0) return { wait };
        const at = clock().toISOString();
        const { seq } = await db
          .insertInto('signin_tries')
          .values({ ...mine, at })
          .returning('seq')
          .executeTakeFirstOrThrow();
        return { wait: 0, number: seq };
      }),
    forgive: (number) =>
      write(async (db) => {
        await db.deleteFrom('signin_tries').where('seq', '=', number).execute();
      }),
    sweep: () =>
      write(async (db) => {
        await db.deleteFrom('signin_tries').where('at', '<=', windowStart()).execute();
        await db.deleteFrom('spent_challenges').where('at', '<=', windowStart()).execute();
        const forgotten = new Date(clock().getTime() - KNOWN_DAYS * 86_400_000).toISOString();
        await db.deleteFrom('known_browsers').where('since', '<=', forgotten).execute();
      }),
  };
}
