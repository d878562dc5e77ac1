/** `npm run settings`: prints the README's table of settings. With `--write`: updates the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '../settings.ts';

const FILE = 'README.md';
const TABLE = /^\| variable .*\n(?:\|.*\n)+/m;

if (process.argv.includes('--write')) {
  writeFileSync(
    FILE,
    readFileSync(FILE, 'utf8').replace(TABLE, () => `${settingsTable()}\n`),
  );
  console.log(`The table of settings is written into ${FILE}`);
} else console.log(settingsTable());
