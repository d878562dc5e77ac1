/**
 * In code, "sheet" alone is an instrument that is filled in for one child. The hand-over sheet of a professional always
 * has its full name, so that nobody who looks for one reads the other. See `docs/glossary.md`.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources, type SourceFile } from './architecture.ts';

/** Where sheets are those of instruments. */
const OF_INSTRUMENTS =
  /^server\/(web\/)?pathway\/|^views\/pathway\/|^server\/(consultation\/pathway-happening|export\/instrument-sections|web\/desk\/done)\.ts$/;
/** Names that say whose sheet it is, words that only end alike, and the names of a table and of a file that stay. */
const CLEAR = /hand-?over[-_]?sheet|pathway_?sheet|(style|spread)sheet|^sheet_fields|sheet-not-sent/i;

/** Names made of several words, of which one is "sheet": in a path, a class or the code; and properties called so. */
function unclearNames({ path, text }: SourceFile): string[] {
  if (OF_INSTRUMENTS.test(path)) return [];
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const properties = code.match(/\bsheets?\??: [A-Z]\w*/g) ?? [];
  const compound = (code.match(/[\w-]*sheet[\w-]*/gi) ?? []).filter((name) => !/^sheets?$/i.test(name));
  const folders = path.split(/[/.]/).filter((part) => /sheet/i.test(part));
  return [...folders, ...properties, ...compound].filter((name) => !CLEAR.test(name)).map((name) => `${path}: ${name}`);
}

it('the hand-over sheet has its full name in paths, classes and code', () => {
  const sources = readSources(join(import.meta.dirname, '..'));
  expect(sources.flatMap(unclearNames)).toEqual([]);
});

it('a shorter name is found', () => {
  const names = (path: string, text: string) => unclearNames({ path, text });
  expect(names('views/result/a.tsx', 'export interface SheetPart {}')).toEqual(['views/result/a.tsx: SheetPart']);
  expect(names('views/result/a.tsx', '<p class="fd-sheet__part">A sheet</p>')).toHaveLength(1);
  expect(names('server/flow/a.ts', 'interface Area { sheet?: Form }')).toEqual(['server/flow/a.ts: sheet?: Form']);
  expect(names('server/consultation/sheet-sent.ts', '')).toHaveLength(1);
  expect(names('server/pathway/a.ts', 'const sheet: SheetPart')).toEqual([]);
  expect(names('server/store/a.ts', "from('sheet_fields'), handoverSheets.read(id)")).toEqual([]);
});
