/**
 * The sum of hand-over sheets, which is kept by days: the whole check compares all of them, and a check of the newest day
 * those of that day, however many older ones there are.
 */
import { describe, expect, it } from 'vitest';
import type { CheckpointsRead } from '../../server/audit/check-checkpoints.ts';
import type { Checkpoint } from '../../server/audit/line.ts';
import type { Mac } from '../../server/audit/mac.ts';
import { readHandoverSheetFields } from '../../server/store/check-row-sums.ts';
import { readHeadsOf, readHeadsSince } from '../../server/store/checkpoints.ts';
import { KEPT_DAYS } from '../../server/store/day-sums.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { checkpointFiles, type Store } from '../../server/store/store.ts';
import { isPostgres } from '../postgres/databases.ts';
import {
  answered,
  asStranger,
  copyEmpty,
  createClock,
  databaseOf,
  openConsultation,
  openRaw,
  openTemporary,
} from './temporary.ts';

const DAY_MINUTES = 24 * 60;

const write = ({ handoverSheets }: Store, id: string, value: string) =>
  handoverSheets.change(id, () => ({
    write: [{ field: 'concern', value, filled: '', writer: 'A' }],
    saw: undefined,
  }));

/** One sheet is written a day, and one of them again on the newest day, on which one more is begun. */
async function makeDays(days: number) {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { file } = store;
  const ids: string[] = [];
  const begin = async () => {
    const { id } = await openConsultation(store, { also: [answered('a')] });
    await write(store, id, `Words of ${clock().toISOString()}`);
    ids.push(id);
  };
  for (let day = 0; day < days; day++) {
    await begin();
    await store.checkpoints.write();
    clock.pass(DAY_MINUTES);
  }
  const sheets = () => asStranger(file, 'select * from sheet_fields order by consultation');
  const older = { rows: await sheets(), sums: await asStranger(file, 'select * from row_sums') };
  const startedAt = clock();
  await write(store, ids[0] ?? '', 'Written again');
  clock.pass(7);
  await begin();
  await store.checkpoints.write();
  const [first = '', last = ''] = [ids[0], ids.at(-1)];
  return { store, clock, file, ids, first, last, older, startedAt, sheets };
}

type Days = Awaited<ReturnType<typeof makeDays>>;

/** What the rows are found to be by a check of all, and by one that begins at the newest head from before then. */
async function findBoth({ file, startedAt }: Pick<Days, 'file' | 'startedAt'>) {
  const files = checkpointFiles(file);
  const newest = readHeadsSince(files, startedAt);
  if (newest === undefined) throw new Error('no head is old enough');
  const check = (heads: CheckpointsRead, since?: Checkpoint) => findIn(file, heads, since);
  return { whole: await check(readHeadsOf(files)), day: await check(newest.heads, newest.since) };
}

async function findIn(file: string, heads: CheckpointsRead, since?: Checkpoint): Promise<string[]> {
  const { findings } = await verifyInService({ file, databaseUrl: await databaseOf(file) }, heads, since);
  return findings.list().flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
}

const NOTHING_FOUND = { whole: [], day: [] };
const ON = (day: string) => `rows changed: sheet_fields, written on ${day}`;
const NEWEST = '2026-12-04';
const OLDEST_KEPT = '2026-12-01';
const BEFORE = `rows changed: sheet_fields, written before ${OLDEST_KEPT}`;
const FOREIGN = 'rows changed: sheet_fields: what its rows come to was not written by us';
const FEWER = expect.stringMatching(/sheet_fields: its rows were changed 14 times, and the database knows of 12/);

async function put(file: string, table: string, rows: readonly Record<string, unknown>[], only = 'true') {
  await asStranger(file, `delete from ${table} where ${only}`);
  for (const row of rows) {
    const values = Object.values(row).map((value) => (typeof value === 'number' ? value : `'${value}'`));
    const names = Object.keys(row).map((name) => `"${name}"`);
    await asStranger(file, `insert into ${table} (${names}) values (${values})`);
  }
}

const change = (file: string, id: string, set: string) =>
  asStranger(file, `update sheet_fields set ${set} where consultation = '${id}'`);
const changeSum = (file: string, expression: string) =>
  asStranger(file, `update row_sums set "sum" = ${expression} where "table" = 'sheet_fields'`);

it('stays the sum of the rows however many days there are, also when old ones change or are erased', async () => {
  const days = await makeDays(12);
  expect(await findBoth(days)).toEqual(NOTHING_FOUND);
  const [row] = await asStranger<{ sum: string }>(
    days.file,
    `select "sum" from row_sums where "table" = 'sheet_fields'`,
  );
  expect(row?.sum.split(' ')).toHaveLength(1 + KEPT_DAYS);
  expect(row?.sum.split(' ')[1]).toMatch(new RegExp(`^${OLDEST_KEPT}=`));
  const { store, clock, ids, startedAt } = days;
  for (const id of ids.slice(1, 5)) await write(store, id, 'Anew');
  clock.pass(-3 * DAY_MINUTES);
  await write(store, ids[6] ?? '', 'By a clock that is slow');
  clock.pass(-20 * DAY_MINUTES);
  await write(store, ids[7] ?? '', 'By one that is slower');
  clock.pass(23 * DAY_MINUTES);
  await store.checkpoints.write();
  expect(await findBoth(days)).toEqual(NOTHING_FOUND);
  expect(startedAt.toISOString()).toMatch(NEWEST);
});

describe('what was done to a row of the newest day is found by both checks', () => {
  it.each<[string, (days: Days) => Promise<unknown>, (string | typeof FEWER)[]]>([
    ['another time', ({ file, last }) => change(file, last, `at = '2026-12-04T09:09:09.000Z'`), [ON(NEWEST)]],
    ['moved to an older day', ({ file, last }) => change(file, last, `at = '2026-11-23'`), [ON(NEWEST), BEFORE]],
    ['moved to no day', ({ file, last }) => change(file, last, `at = 'z z=z'`), [ON(NEWEST), BEFORE]],
    [
      'taken out',
      ({ file, last }) => asStranger(file, `delete from sheet_fields where consultation = '${last}'`),
      [ON(NEWEST)],
    ],
    ['put back', ({ file, older }) => put(file, 'sheet_fields', older.rows), [ON(NEWEST), BEFORE]],
    [
      'put back with its old sum',
      async ({ file, older }) => {
        await put(file, 'sheet_fields', older.rows);
        await put(file, 'row_sums', older.sums);
      },
      [FEWER, FEWER],
    ],
    ['the sum of a day taken out', ({ file }) => changeSum(file, `replace("sum", '${NEWEST}', '')`), [FOREIGN]],
    ['the sum of a day planted', ({ file }) => changeSum(file, `"sum" || ' 2026-12-05=00'`), [FOREIGN]],
    ['a text that is no sum', ({ file }) => changeSum(file, `' = = 5'`), [FOREIGN]],
    [
      'a copy from an older day',
      ({ file, last }) =>
        asStranger(
          file,
          `insert into sheet_fields select consultation, 'more', value, filled, writer, at, mac
          from sheet_fields where consultation = '${last}'`,
        ),
      [ON(NEWEST)],
    ],
  ])('%s', async (_what, deed, found) => {
    const days = await makeDays(12);
    await deed(days);
    const { whole, day } = await findBoth(days);
    const ofRows = (list: string[]) => list.filter((one) => one.startsWith('rows changed'));
    expect(ofRows(whole)).toHaveLength(found.length);
    expect(ofRows(whole)).toEqual(expect.arrayContaining(found));
    expect(ofRows(day)).toEqual(expect.arrayContaining(found.filter((one) => one !== BEFORE)));
  });
});

it('what was done to an older row is found by the whole check, and by one that begins before it', async () => {
  const days = await makeDays(12);
  const { file, ids, sheets } = days;
  const [lines, rows] = [readHeadsOf(checkpointFiles(file)), await sheets()];
  const since = (day: string) => readHeadsSince(checkpointFiles(file), new Date(day))?.since;
  await asStranger(file, `delete from sheet_fields where consultation in ('${ids[2]}', '${ids[9]}')`);
  const [older, kept] = [BEFORE, ON('2026-12-01')];
  expect(await findBoth(days)).toEqual({ whole: [older, kept], day: [] });
  expect(await findIn(file, lines, since('2026-12-01T12:00:00Z'))).toEqual([kept]);
  // These rows have no sum by days any more, so all are compared.
  expect(await findIn(file, lines, since('2026-11-24T12:00:00Z'))).toEqual([older, kept]);
  await put(file, 'sheet_fields', rows);
  expect(await findBoth(days)).toEqual(NOTHING_FOUND);
});

it('nobody can have less compared by changing the time of the line at which a check begins', async () => {
  const days = await makeDays(12);
  const { file, last } = days;
  const { position } = readHeadsSince(checkpointFiles(file), days.startedAt)?.since ?? {};
  for (const table of ['entries', 'looks']) {
    await asStranger(
      file,
      `drop trigger if exists ${table}_no_update ${(await databaseOf(file)) ? `on ${table}` : ''}`,
    );
    await asStranger(
      file,
      `update ${table} set at = '2027-01-01T00:00:00.000Z'
        where seq = (select seq from chain where position = ${position} and source = '${table}')`,
    );
  }
  await asStranger(file, `delete from sheet_fields where consultation = '${last}'`);
  expect((await findBoth(days)).day).toEqual(expect.arrayContaining([ON(NEWEST)]));
});

it('the check of the newest day reads no more rows when there are more old ones', async () => {
  const counts: { whole: number; day: number }[] = [];
  for (const count of [10, 30]) {
    const { file, startedAt } = await makeDays(count);
    const files = checkpointFiles(file);
    const newest = readHeadsSince(files, startedAt);
    counts.push({
      whole: await countRows(file, readHeadsOf(files)),
      day: await countRows(file, newest?.heads ?? readHeadsOf(files), newest?.since),
    });
  }
  // One row of the day at which it begins, and two of the newest.
  expect(counts).toEqual([
    { whole: 11, day: 3 },
    { whole: 31, day: 3 },
  ]);
});

it.skipIf(isPostgres)('it finds them by an index', async () => {
  const raw = openRaw(await copyEmpty());
  const plans = ['', NEWEST].map((from) => {
    const asked: string[] = [];
    const prepare = (statement: string) => {
      asked.push(statement);
      return raw.prepare(statement);
    };
    expect([...readHandoverSheetFields({ prepare } as typeof raw, from)]).toEqual([]);
    const bound = from === '' ? [] : [from];
    return raw.prepare(`explain query plan ${asked}`).all(...bound);
  });
  expect(plans).toMatchObject([
    [{ detail: 'SCAN sheet_fields' }],
    [{ detail: 'SEARCH sheet_fields USING INDEX sheet_fields_at (at>?)' }],
  ]);
});

/** How many rows of sheets are hashed for their sum, which is as many as have their marks checked. */
async function countRows(file: string, heads: CheckpointsRead, since?: Checkpoint): Promise<number> {
  const { macs } = heads;
  if (macs === undefined) throw new Error('the private key is there');
  const counted = { rows: 0, marks: 0 };
  const rowSum: Mac = {
    ...macs.rowSum,
    number: (...facts) => {
      if (facts[1] === 'sheet_fields') counted.rows++;
      return macs.rowSum.number(...facts);
    },
  };
  const handoverSheetField: Mac = {
    ...macs.handoverSheetField,
    fits: (...facts) => {
      counted.marks++;
      return macs.handoverSheetField.fits(...facts);
    },
  };
  await findIn(file, { ...heads, macs: { ...macs, rowSum, handoverSheetField } }, since);
  expect(counted.marks).toBe(counted.rows);
  return counted.rows;
}
