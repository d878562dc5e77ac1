/**
 * Opens the flow library, checked and proved. A library that passed is cached in the data folder under a hash of the
 * content, the engine and the day, so that the next start need not check and prove it again. The file has a MAC made
 * with the audit key: otherwise somebody who can write to the folder could plant advice that was never proved.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mac } from './audit/mac.ts';
import { hashOfContent, readFolder } from './flow/language/folder.ts';
import { hasErrors, type Problem } from './flow/problem.ts';
import { hashesIn, type KeptLibrary, packLibrary, unpackLibrary } from './packed-library.ts';
import { PROGRAM_HASH } from './program-hash.ts';
import type { RunningHashes } from './store/other-servers.ts';

export interface Opened extends KeptLibrary {
  problems: Problem[];
  running: RunningHashes;
}

export interface Place {
  flowsDir: string;
  dataDir: string;
  /**
   * Called only if there is something to check or to sign, because a start with a broken library must not create a key.
   */
  mac: () => Mac;
}

/** `today`: a day such as 2026-11-22. Use the library only if none of the problems is an error. */
export async function openLibrary({ flowsDir, dataDir, mac }: Place, today: string): Promise<Opened> {
  const files = readFolder(flowsDir);
  const running = { program: hashOf(engineFiles(), (file) => readFileSync(file)), guidance: hashOfContent(files) };
  const name = `library-${keyOf(running, today)}.json`;
  const kept = readKept(dataDir, name, mac);
  if (kept !== undefined) return { ...kept, problems: [], running };
  // Imported only when needed: the checks take an eighth of the server's memory, and most starts use the cache.
  const [{ loadLibrary }, { proofProblems, proveAll }, { instrumentProblems }] = await Promise.all([
    import('./flow/check/library.ts'),
    import('./flow/prove/all.ts'),
    import('./flow/prove/instruments.ts'),
  ]);
  const { library, problems } = loadLibrary(files, today);
  const readAhead = () => {};
  if (hasErrors(problems)) return { library, problems, running, readAhead };
  const instruments = [...library.areas.values()].flatMap((area) => [...area.instruments.values()]);
  const found = [...problems, ...proofProblems(proveAll(library, today)), ...instrumentProblems(instruments)];
  if (found.length === 0) keep(dataDir, name, () => marked(name, packLibrary(library), mac()));
  return { library, problems: found, running, readAhead };
}

/** The cache key. It includes the engine, since a changed engine may find other problems. */
function keyOf({ program, guidance }: RunningHashes, today: string): string {
  return hashOf([today, guidance, program], (text) => text);
}

function hashOf<Part>(parts: readonly Part[], contentOf: (part: Part) => string | Buffer): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(contentOf(part));
  return hash.digest('hex').slice(0, 32);
}

/** The source files or, in `dist`, a small file into which the build wrote the hash of everything. */
function engineFiles(): string[] {
  const here = import.meta.dirname;
  if (import.meta.filename.endsWith('.js')) return [join(here, PROGRAM_HASH)];
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).sort();
  return files.filter((file) => file.startsWith('flow') && file.endsWith('.ts')).map((file) => join(here, file));
}

/**
 * The MAC, and what it covers: the name is included, because the same content under another name was proved for another
 * day or by another engine.
 */
function marked(name: string, packed: string, mac: Mac): string {
  return `${mac.make(name, hashesIn(Buffer.from(packed)))}\n${packed}`;
}

/** Undefined if the file does not exist, was changed, or has no valid MAC; then everything is read and proved again. */
function readKept(dataDir: string, name: string, mac: () => Mac): KeptLibrary | undefined {
  try {
    const file = readFileSync(join(dataDir, name));
    const end = file.indexOf('\n');
    const packed = file.subarray(end + 1);
    if (!mac().fits(file.toString('latin1', 0, end), name, hashesIn(packed))) return undefined;
    return unpackLibrary(packed);
  } catch {
    return undefined;
  }
}

/** Writes the cache. If that fails, the next start only takes longer. */
function keep(dataDir: string, name: string, makeText: () => string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    for (const old of readdirSync(dataDir))
      if (/^library-[0-9a-f]{32}\.json$/.test(old)) rmSync(join(dataDir, old), { force: true });
    const half = join(dataDir, `${name}.${process.pid}`);
    writeFileSync(half, makeText(), { mode: 0o600 });
    renameSync(half, join(dataDir, name));
  } catch {
    // The folder is read-only or full, or there is no key: `openStore` reports these.
  }
}
