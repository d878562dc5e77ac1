/**
 * `npm run mutants:code`: changes one thing at a time in the engine, and a test has to notice. It runs file by file,
 * only with the nearest tests, and stores each score in `code-scores.json`. `-- --file server/flow/walk/walk.ts`: that
 * file, and others by repeating it. `-- --stale`: files that were changed since their score. All files together take
 * about an hour. Without either option, it only sums up. Exits 1 below 90 % of everything that was tried.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { byFile, codeFiles, describeScores, hashOf, type Scores, staleIn, sumOf, tally } from './code-scores.ts';
import { testsFor } from './code-tests.ts';

const DEMANDED = 0.9;
const TOLD: Partial<Record<string, string>> = {
  Survived: 'not noticed',
  NoCoverage: 'not noticed',
  Timeout: 'endless',
};
const KEPT = 'test/mutation/code-scores.json';

// Stryker's child processes load the runner as TypeScript.
process.env.NODE_OPTIONS = '--import tsx';
const { values } = parseArgs({ options: { file: { type: 'string', multiple: true }, stale: { type: 'boolean' } } });
const read = () => JSON.parse(readFileSync(KEPT, 'utf8')) as Scores;
const wanted = values.stale ? staleIn(read(), codeFiles()) : (values.file ?? []);
for (const file of wanted) {
  const hash = hashOf(file);
  const mutants = await new Stryker(optionsFor(file)).runMutationTest();
  const score = tally(mutants.map(({ status }) => status));
  for (const { status, location, mutatorName, replacement } of mutants)
    if (TOLD[status])
      console.log(
        `${TOLD[status]}: ${file}:${location.start.line}: ${mutatorName}: ${replacement?.replaceAll(/\s+/g, ' ')}`,
      );
  // Read again, because another run may have added to it in the meantime.
  writeFileSync(KEPT, `${JSON.stringify(byFile({ ...read(), [file]: { ...score, hash } }), null, 2)}\n`);
}
const scores = read();
for (const line of describeScores(scores, codeFiles())) console.log(line);
if (sumOf(scores).share < DEMANDED) process.exitCode = 1;

function optionsFor(file: string) {
  return {
    mutate: [file],
    testRunner: 'near',
    plugins: ['./test/mutation/near-runner.ts'],
    testFiles: testsFor(file),
    coverageAnalysis: 'perTest' as const,
    // Endless loops are recognised by counting. A test that is merely slow on a busy machine must not count as having noticed the fault.
    timeoutMS: 8_000,
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
    concurrency: 1,
    reporters: ['clear-text'],
    clearTextReporter: { logTests: false, reportMutants: false, reportTests: false, reportScoreTable: false },
    checkers: [],
    ignorePatterns: [
      '/data',
      '/static',
      '/views',
      '/test/browser',
      '/test/bench',
      '/server/web',
      '/server/store',
      '/.ci',
      '/reports',
    ],
    allowConsoleColors: false,
    logLevel: 'warn' as never,
    tempDirName: '.stryker-tmp',
  };
}
