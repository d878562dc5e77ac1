/**
 * Bundles the server into `dist`, so that it starts in a fraction of the time needed to read and translate every source file. `dist` is
 * beside `server`, so relative paths to other folders work in both.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { isOlder, sources } from '../static/build.ts';
import { fontFiles } from './export/fonts.ts';
import { BUILT_PASSWORDS, readLeakedPasswords } from './leaked-passwords.ts';

const here = import.meta.dirname;
const root = join(here, '..');
const dist = join(root, 'dist');
const program = join(dist, 'main.js');

/** Packages that cannot be bundled: they use native code, or files in their own folder, or are read when building. */
const LEFT_OUT = ['better-sqlite3', 'pg', 'pdfkit', '@node-rs/argon2', '@zxcvbn-ts/language-common'];

/** What operators run beside the server, where only what it needs to run is installed: `node dist/backup.js`. */
const COMMANDS = ['backup', 'restore', 'verify', 'erase', 'move', 'doctor', 'calendar', 'first-administrator'];

export function isServerStale(): boolean {
  return isOlder(program, [...sources(here), ...sources(join(root, 'views')), join(root, 'package-lock.json')]);
}

interface BuildOptions {
  /** Folder of the built files; what is in it is removed. */
  into?: string;
  /** For tests that build the server in another way. */
  plugins?: Plugin[];
}

export async function buildServer({ into = dist, plugins = [] }: BuildOptions = {}): Promise<void> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    write: false,
    entryPoints: [
      join(here, 'main.ts'),
      join(here, 'export', 'document-worker.ts'),
      ...COMMANDS.map((name) => join(here, 'commands', `${name}.ts`)),
    ],
    outdir: into,
    plugins,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // A start reads all of it: a third shorter, it is read in less time. Names stay, so that an error says where it happened.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    // CommonJS packages load Node's built-in modules with `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const loadedLater = await buildPasskeys(into);
  // Only after a successful build: a failed one keeps the previous files.
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  for (const { path, contents } of [...outputFiles, ...loadedLater]) writeFileSync(path, contents);
  writeFileSync(join(into, BUILT_PASSWORDS), JSON.stringify(await readLeakedPasswords()));
  mkdirSync(join(into, 'fonts'));
  for (const { file, path } of fontFiles()) copyFileSync(path, join(into, 'fonts', file));
}

/**
 * One file of its own, in the form that Node reads again after it could not: a failed `import`, and a package that was not found, it remembers
 * for as long as it runs.
 */
async function buildPasskeys(into: string) {
  const { build } = await import('esbuild');
  const entryPoints = { passkeys: '@simplewebauthn/server' };
  const { outputFiles } = await build({
    write: false,
    entryPoints,
    outdir: into,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outputFiles;
}
