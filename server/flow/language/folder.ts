/** Reads the content files from disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ContentFile {
  folder: string;
  name: string;
  text: string;
}

/**
 * Every `.yaml` file in every folder under `root`. Files in a subfolder have its name in their path, such as
 * `languages/ur.yaml`.
 */
export function readFolder(root: string): ContentFile[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.replaceAll('\\', '/'))
      .sort()
      .map((name) => ({ folder, name, text: readFileSync(join(root, folder, name), 'utf8') })),
  );
}
