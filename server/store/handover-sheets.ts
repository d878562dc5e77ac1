/**
 * Hand-over sheets that somebody is writing: the present text, saved while it is typed. It is not part of the log,
 * because a draft that changes at every pause is not something that was said or done; only what is taken away becomes
 * an entry. A field that somebody changed in the database is not shown, so that nobody sends words about a child that
 * nobody typed.
 */
import type { Mac } from '../audit/mac.ts';
import type { KeptField } from '../consultation/handover-sheet.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import { prepare } from './prepare.ts';
import type { RowSums } from './row-sums.ts';
import type { Database } from './tables.ts';

export interface HandoverSheetTables {
  /** One row for each field that has text. */
  sheet_fields: {
    consultation: string;
    field: string;
    value: string;
    filled: string;
    writer: string;
    at: string;
    mac: string | null;
  };
}

export interface HandoverSheets {
  read(consultation: string): Promise<KeptField[]>;
  /** Reads, decides and writes in one transaction. Nothing is written if the consultation was erased. */
  change<Saw>(
    consultation: string,
    decide: (kept: KeptField[]) => { write: readonly KeptField[]; saw: Saw },
  ): Promise<Saw>;
}

export async function makeHandoverSheets(db: Database, { strict }: TableDefinitions): Promise<void> {
  let fields = db.schema
    .createTable('sheet_fields')
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
    .addColumn('field', 'text', (column) => column.notNull());
  for (const name of ['value', 'filled', 'writer', 'at'])
    fields = fields.addColumn(name, 'text', (column) => column.notNull());
  await strict(fields.addPrimaryKeyConstraint('sheet_fields_key', ['consultation', 'field'])).execute();
}

type Row = HandoverSheetTables['sheet_fields'];

export const factsOfHandoverSheetField = ({
  consultation,
  field,
  value,
  filled,
  writer,
}: Omit<Row, 'at' | 'mac'>): string[] => [consultation, field, value, filled, writer];

interface HandoverSheetParts {
  engine: Engine;
  now: () => string;
  mac: Mac;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createHandoverSheets({
  engine: { reading, read, write },
  now,
  mac,
  rowSums,
}: HandoverSheetParts): HandoverSheets {
  const { rowsOf, erasedAt, put } = prepareFields(reading);
  return {
    read: async (consultation) => toFields(await read((db) => rowsOf(db, { consultation })), mac),
    change: (consultation, decide) =>
      write(async (db) => {
        const there = await rowsOf(db, { consultation });
        const { write: fields, saw } = decide(toFields(there, mac));
        if (fields.length === 0 || (await erasedAt(db, { consultation })).length > 0) return saw;
        const written = new Map(fields.map((field) => [field.field, { consultation, ...field }]));
        const come = [...written.values()].map((row) => ({
          ...row,
          at: now(),
          mac: mac.make(...factsOfHandoverSheetField(row)),
        }));
        for (const row of come) await put(db, row);
        await rowSums.noteIn(db, 'sheet_fields', { gone: there.filter(({ field }) => written.has(field)), come });
        return saw;
      }),
  };
}

/** They run at each pause in typing. */
function prepareFields(reading: Database) {
  return {
    rowsOf: prepare<Pick<Row, 'consultation'>, Row>(reading, (db, value) =>
      db.selectFrom('sheet_fields').selectAll().where('consultation', '=', value('consultation')),
    ),
    /** Nothing unless it was erased. */
    erasedAt: prepare<Pick<Row, 'consultation'>, object>(reading, (db, value) =>
      db
        .selectFrom('retention_lines')
        .select('erased_at')
        .where('consultation', '=', value('consultation'))
        .where('erased_at', 'is not', null),
    ),
    put: prepare<Row, unknown>(reading, (db, value) => {
      const text = { value: value('value'), filled: value('filled'), writer: value('writer') };
      const changed = { ...text, at: value('at'), mac: value('mac') };
      return db
        .insertInto('sheet_fields')
        .values({ consultation: value('consultation'), field: value('field'), ...changed })
        .onConflict((conflict) => conflict.columns(['consultation', 'field']).doUpdateSet(changed));
    }),
  };
}

function toFields(rows: readonly Row[], mac: Mac): KeptField[] {
  return rows
    .filter((row) => mac.fits(row.mac, ...factsOfHandoverSheetField(row)))
    .map(({ field, value, filled, writer }) => ({ field, value, filled, writer }));
}
