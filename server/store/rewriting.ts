/**
 * Whether the database has to be written anew after an erasure. Texts are taken out row by row and overwritten where they stood, but pages that
 * were split or joined before can hold pieces of them in their unused parts, and the index of words what it has not merged yet. Only when the
 * database is written anew nothing is left: that reads all of it, and may be put off to a quiet hour. A file beside the database says that it is
 * due, so that an erasure that was broken off is known, too.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Rewriting {
  /** When something was erased for the first time since the database was written anew, in ISO 8601; undefined if nothing was. */
  dueSince(): string | undefined;
  /** Before anything is erased. */
  noteDue(at: string): void;
  noteDone(): void;
}

export function createRewriting(database: string): Rewriting {
  const file = join(dirname(database), 'rewriting-due');
  return {
    dueSince: () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined),
    noteDue(at) {
      if (!existsSync(file)) writeFileSync(file, `${at}\n`, { mode: 0o600, flush: true });
    },
    noteDone: () => rmSync(file, { force: true }),
  };
}
