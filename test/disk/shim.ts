/** Compiles and loads `shim.c`, which sits between a program and the disk. */
import { execFile, execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Undefined, after printing a message, if there is no compiler or no LD_PRELOAD. */
export function compileShim(folder: string): string | undefined {
  const shim = join(folder, 'shim.so');
  try {
    const source = join(import.meta.dirname, 'shim.c');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl', '-lpthread'], { stdio: 'pipe' });
    return process.platform === 'linux' ? shim : undefined;
  } catch {
    console.log('Tests of the disk are left out: there is no C compiler (cc) here, or this is not Linux');
    return undefined;
  }
}

/** In the form in which `shim.c` reads them. */
const CONTROLS = ['countdown', 'always', 'slower', 'only', 'kills'] as const;
/**
 * Kinds of system call that a save makes. `only` refers to them by number, from 1. After the controls, the file counts
 * how many of each kind have failed.
 */
export const CALLS = ['read', 'lock', 'write', 'cut', 'sync'] as const;
const BYTES = 8;

export interface DiskControl {
  /** The call after this many fails with an I/O error; 0 for none. */
  countdown: number;
  /** The error with which every call fails, such as `constants.errno.EROFS`; 0 for none. */
  always: number;
  /** Additional microseconds for each sync. */
  slower: number;
  /** The kind of call that is counted, as `numberOf` gives it; 0 for all kinds. */
  only: number;
  /** 1 if a failing sync kills the program before it is told. */
  kills: number;
}

export const numberOf = (call: (typeof CALLS)[number]) => CALLS.indexOf(call) + 1;

/** How many calls of each kind have failed. */
export function readFailed(file: string): Record<(typeof CALLS)[number], number> {
  const numbers = readFileSync(file);
  const counted = CALLS.map((call, at) => [call, Number(numbers.readBigInt64LE((CONTROLS.length + at) * BYTES))]);
  return Object.fromEntries(counted);
}

export function makeControl(file: string): { set(given: Partial<DiskControl>): void } {
  writeFileSync(file, Buffer.alloc((CONTROLS.length + CALLS.length) * BYTES));
  return openControl(file);
}

export function openControl(file: string): { set(given: Partial<DiskControl>): void } {
  return {
    set(given) {
      const handle = openSync(file, 'r+');
      for (const [place, name] of CONTROLS.entries()) {
        const number = Buffer.alloc(BYTES);
        number.writeBigInt64LE(BigInt(given[name] ?? 0));
        if (given[name] !== undefined) writeSync(handle, number, 0, BYTES, place * BYTES);
      }
      closeSync(handle);
    },
  };
}

/** The environment for a program. `folder`: the shim only acts on files in it. */
export function shimEnvironment({ shim, folder, record, control }: Omit<Program, 'program' | 'given'>) {
  return {
    LD_PRELOAD: shim,
    DISK_FOLDER: folder,
    ...(record !== undefined && { DISK_RECORD: record }),
    ...(control !== undefined && { DISK_CONTROL: control }),
  };
}

interface Program {
  shim: string;
  /** The shim only acts on files in this folder. */
  folder: string;
  /** A TypeScript file in this folder, and its arguments. */
  program: string;
  given: readonly string[];
  record?: string;
  control?: string;
}

/** Returns its output, even if the program was killed. */
export async function runOnShim({ program, given, ...environment }: Program): Promise<string> {
  const env = { ...process.env, ...shimEnvironment(environment) };
  const file = join(import.meta.dirname, program);
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', file, ...given], {
    env,
    maxBuffer: 100_000_000,
  });
  const { stdout } = await run.catch((error) => {
    if (error.signal === 'SIGKILL') return error as { stdout: string };
    throw error;
  });
  return stdout;
}
