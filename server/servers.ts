/**
 * Runs several server processes on one machine behind one port. This process starts them, replaces those that die, and
 * answers no request itself.
 */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from './monitoring/logger.ts';
import { OPEN_PORT, SERVER_NUMBER } from './server-number.ts';

/** In milliseconds: how long to wait before a server that ended is started again. Doubled after each failed start. */
const AGAIN_AFTER_MS = 500;
const AGAIN_AT_MOST_MS = 30_000;

interface ServersOptions {
  count: number;
  log: Logger;
  /** Called once, with the port that all of them serve. */
  onOpen(port: number): void;
}

/** Runs until the process is told to stop. SIGHUP replaces the servers one after the other, so that no click is lost. */
export async function runServers({ count, log, onOpen }: ServersOptions): Promise<void> {
  // Each server accepts connections from the operating system itself. A connection passed on by this process would hang
  // if its server died at that moment.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const { start, replaceAll, stop } = createServers(log);
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  let replacing = false;
  process.on('SIGHUP', () => {
    if (replacing) return;
    replacing = true;
    void replaceAll().finally(() => {
      replacing = false;
    });
  });
  // The first prepares the database, so that the others find it ready.
  for (let number = 0; number < count; number++) {
    const port = await start(number);
    if (port === undefined) return stop(1);
    if (number === count - 1) onOpen(port);
  }
}

function createServers(log: Logger) {
  const servers = new Map<number, Worker>();
  let stopping = false;

  /** Returns the port once it is listening; undefined if it ended before that. It then logs the reason itself. */
  async function start(number: number): Promise<number | undefined> {
    const worker = cluster.fork({ [SERVER_NUMBER]: String(number) });
    const port = await portOf(worker);
    if (port === undefined) return undefined;
    servers.set(number, worker);
    worker.once('exit', (code, signal) => {
      if (stopping || servers.get(number) !== worker) return;
      servers.delete(number);
      log.error('a server ended', { server: number, code, signal });
      void startAgain(number, AGAIN_AFTER_MS);
    });
    return port;
  }

  async function startAgain(number: number, after: number): Promise<void> {
    await wait(after);
    if (stopping) return;
    if ((await start(number)) !== undefined) return log.info('a server was started again', { server: number });
    await startAgain(number, Math.min(after * 2, AGAIN_AT_MOST_MS));
  }

  /**
   * Each new server is listening before the one that it replaces stops. If it does not start, the others are left as
   * they are.
   */
  async function replaceAll(): Promise<void> {
    for (const [number, old] of [...servers]) {
      if (stopping) return;
      if ((await start(number)) === undefined)
        return log.error('a new server did not start, so the others stay as they are', { server: number });
      if (old.isDead()) continue;
      old.process.kill('SIGTERM');
      await new Promise((resolve) => old.once('exit', resolve));
    }
    log.info('all servers were replaced', { servers: servers.size });
  }

  function stop(code: number): void {
    stopping = true;
    const running = () => Object.values(cluster.workers ?? {});
    const exitOnceAllEnded = () => running().length === 0 && process.exit(code);
    for (const worker of running()) worker?.process.kill('SIGTERM');
    cluster.on('exit', exitOnceAllEnded);
    exitOnceAllEnded();
  }

  return { start, replaceAll, stop };
}

/** The port once the worker lets readers in; undefined if it ends before that. */
function portOf(worker: Worker): Promise<number | undefined> {
  return new Promise((resolve) => {
    worker.on('message', (message: { [OPEN_PORT]?: number }) => {
      if (message[OPEN_PORT] !== undefined) resolve(message[OPEN_PORT]);
    });
    worker.once('exit', () => resolve(undefined));
  });
}
