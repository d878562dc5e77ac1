import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { correctAtDesk } from '../../server/desk/correcting.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { manyHead, manyRow } from '../../server/export/consultations-csv.ts';
import { toCsv } from '../../server/export/csv.ts';
import { countConsultation } from '../../server/figures/facts.ts';
import { anyText } from '../any-text.ts';
import { AMINA, createCase, MAY } from '../desk/desk-world.ts';

/** Reads CSV as in RFC 4180, like a spreadsheet program. */
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

it('begins with a byte order mark, ends lines as in the RFC, and quotes what needs quoting', () => {
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

it('reads back every text, and none begins a formula', () => {
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

it('gives the decider as known now, who recorded it, what was corrected, and that it was not signed', () => {
  const { entries, add, desk } = createCase('bury', 'level');
  const decided = {
    outcome: 'no_further_action',
    words: 'No further action',
    reason: 'Paint',
    level: 0,
    advised: '',
  } as const;
  add([{ kind: 'handed over', question: 'Is it?', reach: '0161', urgent: 'no', deadlines: [] }]);
  add([{ kind: 'claimed' }], AMINA);
  const signers = ['operational manager'];
  add([{ kind: 'outcome recorded', decidedBy: 'May', signers, deadlines: [], ...decided }], AMINA);
  const form = { corrects: '4', subject: 'decider', text: 'Amina Shah', reason: 'A slip' };
  add(correctAtDesk(entries, { form, who: AMINA, desk }), AMINA);
  add([{ kind: 'outcome countersigned', signed: 'no', reason: 'Not seen', decisions: [], deadlines: [] }], MAY);
  const work = readDeskCase(entries);
  const line = describeLine('c', entries, () => undefined);
  if (work === undefined || line === undefined) throw new Error('not at the desk');
  const row = manyRow(line, work, readConsultation('c', entries), []);
  expect(Object.fromEntries(manyHead([]).map((head, index) => [head, row[index]]))).toMatchObject({
    Outcome: 'No longer stands: No further action',
    Level: '',
    'Outcome other than advised': '',
    'Decided by': 'Amina Shah (first written: May)',
    'Outcome written down by': 'Amina Shah, duty worker',
    'Outcome written down at': '2026-11-20 10:00',
    'Signed by a second person': 'no',
    'Corrections of what stands in this row': 'Outcome: Decided by Amina Shah (Amina Shah, duty worker)',
  });
});

it('says of a reopened consultation that its outcome no longer stands, and when it was first claimed and answered', () => {
  const { entries, add } = createCase('bury', 'level');
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 10, minutes)).toISOString();
  const decided = { outcome: 'advice_only', words: 'Advice only', reason: '', level: 2, advised: '' } as const;
  const signers = ['operational manager'];
  add([{ kind: 'handed over', question: 'Is it?', reach: '0161', urgent: 'no', deadlines: [] }], undefined, at(0));
  add([{ kind: 'claimed' }], AMINA, at(2));
  add([{ kind: 'outcome recorded', decidedBy: 'May', signers, deadlines: [], ...decided }], AMINA, at(3));
  add([{ kind: 'referrer answered', how: 'by telephone', answer: 'Advice' }], AMINA, at(4));
  const row = () => {
    const work = readDeskCase(entries);
    const line = describeLine('c', entries, () => undefined);
    if (work === undefined || line === undefined) throw new Error('not at the desk');
    const cells = manyRow(line, work, readConsultation('c', entries), []);
    return Object.fromEntries(manyHead([]).map((head, index) => [head, cells[index]]));
  };
  expect(row()).toMatchObject({ Outcome: 'Advice only', Level: 2, 'Signed by a second person': 'not yet' });
  expect(countConsultation(entries)?.facts).toMatchObject({ outcome: 'to sign' });
  add([{ kind: 'reopened', news: 'The school rang', deadlines: [] }], AMINA, at(8));
  add([{ kind: 'taken over', from: AMINA, reason: 'Away' }], MAY, at(9));
  expect(countConsultation(entries)?.facts).toMatchObject({ outcome: '', level: '', departure: '' });
  expect(row()).toMatchObject({
    Outcome: 'No longer stands: Advice only',
    Level: '',
    'Outcome other than advised': '',
    'Signed by a second person': 'no longer stands',
    'First claimed at': '2026-11-20 10:02',
    'First answered at': '2026-11-20 10:04',
    'Answer that stands given at': '',
  });
});

it('has London times as on the pages, with the time zone in the hour that comes twice', () => {
  const line = {
    reference: 'B 48 29 17 35 2',
    askedAt: '2026-06-07T23:05:00.000Z',
    state: 'closed',
    byTelephone: false,
    workerName: null,
    answeredAt: '2026-10-25T01:30:00.000Z',
    closedAt: null,
    told: false,
    newsUntold: false,
    agency: '',
  };
  const work = {
    askedAt: '',
    byTelephone: false,
    state: 'closed' as const,
    questions: [],
    reach: '',
    fields: {},
    outcomes: [],
  };
  const row = manyRow(
    line,
    { ...work, answers: [], chasings: [], files: [], discussions: [], household: [], reopenings: [], deadlines: [] },
    {
      entries: [{ number: 1, at: '2026-10-25T00:30:00.000Z', by: 'duty worker', what: { kind: 'claimed' } }],
      corrections: [],
    },
    [],
  );
  const cells = Object.fromEntries(manyHead([]).map((head, index) => [head, row[index]]));
  expect(cells).toMatchObject({
    'Asked at': '2026-06-08 00:05',
    'First claimed at': '2026-10-25 01:30 BST',
    'First answered at': '',
    'Answer that stands given at': '2026-10-25 01:30 GMT',
    'Closed at': '',
  });
});
