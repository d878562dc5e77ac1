/**
 * Readers' reports that a contact's number is wrong. They contain nobody's words and nobody's name, only which number,
 * in which way, and how often it was reported. Repeating a report increases the count of the open one, so a flood of
 * reports makes no rows.
 */
import type { Day } from '../base/days.ts';
import { localDay } from '../base/days.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import type { Outbox } from './outbox.ts';
import type { Database } from './tables.ts';

export interface NumberReportTables {
  number_reports: {
    number: number;
    /** `national` for a national contact. */
    area: string;
    contact: string;
    /** The telephone number, address or web page that the report is about. */
    way: string;
    wrong: string;
    times: number;
    first_on: string;
    last_on: string;
    settled_on: string | null;
    /** Id of the account. */
    settled_by: string | null;
    outcome: string | null;
  };
}

export type ReportedNumber = Pick<NumberReportTables['number_reports'], 'area' | 'contact' | 'way' | 'wrong'>;
export type NumberReport = ReportedNumber & { number: number; times: number; firstOn: Day; lastOn: Day };

export interface NumberReports {
  add(report: ReportedNumber): Promise<void>;
  /** Open reports for these areas, those reported most often first. */
  openOf(areas: readonly string[]): Promise<NumberReport[]>;
  /** False if somebody else has settled it already, or it belongs to none of the areas. */
  settle(number: number, areas: readonly string[], by: { id: string; outcome: string }): Promise<boolean>;
}

/** Counting stops here, since a higher number would tell nothing more. */
const MOST_TIMES = 999;

function openIn(db: Database, areas: readonly string[]) {
  return db
    .selectFrom('number_reports')
    .selectAll()
    .where('area', 'in', [...areas])
    .where('settled_on', 'is', null);
}

export function createNumberReports({ read, write }: Engine, outbox: Outbox, clock: () => Date): NumberReports {
  const today = () => localDay(clock());
  return {
    add: (report) => write((db) => count(db, outbox, report, today())),
    async openOf(areas) {
      const rows = await read((db) => openIn(db, areas).orderBy('times', 'desc').orderBy('number').execute());
      return rows.map(({ number, area, contact, way, wrong, times, first_on, last_on }) => ({
        ...{ number, area, contact, way, wrong, times },
        firstOn: first_on,
        lastOn: last_on,
      }));
    },
    settle: (number, areas, { id, outcome }) =>
      write(async (db) => {
        const report = await openIn(db, areas).where('number', '=', number).executeTakeFirst();
        if (report === undefined) return false;
        const settled = { settled_on: today(), settled_by: id, outcome };
        await outbox.changeIn(db, 'number_reports', { ...report }, settled);
        return true;
      }),
  };
}

async function count(db: Database, outbox: Outbox, report: ReportedNumber, today: Day): Promise<void> {
  const known = await db
    .selectFrom('number_reports')
    .select(['number', 'times'])
    .where((where) => where.and({ ...report }))
    .where('settled_on', 'is', null)
    .executeTakeFirst();
  if (known === undefined) return insert(db, outbox, report, today);
  await db
    .updateTable('number_reports')
    .set({ times: Math.min(known.times + 1, MOST_TIMES), last_on: today })
    .where('number', '=', known.number)
    .execute();
}

async function insert(db: Database, outbox: Outbox, report: ReportedNumber, today: Day): Promise<void> {
  const [{ next } = { next: null }] = await db
    .selectFrom('number_reports')
    .select((row) => row.fn.max('number').as('next'))
    .execute();
  const row = {
    ...report,
    number: Number(next ?? 0) + 1,
    times: 1,
    first_on: today,
    last_on: today,
    settled_on: null,
    settled_by: null,
    outcome: null,
  };
  await db.insertInto('number_reports').values(row).execute();
  await outbox.noteIn(db, 'number_reports', row);
}

export async function makeNumberReports(db: Database, { strict }: TableDefinitions): Promise<void> {
  await strict(
    db.schema
      .createTable('number_reports')
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('area', 'text', (column) => column.notNull())
      .addColumn('contact', 'text', (column) => column.notNull())
      .addColumn('way', 'text', (column) => column.notNull())
      .addColumn('wrong', 'text', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .addColumn('first_on', 'text', (column) => column.notNull())
      .addColumn('last_on', 'text', (column) => column.notNull())
      .addColumn('settled_on', 'text')
      .addColumn('settled_by', 'text')
      .addColumn('outcome', 'text'),
  ).execute();
  await db.schema.createIndex('number_reports_open').on('number_reports').columns(['area', 'settled_on']).execute();
}
