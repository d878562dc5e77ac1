/** Builds the browser's files into `dist`: styles from Sass and bundled scripts, named by their hash and compressed in advance. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const dist = join(here, 'dist');
const manifest = join(dist, 'manifest.json');
const require = createRequire(import.meta.url);
const htmx = require.resolve('htmx.org/dist/htmx.min.js');

/** Name in the manifest → function that builds the file. */
const FILES: Record<string, () => string | Promise<string>> = {
  'app.css': () => buildStyles('app.scss'),
  'rest.css': () => buildStyles('rest.scss'),
  'app.js': () => bundle('app.js'),
  'first.js': () => bundle('first.js'),
  'conversation.js': async () => `${readFileSync(htmx, 'utf8')}\n${await bundle('conversation.js')}`,
  'desk.js': async () => `${readFileSync(htmx, 'utf8')}\n${await bundle('desk.js')}`,
  'handover-sheet.js': async () => `${readFileSync(htmx, 'utf8')}\n${await bundle('handover-sheet.js')}`,
  'exit.js': () => bundle('exit.js'),
  'numbers.js': () => bundle('numbers.js'),
  'numbers-worker.js': () => bundle('numbers-worker.js'),
  'icon.svg': () => readFileSync(join(here, 'icon.svg'), 'utf8'),
  'passkey.js': () => bundle('passkey.js'),
};

// The tools are loaded only when there is something to build: a start with a fresh `dist` stays fast.
async function buildStyles(entry: string): Promise<string> {
  const [{ compile }, { transformSync }] = await Promise.all([import('sass'), import('esbuild')]);
  const { css } = compile(join(here, 'scss', entry), {
    loadPaths: [join(here, '..', 'node_modules')],
    quietDeps: true,
  });
  return transformSync(withLogicalSides(css), {
    loader: 'css',
    minify: true,
    target: ['chrome109', 'firefox115', 'safari15'],
  }).code;
}

/**
 * Left and right become start and end of a line, also in govuk-frontend's styles, so that one stylesheet serves languages in both directions.
 * Corners that differ between left and right become those of start and end.
 */
function withLogicalSides(css: string): string {
  const sides: Readonly<Record<string, string>> = { left: 'start', right: 'end' };
  return css
    .replace(
      /(?<=[;{\s])(margin|padding|border)-(left|right)(-\w+)?(?=\s*:)/g,
      (_, box: string, side: string, rest = '') => `${box}-inline-${sides[side]}${rest}`,
    )
    .replace(/(?<=[;{\s])(left|right)(?=\s*:)/g, (side) => `inset-inline-${sides[side]}`)
    .replace(/(?<=text-align:\s*)(left|right)/g, (side) => sides[side] ?? side)
    .replace(
      /(?<=[;{\s])border-radius:\s*(\S+) (\S+) (\S+) ([^\s;}]+)/g,
      'border-start-start-radius:$1;border-start-end-radius:$2;border-end-end-radius:$3;border-end-start-radius:$4',
    );
}

async function bundle(entry: string): Promise<string> {
  const { buildSync } = await import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome109', 'firefox115', 'safari15'],
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}

export function isStaticStale(): boolean {
  return isOlder(manifest, [
    ...sources(here),
    ...sources(join(here, '..', 'server', 'base')),
    htmx,
    require.resolve('govuk-frontend/package.json'),
  ]);
}

/** Also true if the file does not exist yet. */
export function isOlder(made: string, from: readonly string[]): boolean {
  if (!existsSync(made)) return true;
  const built = statSync(made).mtimeMs;
  return from.some((file) => statSync(file).mtimeMs > built);
}

/** All files in a folder and its subfolders, except `dist`. */
export function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return path === dist ? [] : sources(path);
  });
}

function write(name: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const hashed = name.replace(extname(name), `-${hash}${extname(name)}`);
  writeFileSync(join(dist, hashed), text);
  writeFileSync(join(dist, `${hashed}.gz`), gzipSync(text, { level: 9 }));
  writeFileSync(join(dist, `${hashed}.br`), brotliCompressSync(text));
  return hashed;
}

export async function buildStatic(): Promise<void> {
  const texts = await Promise.all(Object.entries(FILES).map(async ([name, make]) => [name, await make()] as const));
  mkdirSync(dist, { recursive: true });
  const names = Object.fromEntries(texts.map(([name, text]) => [name, write(name, text)]));
  // Write the manifest last and delete old files after it, so that a server starting meanwhile finds every file it names.
  writeFileSync(manifest, `${JSON.stringify(names, null, 2)}\n`);
  const kept = new Set([
    'manifest.json',
    ...Object.values(names).flatMap((name) => [name, `${name}.gz`, `${name}.br`]),
  ]);
  for (const name of readdirSync(dist)) if (!kept.has(name)) rmSync(join(dist, name), { force: true });
}
