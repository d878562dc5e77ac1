/** `npm run schema`: writes the JSON Schemas that editors use into `flows/schema`. With `--check`: says whether they are up to date. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../base/days.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { jsonSchemas } from '../flow/language/json-schema.ts';
import { NATIONAL } from '../flow/words.ts';

const root = 'flows';
const { library } = loadLibrary(readFolder(root), localDay(new Date()));
const national = library.areas.get(NATIONAL)?.content;
const stale: string[] = [];
for (const [folder, { content }] of library.areas) {
  const scope = { own: content, ...(folder !== NATIONAL && national !== undefined && { national }) };
  for (const [name, schema] of Object.entries(jsonSchemas(scope))) {
    const file = join(root, 'schema', folder, `${name}.json`);
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
} else console.log(`${stale.length} editor schemas written`);

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
