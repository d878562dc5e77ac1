/** The direction of imports, as rules over the text of the source files. `architecture.test.ts` holds them, and plants faults. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export interface SourceFile {
  /** From the root, such as `server/flow/walk.ts`. */
  path: string;
  text: string;
}

export function readSources(root: string): SourceFile[] {
  return ['server', 'views'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => {
        const path = relative(root, join(root, folder, name))
          .split(sep)
          .join('/');
        return { path, text: readFileSync(join(root, path), 'utf8') };
      }),
  );
}

export interface Import {
  from: string;
  to: string;
  /** Only types: nothing of it is there when the program runs. */
  type: boolean;
}

/** `to` is a path from the root for our own files, and the name of the package for others. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => {
    const to = match[2] ?? match[3] ?? match[4] ?? '';
    return { from: path, to: to.startsWith('.') ? posix.join(dirname(path), to) : to, type: match[1] !== undefined };
  });
}

/** What each room may see. A folder stands for all in it; the rest are packages. */
const ROOMS: Record<string, readonly string[]> = {
  'server/flow': ['server/flow', 'zod', 'yaml', 'node:crypto', 'node:fs', 'node:path'],
  'server/consultation': ['server/consultation', 'server/flow', 'node:crypto'],
  'server/desk': ['server/desk', 'server/consultation', 'server/flow'],
  'server/figures': ['server/figures', 'server/desk', 'server/consultation', 'server/flow'],
  'server/mail': ['server/mail', 'server/store', 'nodemailer', 'node:timers/promises'],
  'server/audit': ['server/audit', 'server/consultation', 'server/flow', 'node:crypto'],
  'server/people': [
    'server/people',
    'server/consultation',
    'node:crypto',
    '@node-rs/argon2',
    '@simplewebauthn/server',
    'openid-client',
    'otpauth',
  ],
  'server/export': [
    'server/export',
    'server/consultation',
    'server/flow',
    'pdfkit',
    'node:module',
    'node:path',
    'node:fs',
    'node:timers/promises',
    'node:stream',
    'node:events',
    'node:zlib',
  ],
  'server/store': [
    'server/store',
    'server/desk',
    'server/people',
    'server/audit',
    'server/figures',
    'server/consultation',
    'server/flow',
    'kysely',
    'better-sqlite3',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:timers/promises',
  ],
  'server/web': [
    'server/web',
    'server/store',
    'server/desk',
    'server/people',
    'server/audit',
    'server/figures',
    'server/consultation',
    'server/flow',
    'server/export',
    'server/base/paths.ts',
    'views',
    'hono',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:http',
    'node:timers/promises',
  ],
  views: [
    'views',
    'server/consultation',
    'server/desk',
    'server/people',
    'server/audit',
    'server/figures',
    'server/flow',
    'server/base/paths.ts',
    'server/store',
    'server/export',
    'hono',
    'uqr',
  ],
};

/** What the store gives is handed to them. */
const TYPES_OF_THE_STORE = ['views', 'server/mail'];

/** Files that may do what their room may not. */
const ALONE: Record<string, RegExp> = {
  yaml: /^server\/flow\/read\.ts$/,
  'node:fs': /^server\/(flow\/folder|export\/|store\/|web\/statics|commands\/|open-library)/,
  kysely: /^server\/store\//,
  'better-sqlite3': /^server\/store\//,
};

const BAD_NAMES = /(^|\/)(utils?|helpers?|common|misc|types|manager|service)(\.|\/|-)/i;

/** One sentence for each import or name that breaks the rules. */
export function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...importsOf(file).flatMap(describeBreach),
    ...impurities(file),
    ...(BAD_NAMES.test(file.path) ? [`${file.path}: name a file after what it is`] : []),
  ]);
}

function describeBreach({ from, to, type }: Import): string[] {
  const room = Object.keys(ROOMS).find((name) => from.startsWith(`${name}/`));
  if (room === undefined) return [];
  const seen = ROOMS[room] ?? [];
  const may = seen.some((known) => to === known || to.startsWith(`${known}/`));
  if (!may) return [`${from} sees ${to}, which ${room} may not`];
  if (TYPES_OF_THE_STORE.includes(room) && to.startsWith('server/store') && !type)
    return [`${from} sees ${to}, of which ${room} may see types alone`];
  const alone = ALONE[to];
  return alone === undefined || alone.test(from) ? [] : [`${from} sees ${to}, which only ${alone.source} may`];
}

/** Domain folders get the clock and randomness as arguments. */
function impurities({ path, text }: SourceFile): string[] {
  if (!/^server\/(flow|consultation|desk|audit|figures)\//.test(path) && !path.startsWith('views/')) return [];
  const found =
    text.match(
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomBytes\b|\bperformance\.now\(|\bprocess\.env\b/g,
    ) ?? [];
  return found.map((what) => `${path} uses ${what}: it has to arrive as an argument`);
}
