/** Forms sent after the session had ended: kept, sealed, until the same person is back in the same browser. */
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface UnsentForm {
  /** Where it was sent to. */
  action: string;
  /** Where the form stands. */
  page: string;
  sealed: string;
  at: string;
}

/** `browser`: token hash of the cookie that every browser has. */
export interface Keeper {
  browser: string;
  account: string;
}

export interface UnsentForms {
  keep(keeper: Keeper, form: Omit<UnsentForm, 'at'>): Promise<void>;
  /** The newest first. */
  listOf(keeper: Keeper): Promise<UnsentForm[]>;
  remove(keeper: Keeper, action: string): Promise<void>;
  sweep(): Promise<void>;
}

const KEPT_HOURS = 12;
/** Of one person in one browser. */
const MOST = 10;

export function createUnsentForms({ read, write }: Engine, clock: () => Date): UnsentForms {
  const oldest = () => new Date(clock().getTime() - KEPT_HOURS * 3_600_000).toISOString();
  return {
    keep: (keeper, form) =>
      write(async (db) => {
        await upsert(db, keeper, { ...form, at: clock().toISOString() });
        await removeBeyondMost(db, keeper);
      }),
    listOf: ({ browser, account }) =>
      read((db) =>
        db
          .selectFrom('kept_forms')
          .select(['action', 'page', 'sealed', 'at'])
          .where('browser', '=', browser)
          .where('account', '=', account)
          .where('at', '>', oldest())
          .orderBy('at', 'desc')
          .execute(),
      ),
    remove: ({ browser, account }, action) =>
      write(async (db) => {
        await db
          .deleteFrom('kept_forms')
          .where('browser', '=', browser)
          .where('account', '=', account)
          .where('action', '=', action)
          .execute();
      }),
    sweep: () =>
      write(async (db) => {
        await db.deleteFrom('kept_forms').where('at', '<=', oldest()).execute();
      }),
  };
}

/** Sent again, the newer text counts. */
async function upsert(db: Database, { browser, account }: Keeper, form: UnsentForm): Promise<void> {
  const { action, page, sealed, at } = form;
  await db
    .insertInto('kept_forms')
    .values({ browser, account, action, page, sealed, at })
    .onConflict((conflict) => conflict.columns(['browser', 'account', 'action']).doUpdateSet({ page, sealed, at }))
    .execute();
}

async function removeBeyondMost(db: Database, { browser, account }: Keeper): Promise<void> {
  const beyond = db
    .selectFrom('kept_forms')
    .select('action')
    .where('browser', '=', browser)
    .where('account', '=', account)
    .orderBy('at', 'desc')
    .limit(-1)
    .offset(MOST);
  await db
    .deleteFrom('kept_forms')
    .where('browser', '=', browser)
    .where('account', '=', account)
    .where('action', 'in', beyond)
    .execute();
}
