/** Runs a server as a separate process: starts it, measures it from outside, stops it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface Served {
  port: number;
  pid: number;
  /** Milliseconds from spawn to listening. */
  startMs: number;
  /** Seconds of processor time so far, of the process and its children. */
  cpu(): number;
  /** Resident memory in MB. */
  memory(): number;
  stop(): Promise<void>;
  /** Kills it without asking. */
  kill(): void;
}

export function serveProcess(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(served(child, Number(port), performance.now() - began));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened: ${said}`)));
  });
}

function served(child: ChildProcess, port: number, startMs: number): Served {
  const pid = String(child.pid);
  const ps = (field: string) =>
    execFileSync('ps', ['-o', `${field}=`, '-p', pid])
      .toString()
      .trim();
  return {
    port,
    pid: Number(pid),
    startMs,
    cpu: () =>
      [pid, ...childrenOf(pid)].reduce((sum, one) => sum + (readProcessorTime(one) ?? 0), 0) ||
      secondsOf(ps('cputimes')),
    memory: () => Number(ps('rss')) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
    kill: () => void child.kill('SIGKILL'),
  };
}

function secondsOf(text: string): number {
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

/** Its present child processes. */
function childrenOf(pid: string): string[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split(' ')
        .filter((one) => one !== '')
    : [];
}

const TICKS_A_SECOND = 100;

/**
 * In seconds, to the hundredth, where `/proc` exists. `ps` only gives whole seconds, which is an eighth of a short
 * measurement.
 */
function readProcessorTime(pid: string): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  // The program's name, in brackets, may contain spaces. Fields 14 and 15 are user time and system time.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
