/** Rules about imports, checked on the text of the source files. `architecture.test.ts` applies them and shows that they catch faults. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export interface SourceFile {
  /** Relative to the root, such as `server/flow/walk.ts`. */
  path: string;
  text: string;
}

export function readSources(root: string, folders = ['server', 'views']): SourceFile[] {
  return folders.flatMap((folder) =>
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
  /** Imports only types, so it does not exist at run time. */
  type: boolean;
}

/** `to`: a path relative to the root for our own files, or the name of a package. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => {
    const to = match[2] ?? match[3] ?? match[4] ?? '';
    return { from: path, to: to.startsWith('.') ? posix.join(dirname(path), to) : to, type: match[1] !== undefined };
  });
}

/** What every folder of `server/web` may import besides itself. */
const WEB = [
  'server/store',
  'server/desk',
  'server/pathway',
  'server/people',
  'server/audit',
  'server/figures',
  'server/consultation',
  'server/flow',
  'server/export',
  'server/base',
  'server/monitoring',
  'views',
  'hono',
  'node:crypto',
  'node:fs',
  'node:path',
  'node:http',
  'node:timers/promises',
];

/** What each folder may import. A folder includes its subfolders; everything else is a package. */
const ROOMS: Record<string, readonly string[]> = {
  'server/base': ['server/base'],
  'server/flow': ['server/flow', 'server/base', 'minisearch', 'zod', 'yaml', 'node:crypto', 'node:fs', 'node:path'],
  'server/consultation': ['server/consultation', 'server/base', 'server/flow', 'node:crypto'],
  'server/desk': ['server/desk', 'server/base', 'server/consultation', 'server/flow', 'server/people'],
  'server/pathway': ['server/pathway', 'server/base', 'server/consultation', 'server/desk', 'server/flow'],
  'server/figures': [
    'server/figures',
    'server/base',
    'server/pathway',
    'server/desk',
    'server/consultation',
    'server/flow',
  ],
  'server/monitoring': ['server/monitoring', 'pino', 'prom-client'],
  'server/backup': [
    'server/backup',
    'server/store',
    'server/audit',
    'age-encryption',
    'zod',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:path',
    'node:stream',
  ],
  'server/webhooks': [
    'server/webhooks',
    'server/base',
    'server/monitoring',
    'server/store',
    'standardwebhooks',
    'node:dns/promises',
    'node:http',
    'node:https',
    'node:net',
  ],
  'server/mail': [
    'server/mail',
    'server/base',
    'server/monitoring',
    'server/store',
    'nodemailer',
    'node:timers/promises',
  ],
  'server/audit': ['server/audit', 'server/base', 'server/consultation', 'server/flow', 'node:crypto'],
  'server/people': [
    'server/people',
    'server/base',
    'server/consultation',
    'node:crypto',
    'node:module',
    '@node-rs/argon2',
    '@simplewebauthn/server',
    'openid-client',
    'otpauth',
  ],
  'server/export': [
    'server/export',
    'server/base',
    'server/consultation',
    'server/flow',
    'docx',
    'pdfkit',
    'node:module',
    'node:path',
    'node:fs',
    'node:timers/promises',
    'node:stream',
    'node:events',
    'node:zlib',
    'node:worker_threads',
    'node:url',
  ],
  'server/store': [
    'server/store',
    'server/base',
    'server/desk',
    'server/pathway',
    'server/people',
    'server/audit',
    'server/figures',
    'server/consultation',
    'server/flow',
    'kysely',
    'better-sqlite3',
    'pg',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:timers/promises',
  ],
  'server/web/kit': [...WEB, 'server/web/kit'],
  'server/web/site': [...WEB, 'server/web/kit', 'server/web/site'],
  'server/web/professional': [...WEB, 'server/web/kit', 'server/web/professional'],
  'server/web/public': [...WEB, 'server/web/kit', 'server/web/public'],
  'server/web/desk': [...WEB, 'server/web/kit', 'server/web/desk'],
  'server/web/pathway': [...WEB, 'server/web/kit', 'server/web/desk', 'server/web/pathway'],
  'server/web/people': [...WEB, 'server/web/kit', 'server/web/people'],
  'server/web/api': [...WEB, 'server/web/kit', 'server/web/api', 'zod'],
  'server/web/flows': [...WEB, 'server/web/kit', 'server/web/flows'],
  views: [
    'views',
    'server/consultation',
    'server/desk',
    'server/pathway',
    'server/people',
    'server/audit',
    'server/figures',
    'server/flow',
    'server/base',
    'server/store',
    'server/export',
    'hono',
    'uqr',
  ],
};

/** Folders that may import types of the store, but not its code: they are given its data. */
const TYPES_OF_THE_STORE = ['views', 'server/mail', 'server/webhooks'];

/** Exceptions: imports that only these files may have. */
const ALONE: Record<string, RegExp> = {
  yaml: /^server\/flow\/language\/read\.ts$/,
  'node:fs':
    /^server\/(flow\/language\/folder|doctor\/|export\/|backup\/|store\/|web\/site\/statics|commands\/|open-library)/,
  'server/base/paths.ts': /^(server\/web|views)\//,
  minisearch: /^server\/flow\/search\//,
  kysely: /^server\/store\//,
  'better-sqlite3': /^server\/store\//,
  pg: /^server\/store\//,
};

const BAD_NAMES = /(^|\/)(utils?|helpers?|common|misc|types|manager|service)(\.|\/|-)/i;

const IS_KEBAB = /^([a-z0-9-]+\/)*[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/;

/** Returns one sentence for each import or name that breaks the rules. */
export function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...importsOf(file).flatMap(describeBreach),
    ...impurities(file),
    ...(IS_KEBAB.test(file.path) ? [] : [`${file.path}: a file's name is in kebab-case`]),
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

/** Domain folders must take the clock and randomness as arguments. */
function impurities({ path, text }: SourceFile): string[] {
  if (!/^server\/(base|flow|consultation|desk|pathway|audit|figures)\//.test(path) && !path.startsWith('views/'))
    return [];
  const found =
    text.match(
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomBytes\b|\bperformance\.now\(|\bprocess\.env\b/g,
    ) ?? [];
  return found.map((what) => `${path} uses ${what}: it has to arrive as an argument`);
}

/**
 * Finds circular imports between files and between folders, one sentence each. A folder means the files directly in it, without subfolders.
 * Type imports do not count, since they do not exist at run time.
 */
export function circles(files: readonly SourceFile[]): string[] {
  const own = new Set(files.map(({ path }) => path));
  const edges = files
    .flatMap(importsOf)
    .filter(({ to, type }) => !type && own.has(to))
    .map(({ from, to }) => [from, to] as const);
  const between = edges.map(([from, to]) => [dirname(from), dirname(to)] as const).filter(([from, to]) => from !== to);
  return [...circlesOf(edges, 'files'), ...circlesOf(between, 'folders')];
}

/** Repeatedly removes whatever nothing imports and whatever imports nothing. What is left is part of a circle. */
function circlesOf(edges: readonly (readonly [string, string])[], kind: string): string[] {
  let left = edges;
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const from = new Set(left.map(([name]) => name));
    const to = new Set(left.map(([, name]) => name));
    left = left.filter((edge) => to.has(edge[0]) && from.has(edge[1]));
  }
  const names = [...new Set(left.flat())].sort();
  return names.length === 0 ? [] : [`a circle of ${kind}: ${names.join(', ')}`];
}
