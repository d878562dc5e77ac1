/** What `npm ci --omit=dev` installs, according to the lock file: the packages that the built server needs to run. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Paths such as `node_modules/better-sqlite3`; they include packages nested inside. */
export function runtimePackages(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages).flatMap(([path, { dev, devOptional }]) =>
    path.startsWith('node_modules/') && !path.slice(1).includes('/node_modules/') && !dev && !devOptional ? [path] : [],
  );
}

/** Bytes of a file, or of all files in a folder; 0 if it does not exist, as for a package for another system. */
export function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
