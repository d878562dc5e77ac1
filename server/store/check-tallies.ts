/**
 * Checks the counts of the public's conversations: together they equal the total, and they are no lower than what the
 * log records; see `tallies.ts`.
 */
import type Sqlite from 'better-sqlite3';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import type { Findings } from '../audit/findings.ts';
import type { Macs } from '../audit/mac.ts';
import { readCheckpoint } from '../audit/signed-checkpoint.ts';
import { readRowChanges } from './check-row-sums.ts';
import { describeFewer, isLess } from './row-sums.ts';
import type { Tables } from './tables.ts';
import { factsOfTally } from './tallies.ts';
import { parseTallyMark } from './tally-mark.ts';

const SUMS = 'select coalesce(sum(count), 0) as sum, coalesce(max(counted), 0) as counted from tallies';
/** The highest number noted after a line of the access log, or in the last note before it. */
const NOTED = `select coalesce(max(json_extract(body, '$.counted')), 0) from looks where what = 'tallies noted' and seq >=
  coalesce((select seq from looks where what = 'tallies noted' and seq <= ? order by seq desc limit 1), 0)`;

export function checkTallySums(real: Sqlite.Database, findings: Findings): void {
  const { sum, counted } = real.prepare(SUMS).get() as { sum: number; counted: number };
  const noted = real.prepare(NOTED).pluck().get(0) as number;
  if (sum !== counted)
    findings.add('tally changed', `${counted} conversations were counted, and the rows come to ${sum}`);
  if (counted < noted)
    findings.add(
      'tally changed',
      `the log says that ${noted} conversations were counted, and the rows come to ${counted}`,
    );
}

export function checkTallyMacs(real: Sqlite.Database, { tally }: Macs, findings: Findings): void {
  for (const row of real.prepare('select * from tallies').iterate() as Iterable<Tables['tallies']>)
    if (!tally.fits(row.mac, ...factsOfTally(row)))
      findings.add('tally changed', `${row.area}, ${row.end}, in the week of ${row.week}`);
}

const BESIDE =
  'the file beside the heads that says how many conversations were counted, and how often rows were changed';

/**
 * Compares the file that is written with each checkpoint with the rows and the checkpoints. \`after\`: the line of the
 * access log up to which it was checked before.
 */
export function checkTallyMark(
  real: Sqlite.Database,
  { lines, macs, tallyMark }: CheckpointsRead,
  findings: Findings,
  after: number,
): void {
  // Not possible for a copy that is checked on its own, or by an auditor who does not have the key.
  if (tallyMark === undefined || macs === undefined || lines === undefined) return;
  const { counted } = real.prepare(SUMS).get() as { counted: number };
  const noted = real.prepare(NOTED).pluck().get(after) as number;
  const changes = readRowChanges(real);
  if (tallyMark === null) {
    if (noted > 0 || isLess({}, changes))
      findings.add('tally changed', `${BESIDE} is not there; a start of this version makes it`);
    return;
  }
  const mark = parseTallyMark(tallyMark, macs.tally);
  const fewer = mark === undefined ? undefined : describeFewer(mark.changes ?? {}, changes);
  if (fewer !== undefined) findings.add('rows changed', fewer);
  if (mark === undefined) findings.add('tally changed', `${BESIDE} was not written with this key`);
  else if (mark.counted > counted)
    findings.add('tally changed', `${mark.counted} conversations were counted, and the rows come to ${counted}`);
  else if (isOlder(mark.position, lines)) findings.add('tally changed', `${BESIDE} is an older copy`);
}

/** The file is written right after a checkpoint. A server that is stopped between the two leaves it one behind. */
const BEHIND = 2;

function isOlder(position: number, lines: readonly string[]): boolean {
  const positionOf = (line = '') => readCheckpoint(line)?.position;
  if (position < (positionOf(lines[0]) ?? 0)) return true;
  const at = lines.findLastIndex((line) => line.includes(`"position":${position},`) && positionOf(line) === position);
  return at >= 0 && at < lines.length - BEHIND;
}
