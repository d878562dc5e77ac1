import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longLines, namedIn } from './documents.ts';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const documents = ['.', 'docs', 'docs/tasks', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** Files and commands that a document names but that do not exist. */
function missingFrom(document: string, text: string): string[] {
  const { files, commands } = namedIn(text);
  const near = join(root, dirname(document));
  const isThere = (file: string) =>
    existsSync(join(near, file)) || (file.startsWith('/') && existsSync(join(root, file)));
  return [...files.filter((file) => !isThere(file)), ...commands.filter((name) => !(name in scripts))];
}

describe('the documents', () => {
  it('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/glossary.md', 'docs/tasks/role.md']));
  });

  it.each(documents)('%s names only existing files and commands, in lines that are not too long', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    expect(missingFrom(document, text)).toEqual([]);
    expect(longLines(text)).toEqual([]);
  });

  it('fail for a file that has moved, a broken link, and a command that does not exist', () => {
    const text = 'See `server/web/at_desk.ts` and [this](docs/nowhere.md), then `npm run -s nothing`, not `README.md`.';
    expect(missingFrom('README.md', text)).toEqual(['docs/nowhere.md', '/server/web/at_desk.ts', 'nothing']);
    expect(longLines(`${'x'.repeat(200)}\n| ${'x'.repeat(200)}`)).toEqual([1]);
  });
});
