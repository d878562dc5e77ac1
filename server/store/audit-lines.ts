/** The log for `npm run verify`: read line by line, as it was at one instant, even while the server runs. */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { CheckpointsRead, HeadsKnown } from '../audit/check-checkpoints.ts';
import { ERASED_BODIES } from '../audit/erasure.ts';
import type { Findings } from '../audit/findings.ts';
import {
  BEGINNING,
  type ChainLine,
  type Checkpoint,
  FACTS,
  type Fact,
  hashLine,
  SOURCES,
  type Source,
} from '../audit/line.ts';
import type { Macs } from '../audit/mac.ts';
import { type Logged, type LoggedRow, type Verified, verify } from '../audit/verify.ts';
import { readAccounts } from './audit-accounts.ts';
import { checkDerived } from './check-derived.ts';
import { checkMacs } from './check-macs.ts';
import { checkTallyMark } from './check-tallies.ts';
import { checkTriggers, checkWhole } from './check-triggers.ts';
import { firstDayToCompare } from './day-sums.ts';
import { StoreProblem } from './failure.ts';
import { iterateRows } from './iterate-rows.ts';
import { readTree } from './log-tree.ts';
import { refuseOtherKey } from './other-key.ts';
import { refuseOtherVersion } from './other-version.ts';
import type { Tables } from './tables.ts';
import { keptNameOf, parseVersion } from './versions.ts';

export type AuditLines = Omit<Logged, 'heads'> & {
  /** Compares derived rows with the entries. */
  checkDerived(findings: Findings): Promise<void>;
  /** Compares triggers, tables and indexes with those that this version makes. */
  checkTriggers(findings: Findings): Promise<void>;
  /** Whether the file is internally consistent. This reads the whole file, so only a full check does it. */
  checkWhole(findings: Findings): void;
  /** Checks the MAC of every row that lets somebody in. */
  checkMacs(macs: Macs, findings: Findings): void;
  /** Compares the count of the public's conversations with the file that is kept beside the signed checkpoints. */
  checkTallyMark(heads: CheckpointsRead, findings: Findings): void;
  /** Throws `StoreProblem` if the log was written with another key than the one that was given. */
  refuseOtherKey(heads: CheckpointsRead): Promise<void>;
  /** The nodes of the Merkle tree over the first `size` lines. */
  readTree(size: number): Promise<Buffer[]>;
  close(): void;
};

/** Rows are compared as they are stored. Of an erased entry only its mark is left. */
const CHANGED = `select id from consultations left join entries on consultation = id and number = 1
  where (body is null or (body not like '${ERASED_BODIES}' and (json_extract(body, '$.reference') is not reference
    or json_extract(body, '$.area') is not area or json_extract(body, '$.flow') is not flow or at is not opened_at)))`;
/** Entries whose row in `consultations` was deleted. */
const GONE = 'select consultation from entries where number = 1 and consultation not in (select id from consultations)';
const CHANGED_SINCE = `${CHANGED} and consultations.id in (select consultation from entries where seq > ?)`;

/** Goes through the index of restores, which are few: SQLite never reorders a cross join. */
const RESTORES = `select position, body from looks cross join chain
  where what = 'restore' and json_valid(body) and source = 'looks' and chain.seq = looks.seq order by position`;
const MISSING = `select distinct json_extract(body, '$.version') as named from entries
  where seq > ? and kind in ('opened', 'moved', 'instrument started') and body not like '${ERASED_BODIES}' and named not in (select version from flow_versions)`;

function* readChangedFlows(connection: Sqlite.Database): Generator<string> {
  const rows = connection.prepare('select version, area, flow, body from flow_versions order by version').iterate();
  for (const { version, area, flow, body } of rows as Iterable<Record<'version' | 'area' | 'flow' | 'body', string>>) {
    const kept = parseVersion(version, body);
    if (kept === undefined || kept.area.id !== area || keptNameOf(kept) !== flow) yield version;
  }
}

function readKnown(connection: Sqlite.Database, since: number): HeadsKnown {
  const nodes = readNodes(connection, since);
  const newest = connection.prepare('select head from newest_head').pluck().get() as string | undefined;
  const rows = connection.prepare(RESTORES).raw().all() as [number, string][];
  const restores = rows.map(([position, body]) => ({ position, head: JSON.parse(body).head ?? undefined }));
  return { newest, restores, treeNode: (level, index) => nodes.get(level)?.get(index) };
}

/**
 * Level → index → hash, for the nodes over lines after `since`. There is one for every 64 lines, so all fit in memory,
 * and each line asks for them.
 */
function readNodes(connection: Sqlite.Database, since: number): Map<number, Map<number, string>> {
  const nodes = new Map<number, Map<number, string>>();
  const rows = connection.prepare('select "index", hash from tree_nodes where level = ? and "index" >= ?').raw();
  for (const level of connection.prepare(LEVELS).pluck().all() as number[])
    nodes.set(level, new Map(rows.all(level, Math.floor(since / 2 ** level)) as [number, string][]));
  return nodes;
}

/** One step through the index for each level. */
const LEVELS = `with recursive levels (level) as (
    select min(level) from tree_nodes union all
    select (select min(level) from tree_nodes where level > levels.level) from levels where level is not null
  ) select level from levels where level is not null`;

/** Where a check begins: after the last line of an earlier check. */
export interface CheckStart {
  since: Checkpoint;
  /** The last row of each table that was in the chain at that point. */
  after: Record<Source, number>;
  /** The first day whose rows of hand-over sheets are compared with their sums; empty for all. */
  handoverSheetsFrom: string;
}

/** When the line was written, which its hash covers; undefined if its row does not say it any more. */
export function timeOfLine(line: ChainLine, facts: readonly Fact[]): string | undefined {
  if (hashLine(line, facts) !== line.hash) return undefined;
  return String(facts[(FACTS[line.source as Source] as readonly string[]).indexOf('at')]);
}

/** Its columns, for a query. */
export const factsOf = (source: Source) => FACTS[source].map((name) => `"${name}"`).join(', ');
export const isSource = (name: string): name is Source => name in FACTS;
export const SUM_OF_HANDOVER_SHEETS = `select sum from row_sums where "table" = 'sheet_fields'`;

/** `hash`: the hash of the line at that position, empty if there is none. Throws `StoreProblem`. */
export function refuseOtherLine(given: Checkpoint, hash: string): void {
  if (hash.startsWith(given.hash)) return;
  throw new StoreProblem(
    `Line ${given.position} of the log does not begin with the hash ${given.hash}`,
    'the line and the hash at which an earlier check ended',
    'check all of it, without --since: if it ended there, the log was made anew or cut off since',
  );
}

/** `given`: the position of the last line and the beginning of its hash, as an earlier check printed them. */
function findBeginning(connection: Sqlite.Database, given: Checkpoint = BEGINNING): CheckStart {
  const { position } = given;
  const hash = connection.prepare('select hash from chain where position = ?').pluck().get(position) ?? '';
  refuseOtherLine(given, String(hash));
  const last = connection.prepare('select seq from chain where source = ? and position <= ? order by seq desc limit 1');
  const after = Object.fromEntries(SOURCES.map((source) => [source, last.pluck().get(source, position) ?? 0]));
  const sum = connection.prepare(SUM_OF_HANDOVER_SHEETS).pluck().get() as string | undefined;
  return {
    since: { position, hash: String(hash) },
    after: after as Record<Source, number>,
    handoverSheetsFrom: firstDayToCompare(sum, readTime(connection, position)),
  };
}

function readTime(connection: Sqlite.Database, position: number): string | undefined {
  const line = connection.prepare('select * from chain where position = ?').get(position) as ChainLine | undefined;
  if (line === undefined || !isSource(line.source)) return undefined;
  const facts = connection.prepare(`select ${factsOf(line.source)} from ${line.source} where seq = ?`).raw();
  return timeOfLine(line, (facts.get(line.seq) ?? []) as Fact[]);
}

/**
 * Reads the whole log or, with `since`, only what was written after that line, and the consultations it belongs to.
 * Accounts and flows are few and are always checked completely. `peaks`: the tree over the lines up to there, if the
 * file does not hold these lines.
 */
export async function verifyDatabase(
  file: string,
  heads: CheckpointsRead,
  since?: Checkpoint,
  peaks?: Buffer[],
): Promise<Verified> {
  const lines = openAuditLines(file, since);
  try {
    await lines.refuseOtherKey(heads);
    const { position: size } = lines.since;
    const tree = { size, peaks: peaks ?? (await lines.readTree(size)) };
    const verified = verify({ ...lines, heads, known: { ...lines.known, tree } });
    await lines.checkDerived(verified.findings);
    await lines.checkTriggers(verified.findings);
    if (since === undefined) lines.checkWhole(verified.findings);
    if (heads.macs !== undefined) lines.checkMacs(heads.macs, verified.findings);
    lines.checkTallyMark(heads, verified.findings);
    return verified;
  } finally {
    lines.close();
  }
}

export function openAuditLines(file: string, given?: Checkpoint): AuditLines {
  const connection = connect(file);
  try {
    // Without a page cache: everything is read exactly once.
    connection.pragma('mmap_size = 4000000000');
    connection.exec('begin');
    const version = connection.prepare('select count(*) as done, max(number) as newest from migrations').get();
    refuseOtherVersion(version as Parameters<typeof refuseOtherVersion>[0]);
    const { since, after, handoverSheetsFrom } = findBeginning(connection, given);
    const readable = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
    const rowsOf = (source: Source) => readRows(connection, source, after[source]);
    return {
      since,
      chain: iterateRows<ChainLine>(
        connection.prepare('select * from chain where position > ? order by position'),
        since.position,
      ),
      rows: { entries: rowsOf('entries'), account_entries: rowsOf('account_entries'), looks: rowsOf('looks') },
      known: readKnown(connection, since.position),
      accounts: readAccounts(connection),
      changedFlows: readChangedFlows(connection),
      missingFlows: iterateRows<string>(connection.prepare(MISSING).pluck(), after.entries),
      changedConsultations: iterateRows<string>(
        connection.prepare(since.position === 0 ? `${CHANGED} union all ${GONE}` : CHANGED_SINCE).pluck(),
        ...(since.position === 0 ? [] : [after.entries]),
      ),
      checkTriggers: (findings) => checkTriggers(connection, findings),
      checkWhole: (findings) => checkWhole(connection, findings),
      checkMacs: (macs, findings) => checkMacs(connection, macs, findings, { ...after, handoverSheetsFrom }),
      checkTallyMark: (heads, findings) => checkTallyMark(connection, heads, findings, after.looks),
      checkDerived: (findings) => checkDerived(connection, findings, after.entries),
      refuseOtherKey: (heads) => refuseOtherKey(readable, heads),
      readTree: (size) => readTree(readable, size),
      close: () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    if (error instanceof StoreProblem) throw error;
    throw new StoreProblem(
      `${file} cannot be read: ${(error as Error).message}`,
      'a database of Front Door, of this version',
      'give its place with --database; start the server once with it, if it is of an older version',
      error,
    );
  }
}

function connect(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { readonly: true });
  } catch (error) {
    throw new StoreProblem(
      `${file} cannot be opened`,
      'a database of Front Door',
      'give its place with --database',
      error,
    );
  }
}

function* readRows(connection: Sqlite.Database, source: Source, after: number): Generator<LoggedRow> {
  const found = connection
    .prepare(`select seq, body, ${factsOf(source)} from ${source} where seq > ? order by seq`)
    .raw();
  for (const [seq, body, ...rest] of found.iterate(after) as Iterable<[number, string, ...Fact[]]>)
    yield { seq, body, facts: rest };
}
