/** What the server loads before it listens: its size is time at each start, and memory for as long as it runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../server/build.ts';

/** Only some requests need these, or only a start on content that is new: they come when they are asked for. */
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

/** Follows the imports that are not made later, from the server's first file. */
function loadedAtStart({ outputs }: Metafile): { files: string[]; packages: Set<string> } {
  const first = Object.keys(outputs).find((path) => path.endsWith('/main.js')) ?? '';
  const chunks = new Set([first]);
  const packages = new Set<string>();
  for (const chunk of chunks)
    for (const { path, kind, external } of outputs[chunk]?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external) packages.add(path);
      else chunks.add(path);
    }
  const files = [...chunks].flatMap((chunk) => Object.keys(outputs[chunk]?.inputs ?? {}));
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
        if (Object.keys(metafile?.outputs ?? {}).some((path) => path.endsWith('/main.js'))) found = metafile;
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
    expect(files.filter((file) => file.includes('zod/v4/locales/') && !file.endsWith('/en.js'))).toEqual([]);
  });
});
