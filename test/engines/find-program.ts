import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The first `file` in a folder whose name matches, at most two levels below `root`, such as
 * /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser.
 */
export function findProgram(root: string, folder: RegExp, file: string): string | undefined {
  const folders = (path: string) =>
    existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  const near = folders(root).flatMap(({ name }) => [
    join(root, name),
    ...folders(join(root, name)).map((one) => join(root, name, one.name)),
  ]);
  return near
    .filter((path) => folder.test(path.split('/').at(-1) ?? ''))
    .map((path) => join(path, file))
    .find(existsSync);
}
