/** Finds exports that no other file imports. `unused-exports.test.ts` checks that there are none. */
import { dirname, posix } from 'node:path';
import type { SourceFile } from './architecture.ts';

const EXPORTED = /^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm;
const FROM = /^\s*(?:import|export)\s+(?:type\s+)?([^'"`;]*?)\s*from\s+['"]([^'"]+)['"]/gm;
/** `import('…')` of a value or a type: any export of that file may be used. */
const WHOLE = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/**
 * `path: name` for each value that a file of `server`, `views` or `static` exports and no other of the given files
 * imports by name. Files that are imported as a whole (`import * as`, `import(…)`) count as used. Types are not
 * checked, because they describe what a function takes and returns.
 */
export function unusedExports(files: readonly SourceFile[]): string[] {
  const used = new Set(files.flatMap(importedBy));
  return files
    .filter(({ path }) => !path.startsWith('test/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(EXPORTED)]
        .map(([, name = '']) => name)
        .filter((name) => !used.has(`${path}: ${name}`) && !used.has(`${path}: *`))
        .map((name) => `${path}: ${name}`),
    );
}

function importedBy({ path, text }: SourceFile): string[] {
  const at = (to: string) => (to.startsWith('.') ? posix.join(dirname(path), to) : to);
  const named = [...text.matchAll(FROM)].flatMap(([, names = '', to = '']) =>
    namesIn(names).map((name) => `${at(to)}: ${name}`),
  );
  return [...named, ...[...text.matchAll(WHOLE)].map(([, to = '']) => `${at(to)}: *`)];
}

/** The names on the exporting side: for `{ a, type B, c as d }` these are a, B and c. */
function namesIn(clause: string): string[] {
  if (clause.includes('*')) return ['*'];
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  return braces
    .split(',')
    .map((one) =>
      one
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s+.*$/, ''),
    )
    .filter((one) => one !== '');
}
