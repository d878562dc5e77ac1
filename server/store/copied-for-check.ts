/**
 * Copies from PostgreSQL what a check reads that begins at a given line of the log: the lines after it, the
 * consultations they belong to, and the tables that such a check reads completely. How much this is depends on what was
 * written since then, not on what was written before.
 */
import type Sqlite from 'better-sqlite3';
import type pg from 'pg';
import { type ChainLine, type Checkpoint, type Fact, SOURCES, type Source } from '../audit/line.ts';
import {
  type CheckStart,
  factsOf,
  isSource,
  refuseOtherLine,
  SUM_OF_HANDOVER_SHEETS,
  timeOfLine,
} from './audit-lines.ts';
import { columnsOf, copyAllOut, copyRowsOut, insertRows, selectAll } from './copy-tables.ts';
import { firstDayToCompare } from './day-sums.ts';
import { readTree } from './log-tree.ts';
import type { PostgresSession } from './postgres-session.ts';
import { RENEWED_FORM, ROW_FORM } from './queue-row-mapping.ts';
import type { Tables } from './tables.ts';

type Table = keyof Tables;

/** The condition for rows that belong to the consultations. $1 is an array of their ids. */
interface OfConsultations {
  of: string;
}
/** A query for the rows. */
type Since = (beginning: CheckStart) => string;

const OF_CONSULTATION: OfConsultations = { of: 'consultation = any($1)' };

/**
 * What is copied of each table. `whole`: the table has few rows, all of which are checked. `nothing`: only a check of the
 * whole log reads the table.
 */
const COPIED_FOR_CHECK: Record<Table, 'whole' | 'nothing' | OfConsultations | Since> = {
  chain: linesOf,
  looks: looksOf,
  tree_nodes: nodesOf,
  entries: OF_CONSULTATION,
  consultations: { of: 'id = any($1)' },
  desk_lines: OF_CONSULTATION,
  desk_children: OF_CONSULTATION,
  desk_child_words: OF_CONSULTATION,
  desk_words: { of: 'rowid in (select number from desk_lines where consultation = any($1))' },
  retention_lines: OF_CONSULTATION,
  pathway_lines: OF_CONSULTATION,
  figure_lines: OF_CONSULTATION,
  accounts: 'whole',
  account_entries: 'whole',
  passkeys: 'whole',
  recovery_codes: 'whole',
  invitations: 'whole',
  signins: () => 'select * from signins where ended_at is null',
  sessions: 'whole',
  holders: 'whole',
  flow_versions: 'whole',
  newest_head: 'whole',
  migrations: 'whole',
  tallies: 'whole',
  row_sums: 'whole',
  return_codes: 'whole',
  sheet_fields: ({ handoverSheetsFrom }) => `select * from sheet_fields where at >= '${handoverSheetsFrom}'`,
  clients: 'whole',
  drafts: 'whole',
  figure_counts: 'nothing',
  sightings: 'nothing',
  mails: 'nothing',
  deliveries: 'nothing',
  number_reports: 'nothing',
  client_calls: 'nothing',
  client_minutes: 'nothing',
  wrong_codes: 'nothing',
  known_browsers: 'nothing',
  signin_tries: 'nothing',
  spent_challenges: 'nothing',
  open_pages: 'nothing',
  servers: 'nothing',
  pulse: 'nothing',
};

/**
 * Lines from where the check begins. From before that, the last line of each table, which says up to where the table was
 * checked, and the lines of restores.
 */
function linesOf({ since: { position }, after }: CheckStart): string {
  const last = SOURCES.map((source) => `('${source}', ${after[source]}::bigint)`);
  return `select * from chain where position >= ${position} union all (
    select * from chain where (source, seq) in (${last}) and position < ${position}
    union select chain.* from looks join chain on source = 'looks' and chain.seq = looks.seq
      where what = 'restore' and position < ${position})`;
}

/** Rows since then. From before that: the last row, all restores, and the last note of each count. */
function looksOf({ after: { looks } }: CheckStart): string {
  const before = `select * from looks where seq <= ${looks}`;
  const last = (condition: string) => `(${before} ${condition} order by seq desc limit 1)`;
  return `select * from looks where seq > ${looks} union all (${[
    last(''),
    `${before} and what = 'restore'`,
    last(`and what = 'row changes noted'`),
    last(`and what = 'tallies noted'`),
  ].join(' union ')})`;
}

/** No log has 2 to the power of 52 lines. */
const HIGHEST = 52;

/** The nodes of every level that cover lines since then. */
function nodesOf({ since: { position } }: CheckStart): string {
  const levels = Array.from({ length: HIGHEST + 1 }, (_, level) => [level, Math.floor(position / 2 ** level)]);
  return levels
    .map(([level, first]) => `select * from tree_nodes where level = ${level} and "index" >= ${first}`)
    .join(' union all ');
}

/** How many consultations one query asks for. */
const AT_ONCE = 500;

/**
 * To be called in a transaction that reads one instant. Returns the tree over the lines up to `given`, or undefined if
 * everything was copied because no entry is older. Throws `StoreProblem` if `given` is not a line of the log.
 */
export async function copySince(session: PostgresSession, target: Sqlite.Database, given: Checkpoint) {
  const { client, db } = session;
  const beginning = await findBeginning(client, given);
  if (beginning.after.entries === 0) return void (await copyAllOut(client, target));
  // Rows that an index can find are read by it, however many of them the planner expects.
  await client.query('set local enable_seqscan = off');
  const ids = await findConsultations(client, beginning);
  const tables = Object.entries(COPIED_FOR_CHECK) as [Table, (typeof COPIED_FOR_CHECK)[Table]][];
  for (const [table, read] of tables) {
    if (typeof read === 'function') await copyRowsOut(client, target, table, read(beginning));
    if (typeof read === 'object') await copyOfConsultations(client, target, table, { ...read, ids });
  }
  const peaks = await readTree(db, beginning.since.position);
  await client.query('set local enable_seqscan to default');
  for (const [table, read] of tables) if (read === 'whole') await copyRowsOut(client, target, table, selectAll(table));
  return peaks;
}

async function copyOfConsultations(
  client: pg.Client,
  target: Sqlite.Database,
  table: Table,
  { of, ids }: OfConsultations & { ids: readonly string[] },
): Promise<void> {
  const query = `select ${columnsOf(table)} from ${table} where ${of}`;
  for (let from = 0; from < ids.length; from += AT_ONCE)
    insertRows(target, table, await client.query(query, [ids.slice(from, from + AT_ONCE)]));
}

/** The same as the check itself finds in the copy. */
async function findBeginning(client: pg.Client, given: Checkpoint): Promise<CheckStart> {
  const { position } = given;
  const line = await client.query<{ hash: string }>('select hash from chain where position = $1', [position]);
  const hash = line.rows[0]?.hash ?? '';
  refuseOtherLine(given, hash);
  const last = 'select seq from chain where source = $1 and position <= $2 order by seq desc limit 1';
  const after = { entries: 0, looks: 0, account_entries: 0 } satisfies Record<Source, number>;
  for (const source of SOURCES)
    after[source] = (await client.query<{ seq: number }>(last, [source, position])).rows[0]?.seq ?? 0;
  const sum = (await client.query<{ sum: string }>(SUM_OF_HANDOVER_SHEETS)).rows[0]?.sum;
  return {
    since: { position, hash },
    after,
    handoverSheetsFrom: firstDayToCompare(sum, await readTime(client, position)),
  };
}

async function readTime(client: pg.Client, position: number): Promise<string | undefined> {
  const [line] = (await client.query<ChainLine>('select * from chain where position = $1', [position])).rows;
  if (line === undefined || !isSource(line.source)) return undefined;
  const query = `select ${factsOf(line.source)} from ${line.source} where seq = $1`;
  const { rows } = await client.query<Record<string, Fact>>(query, [line.seq]);
  return timeOfLine(line, Object.values(rows[0] ?? {}));
}

/**
 * Consultations with entries since then, the consultation of the last entry before, and the one that tells the check
 * since when rows of the queue have been written in the newest form.
 */
async function findConsultations(client: pg.Client, { after: { entries } }: CheckStart): Promise<string[]> {
  const find = async (query: string, values: readonly unknown[]) =>
    (await client.query<{ consultation: string }>(query, [...values])).rows.map(({ consultation }) => consultation);
  const ids = await find('select distinct consultation from entries where seq > $1', [entries]);
  ids.push(...(await find(LAST_BEFORE, [entries])));
  if ((await find(OLDER_FORM, [ids, RENEWED_FORM])).length > 0) ids.push(...(await find(FIRST_RENEWED, [ROW_FORM])));
  return [...new Set(ids)];
}

const LAST_BEFORE = 'select consultation from entries where seq <= $1 order by seq desc limit 1';
const OLDER_FORM = 'select consultation from desk_lines where consultation = any($1) and form < $2 limit 1';
/** Reads all closed rows of the queue, as the check does. Needed only if a row of an older form is checked. */
const FIRST_RENEWED = `select consultation from desk_lines where form = $1 and due is null
  order by (select max(at) from entries where entries.consultation = desk_lines.consultation) limit 1`;
