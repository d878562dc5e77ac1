/** The columns that hold a MAC (`audit/mac.ts`). What was there before is given one once, at the upgrade; lines of the chain are not, since heads cover them. */
import type { Macs } from '../audit/mac.ts';
import { factsOfClient } from './clients.ts';
import { factsOfCode } from './codes.ts';
import type { Definitions } from './engine.ts';
import { factsOfField } from './handover-sheets.ts';
import { makeRowSums, sumRows } from './row-sums.ts';
import { factsOfBrowser, factsOfHolder } from './sessions.ts';
import { factsOf } from './sign-ins.ts';
import type { Database } from './tables.ts';

const TABLES = ['chain', 'holders', 'signins', 'return_codes'] as const;

export async function addMacs(db: Database, { letThrough }: Definitions, _at: string, macs?: Macs): Promise<void> {
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

/** Of a session, before its MAC covered when it was seen last. */
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

/** Until then a code was kept as its hash alone. */
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

/** Clients of the interface. */
export async function addClientMacs(db: Database, _definitions: Definitions, _at: string, macs?: Macs): Promise<void> {
  await db.schema.alterTable('clients').addColumn('mac', 'text').execute();
  if (macs === undefined) return;
  for (const row of await db.selectFrom('clients').selectAll().execute())
    await db
      .updateTable('clients')
      .set({ mac: macs.client.make(...factsOfClient(row)) })
      .where('id', '=', row.id)
      .execute();
}

/** Sheets that are being written. */
export async function addSheetMacs(db: Database, _definitions: Definitions, _at: string, macs?: Macs): Promise<void> {
  await db.schema.alterTable('sheet_fields').addColumn('mac', 'text').execute();
  if (macs === undefined) return;
  for (const row of await db.selectFrom('sheet_fields').selectAll().execute())
    await db
      .updateTable('sheet_fields')
      .set({ mac: macs.sheetField.make(...factsOfField(row)) })
      .where('consultation', '=', row.consultation)
      .where('field', '=', row.field)
      .execute();
}

/** Sessions of the desk, and of browsers without an account: now with when they were seen last. A session that was not ours does not become it. */
export async function addVisitMacs(db: Database, _definitions: Definitions, _at: string, macs?: Macs): Promise<void> {
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

/** What a browser holds belongs to the session that it has. */
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

/** What the rows of some tables come to. */
export async function addRowSums(db: Database, definitions: Definitions, _at: string, macs?: Macs): Promise<void> {
  await makeRowSums(db, definitions);
  await sumRows(db, macs?.rowSum);
}
