/**
 * `npm run calendar`: what operators and leads have to do in the next twelve months: numbers to ring, documents to
 * check, consultations due for erasure, backups and drills. `-- FILE.ics` writes it as a calendar file.
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { listBackups } from '../backup/backup.ts';
import { instantOf } from '../backup/rotation.ts';
import { addMonths, localDay } from '../base/days.ts';
import { calendarFile } from '../base/icalendar.ts';
import { type Config, readConfig } from '../config.ts';
import { type Library, loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { listDates } from '../operators-calendar.ts';
import { isThere } from '../store/in-service.ts';
import { databaseFile, openStore } from '../store/store.ts';
import { reportFailure } from './report-failure.ts';

const ALL = 1_000_000;

async function readDue(config: Config, { areas }: Library, today: string): Promise<Map<string, string[]>> {
  const file = databaseFile(config.dataDir);
  const due = new Map<string, string[]>();
  if (!isThere({ ...config, file })) return due;
  const store = await openStore({ ...config, file, clock: () => new Date() });
  try {
    for (const [area, { desk }] of areas)
      if (desk !== undefined)
        due.set(
          area,
          (await store.retention.due(area, desk, addMonths(today, 12), ALL)).map((line) => line.due),
        );
    return due;
  } finally {
    await store.close();
  }
}

async function main([file]: string[]): Promise<void> {
  const config = readConfig(process.env);
  const now = new Date();
  const today = localDay(now);
  const { library } = loadLibrary(readFolder(config.flowsDir), today);
  const newest = listBackups(config.backup.folder)[0];
  const lastBackup = newest === undefined ? undefined : instantOf(basename(newest))?.slice(0, 10);
  const due = await readDue(config, library, today);
  const events = listDates({ library, today, due, ...(lastBackup !== undefined && { lastBackup }) });
  if (file === undefined) return console.log(events.map(({ at, summary }) => `${at}  ${summary}`).join('\n'));
  writeFileSync(file, calendarFile(events, now.toISOString(), 'Operators'), { mode: 0o600 });
  console.log(`${events.length} dates are written into ${file}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
