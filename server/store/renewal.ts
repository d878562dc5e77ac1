/**
 * Derives again what an earlier version derived from the entries: rows of the queue and their words, children, figures,
 * and so on. Open consultations are renewed before the server accepts requests, because the queue needs their columns.
 * The others follow in the background, a few at a time. Each row has a number for the form in which it was written, so
 * a server that is stopped continues where it was.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type BackgroundWork, createBackgroundWork } from '../base/background.ts';
import type { Engine } from './engine.ts';
import { type StoredEntry, toEntry } from './entry-lines.ts';
import type { Projection } from './log.ts';
import { RENEWED_FORM } from './queue-row-mapping.ts';
import type { Database } from './tables.ts';

export interface Renewal {
  /** Run before the first request. */
  renewOpen(): Promise<void>;
  /** Renews all others in the background. */
  rest: BackgroundWork;
}

/** Rows in one transaction, which takes about 25 ms. */
const AT_A_TIME = 20;
/** A pause between two transactions, so that requests get their turn. */
const PAUSE_MS = 50;

interface Old {
  number: number;
  consultation: string;
}

export function createRenewal({ read, write }: Pick<Engine, 'read' | 'write'>, project: Projection): Renewal {
  /** Renews the next rows after this one. Returns the last row, or undefined if there are none left. */
  async function renewAfter(number: number, isOpen: boolean): Promise<number | undefined> {
    const old = await read((db) => findOld(db, number, isOpen));
    if (old.length > 0) await write((db) => renew(db, project, old));
    return old.at(-1)?.number;
  }
  let last = 0;
  return {
    async renewOpen() {
      for (let next: number | undefined = 0; next !== undefined; ) next = await renewAfter(next, true);
    },
    rest: createBackgroundWork(async () => {
      const next = await renewAfter(last, false);
      last = next ?? last;
      if (next !== undefined) await pause(PAUSE_MS);
      return next !== undefined;
    }),
  };
}

function findOld(db: Database, after: number, isOpen: boolean): Promise<Old[]> {
  const rows = db.selectFrom('desk_lines').select(['number', 'consultation']);
  if (!isOpen) {
    const old = rows.where('form', '<', RENEWED_FORM).where('number', '>', after);
    return old.orderBy('number').limit(AT_A_TIME).execute();
  }
  // Runs at every start and uses the index of open rows. The plus sign keeps the database from walking through all rows
  // by number instead.
  const [form, number] = [sql<number>`(+form)`, sql<number>`(+number)`];
  const open = rows.where('due', 'is not', null).where(form, '<', RENEWED_FORM).where(number, '>', after);
  return open.orderBy(number).limit(AT_A_TIME).execute();
}

/** The entries are read in the transaction that writes the row, so nothing can change in between. */
async function renew(db: Database, project: Projection, old: readonly Old[]): Promise<void> {
  for (const { consultation } of old) {
    const lines = (await db
      .selectFrom('entries')
      .select(['number', 'at', 'by', 'kind', 'body'])
      .where('consultation', '=', consultation)
      .orderBy('number')
      .execute()) as StoredEntry[];
    const entries = readAll(lines);
    if (entries === undefined) continue;
    await project(db, consultation, { entries, added: [] });
    await db.updateTable('desk_lines').set({ form: RENEWED_FORM }).where('consultation', '=', consultation).execute();
  }
}

/**
 * Undefined if the entries cannot be read. Then the row stays as it is, and `npm run verify` reports that the entries
 * were changed.
 */
function readAll(lines: readonly StoredEntry[]): ReturnType<typeof toEntry>[] | undefined {
  try {
    return lines.map(toEntry);
  } catch {
    return undefined;
  }
}
