/**
 * Drafts: text that somebody typed and has not sent, or sent after their session had ended. Drafts are sealed, and only
 * their writer can read them, in any browser where they sign in. Each browser keeps its own drafts, so that two
 * browsers never overwrite each other's.
 */
import type { Engine } from './engine.ts';
import type { RowSums } from './row-sums.ts';
import type { Database, Tables } from './tables.ts';

/** A draft without the typed text. */
export interface DraftPlace {
  /** Token hash of the cookie of the browser in which it was typed. */
  browser: string;
  /** The form's address, or a name of its own if a page has several forms with the same address. */
  form: string;
  /** Path of the page that shows the form. */
  page: string;
  at: string;
}

export interface Draft extends DraftPlace {
  sealed: string;
}

/** `browser`: hash of the visitor cookie's token. */
export interface DraftKeeper {
  browser: string;
  account: string;
}

export interface Drafts {
  /** `instead`: the keeper whose draft of the same form this one replaces. */
  keep(keeper: DraftKeeper, draft: Omit<Draft, 'at' | 'browser'>, instead?: DraftKeeper): Promise<void>;
  find(keeper: DraftKeeper, form: string): Promise<Draft | undefined>;
  /** All drafts of this person, including several of one form: first those of this browser, then the newest. */
  listOf(keeper: DraftKeeper): Promise<Draft[]>;
  /** The same without the typed text, in the same order. Every page of the person asks for it. */
  placesOf(keeper: DraftKeeper): Promise<DraftPlace[]>;
  /** The drafts of these forms, in the same order. */
  ofForms(keeper: DraftKeeper, forms: readonly string[]): Promise<Draft[]>;
  /**
   * Moves a draft to this browser: text that was typed elsewhere is shown here, and deleted when it is sent from here.
   */
  bringHere(keeper: DraftKeeper, draft: Draft): Promise<void>;
  remove(keeper: DraftKeeper, form: string): Promise<void>;
  /** Removes this draft if it is still as it was read. Text that was typed into it since then is kept. */
  removeRead(account: string, draft: Draft): Promise<void>;
  sweep(): Promise<void>;
}

/** Long enough for a weekend with a bank holiday. */
const KEPT_HOURS = 96;
/** Per person: more forms than anybody begins in that time. */
const MOST = 100;

export interface DraftParts {
  engine: Engine;
  clock: () => Date;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createDrafts({ engine: { read, write }, clock, rowSums }: DraftParts): Drafts {
  const oldest = () => new Date(clock().getTime() - KEPT_HOURS * 3_600_000).toISOString();
  const change = (work: (db: Database) => Promise<Changed>) =>
    write(async (db) => rowSums.noteIn(db, 'drafts', await work(db)));
  return {
    keep: (keeper, draft, instead) =>
      change(async (db) => {
        const changed = await upsert(db, keeper, { ...draft, at: clock().toISOString() });
        const replaced = instead === undefined ? [] : await removeOne(db, instead, draft.form);
        return { ...changed, gone: [...changed.gone, ...replaced, ...(await removeBeyondMost(db, keeper))] };
      }),
    find: (keeper, form) => read((db) => findOne(db, keeper, form, oldest())),
    listOf: async (keeper) => ownFirst(keeper, await read((db) => draftsOf(db, keeper.account, oldest()).execute())),
    placesOf: async (keeper) => ownFirst(keeper, await read((db) => placesOf(db, keeper.account, oldest()).execute())),
    ofForms: async (keeper, forms) =>
      ownFirst(keeper, await read((db) => draftsOf(db, keeper.account, oldest()).where('form', 'in', forms).execute())),
    bringHere: (keeper, draft) => change((db) => moveTo(db, keeper, draft)),
    remove: (keeper, form) => change(async (db) => ({ gone: await removeOne(db, keeper, form), come: [] })),
    removeRead: (account, draft) => change(async (db) => ({ gone: await removeRead(db, account, draft), come: [] })),
    sweep: () =>
      change(async (db) => {
        const gone = await db.deleteFrom('drafts').where('at', '<=', oldest()).returningAll().execute();
        return { gone, come: [] };
      }),
  };
}

type Row = Tables['drafts'];

interface Changed {
  gone: Row[];
  come: Row[];
}

function placesOf(db: Database, account: string, oldest: string) {
  return db
    .selectFrom('drafts')
    .select(['browser', 'form', 'page', 'at'])
    .where('account', '=', account)
    .where('at', '>', oldest)
    .orderBy('at', 'desc');
}

function draftsOf(db: Database, account: string, oldest: string) {
  return placesOf(db, account, oldest).select('sealed');
}

function ownFirst<Kept extends DraftPlace>({ browser }: DraftKeeper, found: readonly Kept[]): Kept[] {
  const isOwn = (draft: Kept) => draft.browser === browser;
  return [...found.filter(isOwn), ...found.filter((draft) => !isOwn(draft))];
}

async function moveTo(
  db: Database,
  { browser, account }: DraftKeeper,
  { form, browser: from }: Draft,
): Promise<Changed> {
  const here = db.selectFrom('drafts').select('form').where('browser', '=', browser).where('account', '=', account);
  const come = await db
    .updateTable('drafts')
    .set({ browser })
    .where('browser', '=', from)
    .where('account', '=', account)
    .where('form', '=', form)
    // Text that was typed here in the meantime is kept, and so is the other draft.
    .where('form', 'not in', here)
    .returningAll()
    .execute();
  return { gone: come.map((row) => ({ ...row, browser: from })), come };
}

/** If the same draft is sent again, the newer text counts. */
async function upsert(
  db: Database,
  { browser, account }: DraftKeeper,
  draft: Omit<Draft, 'browser'>,
): Promise<Changed> {
  const { form, page, sealed, at } = draft;
  const row = { browser, account, form, page, sealed, at };
  const gone = await db
    .selectFrom('drafts')
    .selectAll()
    .where((kept) => kept.and({ browser, account, form }))
    .execute();
  await db
    .insertInto('drafts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['browser', 'account', 'form']).doUpdateSet({ page, sealed, at }))
    .execute();
  return { gone, come: [row] };
}

function findOne(
  db: Database,
  { browser, account }: DraftKeeper,
  form: string,
  oldest: string,
): Promise<Draft | undefined> {
  return db
    .selectFrom('drafts')
    .select(['browser', 'form', 'page', 'sealed', 'at'])
    .where('browser', '=', browser)
    .where('account', '=', account)
    .where('form', '=', form)
    .where('at', '>', oldest)
    .executeTakeFirst();
}

function removeOne(db: Database, { browser, account }: DraftKeeper, form: string): Promise<Row[]> {
  return db
    .deleteFrom('drafts')
    .where('browser', '=', browser)
    .where('account', '=', account)
    .where('form', '=', form)
    .returningAll()
    .execute();
}

/** Found by its sealed text, which no two drafts share: the draft may have moved to another browser in the meantime. */
function removeRead(db: Database, account: string, { form, sealed }: Draft): Promise<Row[]> {
  return db
    .deleteFrom('drafts')
    .where('account', '=', account)
    .where('form', '=', form)
    .where('sealed', '=', sealed)
    .returningAll()
    .execute();
}

async function removeBeyondMost(db: Database, { account }: DraftKeeper): Promise<Row[]> {
  const first = await db
    .selectFrom('drafts')
    .select('at')
    .where('account', '=', account)
    .orderBy('at', 'desc')
    .offset(MOST)
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return [];
  return db.deleteFrom('drafts').where('account', '=', account).where('at', '<=', first.at).returningAll().execute();
}
