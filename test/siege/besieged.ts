/**
 * The server under siege, as a separate process: as it is, or with one of its protections removed from the code. It is
 * removed where its number is defined, so that nothing in service can switch a protection off.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildServer } from '../../server/build.ts';

const root = join(import.meta.dirname, '..', '..');
/** Inside the project, so that packages are found. */
const WORK = join(root, 'node_modules', '.cache', 'front-door-siege');

export interface Change {
  /** A file below `server`. */
  file: string;
  from: string | RegExp;
  to: string;
}

/**
 * The changes that remove each protection. Each has to match the source, or the build fails, so that a renamed
 * protection is not forgotten.
 */
export const WITHOUT = {
  'limit of a body': [{ file: 'base/largest-body.ts', from: 'LARGEST_BODY = 800_000', to: 'LARGEST_BODY = 1e12' }],
  'rate limits by network': [
    { file: 'base/network-limits.ts', from: /atOnce: \d+, aMinute: \d+/g, to: 'atOnce: 1e9, aMinute: 1e9' },
  ],
  'end of the queue of sign-ins': [
    { file: 'people/hasher.ts', from: 'MOST_WAITING = 64', to: 'MOST_WAITING = 1e9' },
    { file: 'base/guessing-limit.ts', from: 'MOST_FROM_ONE_ADDRESS = 20', to: 'MOST_FROM_ONE_ADDRESS = 1e9' },
  ],
  'thread for PDFs': [
    {
      file: 'export/document-queue.ts',
      from: /[\s\S]*/,
      to: `import { toPdf } from './pdf.ts';
        export class TooManyDocuments extends Error {}
        export const makeDocument = async ({ record }) => new Uint8Array(await toPdf(record));`,
    },
  ],
  'limits of connections': [
    {
      file: 'http-server.ts',
      from: /keepAlive: 75_000[\s\S]*stop: 6_000/,
      to: 'keepAlive: 75_000, headers: 0, request: 0, connections: 1e9, stop: 2e9',
    },
  ],
} as const satisfies Record<string, readonly Change[]>;

export type Protection = keyof typeof WITHOUT;

/** Removes the protection from the file. Throws if it is no longer in it. */
export function takeOut(...changes: readonly Change[]): string {
  const [{ file }] = changes as [Change];
  return changes.reduce(
    (text, { from, to }) => {
      const contents = text.replace(from, to);
      if (contents === text) throw new Error(`server/${file} has no ${from} to take out: see test/siege/besieged.ts`);
      return contents;
    },
    readFileSync(join(root, 'server', file), 'utf8'),
  );
}

function withChanges(changes: readonly Change[]): Plugin {
  return {
    name: 'with changes',
    setup({ onLoad }) {
      for (const file of new Set(changes.map((change) => change.file))) {
        const path = join(root, 'server', file);
        const filter = new RegExp(`${path.replace(/[.\\/]/g, '\\$&')}$`);
        const contents = takeOut(...changes.filter((change) => change.file === file));
        onLoad({ filter }, () => ({ contents, loader: 'ts' }));
      }
    },
  };
}

/** Builds the server without a protection. Returns the path of the program. */
export function buildWithout(protection: Protection): Promise<string> {
  return buildChanged(protection, WITHOUT[protection]);
}

/**
 * Builds the server with changes that no setting can make. `name`: name of the folder. Returns the path of the program.
 */
export async function buildChanged(name: string, changes: readonly Change[]): Promise<string> {
  const folder = join(WORK, name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const statics = join(folder, 'static');
  if (!existsSync(statics)) symlinkSync(join(root, 'static'), statics);
  await buildServer({ into: join(folder, 'dist'), plugins: [withChanges(changes)] });
  return join(folder, 'dist', 'main.js');
}

export const WITH = join(root, 'dist', 'main.js');

export function removeBuilds(): void {
  rmSync(WORK, { recursive: true, force: true });
}
