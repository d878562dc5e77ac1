/** Reads the content files from disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ContentFile {
  folder: string;
  name: string;
  text: string;
}

/** Every `.yaml` file in every folder under `root`. */
export function readFolder(root: string): ContentFile[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => ({ folder, name, text: readFileSync(join(root, folder, name), 'utf8') })),
  );
}
