/**
 * `npm run bench:guards`: measures what each guard costs the pages that pass it, in processor time. The server is built
 * with a switch for each guard, which exists only for this command, and each visit is made in turn with and without the
 * guard. One process serves both, because two processes would differ by more than a guard costs. Exits 1 if a guard
 * costs more than 5 %. `-- "row sums" …`: only these guards. `BENCH_PAGES`: the number of visits without each guard,
 * 200 by default.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChanged, type Change, removeBuilds } from '../siege/besieged.ts';
import { Browser, hidden, type Reply } from './browser.ts';
import { answerOf } from './journey.ts';
import { serveProcess } from './process.ts';

const PAGES = ['doors', 'opening', 'question', 'answer', 'return code'] as const;
type Page = (typeof PAGES)[number];

interface Guard {
  /** The file that contains it, below `server`. */
  file: string;
  /** The code where it begins, and the code that skips it. */
  from: string;
  past: (isOff: string) => string;
  /** The pages that pass it. */
  pages: readonly Page[];
  /** In percent, if it may cost more than other guards. */
  most?: number;
}

/**
 * The header of a request that is to be answered without a guard, and the variable of the process that contains its
 * value.
 */
const HEADER = 'x-without';
const VARIABLE = 'globalThis.without';
const EVERY_PAGE: readonly Page[] = ['doors', 'question'];
const FORMS: readonly Page[] = ['opening', 'answer'];

const after = (from: string, then: string) => ({ from, past: (isOff: string) => `${from} if (${isOff}) ${then}` });

const GUARDS: Record<string, Guard> = {
  'headers against strangers': {
    file: 'web/kit/guards.ts',
    from: 'for (const [name, value] of all) setHeader',
    past: (isOff) => `for (const [name, value] of ${isOff} ? all.slice(-1) : all) setHeader`,
    pages: EVERY_PAGE,
  },
  'forms come from here': {
    file: 'web/kit/guards.ts',
    from: "if (c.req.method === 'POST') {",
    past: (isOff) => `if (c.req.method === 'POST' && !(${isOff})) {`,
    pages: FORMS,
  },
  'rate limits': { file: 'web/kit/network-limits.ts', ...after('return (c, kind) => {', 'return true;'), pages: FORMS },
  // Without the log itself there is nothing to do, because each of its lines is a row.
  'chain of the log': {
    file: 'store/chain.ts',
    ...after('async addIn(db, written) {', 'return;'),
    pages: FORMS,
    most: 15,
  },
  'marks of lines and rows': {
    file: 'audit/mac.ts',
    from: 'const digest = (facts: readonly string[]) =>',
    past: (isOff) =>
      `const digest = (facts: readonly string[]) => ${isOff}
        ? { digest: (how: string) => (how === 'hex' ? '0'.repeat(64) : 'A'.repeat(43)) } as never :`,
    pages: ['opening', 'question', 'answer'],
  },
  'row sums': {
    file: 'store/row-sums.ts',
    ...after('return async (db, table, changed) => {', 'return;'),
    pages: ['return code'],
  },
};

/**
 * A request says first of all which guard to skip. Checkpoints are signed at intervals, and lines without a MAC are not
 * signed.
 */
const SWITCH: readonly Change[] = [
  {
    file: 'web/kit/observe.ts',
    from: 'return async (c, next) => {',
    to: `return async (c, next) => { ${VARIABLE} = c.req.header('${HEADER}');`,
  },
  { file: 'jobs.ts', from: 'await store.checkpoints.write();', to: '' },
];

/** What the server is built with. Each change has to fit, or the build fails. */
export const GUARD_CHANGES: readonly Change[] = [
  ...SWITCH,
  ...Object.entries(GUARDS).map(([name, { file, from, past }]) => ({
    file,
    from,
    to: past(`${VARIABLE} === '${name}'`),
  })),
];

/** Processor time of all threads of the process, in nanoseconds. */
function processorTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const times = readdirSync(tasks).map((task) =>
    Number(readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, one) => sum + one, 0);
}

const MOST = 5;
/** The measurement is split into this many parts: how much they differ tells how precise it is. */
const PARTS = 5;
const COUNT = Number(process.env.BENCH_PAGES ?? 200);
const TO_WARM = 100;

type Times = Record<Page, number[]>;

const nothing = (): Times => ({ doors: [], opening: [], question: [], answer: [], 'return code': [] });

interface Measured {
  port: number;
  pid: number;
}

const random = () => Math.floor(Math.random() * 250) + 1;

/** Makes one visit and adds the time of each page. */
async function visit({ port, pid }: Measured, without: string, times: Times): Promise<void> {
  // The address as a proxy would pass it on: this machine's own address is never limited, so nothing would be counted.
  const browser = new Browser(port, { 'x-real-ip': `198.51.${random()}.${random()}`, [HEADER]: without });
  const take = async (page: Page, status: number, work: () => Promise<Reply>): Promise<Reply> => {
    const before = processorTime(pid);
    const reply = await work();
    times[page].push(processorTime(pid) - before);
    if (reply.status !== status) throw new Error(`${page} came back with ${reply.status}`);
    return reply;
  };
  const doors = await take('doors', 200, () => browser.get('/areas/bury'));
  const fields = ['token', 'area', 'flow'].map((name) => [name, hidden(doors.body, name)] as [string, string]);
  const { headers } = await take('opening', 303, () => browser.post('/consultations', fields));
  const first = String(headers.location);
  const { body } = await take('question', 200, () => browser.get(first));
  const at = first.replace(/\/questions\/.*/, '');
  await take('answer', 200, () => browser.post(`${at}/answers`, answerOf(body), true));
  await take('return code', 200, () => browser.post(`${at}/codes`, [['token', hidden(body, 'token')]]));
  browser.close();
}

/** The value that a tenth of the measurements are below: other load makes a page slower and never faster. */
function undisturbed(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 10)] ?? Number.NaN;
}

const percentOf = (ours: readonly number[], theirs: readonly number[]) =>
  (undisturbed(ours) / undisturbed(theirs) - 1) * 100;

/** `ours`: times with the guard. */
function describeCost(ours: readonly number[], theirs: readonly number[]): { percent: number; words: string } {
  const size = Math.floor(ours.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const of = (times: readonly number[]) => times.slice(part * size, (part + 1) * size);
    return percentOf(of(ours), of(theirs));
  });
  const percent = percentOf(ours, theirs);
  const [more, page] = [undisturbed(ours) - undisturbed(theirs), undisturbed(ours)].map((time) =>
    (time / 1000).toFixed(0),
  );
  const span = `${Math.min(...parts).toFixed(1)} to ${Math.max(...parts).toFixed(1)}`;
  return { percent, words: `${more} of ${page} µs, ${percent.toFixed(1)} % (${span})` };
}

/** Makes visits with and without the guard in turn. */
async function measure(server: Measured, name: string): Promise<[Times, Times]> {
  const [ours, theirs] = [nothing(), nothing()];
  for (let each = 0; each < COUNT; each++)
    for (const isOff of each % 2 === 0 ? [false, true] : [true, false])
      await visit(server, isOff ? name : '', isOff ? theirs : ours);
  return [ours, theirs];
}

/** Measures the guards with these names. */
async function main(asked: readonly string[]): Promise<void> {
  const program = await buildChanged('guards that can be passed', GUARD_CHANGES);
  const folder = mkdtempSync(join(tmpdir(), 'front-door-guards-'));
  const env = { ADDRESS_HEADER: 'x-real-ip', FLOWS_DIR: 'flows', LOG_LEVEL: 'error', DATA_DIR: folder };
  const server = await serveProcess([program], env);
  try {
    for (let each = 0; each < TO_WARM; each++) await visit(server, '', nothing());
    for (const [name, { pages, most = MOST }] of Object.entries(GUARDS)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      const [ours, theirs] = await measure(server, name);
      for (const page of pages) {
        const { percent, words } = describeCost(ours[page], theirs[page]);
        console.log(`${name.padEnd(28)}${page.padEnd(13)}${words}`);
        if (percent > most) process.exitCode = 1;
      }
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    removeBuilds();
  }
}

if (import.meta.filename === process.argv[1]) await main(process.argv.slice(2));
