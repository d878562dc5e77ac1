/** Every entry in an export says who wrote it, for whom and when. */
import { expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { DeskHappening } from '../../server/consultation/desk-happening.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { createRecord } from '../../server/consultation/record.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { AMINA, entryOf, MAY } from '../desk/desk-world.ts';
import { ANSWERS, FLOW } from './sample.ts';

const ASKED: DeskHappening = { kind: 'handed over', question: 'Is it?', reach: '0161', urgent: 'no', deadlines: [] };
const TOLD_FIRST: Happening = {
  kind: 'told',
  spokeTo: 'A. First',
  when: '19 November 2026 at 09:10',
  reference: 'M 1',
};
const TOLD_AGAIN: Happening = { kind: 'told', spokeTo: 'B. Second', when: '20 November 2026 at 08:00', reference: '' };
const WROTE: [Happening, typeof AMINA | undefined][] = [
  [{ kind: 'opened', area: 'bury', flow: 'level', version: 'f00d', reference: 'B 48 29 17 35 2' }, undefined],
  ...ANSWERS.map((what): [Happening, undefined] => [what, undefined]),
  [{ kind: 'asker named', asker: { name: 'Wanda Brown', role: 'Teacher', agency: '', contact: '' } }, undefined],
  [ASKED, undefined],
  [{ kind: 'claimed' }, AMINA],
  [TOLD_FIRST, undefined],
  [TOLD_AGAIN, AMINA],
  [{ kind: 'parents recorded', parents: 'not told', reason: 'MASH is asked first' }, AMINA],
  [{ kind: 'referrer answered', how: 'by telephone', answer: 'Ring us at six' }, MAY],
  [{ kind: 'corrected', corrects: 9, text: 'It was C. Third', reason: 'Misheard' }, MAY],
];

function makeDeskRecord() {
  const entries = WROTE.map(([what, who], index) =>
    entryOf(index + 1, what, who === undefined ? { by: 'professional' } : { by: 'duty worker', who }),
  );
  const consultation = readConsultation('an id', entries);
  const work = readDeskCase(entries);
  const printedAt = '2026-11-22T12:30:00.000Z';
  const position = walk(FLOW, consultation.answers);
  return createRecord({ consultation, flow: FLOW, position, printedAt, desk: work && { work, fields: [] } });
}

it('the text says who wrote each entry, with their role at the time, and for whom', () => {
  const text = toText(makeDeskRecord()).replace(/\s+/g, ' ');
  expect(text).toContain('Told: A. First When: 19 November 2026 at 09:10 Their reference: M 1');
  expect(text).toContain(
    'Told: B. Second When: 20 November 2026 at 08:00 Their reference: None given Written down 20 November 2026 at 10:00 by Amina Shah, duty worker, for Wanda Brown, entry 9',
  );
  expect(text).toContain('CORRECTED by entry 12, 20 November 2026 at 10:00, by May Okoro, operational manager');
  expect(text).toContain(
    'Answer to whoever asked: Ring us at six By telephone Written down 20 November 2026 at 10:00 by May Okoro, operational manager, entry 11',
  );
  expect(text).not.toContain('by the person who asked');
  expect(text).not.toContain('duty worker May');
});

it('the JSON has every telling, and the author of everything that was written', () => {
  const json = toJson(makeDeskRecord());
  expect(json.tellings.map(({ spokeTo, writtenBy }) => [spokeTo, writtenBy])).toEqual([
    ['A. First', 'professional'],
    ['B. Second', 'Amina Shah, duty worker, for Wanda Brown'],
  ]);
  expect(json.tellings[1]?.corrections).toMatchObject([{ entry: 12, by: 'May Okoro, operational manager' }]);
  expect(json.parents?.writtenBy).toBe('Amina Shah, duty worker, for Wanda Brown');
  expect(json.desk?.answer?.writtenBy).toBe('May Okoro, operational manager');
  expect(json.entries.filter(({ by }) => by === '')).toEqual([]);
});
