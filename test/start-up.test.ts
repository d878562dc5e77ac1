/** What the server loads before it listens: its size costs time at each start, and memory as long as it runs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../server/build.ts';

/** Only some requests need these, or only a start with new content, so they are loaded on first use. */
const LATER = [
  'yaml',
  'prom-client',
  'docx',
  'pdfkit',
  'nodemailer',
  'pg',
  'openid-client',
  'oauth4webapi',
  'age-encryption',
  '@simplewebauthn/server',
  '@zxcvbn-ts/language-common',
];

const into = mkdtempSync(join(tmpdir(), 'front-door-start-up-'));
let files: string[] = [];
let packages: Set<string>;

/** Follows the static imports from the server's first file. Parts of a file that a bundle leaves out do not count. */
function loadedAtStart({ inputs, outputs }: Metafile): { files: string[]; packages: Set<string> } {
  const [, server] = Object.entries(outputs).find(([path]) => path.endsWith('/server.js')) ?? [];
  const packages = new Set<string>();
  const reached = new Set([server?.entryPoint ?? '']);
  for (const file of reached)
    for (const { path, kind, external } of inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external) packages.add(path);
      else reached.add(path);
    }
  const files = [...reached].filter((file) => (server?.inputs[file]?.bytesInOutput ?? 0) > 0);
  for (const file of files) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
    if (name !== undefined) packages.add(name);
  }
  return { files, packages };
}

beforeAll(async () => {
  let found: Metafile | undefined;
  const look: Plugin = {
    name: 'look',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        if (Object.keys(metafile?.outputs ?? {}).some((path) => path.endsWith('/server.js'))) found = metafile;
      });
    },
  };
  await buildServer({ into, plugins: [look] });
  if (found === undefined) throw new Error('the build tells nothing');
  ({ files, packages } = loadedAtStart(found));
}, 120_000);
afterAll(() => rmSync(into, { recursive: true }));

describe('what is loaded at start', () => {
  it('has what every page needs, and nothing that only some requests do', () => {
    expect([...packages]).toEqual(expect.arrayContaining(['hono', 'better-sqlite3', 'zod']));
    expect([...packages].filter((name) => LATER.includes(name))).toEqual([]);
  });

  it('has neither the checks nor the proof of the content', () => {
    expect(files).toContain('server/flow/walk/walk.ts');
    const checks = files.filter((file) =>
      /^server\/flow\/(language\/(read|compile)|check\/(check|library))\.ts$/.test(file),
    );
    expect(checks).toEqual([]);
    expect(files.filter((file) => file === 'server/flow/prove/prove.ts')).toEqual([]);
  });

  it('has one language of zod', () => {
    expect(files.filter((file) => file.includes('zod/v4/locales/') && !/\/(en|index)\.js$/.test(file))).toEqual([]);
  });
});

it('V8 accepts the code that the build compiled, with the flags of npm start', () => {
  const dist = join(import.meta.dirname, '..', 'dist');
  const compiled = readdirSync(dist).filter((name) => name.endsWith('.compiled'));
  expect(compiled).toHaveLength(1);
  const { scripts } = JSON.parse(readFileSync(join(dist, '..', 'package.json'), 'utf8'));
  const flags = (scripts.start as string).split(' ').filter((word) => word.startsWith('--m') || word.startsWith('--h'));
  expect(flags.length).toBeGreaterThan(1);
  // V8 compares the length of the source, its own version, and its flags.
  const isRejected = (flagsGiven: string[], more = '') => {
    const length = readFileSync(join(dist, 'server.js')).length + wrapperLength();
    const look = `const { Script } = require('vm'); const cachedData = require('fs').readFileSync(process.argv[1]);
      console.log(new Script(' '.repeat(${length}) + '${more}', { cachedData }).cachedDataRejected)`;
    const file = join(dist, compiled[0] ?? '');
    return execFileSync(process.execPath, [...flagsGiven, '-e', look, file], { encoding: 'utf8' }).trim();
  };
  expect(isRejected(flags)).toBe('false');
  expect(isRejected(flags, ' ')).toBe('true');
  expect(isRejected([])).toBe('true');
});

/** Length of what `launch.ts` puts around the source. */
function wrapperLength(): number {
  const launch = readFileSync(join(import.meta.dirname, '..', 'server', 'launch.ts'), 'utf8');
  const [, wrapped = ''] = /new Script\(`(.*)`,/.exec(launch) ?? [];
  return wrapped.replace(/\$\{source\}/, '').replace('\\n', ' ').length;
}
