/** Reads the whole log once, in the order of the chain, and reports everything that is not as it was written. Pure. */

import { type AccountsRead, checkAccounts } from './check-accounts.ts';
import { type CheckpointsRead, checkCheckpoints, type HeadsKnown } from './check-checkpoints.ts';
import { addErased, countErased, digestOf, type ErasedLines, findErasure } from './erasure.ts';
import { createFindings, type Findings } from './findings.ts';
import {
  type ChainLine,
  type Checkpoint,
  FACTS,
  type Fact,
  hashContent,
  hashLine,
  SOURCES,
  type Source,
} from './line.ts';

export interface LoggedRow {
  seq: number;
  body: string;
  facts: Fact[];
}

export interface Logged {
  /** The end of an earlier check: chain and rows begin after it, and only erasures in what is read are counted. */
  since: Checkpoint;
  /** In the order of their positions. */
  chain: Iterable<ChainLine>;
  /** In the order of `seq`. */
  rows: Record<Source, Iterable<LoggedRow>>;
  /** Ids of consultations that differ from their first entry. */
  changedConsultations: Iterable<string>;
  accounts: AccountsRead;
  /** Versions whose text does not have their hash, and versions that entries refer to and the database lacks. */
  changedFlows: Iterable<string>;
  missingFlows: Iterable<string>;
  known: HeadsKnown;
  heads: CheckpointsRead;
}

export interface Verified {
  findings: Findings;
  lines: number;
  erased: number;
  head: Checkpoint;
}

export function verify({ since, chain, rows, heads, known, ...more }: Logged): Verified {
  const findings = createFindings();
  const headsLeft = checkCheckpoints(heads, known, findings);
  const cursors = Object.fromEntries(SOURCES.map((source) => [source, createCursor(source, rows[source], findings)]));
  const erasures = createErasures(findings);
  let [last, lines]: [Checkpoint, number] = [since, 0];
  // The earlier check compared the checkpoints up to there with the chain.
  if (since.position > 0) headsLeft.pass(since, undefined);
  for (const line of chain) {
    lines++;
    checkPlace(line, last, findings);
    const row = cursors[line.source]?.take(line);
    const isSound = row !== undefined && checkRow(line, row, erasures, findings);
    if (!headsLeft.isOurs(line)) findings.add('not ours', `line ${line.position} of the chain`);
    headsLeft.pass(line, isSound ? timeOf(line.source, row) : undefined);
    last = line;
  }
  for (const cursor of Object.values(cursors)) cursor.finish();
  checkBesides(more, findings);
  headsLeft.finish(last);
  return { findings, lines, erased: erasures.finish(since.position === 0), head: last };
}

/** Checks tables that are not part of the chain but follow from it. */
function checkBesides(logged: Omit<Logged, 'since' | 'chain' | 'rows' | 'heads' | 'known'>, findings: Findings): void {
  for (const id of logged.changedConsultations) findings.add('consultation changed', `consultation ${id}`);
  for (const version of logged.changedFlows) findings.add('flow changed', `version ${version}`);
  for (const version of logged.missingFlows) findings.add('flow missing', `version ${version}`);
  checkAccounts(logged.accounts, findings);
}

function checkPlace({ position, previous }: ChainLine, last: Checkpoint, findings: Findings): void {
  if (position !== last.position + 1) findings.add('gap', `lines ${last.position + 1} to ${position - 1} of the chain`);
  else if (previous !== last.hash) findings.add('out of order', `line ${position} of the chain`);
}

/** Whether the row's columns are as they were when it was written. */
function checkRow(line: ChainLine, row: LoggedRow, erasures: Erasures, findings: Findings): boolean {
  // The description is built only for a finding, because a million lines pass through here.
  const where = () => describeRow(line.source, row, line.position);
  const isSound = hashLine(line, row.facts) === line.hash;
  if (!isSound) findings.add('facts changed', where());
  const erasure = findErasure(row.body);
  if (erasure !== undefined && line.salt === null) erasures.found(erasure, line);
  else if (erasure !== undefined) findings.add('erased without record', where());
  else if (line.salt === null || hashContent(line.salt, row.body) !== line.content)
    findings.add('text changed', where());
  else if (line.source === 'looks' && row.facts[5] === 'erasure') erasures.recorded(row);
  return isSound;
}

/** The time at which the row says it was written. */
function timeOf(source: string, { facts }: LoggedRow): string {
  return String(facts[(FACTS[source as Source] as readonly string[]).indexOf('at')]);
}

function describeRow(source: string, { seq, facts }: LoggedRow, position?: number): string {
  const [first, second, third] = facts;
  const about = {
    entries: `entry ${second} of consultation ${first}, ${third} (number ${seq})`,
    looks: `look ${seq}, ${first}`,
    account_entries: `change ${seq} of account ${first}, ${second}`,
  }[source];
  return position === undefined ? `${about}` : `${about}, line ${position} of the chain`;
}

/** The rows of one table, read in step with the chain. */
function createCursor(source: Source, rows: Iterable<LoggedRow>, findings: Findings) {
  const iterator = rows[Symbol.iterator]();
  const read = () => {
    const { done, value } = iterator.next();
    return done ? undefined : value;
  };
  let row = read();
  const passUntil = (seq: number) => {
    for (; row !== undefined && row.seq < seq; row = read()) findings.add('inserted', describeRow(source, row));
  };
  return {
    take({ seq, position }: ChainLine): LoggedRow | undefined {
      passUntil(seq);
      if (row === undefined || row.seq !== seq) {
        findings.add('deleted', `${source} ${seq}, line ${position} of the chain`);
        return undefined;
      }
      const taken = row;
      row = read();
      return taken;
    },
    finish: () => passUntil(Number.POSITIVE_INFINITY),
  };
}

type Erasures = ReturnType<typeof createErasures>;

/** Marks, and the erasures to which they refer, can come in any order. */
function createErasures(findings: Findings) {
  const marks = new Map<number, ErasedLines>();
  const recorded = new Map<number, { lines: number; digest: string }>();
  return {
    found(erasure: number, { source, seq }: ChainLine) {
      const lines = marks.get(erasure) ?? countErased();
      addErased(lines, source, seq);
      marks.set(erasure, lines);
    },
    recorded({ seq, body }: LoggedRow) {
      recorded.set(seq, JSON.parse(body));
    },
    /** `all`: whether every line that can have a mark was read. */
    finish(all: boolean): number {
      let sum = 0;
      for (const [erasure, lines] of marks) {
        sum += lines.count;
        const record = recorded.get(erasure);
        if (!all) continue;
        if (record === undefined)
          findings.add('erased without record', `${lines.count} lines that name erasure ${erasure}`);
        else if (record.digest !== digestOf(lines))
          findings.add('erasure differs', `erasure ${erasure}: ${lines.count} lines`);
      }
      for (const [erasure, { lines }] of recorded)
        if (all && lines > 0 && !marks.has(erasure)) findings.add('erasure differs', `erasure ${erasure}: no line`);
      return sum;
    },
  };
}
