/**
 * Whether the database has to be cleaned after an erasure. Erased texts are overwritten row by row in place, but pages
 * that were split or joined earlier can still hold pieces of them in their unused parts, and the index of words can hold
 * entries it has not merged yet. Cleaning reads the whole database, and can be put off to a quiet hour. A file beside the
 * database records that it is due, so that it is known even after an interrupted erasure.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CleaningDue {
  /** When the first erasure since the last cleaning took place, in ISO 8601; undefined if there was none. */
  dueSince(): string | undefined;
  /** Called before anything is erased. */
  noteDue(at: string): void;
  noteDone(): void;
}

export function createCleaningDue(database: string): CleaningDue {
  const file = join(dirname(database), 'rewriting-due');
  return {
    dueSince: () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined),
    noteDue(at) {
      if (!existsSync(file)) writeFileSync(file, `${at}\n`, { mode: 0o600, flush: true });
    },
    noteDone: () => rmSync(file, { force: true }),
  };
}
