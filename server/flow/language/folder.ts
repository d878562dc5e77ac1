/** Reads the content files from disk. */
import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ContentFile {
  folder: string;
  name: string;
  text: string;
}

/** There is no content where it is looked for. The message says what was found, what was expected and what to do. */
export class NoContent extends Error {
  readonly found: string;

  constructor(found: string) {
    super(
      `${found}\n  expected: a folder with the content: national/, and one folder for each area\n  to do:    look at FLOWS_DIR`,
    );
    this.found = found;
  }
}

/**
 * Every `.yaml` file in every folder under `root`. Files in a subfolder have its name in their path, such as
 * `languages/ur.yaml`. Throws `NoContent` if there is none: a server would serve nothing.
 */
export function readFolder(root: string): ContentFile[] {
  const files = readFiles(root);
  if (files.length === 0) throw new NoContent(`The content is read from ${resolve(root)}, and there is none`);
  return files;
}

/** Two servers with the same give the same advice. */
export function hashOfContent(files: readonly ContentFile[]): string {
  const hash = createHash('sha256');
  for (const { folder, name, text } of files) hash.update(`\0${folder}/${name}\0${text}`);
  return hash.digest('hex').slice(0, 32);
}

function listFolders(root: string): Dirent[] {
  try {
    return readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch (error) {
    throw new NoContent(`The content cannot be read from ${resolve(root)}: ${(error as Error).message}`);
  }
}

function readFiles(root: string): ContentFile[] {
  return listFolders(root).flatMap(({ name: folder }) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.replaceAll('\\', '/'))
      .sort()
      .map((name) => ({ folder, name, text: readFileSync(join(root, folder, name), 'utf8') })),
  );
}
