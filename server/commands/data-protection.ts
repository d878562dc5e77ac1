/**
 * `npm run data-protection`: prints what is kept about people, from the tables of the database and the retention
 * periods of each area. With `--write`: updates these tables in docs/data-protection.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../base/days.ts';
import { readConfig } from '../config.ts';
import { describeKept, replaceKept } from '../data-protection.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';

const FILE = join('docs', 'data-protection.md');
const { library } = loadLibrary(readFolder(readConfig(process.env).flowsDir), localDay(new Date()));
const kept = describeKept(library);
if (process.argv.includes('--write')) {
  writeFileSync(FILE, replaceKept(readFileSync(FILE, 'utf8'), kept));
  console.log(`What is kept is written into ${FILE}`);
} else console.log(kept);
