/**
 * Lets servers in tests share proved content. The built server caches what it has proved in its data folder for its
 * next start. Proving takes seconds, so here the server of one test leaves its cache for the servers of all others. The
 * server itself decides whether a cache fits, because its name contains a hash of the content, the engine and the day.
 * A shared cache gets a MAC with the key of the folder to which it is copied.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMacs, type Mac } from '../server/audit/mac.ts';
import { hashesIn } from '../server/packed-library.ts';
import { openAuditKey } from '../server/store/checkpoints.ts';
import { StoreProblem } from '../server/store/failure.ts';
import { checkpointFiles, databaseFile } from '../server/store/store.ts';

const kept = join(import.meta.dirname, '..', 'node_modules', '.cache', 'front-door-built-library');

const librariesIn = (folder: string) => {
  try {
    return readdirSync(folder).filter((name) => /^library-[0-9a-f]{32}\.json$/.test(name));
  } catch {
    return [];
  }
};

/** Call it before a server starts on this data folder. */
export function lendLibrary(dataDir: string): void {
  const names = librariesIn(kept);
  if (names.length === 0) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    const mac = libraryMac(dataDir);
    for (const name of names) writeFileSync(join(dataDir, name), markAnew(readFileSync(join(kept, name)), name, mac));
  } catch (error) {
    // The folder's key was removed, which the server itself has to refuse.
    if (!(error instanceof StoreProblem)) throw error;
  }
}

/** The MAC with the folder's key, which is created if there is none. */
export function libraryMac(dataDir: string): Mac {
  return createMacs(openAuditKey(checkpointFiles(databaseFile(dataDir)))).library;
}

/** The file as a server with this key would have written it. */
export function markAnew(file: Buffer, name: string, mac: Mac): Buffer {
  const packed = file.subarray(file.indexOf('\n') + 1);
  return Buffer.concat([Buffer.from(`${mac.make(name, hashesIn(packed))}\n`), packed]);
}

/** Call it once the server is listening. */
export function keepLibrary(dataDir: string): void {
  const known = librariesIn(kept);
  for (const name of librariesIn(dataDir).filter((found) => !known.includes(found))) {
    mkdirSync(kept, { recursive: true });
    const half = join(kept, `${name}.${process.pid}`);
    copyFileSync(join(dataDir, name), half);
    renameSync(half, join(kept, name));
  }
}
