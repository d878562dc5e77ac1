/**
 * Bundles the server into `dist`, so that it starts in a fraction of the time needed to read and translate every source file. `dist` is
 * beside `server`, so relative paths to other folders work in both.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions as BuildSettings, Plugin } from 'esbuild';
import { isOlder, sources } from '../static/build.ts';
import { fontFiles } from './export/fonts.ts';
import { BUILT_PASSWORDS, readLeakedPasswords } from './leaked-passwords.ts';
import { PROGRAM_HASH } from './program-hash.ts';

const here = import.meta.dirname;
const root = join(here, '..');
const dist = join(root, 'dist');
const program = join(dist, 'main.js');

/**
 * Packages that cannot be bundled: they use native code or files in their own folder, or are needed only for building.
 */
const NATIVE = ['better-sqlite3', '@node-rs/argon2'];
const LEFT_OUT = [...NATIVE, 'pg', 'pdfkit', '@zxcvbn-ts/language-common'];

/** Commands that operators run where only the built server is installed: `node dist/backup.js`. */
const COMMANDS = ['backup', 'restore', 'verify', 'erase', 'move', 'doctor', 'calendar', 'first-administrator'];

export function isServerStale(): boolean {
  return isOlder(program, [...sources(here), ...sources(join(root, 'views')), join(root, 'package-lock.json')]);
}

interface BuildOptions {
  /** Folder for the built files. Its present contents are removed. */
  into?: string;
  /** Used by tests that build the server differently. */
  plugins?: Plugin[];
}

export async function buildServer({ into = dist, plugins = [] }: BuildOptions = {}): Promise<void> {
  const built = [
    await bundleServer(into, plugins),
    await bundle({ main: join(here, 'launch.ts') }, into, plugins),
    await bundle(besideServer(), into, plugins),
    await buildPasskeys(into),
  ].flat();
  // Only after a successful build, so that a failed one keeps the previous files.
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  const hash = createHash('sha256');
  for (const { path, text } of built) {
    const contents = toAscii(text);
    writeFileSync(path, contents);
    hash.update(contents);
  }
  writeFileSync(join(into, PROGRAM_HASH), hash.digest('hex'));
  writeFileSync(join(into, BUILT_PASSWORDS), JSON.stringify(await readLeakedPasswords()));
  mkdirSync(join(into, 'fonts'));
  for (const { file, path } of fontFiles()) copyFileSync(path, join(into, 'fonts', file));
  compileServer(into);
}

/**
 * Node stores a whole text with two bytes per character if one of them is outside Latin-1. esbuild leaves such
 * characters in regular expressions, so they are replaced by their code points.
 */
function toAscii(text: string): string {
  return text.replace(/\P{ASCII}/gu, (letter) => {
    if (letter.length > 1)
      throw new Error(`the build holds ${letter}, which has no number of four digits: write it another way`);
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/**
 * See `launch.ts`. Compiled with the flags with which the server is started. Without this, a start only takes longer.
 */
function compileServer(into: string): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const flags = (scripts.start as string).split(' ').filter((word) => /^--(min|max|heap)-/.test(word));
  try {
    execFileSync(process.execPath, [...flags, join(into, 'main.js'), '--compile'], { stdio: 'ignore' });
  } catch {
    // The server was built into a folder from which its packages cannot be found.
  }
}

function besideServer(): Record<string, string> {
  const commands = COMMANDS.map((name) => [name, join(here, 'commands', `${name}.ts`)]);
  return { ...Object.fromEntries(commands), 'document-worker': join(here, 'export', 'document-worker.ts') };
}

const COMMON = {
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: LEFT_OUT,
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // A start reads the whole file, and a third less is read faster. Names are kept, so that an error says where it
  // happened.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  logLevel: 'warning',
} as const satisfies BuildSettings;

/**
 * A single file, in which a later `import` only runs its part, so all of it can be compiled when building. V8 only
 * accepts compiled code for CommonJS.
 */
async function bundleServer(outdir: string, plugins: Plugin[]) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: { server: join(here, 'main.ts') },
    outdir,
    plugins: [...plugins, requireNative],
    format: 'cjs',
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': '__url',
    },
  });
  return outputFiles;
}

/** Files named after the entry points, and files that several of them or a later `import` need. */
async function bundle(entryPoints: Record<string, string>, outdir: string, plugins: Plugin[]) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints,
    outdir,
    plugins: [...plugins, requireNative],
    splitting: true,
    format: 'esm',
    // CommonJS packages load Node's built-in modules with `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outputFiles;
}

/** These packages are CommonJS. With `import`, Node would read them twice: first for the names that they export. */
const requireNative: Plugin = {
  name: 'require native packages',
  setup({ onResolve, onLoad }) {
    const named = new RegExp(`^(${NATIVE.join('|')})$`);
    onResolve({ filter: named }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'native' } : undefined,
    );
    onLoad({ filter: named, namespace: 'native' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
      resolveDir: here,
    }));
  },
};

/**
 * A separate file, in a form that Node can read again after a failure. Node remembers a failed `import`, or a package
 * that was not found, for as long as it runs.
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
