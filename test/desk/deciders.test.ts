/** Who took a decision: what was written, what is right, and what the person who is named says of it, on the page and in every export. */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { describeDecided } from '../../server/consultation/desk-record.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { createRecord } from '../../server/consultation/record.ts';
import { correctAtDesk } from '../../server/desk/correcting.ts';
import { countersign } from '../../server/desk/countersigning.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { caseSystemFields, copyAll } from '../../server/export/case-system-fields.ts';
import { manyRow } from '../../server/export/consultations-csv.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { happeningOf } from '../every-happening.ts';
import { AMINA, createCase, findFlow, MAY, NOW } from './desk-world.ts';

const GWEN = { id: 'gwen', name: 'Gwen Invented', role: 'operational manager' };

function story(signers: string[] = ['operational manager']) {
  const { entries, add, desk } = createCase();
  add([{ kind: 'taken by telephone', reach: '', deadlines: [] }, { kind: 'claimed' }], AMINA);
  const decided = { ...happeningOf('outcome recorded'), decidedBy: 'Gwen Invented, manager', signers, deadlines: [] };
  add([decided as Happening], AMINA);
  const corrects = String(entries.length);
  const correct = (text: string) => {
    const form = { corrects, subject: 'decider', text, reason: 'A slip' };
    add(correctAtDesk(entries, { form, who: AMINA, desk }), AMINA);
  };
  const sign = (form: Record<string, string>, who = GWEN) => countersign(entries, { form, who, desk, now: NOW });
  return { entries, add, desk, correct, sign };
}

/** Each export of it, in words without line breaks. */
function exportsOf(entries: readonly Entry[]): Record<'text' | 'json' | 'copy' | 'csv', string> {
  const consultation = readConsultation('c', entries);
  const flow = findFlow() as NonNullable<ReturnType<typeof findFlow>>;
  const work = readDeskCase(entries) as NonNullable<ReturnType<typeof readDeskCase>>;
  const position = walk(flow, consultation.answers);
  const record = createRecord({ consultation, flow, position, printedAt: NOW.at, desk: { work, fields: [] } });
  const line = describeLine('c', entries, findFlow) as NonNullable<ReturnType<typeof describeLine>>;
  const flat = (text: string) => text.replace(/\s+/g, ' ');
  return {
    text: flat(toText(record)),
    json: JSON.stringify(toJson(record)),
    copy: flat(copyAll(caseSystemFields(record))),
    csv: manyRow(line, work, consultation, []).join('; '),
  };
}

const missingIn = (entries: readonly Entry[], words: string) =>
  Object.entries(exportsOf(entries)).flatMap(([name, text]) => (text.includes(words) ? [] : [name]));
const DENIED = 'Gwen Invented, manager (Gwen Invented says that they did not take this decision)';

describe('whoever is named and did not take it', () => {
  it('says so in the entry and beside the decision, until it is corrected who did', () => {
    const { entries, add, correct, sign } = story();
    add(sign({ signed: 'no', reason: 'I was away' }), GWEN);
    expect(missingIn(entries, DENIED)).toEqual([]);
    const { text, copy } = exportsOf(entries);
    expect(text).toMatch(/Named as who took the decision, says that they did not, and does not sign it/);
    for (const words of [text, copy]) expect(words).toMatch(/Not signed by whoever is named as who took the decision/);
    correct('Joan Bell, team manager');
    expect(missingIn(entries, 'Joan Bell, team manager (first written: Gwen Invented, manager)')).toEqual([]);
    expect(exportsOf(entries).text).toMatch(/says that they did not, and does not sign it/);
  });

  it('is told what to tick, in a sentence, when nothing is ticked', () => {
    const { sign } = story();
    expect(sign({ reason: 'I was away' })).toMatchObject({
      refused: 'invalid',
      fields: { signed: expect.stringMatching(/^Tick “No\. I am named/) },
    });
    expect(sign({ signed: 'yes', reason: '' })).toMatchObject({ refused: 'conflict' });
  });

  it('is nobody who may simply not sign it', () => {
    const { entries, add, sign } = story();
    add(sign({ signed: 'no', reason: 'Not enough is known' }, MAY), MAY);
    expect(missingIn(entries, 'Gwen Invented, manager')).toEqual([]);
    expect(JSON.stringify(exportsOf(entries))).not.toMatch(/did not take this decision|is named as/);
  });
});

it('the right name comes first, with the one that was written first beside it', () => {
  const { entries, correct } = story([]);
  correct('Joan Bell, team manager');
  expect(missingIn(entries, 'Joan Bell, team manager (first written: Gwen Invented, manager)')).toEqual([]);
  correct('Gwen Invented, manager');
  expect(describeDecided(readDeskCase(entries)?.outcomes[0] as never)).toBe('Gwen Invented, manager');
});

it('an outcome that was reopened is marked as open again in each export, and stands again when it is recorded again', () => {
  const { entries, add } = story([]);
  add([{ kind: 'reopened', news: 'A new mark', deadlines: [] }], AMINA);
  const { text, copy, json } = exportsOf(entries);
  for (const words of [text, copy]) expect(words).toContain('Earlier outcome, which is open again');
  expect(json).toContain('"stands":false,"openAgain":true');
  add([{ ...happeningOf('outcome recorded'), signers: [], deadlines: [] } as Happening], AMINA);
  expect(exportsOf(entries).text).not.toContain('which is open again');
  expect(exportsOf(entries).json).toContain('"stands":true,"openAgain":false');
});
