/**
 * Mails to be sent. A mail is queued in the transaction of the entries that it is about, so there is one exactly if
 * they were saved. It is marked before it is sent. If the sending process dies, the mail is taken again and may arrive
 * twice: delivery is at least once, since a mail server cannot be asked. The `message_id` stays the same, so mail
 * programs can drop the second.
 */
import { type Generated, sql } from 'kysely';
import { readDeskCase } from '../desk/desk-case.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import type { Projection } from './log.ts';
import type { Outbox } from './outbox.ts';
import type { Database } from './tables.ts';

/** `waits`: newly asked, or returned to the queue; `unclaimed`: nobody has claimed it in time. */
export type MailAbout = 'waits' | 'unclaimed';
/** `needless`: the consultation was claimed before the mail was sent. */
type MailState = 'waiting' | 'sending' | 'sent' | 'failed' | 'needless';

export interface Mail {
  number: number;
  area: string;
  reference: string;
  about: string;
  state: MailState;
  tries: number;
  made_at: string;
  /** When to try next. While it is being sent, the time after which the sender is presumed dead. */
  next_at: string;
  /** The mail server's message; it says nothing about a child. */
  problem: string;
  message_id: string;
}

export interface MailTables {
  /** `moment` distinguishes mails about the same consultation; each is queued only once. */
  mails: Omit<Mail, 'number'> & { number: Generated<number>; consultation: string; moment: string };
}

export interface Mails {
  /** Returns the next mail that is due, and marks it as being sent for this many minutes. */
  take(minutes: number): Promise<Mail | undefined>;
  settle(number: number, state: 'sent' | 'failed', problem?: string): Promise<void>;
  /** Tries it again at `nextAt`, an instant. */
  putOff(number: number, nextAt: string, problem: string): Promise<void>;
  /** Queues a mail for each consultation in these areas that has waited past its deadline and at least this many minutes. */
  queueUnclaimed(areas: readonly string[], minutes: number): Promise<void>;
  /** Mails that are not sent yet or have failed. */
  openOf(area: string): Promise<Mail[]>;
  /** False if the area has no such waiting or failed mail. */
  tryAgain(area: string, number: number): Promise<boolean>;
}

const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000).toISOString();
const OPEN: MailState[] = ['waiting', 'sending', 'failed'];

interface MailParts {
  outbox: Outbox;
  clock: () => Date;
  makeId: () => string;
}

export function createMails({ read, write }: Engine, parts: MailParts): Mails {
  const { outbox, clock } = parts;
  const change = (number: number, values: Partial<Omit<Mail, 'number'>>) =>
    write(async (db) => {
      const mail = await db.selectFrom('mails').selectAll().where('number', '=', number).executeTakeFirst();
      if (mail !== undefined) await outbox.changeIn(db, 'mails', { ...mail }, values);
    });
  return {
    take: (minutes) => write((db) => takeNext(db, outbox, clock(), minutes)),
    settle: (number, state, problem = '') => change(number, { state, problem }),
    putOff: (number, nextAt, problem) => change(number, { state: 'waiting', next_at: nextAt, problem }),
    queueUnclaimed: (areas, minutes) =>
      write(async (db) => {
        const now = clock();
        const waiting = await unclaimed(db, areas, later(now, -minutes));
        const overdue = waiting.filter(({ due }) => due !== null && due <= now.toISOString());
        for (const { since, due: _due, ...row } of overdue)
          await queue(db, { ...row, about: 'unclaimed', moment: since }, { ...parts, clock: () => now });
      }),
    openOf: (area) => read((db) => mailsOf(db, area, OPEN).orderBy('number').limit(200).execute()),
    tryAgain: (area, number) =>
      write(async (db) => {
        const unsent = mailsOf(db, area, ['waiting', 'failed']);
        const mail = await unsent.where('number', '=', number).executeTakeFirst();
        if (mail === undefined) return false;
        await outbox.changeIn(db, 'mails', { ...mail }, { state: 'waiting', next_at: clock().toISOString() });
        return true;
      }),
  };
}

function mailsOf(db: Database, area: string, states: readonly Mail['state'][]) {
  return db.selectFrom('mails').selectAll().where('area', '=', area).where('state', 'in', states);
}

/** Mails about consultations that have been claimed in the meantime are marked as needless first. */
async function takeNext(db: Database, outbox: Outbox, now: Date, minutes: number): Promise<Mail | undefined> {
  const at = now.toISOString();
  await markNeedless(db, outbox, at);
  const next = await db
    .selectFrom('mails')
    .selectAll()
    .where('state', 'in', ['waiting', 'sending'])
    .where('next_at', '<=', at)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst();
  if (next === undefined) return undefined;
  const taken = { state: 'sending' as const, tries: next.tries + 1, next_at: later(now, minutes) };
  await outbox.changeIn(db, 'mails', { ...next }, taken);
  return { ...next, ...taken };
}

async function markNeedless(db: Database, outbox: Outbox, at: string): Promise<void> {
  const needless = await db
    .selectFrom('mails')
    .selectAll()
    .where('state', 'in', ['waiting', 'failed'])
    .where('next_at', '<=', at)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('desk_lines')
            .select('desk_lines.number')
            .whereRef('desk_lines.consultation', '=', 'mails.consultation')
            .where('desk_lines.state', '=', 'waiting'),
        ),
      ),
    )
    .execute();
  for (const mail of needless) await outbox.changeIn(db, 'mails', { ...mail }, { state: 'needless' });
}

/**
 * Consultations that have been waiting since then or longer, and have had no such mail. Few are waiting, so the exact
 * deadline is checked afterwards.
 */
function unclaimed(db: Database, areas: readonly string[], since: string) {
  return db
    .selectFrom('desk_lines')
    .select(['consultation', 'reference', 'area', 'since', 'due'])
    .where('area', 'in', [...areas, ''])
    .where('state', '=', 'waiting')
    .where('since', '<=', since)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('mails')
            .select('mails.number')
            .whereRef('mails.consultation', '=', 'desk_lines.consultation')
            .whereRef('mails.moment', '=', 'desk_lines.since')
            .where('mails.about', '=', 'unclaimed'),
        ),
      ),
    )
    .execute();
}

/** For areas that have an address. Telephone consultations are claimed at once, so no mail is sent. */
export function projectMails(hasMail: (area: string) => boolean, parts: MailParts): Projection {
  return async (db, consultation, { entries, added }) => {
    const asked = added.findLast(({ what }) => what.kind === 'handed over' || what.kind === 'handed back');
    const [first] = entries;
    if (asked === undefined || first?.what.kind !== 'opened' || !hasMail(first.what.area)) return;
    if (readDeskCase(entries)?.state !== 'waiting') return;
    const { area, reference } = first.what;
    const moment = `entry ${asked.number}`;
    await queue(db, { consultation, area, reference, about: 'waits', moment }, parts);
  };
}

interface Queued {
  consultation: string;
  area: string;
  reference: string;
  about: MailAbout;
  moment: string;
}

async function queue(db: Database, mail: Queued, { outbox, clock, makeId }: MailParts): Promise<void> {
  const at = clock().toISOString();
  const values = {
    ...mail,
    state: 'waiting' as const,
    tries: 0,
    made_at: at,
    next_at: at,
    problem: '',
    message_id: makeId(),
  };
  const made = await db
    .insertInto('mails')
    .values(values)
    .onConflict((conflict) => conflict.columns(['consultation', 'about', 'moment']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (made !== undefined) await outbox.noteIn(db, 'mails', { ...made });
}

export async function makeMails(db: Database, { counter, strict }: TableDefinitions): Promise<void> {
  let table = db.schema
    .createTable('mails')
    .addColumn('number', 'integer', counter)
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'));
  for (const name of ['area', 'reference', 'about', 'moment', 'state', 'made_at', 'next_at', 'problem', 'message_id'])
    table = table.addColumn(name as 'number', 'text', (column) => column.notNull());
  const counted = table.addColumn('tries', 'integer', (column) => column.notNull());
  await strict(counted.addUniqueConstraint('mails_once', ['consultation', 'about', 'moment'] as never)).execute();
  await sql
    .raw(`create index mails_open on mails (next_at) where state in ('waiting', 'sending', 'failed')`)
    .execute(db);
}

/** An index of all rows, because SQLite does not use a partial index for bound values. */
export async function indexMails(db: Database): Promise<void> {
  await db.schema.dropIndex('mails_open').execute();
  await db.schema.createIndex('mails_by_state').on('mails').columns(['state', 'next_at']).execute();
  await db.schema.createIndex('desk_lines_waiting').on('desk_lines').columns(['area', 'state', 'since']).execute();
}
