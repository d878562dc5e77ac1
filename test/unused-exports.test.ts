import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from './architecture.ts';
import { unusedExports } from './unused-exports.ts';

const root = join(import.meta.dirname, '..');

it('everything that is exported is imported somewhere', () => {
  const build = { path: 'build.ts', text: readFileSync(join(root, 'build.ts'), 'utf8') };
  const files = [build, ...readSources(root, ['server', 'views', 'static', 'test'])];
  expect(files.length).toBeGreaterThan(400);
  expect(unusedExports(files)).toEqual([]);
});

it.each([
  ['export function lonely() {}', ['server/a.ts: lonely']],
  ['export async function* lonely() {}', ['server/a.ts: lonely']],
  ['export const used = 1;\nexport const LONELY = 1;', ['server/a.ts: LONELY']],
  ['export interface Lonely {}', []],
  ['export const used = 1;', []],
  ['const own = 1;', []],
])('in %j nobody imports %j', (text, expected) => {
  const importer = { path: 'test/b.test.ts', text: "import {\n  type used as mine,\n} from '../server/a.ts';" };
  expect(unusedExports([{ path: 'server/a.ts', text }, importer])).toEqual(expected);
});

it('a file that is imported whole is used', () => {
  const file = { path: 'server/a.ts', text: 'export function one() {}' };
  for (const text of ["import * as a from './a.ts';", "const { one } = await import('./a.ts');"])
    expect(unusedExports([file, { path: 'server/b.ts', text }])).toEqual([]);
});
