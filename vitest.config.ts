import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { isShort } from './test/short-form.ts';

/** Tests that open a browser, and those that start or kill processes, real proxies among them. */
const BROWSER = ['test/browser/**/*.test.ts'];
const PROCESSES = ['test/**/*process.test.ts', 'test/**/kill.test.ts', 'test/deploy/proxies.test.ts'];
/**
 * Tests that plant faults by the dozen, walk thousands of interviews, or go over every page, form, action, route, flow, instrument, text or file of the
 * content, every column or every version of the database. `npm run test:quick` runs them in their short form (`test/short-form.ts`), among the
 * quick ones.
 */
const SWEEPS = [
  'test/mutation/mutants.test.ts',
  'test/damage/damage.test.ts',
  'test/audit/derived.test.ts',
  'test/audit/every-table.test.ts',
  'test/flow/agree.test.ts',
  'test/flow/floor.test.ts',
  'test/flow/prove-brute.test.ts',
  'test/consultation/changes.test.ts',
  'test/consultation/kept-results.test.ts',
  'test/flow/real-json-schema.test.ts',
  'test/flow/walk-once.test.ts',
  'test/reading/sizes.test.ts',
  'test/store/search-together.test.ts',
  'test/store/upgrade.test.ts',
  'test/web/valid-pages.test.ts',
  'test/web/desk/actions.test.ts',
  'test/web/desk/every-form.test.ts',
  'test/web/desk/refused-forms.test.ts',
  'test/web/flows/every-flow.test.ts',
  'test/web/flows/paper-form.test.ts',
  'test/web/pathway/pathway.test.ts',
  'test/web/people/every-route.test.ts',
  'test/web/public/every-case.test.ts',
  'test/web/public/every-text.test.ts',
  'test/web/site/every-link.test.ts',
];

/** What the store promises, whatever database it has, to one server and to several. They run over SQLite among the quick tests, and again over PostgreSQL. */
const CONTRACT = [
  'store/any-order',
  'store/backup',
  'store/chain',
  'store/checkpoints',
  'store/figures',
  'store/log',
  'store/log-tree',
  'store/outbox',
  'store/presence',
  'store/queue-rows',
  'store/review',
  'store/search-together',
  'store/other-servers',
  'store/sessions',
  'store/sheet-sums',
  'store/versions',
  'web/two-servers',
].map((name) => `test/${name}.test.ts`);
const POSTGRES = ['test/postgres/**/*.test.ts'];
/** `npm run test:postgres`: whatever opens the app, over PostgreSQL; but for tests that look into the file of SQLite itself. */
const ALL_OVER_POSTGRES = process.env.ALL_OVER_POSTGRES === 'yes' ? findWhatOpensTheApp() : [];

/** What all tests have in common. */
const common = {
  globalSetup: 'test/setup.ts',
  // Each test opens an app and a database of its own; what they share are modules, and reading these anew for each file takes a minute.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

/**
 * Pages, databases and content come and go by the thousand. With V8's usual 16 MB for what is new, clearing up took a sixth of the time; and two
 * workers have both cores already, so threads that help to clear up would only take turns with them.
 */
const ROOM_FOR_WHAT_IS_NEW = ['--min-semi-space-size=64', '--max-semi-space-size=64', '--single-threaded-gc'];

export default defineConfig({
  test: {
    // Two cores: more workers than that only wait for each other.
    maxWorkers: 2,
    // What a file becomes when it is translated is the same in every project and every run: only what changed is translated again.
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...BROWSER, ...PROCESSES, ...POSTGRES, ...(isShort ? [] : SWEEPS)],
          globalSetup: ['test/setup.ts', 'test/quick-setup.ts'],
          execArgv: ROOM_FOR_WHAT_IS_NEW,
        },
      },
      { extends: true, test: { ...common, name: 'processes', include: PROCESSES } },
      {
        extends: true,
        test: {
          ...common,
          name: 'sweeps',
          include: SWEEPS,
          globalSetup: ['test/setup.ts', 'test/quick-setup.ts'],
          execArgv: ROOM_FOR_WHAT_IS_NEW,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'postgres',
          include: [...CONTRACT, ...POSTGRES, ...ALL_OVER_POSTGRES],
          globalSetup: ['test/setup.ts', 'test/postgres/setup.ts'],
          setupFiles: 'test/postgres/skip-without.ts',
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'browser',
          include: BROWSER,
          globalSetup: ['test/setup.ts', 'test/browser/setup.ts'],
          // While both workers and the browser share two cores, what takes 100 ms alone can take seconds. `expect.poll` gives up after one.
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
});

function findWhatOpensTheApp(): string[] {
  return ['web', 'mail', 'webhooks', 'pathway', 'export'].flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.tsx?$/.test(name) && !/kill|process/.test(name))
      .map((name) => `test/${folder}/${name}`)
      .filter((file) => !SWEEPS.includes(file))
      .filter((file) => !/openRaw|better-sqlite3|verifyDatabase|SmallDisk|openStore/.test(readFileSync(file, 'utf8'))),
  );
}
