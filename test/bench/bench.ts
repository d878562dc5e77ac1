/**
 * `npm run bench`: runs whole journeys from this process against the real server. Each result is also given as a ratio to a bare Hono server,
 * to raw SQLite commits and to a bare application as durable as ours, measured in the same run: the machine's speed varies, the ratio does not.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { runtimePackages, sizeOf } from '../runtime-packages.ts';
import { Browser, hidden } from './browser.ts';
import { type Journey, journey } from './journey.ts';
import { type Served, serveProcess } from './process.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
/** Ours and another server are measured in turn, this many times. */
const ROUNDS = 3;
const PAGES = 300;
const JOURNEYS_TO_WARM = 400;
/** People do not all come in the same millisecond. */
const BETWEEN_ARRIVALS_MS = 10;
/** For each process. Answers that wait together share a commit, so a process with half the people costs more per journey. */
const PEOPLE = 8;
/** On average, after each journey, so that the server, its database and this client leave some of both cores free. */
const PAUSE_MS = 100;
const folder = mkdtempSync(join(tmpdir(), 'front-door-bench-'));

interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time per journey, of the server and of this client. */
  cpuMs: number;
  clientMs: number;
  /** Bytes received per journey. */
  bytes: number;
  last: Journey;
}

/** Measures with the people spread over the servers. `pauseMs`: the average pause after a journey. */
async function measure(
  servers: readonly [Served, ...Served[]],
  people: number,
  seconds: number,
  pauseMs = 0,
): Promise<Load> {
  const until = performance.now() + seconds * 1000;
  const cpuOfAll = () => servers.reduce((sum, server) => sum + server.cpu(), 0);
  const [cpu, client, began] = [cpuOfAll(), process.cpuUsage(), performance.now()];
  const steps: number[] = [];
  let [done, bytes] = [0, 0];
  let last: Journey | undefined;
  const person = async (_: unknown, number: number) => {
    const { port } = servers[number % servers.length] ?? servers[0];
    await wait(number * BETWEEN_ARRIVALS_MS);
    while (performance.now() < until) {
      const browser = new Browser(port);
      last = await journey(browser);
      browser.close();
      steps.push(...last.steps);
      bytes += browser.received;
      done++;
      // Between a half and one and a half, so that people do not all come back together.
      if (pauseMs > 0) await wait(pauseMs * (0.5 + ((number * 7 + done * 13) % 100) / 100));
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  if (last === undefined) throw new Error('no journey was finished');
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(client);
  steps.sort((a, b) => a - b);
  return {
    perSecond: done / took,
    p50: at(steps, 0.5),
    p99: at(steps, 0.99),
    cpuMs: ((cpuOfAll() - cpu) * 1000) / done,
    clientMs: (user + system) / 1000 / done,
    bytes: bytes / done,
    last,
  };
}

/**
 * Warms up until frequently called code is compiled. Counted in journeys, because on a busy machine a second is only a
 * few.
 */
async function warmUp(server: Served, journeys: number): Promise<Journey> {
  let left = journeys;
  let last: Journey | undefined;
  const person = async () => {
    while (left-- > 0) {
      const browser = new Browser(server.port);
      last = await journey(browser);
      browser.close();
    }
  };
  await Promise.all(Array.from({ length: 8 }, person));
  if (last === undefined) throw new Error('no journey was finished');
  return last;
}

/** Measures ours and the bare server in turn, so that other load on the machine slows both. */
async function measureInTurn(server: Served, bare: Served): Promise<{ ours: Load[]; theirs: Load[] }> {
  const [ours, theirs]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure([server], PEOPLE, SECONDS / ROUNDS));
    theirs.push(await measure([bare], PEOPLE, SECONDS / ROUNDS));
  }
  return { ours, theirs };
}

/** The median of several measurements. */
function middle(loads: readonly Load[], of: (load: Load) => number): number {
  return at(
    loads.map(of).sort((a, b) => a - b),
    0.5,
  );
}

/** Processor time, in milliseconds, for a result page that nobody else asks for at the same time. */
async function resultPage(server: Served): Promise<number> {
  const browser = new Browser(server.port);
  const { resultAt } = await journey(browser);
  const cpu = server.cpu();
  for (let page = 0; page < PAGES; page++) await browser.get(resultAt);
  browser.close();
  return ((server.cpu() - cpu) * 1000) / PAGES;
}

interface TwoProcesses {
  /** As multiples of one process. */
  withPauses: number;
  allBusy: number;
  /** As a multiple of two servers that share nothing but the machine, both with all cores busy. */
  ofApart: number;
}

/**
 * Processor time per journey with two server processes on one database. While all cores are busy, each process also
 * waits for the caches and cores that others use, which two servers with nothing in common do as well; while people
 * pause, only the shared database is left.
 */
async function twoServers(): Promise<TwoProcesses> {
  const start = (name: string, ...more: string[]) =>
    serveProcess([...startArguments(), ...more], { DATA_DIR: join(folder, name) });
  // Not the server that was measured before: after thousands of journeys more of its code is compiled.
  const [one, left, right] = [await start('one'), await start('left'), await start('right')];
  const two = await start('two', '--servers', '2');
  // Each process has to be warmed up.
  for (const server of [one, left, right, two, two]) await warmUp(server, JOURNEYS_TO_WARM);
  const loads: Record<'one' | 'apart' | 'together' | 'onePausing' | 'togetherPausing', Load[]> = {
    one: [],
    apart: [],
    together: [],
    onePausing: [],
    togetherPausing: [],
  };
  const seconds = SECONDS / ROUNDS;
  for (let round = 0; round < ROUNDS; round++) {
    loads.one.push(await measure([one], PEOPLE, seconds));
    loads.apart.push(await measure([left, right], 2 * PEOPLE, seconds));
    loads.together.push(await measure([two], 2 * PEOPLE, seconds));
    loads.onePausing.push(await measure([one], PEOPLE, seconds, PAUSE_MS));
    loads.togetherPausing.push(await measure([two], 2 * PEOPLE, seconds, PAUSE_MS));
  }
  for (const server of [one, left, right, two]) await server.stop();
  const cpu = (of: Load[]) => middle(of, ({ cpuMs }) => cpuMs);
  return {
    withPauses: cpu(loads.togetherPausing) / cpu(loads.onePausing),
    allBusy: cpu(loads.together) / cpu(loads.one),
    ofApart: cpu(loads.together) / cpu(loads.apart),
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

/** Starts the bare application that serves the same journey with the same durability. */
function serveBare(last: Journey): Promise<Served> {
  return serveProcess(['--import', 'tsx', 'test/bench/bare-interview.ts'], {
    DATA_DIR: folder,
    QUESTIONS: String(last.steps.length),
    SIZES: JSON.stringify(last.sizes),
    HEADERS: JSON.stringify(last.headers),
  });
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

/** The arguments that `npm start` uses. */
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

/** The runtime packages, the bundle, the browser's files, and the content: what the container has. */
function installedBytes(): number {
  return [...runtimePackages('.'), 'dist', 'static/dist', 'flows'].reduce((sum, path) => sum + sizeOf(path), 0);
}

function print(name: string, value: string, aim = '', ratio = ''): void {
  console.log(`${name.padEnd(44)}${value.padStart(12)}  ${aim.padEnd(16)}${ratio}`);
}

function printBeside(ours: Load[], theirs: Load[]): void {
  const [mine, bare] = [middle(ours, ({ perSecond }) => perSecond), middle(theirs, ({ perSecond }) => perSecond)];
  const cpu = (loads: Load[]) => middle(loads, ({ cpuMs }) => cpuMs);
  const [first, other] = [ours[0], theirs[0]];
  if (first === undefined || other === undefined) throw new Error('nothing was measured');
  const answers = first.last.steps.length;
  const kilobytes = ({ bytes }: Load) => (bytes / 1024).toFixed(1);
  print(
    '   beside a bare application as durable',
    (mine / bare).toFixed(2),
    '1',
    `${(bare * answers).toFixed(0)} answers/s there`,
  );
  print(
    '   its processor time, ours as a multiple',
    (cpu(ours) / cpu(theirs)).toFixed(2),
    '',
    `${cpu(theirs).toFixed(2)} ms a journey there`,
  );
  print('   KB received a journey, ours and there', `${kilobytes(first)} / ${kilobytes(other)}`);
  print('   this client, ms CPU a journey', first.clientMs.toFixed(2), '', 'it should cost less than the server');
}

const commits = rawCommits();
const bare = await bareRequests();
const serve = () => serveProcess(startArguments(), { DATA_DIR: folder });
// The first start checks and proves all content; later ones use the cache.
const first = await serve();
await first.stop();
const server = await serve();
try {
  const warm = await warmUp(server, JOURNEYS_TO_WARM);
  const least = await serveBare(warm);
  await warmUp(least, JOURNEYS_TO_WARM);
  const { ours, theirs } = await measureInTurn(server, least);
  await least.stop();
  const hundred: Load[] = [];
  for (let round = 0; round < ROUNDS; round++) hundred.push(await measure([server], 100, SECONDS / 2));
  const resultMs = await resultPage(server);
  const memory = server.memory();
  const two = await twoServers();
  const answers = warm.steps.length;
  const perSecond = middle(ours, (load) => load.perSecond);
  const cpuMs = middle(ours, (load) => load.cpuMs);
  const requests = answers + 4;
  const stepShare = `${((perSecond * requests) / bare).toFixed(3)} of bare Hono's requests (${bare.toFixed(0)}/s)`;
  const commitShare = `${((perSecond * (answers + 1)) / commits).toFixed(3)} of raw commits (${commits.toFixed(0)}/s)`;
  const [p50, p99] = [middle(ours, (load) => load.p50), middle(ours, (load) => load.p99)];
  print('', '', 'aim', 'ratio in this run');
  print(`journeys/s, 8 people, ${answers} questions`, perSecond.toFixed(0), '', stepShare);
  print('   the same as answers/s', (perSecond * answers).toFixed(0), '2000', commitShare);
  printBeside(ours, theirs);
  print('step p50 / p99 ms, 8 people', `${p50.toFixed(1)} / ${p99.toFixed(1)}`, '2.5 / 8');
  const ofHundred = [middle(hundred, (load) => load.p50), middle(hundred, (load) => load.p99)];
  print('step p50 / p99 ms, 100 people', ofHundred.map((ms) => ms.toFixed(1)).join(' / '), '- / 40');
  print('CPU ms a journey', cpuMs.toFixed(2), '4.5', `${((cpuMs * bare) / 1000).toFixed(1)} bare requests`);
  print('   with two processes, as a multiple', two.withPauses.toFixed(2), '1.15');
  print('   the same while all cores are busy', two.allBusy.toFixed(2));
  print('   beside two servers with nothing in common', two.ofApart.toFixed(2), '1.15');
  print('CPU ms a result page, alone', resultMs.toFixed(2), '2');
  print('first page with everything, KB gzipped', ((await firstPage(server)) / 1024).toFixed(1), '40');
  print('a step, KB gzipped', (gzipped(warm.firstStep) / 1024).toFixed(2), '3');
  print('result page, KB gzipped', (gzipped(warm.result) / 1024).toFixed(1));
  print(
    'start-up to listening, ms',
    server.startMs.toFixed(0),
    '1000',
    `${first.startMs.toFixed(0)} where all is proved first`,
  );
  print('memory after the load, MB', memory.toFixed(0), '130');
  print('what is installed to run it, MB', (installedBytes() / 1024 / 1024).toFixed(0));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
