/**
 * Bundles the server into `dist`, so that it starts in a fraction of the time needed to read and translate every source file. `dist` is
 * beside `server`, so relative paths to other folders work in both.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOlder, sources } from '../static/build.ts';

const here = import.meta.dirname;
const root = join(here, '..');
const dist = join(root, 'dist');
const program = join(dist, 'main.js');

/** Packages that cannot be bundled: they use native code, fonts, or files in their own folder. */
const LEFT_OUT = ['better-sqlite3', 'pdfkit', '@fontsource/*', '@node-rs/argon2'];

/** What operators run beside the server, where only what it needs to run is installed: `node dist/backup.js`. */
const COMMANDS = ['backup', 'restore', 'verify', 'erase', 'doctor', 'calendar', 'first-administrator'];

export function isServerStale(): boolean {
  return isOlder(program, [...sources(here), ...sources(join(root, 'views')), join(root, 'package-lock.json')]);
}

export async function buildServer(): Promise<void> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    write: false,
    entryPoints: [
      join(here, 'main.ts'),
      join(here, 'export', 'document-worker.ts'),
      ...COMMANDS.map((name) => join(here, 'commands', `${name}.ts`)),
    ],
    outdir: dist,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // CommonJS packages load Node's built-in modules with `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const loadedLater = await buildPasskeys();
  // Only after a successful build: a failed one keeps the previous files.
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const { path, contents } of [...outputFiles, ...loadedLater]) writeFileSync(path, contents);
}

/**
 * One file of its own, in the form that Node reads again after it could not: a failed `import`, and a package that was not found, it remembers
 * for as long as it runs.
 */
async function buildPasskeys() {
  const { build } = await import('esbuild');
  const entryPoints = { passkeys: '@simplewebauthn/server' };
  const { outputFiles } = await build({
    write: false,
    entryPoints,
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outputFiles;
}
