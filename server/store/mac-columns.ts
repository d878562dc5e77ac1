/**
 * The columns that hold a MAC (`audit/mac.ts`). The upgrade gives a MAC to the rows that already exist, but not to
 * lines of the chain, which the checkpoints cover.
 */
import type { Macs } from '../audit/mac.ts';
import { factsOfClient } from './clients.ts';
import { factsOfCode } from './codes.ts';
import type { TableDefinitions } from './engine.ts';
import { factsOfHandoverSheetField } from './handover-sheets.ts';
import { makeRowSums, sumRows } from './row-sums.ts';
import { factsOfBrowser, factsOfHolder } from './sessions.ts';
import { factsOf } from './sign-ins.ts';
import type { Database } from './tables.ts';

const TABLES = ['chain', 'holders', 'signins', 'return_codes'] as const;

export async function addMacs(db: Database, { letThrough }: TableDefinitions, _at: string, macs?: Macs): Promise<void> {
  for (const table of TABLES) await db.schema.alterTable(table).addColumn('mac', 'text').execute();
  const unchanged = ['position', 'source', 'seq', 'content', 'previous', 'hash', 'mac'];
  await letThrough(db, 'chain', unchanged, 'new.salt is null');
  if (macs === undefined) return;
  await markHolders(db, macs);
  await markSessions(db, macs);
  await markCodes(db, macs);
}

async function markHolders(db: Database, { holder }: Macs): Promise<void> {
  for (const { token_hash, consultation } of await db.selectFrom('holders').selectAll().execute())
    await db
      .updateTable('holders')
      .set({ mac: holder.make(token_hash, consultation) })
      .where('token_hash', '=', token_hash)
      .where('consultation', '=', consultation)
      .execute();
}

/** What the MAC of a session covered before it included when the session was last used. */
const firstFactsOf = (
  tokenHash: string,
  { id, role, area, beganAt }: Record<'id' | 'role' | 'area' | 'beganAt', string>,
) => [tokenHash, id, role, area, beganAt];

async function markSessions(db: Database, { session }: Macs): Promise<void> {
  const open = await db
    .selectFrom('signins')
    .innerJoin('accounts', 'accounts.id', 'signins.account')
    .select(['token_hash', 'id', 'role', 'area', 'began_at as beganAt'])
    .where('ended_at', 'is', null)
    .execute();
  for (const { token_hash, ...facts } of open)
    await db
      .updateTable('signins')
      .set({ mac: session.make(...firstFactsOf(token_hash, facts)) })
      .where('token_hash', '=', token_hash)
      .execute();
}

/** Before this step, a code was stored as a plain hash. */
async function markCodes(db: Database, { returnCode }: Macs): Promise<void> {
  const codes = await db
    .selectFrom('return_codes')
    .select(['seq', 'consultation', 'hash', 'expires_at as expiresAt'])
    .execute();
  for (const { seq, consultation, hash: before, expiresAt } of codes) {
    const hash = returnCode.make(consultation, before);
    const mac = returnCode.make(...factsOfCode({ consultation, hash, expiresAt }));
    await db.updateTable('return_codes').set({ hash, mac }).where('seq', '=', seq).execute();
  }
}

/** Adds MACs to the clients of the interface. */
export async function addClientMacs(
  db: Database,
  _definitions: TableDefinitions,
  _at: string,
  macs?: Macs,
): Promise<void> {
  await db.schema.alterTable('clients').addColumn('mac', 'text').execute();
  if (macs === undefined) return;
  for (const row of await db.selectFrom('clients').selectAll().execute())
    await db
      .updateTable('clients')
      .set({ mac: macs.client.make(...factsOfClient(row)) })
      .where('id', '=', row.id)
      .execute();
}

/** Adds MACs to hand-over sheets that are being written. */
export async function addHandoverSheetMacs(
  db: Database,
  _definitions: TableDefinitions,
  _at: string,
  macs?: Macs,
): Promise<void> {
  await db.schema.alterTable('sheet_fields').addColumn('mac', 'text').execute();
  if (macs === undefined) return;
  for (const row of await db.selectFrom('sheet_fields').selectAll().execute())
    await db
      .updateTable('sheet_fields')
      .set({ mac: macs.handoverSheetField.make(...factsOfHandoverSheetField(row)) })
      .where('consultation', '=', row.consultation)
      .where('field', '=', row.field)
      .execute();
}

/**
 * Renews the MACs of sessions, with and without an account, so that they cover when the session was last used. A
 * session whose MAC was wrong does not get a right one.
 */
export async function addVisitMacs(
  db: Database,
  _definitions: TableDefinitions,
  _at: string,
  macs?: Macs,
): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('mac', 'text').execute();
  if (macs === undefined) return;
  for (const { token_hash: tokenHash, created_at, seen_at } of await db.selectFrom('sessions').selectAll().execute())
    await db
      .updateTable('sessions')
      .set({ mac: macs.browser.make(...factsOfBrowser({ tokenHash, createdAt: created_at, seenAt: seen_at })) })
      .where('token_hash', '=', tokenHash)
      .execute();
  await bindHolders(db, macs);
  const open = await db
    .selectFrom('signins')
    .innerJoin('accounts', 'accounts.id', 'signins.account')
    .select(['token_hash', 'id', 'role', 'area', 'began_at as beganAt', 'seen_at as seenAt', 'mac'])
    .where('ended_at', 'is', null)
    .execute();
  for (const { token_hash, mac, ...facts } of open)
    if (macs.session.fits(mac, ...firstFactsOf(token_hash, facts)))
      await db
        .updateTable('signins')
        .set({ mac: macs.session.make(...factsOf(token_hash, facts)) })
        .where('token_hash', '=', token_hash)
        .execute();
}

/** Ties the right to see a consultation to one session of the browser. */
async function bindHolders(db: Database, { holder }: Macs): Promise<void> {
  const held = await db
    .selectFrom('holders')
    .innerJoin('sessions', 'sessions.token_hash', 'holders.token_hash')
    .select(['holders.token_hash as tokenHash', 'consultation', 'created_at as createdAt', 'holders.mac as mac'])
    .execute();
  for (const { mac, ...facts } of held)
    if (holder.fits(mac, facts.tokenHash, facts.consultation))
      await db
        .updateTable('holders')
        .set({ mac: holder.make(...factsOfHolder(facts)) })
        .where('token_hash', '=', facts.tokenHash)
        .where('consultation', '=', facts.consultation)
        .execute();
}

/** Adds the sums over the rows of some tables. */
export async function addRowSums(db: Database, definitions: TableDefinitions, _at: string, macs?: Macs): Promise<void> {
  await makeRowSums(db, definitions);
  await sumRows(db, macs?.rowSum);
}
