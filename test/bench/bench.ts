/**
 * `npm run bench`: runs whole journeys from this process against the real server. Each result is also given as a ratio to a bare Hono server,
 * to raw SQLite commits and to a bare application as durable as ours, measured in the same run: the machine's speed varies, the ratio does not.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { runtimePackages, sizeOf } from '../runtime-packages.ts';
import { Browser, hidden } from './browser.ts';
import { type Journey, journey } from './journey.ts';
import { type Served, serveProcess } from './process.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const folder = mkdtempSync(join(tmpdir(), 'front-door-bench-'));

interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  cpuMs: number;
  last: Journey;
}

async function measure(server: Served, people: number, seconds: number): Promise<Load> {
  const until = performance.now() + seconds * 1000;
  const [cpu, began] = [server.cpu(), performance.now()];
  const steps: number[] = [];
  let done = 0;
  let last: Journey | undefined;
  const person = async () => {
    while (performance.now() < until) {
      const browser = new Browser(server.port);
      last = await journey(browser);
      browser.close();
      steps.push(...last.steps);
      done++;
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  if (last === undefined) throw new Error('no journey was finished');
  const took = (performance.now() - began) / 1000;
  steps.sort((a, b) => a - b);
  return {
    perSecond: done / took,
    p50: at(steps, 0.5),
    p99: at(steps, 0.99),
    cpuMs: ((server.cpu() - cpu) * 1000) / done,
    last,
  };
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function bareRequests(): Promise<number> {
  const server = await serveProcess(['--import', 'tsx', 'test/bench/bare.ts']);
  const until = performance.now() + 3000;
  let done = 0;
  const person = async () => {
    const browser = new Browser(server.port);
    while (performance.now() < until) {
      await browser.get('/');
      done++;
    }
    browser.close();
  };
  await Promise.all(Array.from({ length: 8 }, person));
  await server.stop();
  return done / 3;
}

/** The least that could serve the same journey with the same durability, asked as ours is. */
async function bareInterview({ last }: Load): Promise<Load> {
  const bare = await serveProcess(['--import', 'tsx', 'test/bench/bare-interview.ts'], {
    DATA_DIR: folder,
    QUESTIONS: String(last.steps.length),
    STEP_BYTES: String(last.firstStep.length),
    RESULT_BYTES: String(last.result.length),
  });
  await measure(bare, 8, 3);
  const load = await measure(bare, 8, SECONDS);
  await bare.stop();
  return load;
}

/** Commits of one small row per second, with the same durability as the product. */
function rawCommits(): number {
  const db = new Database(join(folder, 'raw.sqlite'));
  db.pragma('journal_mode = WAL');
  db.exec('create table rows (id integer primary key, body text)');
  db.pragma('synchronous = FULL');
  const insert = db.prepare('insert into rows (body) values (?)');
  const until = performance.now() + 2000;
  let done = 0;
  while (performance.now() < until) {
    insert.run('{"kind":"answered","question":"immediate_danger","answer":"no"}');
    done++;
  }
  db.close();
  return done / 2;
}

/** As `npm start` starts it. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' && node ')[1]?.split(' ') ?? [];
}

function gzipped(text: string): number {
  return gzipSync(text).length;
}

/** Loads the first question, and every file that it and the page before it link to. */
async function firstPage(server: Served): Promise<number> {
  const browser = new Browser(server.port);
  const { body: doors } = await browser.get('/areas/bury');
  const fields = ['token', 'area', 'flow'].map((name) => [name, hidden(doors, name)] as [string, string]);
  const { headers } = await browser.post('/consultations', fields);
  const { body } = await browser.get(headers.location ?? '');
  browser.close();
  const named = [...(doors + body).matchAll(/(?:src|href)="[^"]*\/static\/([^"]+)"/g)].map(([, name]) => name ?? '');
  const files = [...new Set(named)];
  return gzipped(body) + files.reduce((sum, file) => sum + readFileSync(`static/dist/${file}.gz`).length, 0);
}

/** The packages that run, the bundle, what browsers load, and the content: as the container has them. */
function installedBytes(): number {
  return [...runtimePackages('.'), 'dist', 'static/dist', 'flows'].reduce((sum, path) => sum + sizeOf(path), 0);
}

function print(name: string, value: string, aim = '', ratio = ''): void {
  console.log(`${name.padEnd(44)}${value.padStart(12)}  ${aim.padEnd(16)}${ratio}`);
}

const commits = rawCommits();
const bare = await bareRequests();
const serve = () => serveProcess(startArguments(), { DATA_DIR: folder });
// The first start checks and proves all content; later ones use the cache.
const first = await serve();
await first.stop();
const server = await serve();
try {
  await measure(server, 8, 3);
  const eight = await measure(server, 8, SECONDS);
  const hundred = await measure(server, 100, SECONDS);
  const least = await bareInterview(eight);
  const requests = eight.last.steps.length + 4;
  const stepShare = `${((eight.perSecond * requests) / bare).toFixed(3)} of bare Hono's requests (${bare.toFixed(0)}/s)`;
  const commitShare = `${((eight.perSecond * (eight.last.steps.length + 1)) / commits).toFixed(3)} of raw commits (${commits.toFixed(0)}/s)`;
  print('', '', 'aim', 'ratio in this run');
  print(
    `journeys/s, 8 people, ${eight.last.steps.length} questions`,
    eight.perSecond.toFixed(0),
    '250 (of 8)',
    stepShare,
  );
  print('   the same as answers/s', (eight.perSecond * eight.last.steps.length).toFixed(0), '2000', commitShare);
  print(
    '   beside a bare application as durable',
    (eight.perSecond / least.perSecond).toFixed(2),
    '1',
    `${(least.perSecond * eight.last.steps.length).toFixed(0)} answers/s there, ${least.cpuMs.toFixed(2)} ms CPU a journey, step p50/p99 ${least.p50.toFixed(1)} / ${least.p99.toFixed(1)} ms`,
  );
  print('step p50 / p99 ms, 8 people', `${eight.p50.toFixed(1)} / ${eight.p99.toFixed(1)}`, '4 / 12');
  print('step p50 / p99 ms, 100 people', `${hundred.p50.toFixed(1)} / ${hundred.p99.toFixed(1)}`, '- / 50');
  print('CPU ms a journey', eight.cpuMs.toFixed(2), '4', `${((eight.cpuMs * bare) / 1000).toFixed(1)} bare requests`);
  print('first page with everything, KB gzipped', ((await firstPage(server)) / 1024).toFixed(1), '40');
  print('a step, KB gzipped', (gzipped(eight.last.firstStep) / 1024).toFixed(2), '3');
  print('result page, KB gzipped', (gzipped(eight.last.result) / 1024).toFixed(1));
  print(
    'start-up to listening, ms',
    server.startMs.toFixed(0),
    '1000',
    `${first.startMs.toFixed(0)} where all is proved first`,
  );
  print('memory after the load, MB', server.memory().toFixed(0), '130');
  print('what is installed to run it, MB', (installedBytes() / 1024 / 1024).toFixed(0));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
