/** Drafts: text that was typed and not sent, or sent after the session had ended. Sealed with a key that only that person's browser has. */
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface Draft {
  /** The form: the address it is posted to, or a name if a page has several forms with one address. */
  form: string;
  /** Path of the page that has the form. */
  page: string;
  sealed: string;
  at: string;
}

/** `browser`: hash of the visitor cookie's token. */
export interface Keeper {
  browser: string;
  account: string;
}

export interface Drafts {
  keep(keeper: Keeper, draft: Omit<Draft, 'at'>): Promise<void>;
  /** The newest first. */
  listOf(keeper: Keeper): Promise<Draft[]>;
  remove(keeper: Keeper, form: string): Promise<void>;
  sweep(): Promise<void>;
}

/** Long enough for a weekend with a bank holiday. */
const KEPT_HOURS = 96;
/** Per person and browser. */
const MOST = 40;

export function createDrafts({ read, write }: Engine, clock: () => Date): Drafts {
  const oldest = () => new Date(clock().getTime() - KEPT_HOURS * 3_600_000).toISOString();
  return {
    keep: (keeper, draft) =>
      write(async (db) => {
        await upsert(db, keeper, { ...draft, at: clock().toISOString() });
        await removeBeyondMost(db, keeper);
      }),
    listOf: ({ browser, account }) =>
      read((db) =>
        db
          .selectFrom('drafts')
          .select(['form', 'page', 'sealed', 'at'])
          .where('browser', '=', browser)
          .where('account', '=', account)
          .where('at', '>', oldest())
          .orderBy('at', 'desc')
          .execute(),
      ),
    remove: ({ browser, account }, form) =>
      write(async (db) => {
        await db
          .deleteFrom('drafts')
          .where('browser', '=', browser)
          .where('account', '=', account)
          .where('form', '=', form)
          .execute();
      }),
    sweep: () =>
      write(async (db) => {
        await db.deleteFrom('drafts').where('at', '<=', oldest()).execute();
      }),
  };
}

/** A newer draft of the same form replaces the older one. */
async function upsert(db: Database, { browser, account }: Keeper, draft: Draft): Promise<void> {
  const { form, page, sealed, at } = draft;
  await db
    .insertInto('drafts')
    .values({ browser, account, form, page, sealed, at })
    .onConflict((conflict) => conflict.columns(['browser', 'account', 'form']).doUpdateSet({ page, sealed, at }))
    .execute();
}

async function removeBeyondMost(db: Database, { browser, account }: Keeper): Promise<void> {
  const beyond = db
    .selectFrom('drafts')
    .select('form')
    .where('browser', '=', browser)
    .where('account', '=', account)
    .orderBy('at', 'desc')
    .limit(-1)
    .offset(MOST);
  await db
    .deleteFrom('drafts')
    .where('browser', '=', browser)
    .where('account', '=', account)
    .where('form', 'in', beyond)
    .execute();
}
