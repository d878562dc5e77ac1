import fc from 'fast-check';
import { expect, it } from 'vitest';
import { manyHead, manyRow } from '../../server/export/consultations-csv.ts';
import { toCsv } from '../../server/export/csv.ts';
import { anyText } from '../any-text.ts';

/** Reads CSV as in RFC 4180, like a spreadsheet. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cells = text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g);
  let row: string[] = [];
  for (const [, quoted, plain, end] of cells) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

it('begins with the mark for Excel, ends lines as the RFC says, and quotes what needs it', () => {
  expect(
    toCsv([
      ['a', 1],
      ['b,c', undefined],
      ['"d"', -2],
    ]),
  ).toBe('\ufeffa,1\r\n"b,c",\r\n"""d""",-2\r\n');
});

it.each(['=1+1', '+44', '-1', '@SUM', '\t=1', '\r=1', '\n=1', ' =1', '\u0000=1', '\u200b=1', '\ufeff=1', '＝1'])(
  'makes %j harmless',
  (text) => {
    expect(readCsv(toCsv([[text]]))[0]?.[0]).toBe(`'${text}`);
  },
);

it('gives back every text, and none that begins a formula', () => {
  const cell = fc.oneof(anyText(), fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",\' a') }));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const read = readCsv(toCsv(rows));
      expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      for (const [index, row] of rows.entries())
        for (const [place, text] of row.entries()) {
          const found = read[index]?.[place] ?? '';
          expect([text, `'${text}`]).toContain(found);
          expect(found).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
        }
    }),
  );
});

it('has the times of London, as the pages show them, and says which where an hour comes twice', () => {
  const line = {
    reference: 'B 48 29 17 35 2',
    askedAt: '2026-06-07T23:05:00.000Z',
    state: 'closed',
    byTelephone: false,
    workerName: null,
    claimedAt: '2026-10-25T00:30:00.000Z',
    answeredAt: '2026-10-25T01:30:00.000Z',
    closedAt: null,
    told: false,
    agency: '',
  };
  const work = { askedAt: '', byTelephone: false, questions: [], reach: '', fields: {}, outcomes: [] };
  const row = manyRow(
    line,
    { ...work, answers: [], chasings: [], files: [], discussions: [], household: [], reopenings: [], deadlines: [] },
    '',
    [],
  );
  const cells = Object.fromEntries(manyHead([]).map((head, index) => [head, row[index]]));
  expect(cells).toMatchObject({
    'Asked at': '2026-06-08 00:05',
    'Claimed at': '2026-10-25 01:30 BST',
    'Answered at': '2026-10-25 01:30 GMT',
    'Closed at': '',
  });
});
