/**
 * Builds the server into `dist`: a program that starts in a fraction of the time that it takes to read and translate each source file. It
 * reads the same folders as the sources do, since `dist` stands beside `server`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOlder, sources } from '../static/build.ts';

const here = import.meta.dirname;
const root = join(here, '..');
const dist = join(root, 'dist');
const program = join(dist, 'main.js');

/** Those with parts that are not script: native code, fonts, or files that they look up beside themselves. */
const LEFT_OUT = ['better-sqlite3', 'pdfkit', '@fontsource/*', '@node-rs/argon2'];

export function isServerStale(): boolean {
  return isOlder(program, [...sources(here), ...sources(join(root, 'views')), join(root, 'package-lock.json')]);
}

export async function buildServer(): Promise<void> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    write: false,
    entryPoints: [join(here, 'main.ts')],
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // Packages in the older format ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  // Only now: what cannot be built leaves what was built before.
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
}
