/**
 * Checks the MAC of every row that lets somebody in. This finds rows that were inserted or moved by hand, although no
 * entry tells of them.
 */
import type Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import type { Macs } from '../audit/mac.ts';
import { type ComparedSince, checkRowSums, readHandoverSheetFields } from './check-row-sums.ts';
import { checkTallyMacs } from './check-tallies.ts';
import { factsOfClient } from './clients.ts';
import { factsOfCode } from './codes.ts';
import { factsOfHandoverSheetField } from './handover-sheets.ts';
import { factsOfBrowser, factsOfHolder } from './sessions.ts';
import { factsOf } from './sign-ins.ts';
import type { Tables } from './tables.ts';

interface Row {
  where: string;
  mac: string | null;
  facts: readonly string[];
}

interface Since extends ComparedSince {
  /** Only return codes of consultations that have entries after this one are checked. */
  entries: number;
}

export function checkMacs(real: Sqlite.Database, macs: Macs, findings: Findings, since: Since): void {
  for (const [purpose, rows] of [
    ['holder', readHolders(real)],
    ['session', readSessions(real)],
    ['browser', readBrowsers(real)],
    ['returnCode', readCodes(real, since.entries)],
    ['client', readClients(real)],
  ] as const)
    for (const { where, mac, facts } of rows)
      if (!macs[purpose].fits(mac, ...facts)) findings.add('access planted', where);
  for (const row of readHandoverSheetFields(real, since.handoverSheetsFrom))
    if (!macs.handoverSheetField.fits(row.mac, ...factsOfHandoverSheetField(row)))
      findings.add('hand-over sheet changed', `field ${row.field} of consultation ${row.consultation}`);
  checkTallyMacs(real, macs, findings);
  checkRowSums(real, macs.rowSum, findings, since);
}

function* readHolders(real: Sqlite.Database): Generator<Row> {
  const rows = real
    .prepare(
      `select token_hash as tokenHash, consultation, holders.mac as mac, coalesce(created_at, '') as createdAt
        from holders left join sessions using (token_hash)`,
    )
    .iterate();
  for (const { mac, ...holder } of rows as Iterable<Record<'tokenHash' | 'consultation' | 'createdAt' | 'mac', string>>)
    yield { where: `a browser that holds consultation ${holder.consultation}`, mac, facts: factsOfHolder(holder) };
}

function* readBrowsers(real: Sqlite.Database): Generator<Row> {
  for (const { token_hash, created_at, seen_at, mac } of real.prepare('select * from sessions').iterate() as Iterable<
    Tables['sessions']
  >)
    yield {
      where: `a browser without an account, seen ${seen_at}`,
      mac,
      facts: factsOfBrowser({ tokenHash: token_hash, createdAt: created_at, seenAt: seen_at }),
    };
}

/** Only open sessions, since a session ends with the role and the area with which it began. */
function* readSessions(real: Sqlite.Database): Generator<Row> {
  const rows = real
    .prepare(
      `select token_hash as token, accounts.id as id, role, area, began_at as beganAt, seen_at as seenAt, mac from signins
        join accounts on accounts.id = account where ended_at is null`,
    )
    .iterate();
  for (const { token, mac, ...person } of rows as Iterable<
    Record<'token' | 'id' | 'role' | 'area' | 'beganAt' | 'seenAt' | 'mac', string>
  >)
    yield { where: `a session of account ${person.id}`, mac, facts: factsOf(token, person) };
}

/**
 * When the last line was written. A row that had expired by then lets nobody in, whatever MAC it has; it may have that
 * of an earlier key.
 */
const NEWEST = `coalesce((select max(at) from (select * from (select at from entries order by seq desc limit 1)
  union all select * from (select at from looks order by seq desc limit 1))), '')`;

/** Only codes that can still be used. */
function* readCodes(real: Sqlite.Database, after: number): Generator<Row> {
  const since = 'and consultation in (select consultation from entries where seq > ?)';
  const rows = real
    .prepare(
      `select seq, consultation, hash, expires_at as expiresAt, mac from return_codes where replaced_at is null and expires_at > ${NEWEST}
        ${after > 0 ? since : ''}`,
    )
    .iterate(...(after > 0 ? [after] : []));
  for (const { seq, mac, ...code } of rows as Iterable<
    Record<'seq' | 'consultation' | 'hash' | 'expiresAt' | 'mac', string>
  >)
    yield { where: `return code ${seq}, of consultation ${code.consultation}`, mac, facts: factsOfCode(code) };
}

const OPEN_CLIENTS = `select * from clients where revoked_at is null and expires_at > ${NEWEST}`;

/** Only clients that can still call. */
function* readClients(real: Sqlite.Database): Generator<Row> {
  for (const row of real.prepare(OPEN_CLIENTS).iterate() as Iterable<Tables['clients']>)
    yield { where: `client ${row.id}`, mac: row.mac, facts: factsOfClient(row) };
}
