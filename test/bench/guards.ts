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

const PAGES = ['doors', 'opening', 'question', 'answer', 'return code'] as const;
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
    pages: ['return code'],
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

const MOST = 5;
/** How far these are apart says how well the machine measures. */
const PARTS = 5;
const COUNT = Number(process.env.BENCH_PAGES ?? 150);
const TO_WARM = 60;

type Times = Record<Page, number[]>;

const nothing = (): Times => ({ doors: [], opening: [], question: [], answer: [], 'return code': [] });

interface Measured {
  port: number;
  pid: number;
}

const random = () => Math.floor(Math.random() * 250) + 1;

/** One visit: what each page took. */
async function visit({ port, pid }: Measured, times: Times): Promise<void> {
  // As a proxy hands it on: this machine's own address is never slowed down, so that nothing would be counted.
  const browser = new Browser(port, { 'x-real-ip': `198.51.${random()}.${random()}` });
  const take = async <Result>(page: Page, work: () => Promise<Result>): Promise<Result> => {
    const before = processorTime(pid);
    const result = await work();
    times[page].push(processorTime(pid) - before);
    return result;
  };
  const doors = await take('doors', () => browser.get('/areas/bury'));
  const fields = ['token', 'area', 'flow'].map((name) => [name, hidden(doors.body, name)] as [string, string]);
  const { headers } = await take('opening', () => browser.post('/consultations', fields));
  const first = String(headers.location);
  const { body } = await take('question', () => browser.get(first));
  const to = `${first.replace(/\/questions\/.*/, '')}/answers`;
  const answer = await take('answer', () => browser.post(to, answerOf(body), true));
  const token: [string, string][] = [['token', hidden(body, 'token')]];
  const code = await take('return code', () => browser.post(to.replace('/answers', '/codes'), token));
  if (code.status !== 200) throw new Error(`a return code was asked for, and ${code.status} came back`);
  if (answer.status !== 200) throw new Error(`an answer came back with ${answer.status}`);
  browser.close();
}

/** Visit for visit in turn, so that whatever else the machine does slows both. */
async function visitInTurn(servers: readonly [Measured, Measured], count: number): Promise<[Times, Times]> {
  const times: [Times, Times] = [nothing(), nothing()];
  for (let each = 0; each < count; each++)
    for (const index of each % 2 === 0 ? [0, 1] : [1, 0])
      await visit(servers[index] as Measured, times[index] as Times);
  return times;
}

/** A tenth was faster: what else the machine does makes a page dearer, and never cheaper. */
function undisturbed(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 10)] ?? Number.NaN;
}

const percentOf = (ours: readonly number[], theirs: readonly number[]) =>
  (undisturbed(ours) / undisturbed(theirs) - 1) * 100;

interface Cost {
  page: Page;
  microseconds: number;
  percent: number;
  /** Of the parts of the run. */
  least: number;
  most: number;
}

function costOf(page: Page, ours: readonly number[], theirs: readonly number[]): Cost {
  const size = Math.floor(ours.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const of = (times: readonly number[]) => times.slice(part * size, (part + 1) * size);
    return percentOf(of(ours), of(theirs));
  });
  const [least, most] = [Math.min(...parts), Math.max(...parts)];
  const microseconds = (undisturbed(ours) - undisturbed(theirs)) / 1000;
  return { page, microseconds, percent: percentOf(ours, theirs), least, most };
}

/** What the guarded pages cost more than those of a server without the guard. */
async function measure(program: string, pages: readonly Page[]): Promise<Cost[]> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-guards-'));
  const flows = { ADDRESS_HEADER: 'x-real-ip', FLOWS_DIR: 'flows', LOG_LEVEL: 'error' };
  const serve = (file: string, name: string) => serveProcess([file], { ...flows, DATA_DIR: join(folder, name) });
  const [guarded, bare] = [await serve(WITH, 'with'), await serve(program, 'without')];
  try {
    await visitInTurn([guarded, bare], TO_WARM);
    const [ours, theirs] = await visitInTurn([guarded, bare], COUNT);
    return pages.map((page) => costOf(page, ours[page], theirs[page]));
  } finally {
    await guarded.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const show = (percent: number) => percent.toFixed(1);

if (import.meta.filename === process.argv[1]) {
  const asked = process.argv.slice(2);
  try {
    for (const [name, { changes, pages }] of Object.entries(GUARDS)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      for (const cost of await measure(await buildChanged(`guard ${name}`, changes), pages)) {
        const { page, microseconds, percent, least, most } = cost;
        const words = `${microseconds.toFixed(0)} µs, ${show(percent)} % (${show(least)} to ${show(most)})`;
        console.log(`${name.padEnd(28)}${page.padEnd(13)}${words}`);
        if (percent > MOST) process.exitCode = 1;
      }
    }
  } finally {
    removeBuilds();
  }
}
