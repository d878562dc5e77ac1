/**
 * Content that the built server has checked and proved. It keeps it in its data folder for its next start; here one test's server leaves it for
 * the servers of all others, since each would take seconds to prove the same. The server itself decides whether it fits: its name holds a hash
 * of the content, the engine and the day.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const kept = join(import.meta.dirname, '..', 'node_modules', '.cache', 'front-door-built-library');

const librariesIn = (folder: string) => {
  try {
    return readdirSync(folder).filter((name) => /^library-[0-9a-f]{32}\.json$/.test(name));
  } catch {
    return [];
  }
};

/** Before a server starts on this data folder. */
export function lendLibrary(dataDir: string): void {
  const names = librariesIn(kept);
  if (names.length === 0) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  for (const name of names) copyFileSync(join(kept, name), join(dataDir, name));
}

/** Once the server listens. */
export function keepLibrary(dataDir: string): void {
  const known = librariesIn(kept);
  for (const name of librariesIn(dataDir).filter((found) => !known.includes(found))) {
    mkdirSync(kept, { recursive: true });
    const half = join(kept, `${name}.${process.pid}`);
    copyFileSync(join(dataDir, name), half);
    renameSync(half, join(kept, name));
  }
}
