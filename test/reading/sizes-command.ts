/**
 * Part of `npm run rules`: how long the search takes, how much of each worked case's result a reader sees before
 * unfolding anything, and how hard it is to read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { localDay } from '../../server/base/days.ts';
import { flowsFolder } from '../../server/commands/flows-folder.ts';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { readFolder } from '../../server/flow/language/folder.ts';
import { searchDoors } from '../../server/flow/search/search.ts';
import { MOST_WORDS, OLDEST } from './limits.ts';
import { atShare, FIRST_SCREEN, MOST_BYTES, SHARE, weigh } from './page-weight.ts';
import { hardestSentences, readingAge } from './reading-age.ts';
import { shownResults } from './shown-results.ts';

const MOST_MS = 20;

const { library } = loadLibrary(readFolder(flowsFolder()), localDay(new Date()));
const results = [...shownResults(library)];
for (const reader of ['professional', 'public', 'child'] as const) describe(reader);
describeSearch();

function describe(reader: Reader): void {
  const own = results.filter((result) => result.reader === reader).sort((a, b) => b.words - a.words);
  const tooLong = own.filter(({ words }) => words > MOST_WORDS[reader]);
  const lines = [...new Set(own.flatMap((result) => result.lines))];
  const age = readingAge(lines) ?? 0;
  console.log(
    `${reader}: ${own.length} results, at most ${own[0]?.words} words in sight (${MOST_WORDS[reader]} allowed), reading age ${age.toFixed(1)} (${OLDEST[reader]} allowed)`,
  );
  const weights = own.map(({ html }) => weigh(html));
  const page = atShare(weights.map((weight) => weight.page));
  const firstScreen = Math.max(...weights.map((weight) => weight.firstScreen));
  console.log(
    `  ${SHARE * 100} % of its pages weigh at most ${page} bytes gzipped (${MOST_BYTES} allowed); the first screen of each has arrived with ${firstScreen} (${FIRST_SCREEN} allowed)`,
  );
  for (const { name, words } of tooLong.slice(0, 5)) console.log(`  too long: ${name}: ${words} words`);
  for (const [sentence, years] of hardestSentences(lines, 5)) console.log(`  ${years.toFixed(0)}: ${sentence}`);
  if (page > MOST_BYTES || firstScreen > FIRST_SCREEN) process.exitCode = 1;
  if (tooLong.length > 0 || age > OLDEST[reader]) process.exitCode = 1;
}

/** Measured in processor time, so that a busy machine makes no difference. */
function describeSearch(): void {
  const { phrases } = parse(readFileSync(join(flowsFolder(), 'national', 'phrases.yaml'), 'utf8')) as {
    phrases: Record<string, unknown>;
  };
  // The first search builds the index, which is kept.
  searchDoors(library, 'neglect');
  const took = Object.keys(phrases).map((words) => {
    const before = process.cpuUsage();
    searchDoors(library, words);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const ms = atShare(took);
  console.log(
    `search: ${SHARE * 100} % of ${took.length} phrases take at most ${ms.toFixed(1)} ms (${MOST_MS} allowed)`,
  );
  if (ms > MOST_MS) process.exitCode = 1;
}
