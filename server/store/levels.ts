/**
 * Measurements of the database for operators: how much is waiting, how large it is, and how much space is left. Only
 * numbers.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

export interface StoreLevels {
  /** Consultations that need something done. `oldestAt`: since when the oldest unclaimed one has been waiting. */
  queue: { area: string; count: number; oldestAt: string | null }[];
  drafts: number;
  mails: { waiting: number; failed: number };
  databaseBytes: number;
  diskFreeBytes: number;
}

export async function readLevels({ read, size }: Engine, file: string): Promise<StoreLevels> {
  const [queue, drafts, mails] = await Promise.all([read(countQueue), read(countDrafts), read(countMails)]);
  const mailsIn = (...states: string[]) =>
    mails.reduce((sum, { state, count }) => sum + (states.includes(state) ? Number(count) : 0), 0);
  return {
    queue: queue.map((row) => ({ ...row, count: Number(row.count) })),
    drafts: Number(drafts.count),
    mails: { waiting: mailsIn('waiting', 'sending'), failed: mailsIn('failed') },
    databaseBytes: await size(),
    diskFreeBytes: freeBytes(dirname(file)),
  };
}

/** Free space available to a program without special rights. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function countQueue(db: Database) {
  return db
    .selectFrom('desk_lines')
    .select(({ fn }) => [
      'area',
      fn.countAll<number>().as('count'),
      sql<string | null>`min(case when state = 'waiting' then since end)`.as('oldestAt'),
    ])
    .where('due', 'is not', null)
    .groupBy('area')
    .execute();
}

function countDrafts(db: Database) {
  return db
    .selectFrom('drafts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
}

function countMails(db: Database) {
  return db
    .selectFrom('mails')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'sending', 'failed'])
    .groupBy('state')
    .execute();
}
