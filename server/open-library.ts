/**
 * The flow library, checked and proved. What was found sound once is kept in the data folder under the hash of the content, the engine
 * and the day, so that the next start need not read and prove all of it again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from './flow/check/library.ts';
import { type ContentFile, readFolder } from './flow/language/folder.ts';
import { hasErrors, type Problem } from './flow/problem.ts';

export interface Opened {
  library: Library;
  problems: Problem[];
}

/** `today`: a date such as 2026-11-22. The library may only be used if no problem is an error. */
export async function openLibrary(flowsDir: string, dataDir: string, today: string): Promise<Opened> {
  const files = readFolder(flowsDir);
  const name = `library-${keyOf(files, today)}.json`;
  const kept = readKept(join(dataDir, name));
  if (kept !== undefined) return { library: kept, problems: [] };
  // What reads and proves takes an eighth of the memory of the whole server, and at most starts it is not needed.
  const [{ loadLibrary }, { proofProblems, proveAll }] = await Promise.all([
    import('./flow/check/library.ts'),
    import('./flow/prove/all.ts'),
  ]);
  const { library, problems } = loadLibrary(files, today);
  if (hasErrors(problems)) return { library, problems };
  const found = [...problems, ...proofProblems(proveAll(library, today))];
  if (found.length === 0) keep(dataDir, name, library);
  return { library, problems: found };
}

/** The engine is part of it: another engine may see another mistake. */
function keyOf(files: ContentFile[], today: string): string {
  const hash = createHash('sha256').update(today);
  for (const { folder, name, text } of files) hash.update(`\0${folder}/${name}\0${text}`);
  for (const file of engineFiles()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

/** The sources, or where they are built together, all that was built. */
function engineFiles(): string[] {
  const here = import.meta.dirname;
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).sort();
  const isBuilt = import.meta.filename.endsWith('.js');
  return files
    .filter((file) => (isBuilt ? file.endsWith('.js') : file.startsWith('flow') && file.endsWith('.ts')))
    .map((file) => join(here, file));
}

/** Where each was written is for authors: it is large, and a server has no use for it. */
const LEFT_OUT = 'content';
const MAP = '$map';

function writeDown(library: Library): string {
  return JSON.stringify(library, (key, value) => {
    if (key === LEFT_OUT) return undefined;
    return value instanceof Map ? { [MAP]: [...value] } : value;
  });
}

function readKept(file: string): Library | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'), (_key, value) =>
      value !== null && typeof value === 'object' && MAP in value ? new Map(value[MAP]) : value,
    );
  } catch {
    return undefined;
  }
}

/** Only a convenience: where it cannot be written, the next start takes longer. */
function keep(dataDir: string, name: string, library: Library): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    for (const old of readdirSync(dataDir))
      if (/^library-[0-9a-f]{32}\.json$/.test(old)) rmSync(join(dataDir, old), { force: true });
    const half = join(dataDir, `${name}.${process.pid}`);
    writeFileSync(half, writeDown(library), { mode: 0o600 });
    renameSync(half, join(dataDir, name));
  } catch {
    // Read only, or full: `openStore` tells of it.
  }
}
