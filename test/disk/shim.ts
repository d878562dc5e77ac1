/** Compiles and loads `shim.c`, which stands between a program and the disk. */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Undefined, with a sentence, where there is no compiler or no LD_PRELOAD. */
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

interface Program {
  shim: string;
  /** Whose files the shim sees. */
  folder: string;
  /** A TypeScript file of this folder, and what it is given. */
  program: string;
  given: readonly string[];
  record?: string;
  control?: string;
}

/** What it says. */
export async function runOnShim({ shim, folder, program, given, record, control }: Program): Promise<string> {
  const env = {
    ...process.env,
    LD_PRELOAD: shim,
    DISK_FOLDER: folder,
    ...(record !== undefined && { DISK_RECORD: record }),
    ...(control !== undefined && { DISK_CONTROL: control }),
  };
  const run = promisify(execFile);
  const file = join(import.meta.dirname, program);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file, ...given], { env, maxBuffer: 100_000_000 });
  return stdout;
}
