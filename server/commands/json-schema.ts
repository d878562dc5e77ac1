/**
 * `npm run schema`: writes JSON Schemas for editors into `flows/schema` (or the same folder in `FLOWS_DIR`), and
 * records which file uses which schema in `.vscode/settings.json`. With `--check`: reports whether the schemas are up
 * to date.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../base/days.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { jsonSchemas } from '../flow/language/json-schema.ts';
import { NATIONAL } from '../flow/national.ts';
import { flowsFolder } from './flows-folder.ts';

const root = flowsFolder();
const { library } = loadLibrary(readFolder(root), localDay(new Date()));
const national = library.areas.get(NATIONAL)?.content;
const stale: string[] = [];
const filesOf: Record<string, string> = {};
for (const [folder, { content }] of library.areas) {
  const scope = { own: content, ...(folder !== NATIONAL && national !== undefined && { national }) };
  const schemas = Object.entries(jsonSchemas(scope));
  const named = schemas.map(([name]) => name).filter((name) => name !== 'flow');
  for (const [name, schema] of schemas) {
    const file = join(root, 'schema', folder, `${name}.json`);
    filesOf[file] = join(root, folder, `${patternOf(name, named)}.yaml`);
    const text = `${JSON.stringify(schema, undefined, 1)}\n`;
    if (readOr(file) === text) continue;
    stale.push(file);
    if (process.argv.includes('--check')) continue;
    mkdirSync(join(root, 'schema', folder), { recursive: true });
    writeFileSync(file, text);
  }
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`${stale.join('\n')}\nThese editor schemas are older than the content. Run: npm run schema`);
  process.exitCode = 1;
} else {
  writeEditorSettings();
  console.log(`${stale.length} editor schemas written`);
}

/** A file with any other name is a flow; instruments have their own folder. */
function patternOf(name: string, named: readonly string[]): string {
  if (name === 'instrument') return 'instruments/*';
  return name === 'flow' ? `!(${named.join('|')})` : name;
}

/** For Visual Studio Code with the YAML extension. A settings file that cannot be parsed, such as one with comments, is left alone. */
function writeEditorSettings(): void {
  const file = join('.vscode', 'settings.json');
  const known = readOr(file) ?? '{}';
  try {
    const settings = `${JSON.stringify({ ...JSON.parse(known), 'yaml.schemas': filesOf }, undefined, 2)}\n`;
    mkdirSync('.vscode', { recursive: true });
    writeFileSync(file, settings);
  } catch (error) {
    console.error(`${file} was not changed (${(error as Error).message}). Add to it by hand:`);
    console.error(JSON.stringify({ 'yaml.schemas': filesOf }, undefined, 2));
  }
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
