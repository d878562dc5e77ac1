/**
 * Kills a program with SIGKILL at random moments while it is used, again and again on the same data, and has it checked
 * after each kill that everything it acknowledged is there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

export interface Killing<Write> {
  /** The program and its arguments, started again in each round. */
  command: readonly string[];
  env?: Record<string, string>;
  kills: number;
  /**
   * Puts load on the program and calls `acknowledge` for each write that it reports as saved. Must end by itself
   * without throwing when the program dies, even before it was ready; `signal` is aborted then.
   */
  drive(program: ChildProcess, acknowledge: (write: Write) => void, signal: AbortSignal): Promise<void>;
  /** Called after each kill. `fresh`: acknowledged in this round. Returns what is wrong, in words. */
  check(all: readonly Write[], fresh: readonly Write[]): Promise<string[]>;
  /** The longest time between the first acknowledged write of a round and its kill. */
  longestMs?: number;
  random?: () => number;
  /** The kind of a write, for the report. */
  describe?(write: Write): string;
  onRound?: (round: Round) => void;
}

export interface Round {
  number: number;
  acknowledged: number;
  problems: string[];
}

export interface Killed {
  kills: number;
  /** Kills that hit the program before it had acknowledged anything in that round. */
  early: number;
  acknowledged: number;
  /** Kind of write, as `describe` names it → how many. */
  kinds: Record<string, number>;
  problems: string[];
  seconds: number;
}

/** One round in this many is killed while the program is still starting. */
const EARLY_EVERY = 8;
const LONGEST_START_MS = 30_000;

export async function killAgainAndAgain<Write>(killing: Killing<Write>): Promise<Killed> {
  const [all, problems, began]: [Write[], string[], number] = [[], [], performance.now()];
  let early = 0;
  for (let number = 1; number <= killing.kills; number++) {
    const fresh = await driveAndKill(killing, number % EARLY_EVERY === 0);
    for (const write of fresh) all.push(write);
    if (fresh.length === 0) early++;
    const found = (await killing.check(all, fresh)).map((problem) => `kill ${number}: ${problem}`);
    problems.push(...found);
    killing.onRound?.({ number, acknowledged: fresh.length, problems: found });
  }
  const seconds = (performance.now() - began) / 1000;
  const kinds: Record<string, number> = {};
  for (const write of all) {
    const kind = killing.describe?.(write) ?? 'writes';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { kills: killing.kills, early, acknowledged: all.length, kinds, problems, seconds };
}

async function driveAndKill<Write>(killing: Killing<Write>, whileStarting: boolean): Promise<Write[]> {
  const { command, env, drive, longestMs = 250, random = Math.random } = killing;
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [complaints, killed] = ['', false];
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const over = once(child, 'close');
  const ended = new AbortController();
  void over.then(() => ended.abort());
  const fresh: Write[] = [];
  const first = new Promise<void>((resolve) => {
    const acknowledge = (write: Write) => {
      fresh.push(write);
      resolve();
    };
    void drive(child, acknowledge, ended.signal).then(resolve);
  });
  const working = whileStarting ? wait(random() * 1500) : Promise.race([first, over, wait(LONGEST_START_MS)]);
  await working;
  await Promise.race([over, wait(random() * longestMs)]);
  if (child.exitCode === null) {
    killed = child.kill('SIGKILL');
    await over;
  }
  if (!killed) throw new Error(`${command.join(' ')} ended before it was killed (${child.exitCode}): ${complaints}`);
  return fresh;
}
