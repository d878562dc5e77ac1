/**
 * Whether the database has to be rewritten after an erasure. An erasure overwrites the texts in place. But pages that
 * were split or joined earlier can still contain pieces of them in unused parts, and the index of words can contain
 * what has not been merged yet. Only a rewrite of the whole database removes these. It reads everything, so it may be
 * postponed to a quiet hour. A file beside the database records that it is due, so that this is also known after an
 * interrupted erasure.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Rewriting {
  /** When something was first erased since the last rewrite, as an instant; undefined if nothing was. */
  dueSince(): string | undefined;
  /** Call it before anything is erased. */
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
