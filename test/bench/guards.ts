/**
 * `npm run bench:guards`: what each guard costs the pages that pass it, in processor time, beside the same server without it, the two in turn. A
 * guard is taken out of the code before it is built, as under siege: nothing in service can switch it off. Exit 1 where one costs more than 5 %.
 * `-- "row sums" …`: these alone. `BENCH_PAGES`: how many of each page in a round, 150 unless told.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChanged, type Change, removeBuilds, WITH } from '../siege/besieged.ts';
import { Browser, hidden } from './browser.ts';
import { answerOf } from './journey.ts';
import { serveProcess } from './process.ts';

const PAGES = ['doors', 'opening', 'question', 'answer'] as const;
type Page = (typeof PAGES)[number];

interface Guard {
  changes: readonly Change[];
  /** That pass it. */
  pages: readonly Page[];
}

const EVERY_PAGE: readonly Page[] = ['doors', 'question'];
const FORMS: readonly Page[] = ['opening', 'answer'];

/** Each change has to fit, or the build fails. */
export const GUARDS: Record<string, Guard> = {
  'headers against strangers': {
    changes: [{ file: 'web/kit/guards.ts', from: '{ ...HEADERS, [MARK]', to: '{ [MARK]' }],
    pages: EVERY_PAGE,
  },
  'forms come from here': {
    changes: [{ file: 'web/kit/guards.ts', from: "if (c.req.method === 'POST') {", to: 'if (false) {' }],
    pages: FORMS,
  },
  'rate limits': {
    changes: [
      { file: 'web/kit/rate-limits.ts', from: 'return (c, kind) => {', to: 'return (c, kind) => { return true;' },
    ],
    pages: FORMS,
  },
  'chain of the log': {
    changes: [{ file: 'store/chain.ts', from: 'async addIn(db, written) {', to: 'async addIn(db, written) { return;' }],
    pages: FORMS,
  },
  'marks of lines and rows': {
    changes: [
      {
        file: 'audit/mac.ts',
        from: /createHmac\('sha256', key\)\.update\(JSON\.stringify\(facts\)\)/,
        to: "({ digest: (how: string) => (how === 'hex' ? '0'.repeat(64) : 'A'.repeat(43)), facts, createHmac })",
      },
    ],
    pages: ['opening', 'answer', 'question'],
  },
  'row sums': {
    changes: [
      {
        file: 'store/row-sums.ts',
        from: 'async noteIn(db, table, changed) {',
        to: 'async noteIn(db, table, changed) { return;',
      },
    ],
    pages: ['opening'],
  },
  'signed heads': {
    changes: [{ file: 'jobs.ts', from: 'await store.checkpoints.write();', to: '' }],
    pages: FORMS,
  },
};

/** Of the processor, in nanoseconds: all threads of the process. */
function processorTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const times = readdirSync(tasks).map((task) =>
    Number(readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, one) => sum + one, 0);
}

/** As a proxy hands it on: this machine's own address is never slowed down, so that nothing would be counted. */
const SOMEBODY = { 'x-real-ip': '192.0.2.7' };
const MOST = 5;
const ROUNDS = 5;
const COUNT = Number(process.env.BENCH_PAGES ?? 150);

type Times = Record<Page, number>;

interface Measured {
  port: number;
  pid: number;
}

/** One visit: what each page took, added up. */
async function visit({ port, pid }: Measured, sum: Times): Promise<void> {
  const browser = new Browser(port, { ...SOMEBODY, 'x-real-ip': `198.51.${random()}.${random()}` });
  const take = async <Result>(page: Page, work: () => Promise<Result>): Promise<Result> => {
    const before = processorTime(pid);
    const result = await work();
    sum[page] += processorTime(pid) - before;
    return result;
  };
  const doors = await take('doors', () => browser.get('/areas/bury'));
  const fields = ['token', 'area', 'flow'].map((name) => [name, hidden(doors.body, name)] as [string, string]);
  const { headers } = await take('opening', () => browser.post('/consultations', fields));
  const first = String(headers.location);
  const { body } = await take('question', () => browser.get(first));
  const to = `${first.replace(/\/questions\/.*/, '')}/answers`;
  const answer = await take('answer', () => browser.post(to, answerOf(body), true));
  if (answer.status !== 200) throw new Error(`an answer came back with ${answer.status}`);
  browser.close();
}

const random = () => Math.floor(Math.random() * 250) + 1;
const nothing = (): Times => ({ doors: 0, opening: 0, question: 0, answer: 0 });

async function visits(server: Measured, count: number): Promise<Times> {
  const sum = nothing();
  for (let each = 0; each < count; each++) await visit(server, sum);
  return sum;
}

async function serve(program: string, folder: string) {
  const env = { DATA_DIR: folder, ADDRESS_HEADER: 'x-real-ip', FLOWS_DIR: 'flows' };
  return serveProcess([program], env);
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Page → how much dearer it is with the guard, in percent, and how far the rounds were apart. */
async function measure(
  program: string,
  pages: readonly Page[],
): Promise<Map<Page, { percent: number; from: number; to: number }>> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-guards-'));
  const [guarded, bare] = [await serve(WITH, join(folder, 'with')), await serve(program, join(folder, 'without'))];
  try {
    const ratios = new Map<Page, number[]>(pages.map((page) => [page, []]));
    for (const server of [guarded, bare]) await visits(server, COUNT);
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = round % 2 === 0 ? [guarded, bare] : [bare, guarded];
      const [first, second] = [await visits(one, COUNT), await visits(other, COUNT)];
      const [ours, theirs] = one === guarded ? [first, second] : [second, first];
      for (const page of pages) ratios.get(page)?.push((ours[page] / theirs[page] - 1) * 100);
    }
    return new Map(
      [...ratios].map(([page, all]) => [page, { from: Math.min(...all), to: Math.max(...all), percent: middle(all) }]),
    );
  } finally {
    await guarded.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.filename === process.argv[1]) {
  const asked = process.argv.slice(2);
  try {
    for (const [name, { changes, pages }] of Object.entries(GUARDS)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      const found = await measure(await buildChanged(`guard ${name}`, changes), pages);
      for (const [page, { percent, from, to }] of found) {
        console.log(
          `${name.padEnd(28)}${page.padEnd(10)}${percent.toFixed(1).padStart(6)} %   (${from.toFixed(1)} to ${to.toFixed(1)})`,
        );
        if (percent > MOST) process.exitCode = 1;
      }
    }
  } finally {
    removeBuilds();
  }
}
