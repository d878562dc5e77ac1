/** The counts of the public's conversations: they come to what was counted in all, and to no less than the log notes; see `tallies.ts`. */
import type Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import type { Macs } from '../audit/mac.ts';
import type { Tables } from './tables.ts';
import { factsOfTally } from './tallies.ts';

const SUMS = 'select coalesce(sum(count), 0) as sum, coalesce(max(counted), 0) as counted from tallies';
const NOTED = `select coalesce(max(json_extract(body, '$.counted')), 0) from looks where what = 'tallies noted'`;

export function checkTallySums(real: Sqlite.Database, findings: Findings): void {
  const { sum, counted } = real.prepare(SUMS).get() as { sum: number; counted: number };
  const noted = real.prepare(NOTED).pluck().get() as number;
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
