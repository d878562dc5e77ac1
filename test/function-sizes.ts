/**
 * Finds long functions by their first and last line, which have the same indentation because the formatter makes it so.
 */
import type { SourceFile } from './architecture.ts';

const NAMED = /^(\s*)(?:export )?(?:default )?(?:async )?function\*? (\w+)/;

/**
 * Named functions longer than `most` lines, including comments and empty lines, the longest first: `70
 * server/servers.ts runServers`.
 */
export function longFunctions(files: readonly SourceFile[], most: number): string[] {
  return files
    .flatMap(({ path, text }) => sizesIn(text.split('\n')).map(({ name, size }) => ({ path, name, size })))
    .filter(({ size }) => size > most)
    .sort((a, b) => b.size - a.size)
    .map(({ path, name, size }) => `${size} ${path} ${name}`);
}

function sizesIn(lines: readonly string[]): { name: string; size: number }[] {
  return lines.flatMap((line, first) => {
    const [, indent = '', name] = NAMED.exec(line) ?? [];
    if (name === undefined) return [];
    const end = lines.indexOf(`${indent}}`, first);
    return end === -1 ? [] : [{ name, size: end - first + 1 }];
  });
}
