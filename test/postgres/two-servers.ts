/**
 * Two servers on one PostgreSQL database. Professionals, and duty workers who compete for the same consultations, send
 * each request to the other server than the one before, and one of the two is killed. Nothing that was acknowledged may
 * be lost or be there twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { readCheckpoint } from '../../server/audit/signed-checkpoint.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import { openLibrary } from '../../server/open-library.ts';
import { describeCopy } from '../../server/store/copy.ts';
import { openPeopleKey } from '../../server/store/people-key.ts';
import { copyFromPostgres } from '../../server/store/postgres.ts';
import { checkpointFiles, databaseFile, openStore } from '../../server/store/store.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { libraryMac } from '../proved-library.ts';
import { claimAndDecide, type Drive, interview, type Saved, Unexpected, type Worker } from '../web/kill-people.ts';
import { checkSaved, createDraftReader, listening, makeWorkers } from '../web/kill-server.ts';

export interface TwoServers {
  url: string;
  /** DATA_DIR of both servers. */
  folder: string;
  kills: number;
  /** The longest time between the first write of a round and its kill, in milliseconds. */
  longestMs: number;
  /** Called after each kill with what was tried so far, so that a long run can be followed and stopped. */
  onKill?: (kills: number, tried: Tried) => void;
}

export interface Tried {
  acknowledged: number;
  /** Server index → how many requests it has answered. */
  asked: number[];
  mails: number;
  problems: string[];
}

const PROFESSIONALS = 4;
const DUTY_WORKERS = 8;
const root = join(import.meta.dirname, '..', '..');
const KEPT_IN = join(root, 'node_modules', '.cache', 'front-door-library');

interface Server {
  program: ChildProcess;
  origin: string;
}

export async function tryTwoServers({ url, folder, kills, longestMs, onKill }: TwoServers): Promise<Tried> {
  mkdirSync(folder, { recursive: true });
  openPeopleKey(folder);
  const workers = await makeWorkers(databaseFile(folder), url);
  await askTheDesk(databaseFile(folder), url);
  const post = await openPost();
  const start = () => startServer({ DATABASE_URL: url, DATA_DIR: folder, ...post.env });
  const servers = [await start(), await start()];
  const tried: Tried = { acknowledged: 0, asked: [0, 0], mails: 0, problems: [] };
  const waiting: string[] = [];
  try {
    for (let kill = 0; kill < kills; kill++) {
      const round = { workers, waiting, longestMs, tried, victim: kill % 2, noteKill: post.noteKill };
      const saved = await driveAndKill(servers, round);
      tried.acknowledged += saved.length;
      tried.problems.push(...(await checkCopy(url, folder, saved)));
      onKill?.(kill + 1, tried);
      if (kill + 1 < kills) servers[kill % 2] = await start();
    }
    tried.problems.push(...(await checkMails(post)));
    tried.mails = post.came.length;
  } finally {
    for (const { program } of servers) await stop(program, 'SIGTERM');
    post.close();
  }
  return tried;
}

/** Nobody claims these; both servers begin to send mails about them when they start. */
const ASKED = 25;

async function askTheDesk(file: string, databaseUrl: string): Promise<void> {
  const clock = () => new Date();
  const store = await openStore({ file, databaseUrl, clock, hasMail: () => true });
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const deadlines = [{ id: 'claim', do: 'Claim it', who: 'the desk', by: soon }];
  const asked = { kind: 'handed over', question: '?', reach: '0161 496 0001', urgent: 'no', deadlines } as const;
  const { library } = await openLibrary(
    { flowsDir: join(root, 'flows'), dataDir: KEPT_IN, mac: () => libraryMac(KEPT_IN) },
    CONTENT_DAY,
  );
  const flow = library.areas.get('bury')?.flows.get('level');
  if (flow === undefined) throw new Error('Bury has no flow "level"');
  const [version, by] = [versionOf(flow), 'professional'] as const;
  await store.versions.keep(version, flow);
  const makeOne = () => makeReference('B', randomBytes);
  const opening = { area: 'bury', flow: 'level', version, by, makeReference: makeOne, also: [asked] };
  for (let index = 0; index < ASKED; index++) await store.consultations.open(opening);
  await store.close();
}

/** How many of its last characters are kept, in case it does not start. */
const MOST_SAID = 4000;

async function startServer(env: Record<string, string>): Promise<Server> {
  const program = spawn(process.execPath, [join(root, 'dist', 'main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const over = new AbortController();
  let said = '';
  program.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-MOST_SAID);
  });
  program.once('close', () => over.abort());
  const origin = await listening(program, over.signal);
  if (origin === undefined) throw new Error(`a server did not start: ${said}`);
  return { program, origin };
}

async function stop(program: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const over = once(program, 'close');
  program.kill(signal);
  await over;
}

/** This many writes are acknowledged before a kill, unless the machine is too slow. */
const LEAST = 20;
const LONGEST_ROUND_MS = 60_000;

interface Round {
  workers: Worker[];
  waiting: string[];
  longestMs: number;
  tried: Tried;
  victim: number;
  noteKill: () => void;
}

async function driveAndKill(servers: Server[], { workers, waiting, longestMs, tried, victim, noteKill }: Round) {
  const [saved, over]: [Saved[], AbortController] = [[], new AbortController()];
  let turn = 0;
  const drive: Drive = {
    get origin() {
      const place = turn++ % servers.length;
      tried.asked[place] = (tried.asked[place] ?? 0) + 1;
      return servers[place]?.origin ?? '';
    },
    signal: over.signal,
    acknowledge: (one) => void saved.push(one),
    waiting,
    left: [],
    last: [],
  };
  const people = [
    ...Array.from({ length: PROFESSIONALS }, () => interview(drive)),
    ...workers.slice(0, DUTY_WORKERS).map((worker) => claimAndDecide(drive, worker)),
  ];
  const ended = Promise.allSettled(people);
  for (const end = Date.now() + LONGEST_ROUND_MS; saved.length < LEAST && Date.now() < end; ) await wait(50);
  await wait(Math.random() * longestMs);
  noteKill();
  await stop((servers[victim] as Server).program, 'SIGKILL');
  // The other server continues until everybody has met the one that is gone.
  await Promise.race([ended, wait(2000)]);
  over.abort();
  for (const one of await ended)
    if (one.status === 'rejected' && one.reason instanceof Unexpected) tried.problems.push(one.reason.message);
  return saved;
}

/**
 * Checks a copy of the database with its checkpoints. The other server keeps running, and signs later ones meanwhile.
 */
async function checkCopy(url: string, folder: string, saved: readonly Saved[]): Promise<string[]> {
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  const [theirs, ours] = [checkpointFiles(databaseFile(folder)), checkpointFiles(databaseFile(copy))];
  cpSync(theirs.keyFile, ours.keyFile);
  await copyFromPostgres(url, databaseFile(copy));
  const { log } = describeCopy(databaseFile(copy));
  const heads = readFileSync(theirs.headsFile, 'utf8').split('\n').filter(Boolean);
  const known = heads.filter((line) => (readCheckpoint(line)?.position ?? 0) <= log.position);
  writeFileSync(ours.headsFile, known.map((line) => `${line}\n`).join(''));
  return checkSaved(databaseFile(copy), saved, createDraftReader(folder, databaseFile(copy)));
}

type Post = Awaited<ReturnType<typeof openPost>>;

/**
 * A mail server for both servers. It records the id of each mail, which stays the same at a second attempt, and after
 * which kill the mail came.
 */
async function openPost() {
  const came: { reference: string; kill: number }[] = [];
  let kill = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      stream.on('end', () => {
        came.push({ reference: /^Message-ID: (.*)$/im.exec(text)?.[1] ?? 'none', kill });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const env = {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'front-door@example.org',
    MAIL_TO: 'bury=duty@example.org',
  };
  const noteKill = () => {
    kill++;
  };
  return { came, kills: () => kill, noteKill, env, close: () => server.close() };
}

const LONGEST_POST_MS = 30_000;

/**
 * Both servers send at the same time. A mail that was being sent during a kill comes again some minutes later, because
 * nobody knows that it was sent: at most one for each kill, because a server sends one at a time. Without a kill in
 * between, no mail may come twice.
 */
async function checkMails({ came, kills }: Post): Promise<string[]> {
  const sent = () => new Set(came.map(({ reference }) => reference)).size;
  for (let waited = 0; waited < LONGEST_POST_MS && sent() < ASKED - 1; waited += 200) await wait(200);
  const between = new Set(came.map(({ reference, kill }) => `${reference} ${kill}`)).size;
  const twice = came.length - between;
  const again = came.length - sent();
  return [
    ...(sent() < ASKED - 1 ? [`${sent()} of ${ASKED} mails came`] : []),
    ...(twice > 1 ? [`${twice} mails came twice without a kill in between, of ${came.length}`] : []),
    ...(again > kills() ? [`${again} mails came twice after ${kills()} kills, of ${came.length}`] : []),
  ];
}
