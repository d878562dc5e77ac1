/**
 * Who took a decision: what was first written, what is correct, and what the person who is named says about it, on the
 * page and in every export.
 */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import { describeDecided } from '../../server/consultation/desk-record.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { type DeskNoun, getDeskAction } from '../../server/desk/actions.ts';
import { correctAtDesk } from '../../server/desk/correcting.ts';
import { countersign } from '../../server/desk/countersigning.ts';
import { openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { caseSystemFields, copyAll } from '../../server/export/case-system-fields.ts';
import { manyRow } from '../../server/export/consultations-csv.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { happeningOf } from '../every-happening.ts';
import { AMINA, createCase, findFlow, MAY, NOW, recordOf } from './desk-world.ts';

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

/** Each export of the record, as words without line breaks. */
function exportsOf(entries: readonly Entry[]): Record<'text' | 'json' | 'copy' | 'csv', string> {
  const record = recordOf(entries);
  const work = readDeskCase(entries) as NonNullable<ReturnType<typeof readDeskCase>>;
  const line = describeLine('c', entries, findFlow) as NonNullable<ReturnType<typeof describeLine>>;
  const flat = (text: string) => text.replace(/\s+/g, ' ');
  return {
    text: flat(toText(record)),
    json: JSON.stringify(toJson(record)),
    copy: flat(copyAll(caseSystemFields(record))),
    csv: manyRow(line, work, readConsultation('c', entries), []).join('; '),
  };
}

const missingIn = (entries: readonly Entry[], words: string) =>
  Object.entries(exportsOf(entries)).flatMap(([name, text]) => (text.includes(words) ? [] : [name]));
const DENIED = 'Gwen Invented, manager (Gwen Invented says that they did not take this decision)';

describe('a person who is named and did not decide', () => {
  it('says so in an entry, which is shown beside the decision until the decider is corrected', () => {
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

  it('is told what to tick if nothing is ticked', () => {
    const { sign } = story();
    expect(sign({ reason: 'I was away' })).toMatchObject({
      refused: 'invalid',
      fields: { signed: expect.stringMatching(/^Tick “No\. I am named/) },
    });
    expect(sign({ signed: 'yes', reason: '' })).toMatchObject({ refused: 'conflict' });
  });

  it('is not somebody who may not sign for another reason', () => {
    const { entries, add, sign } = story();
    add(sign({ signed: 'no', reason: 'Not enough is known' }, MAY), MAY);
    expect(missingIn(entries, 'Gwen Invented, manager')).toEqual([]);
    expect(JSON.stringify(exportsOf(entries))).not.toMatch(/did not take this decision|is named as/);
  });
});

describe('a person whom somebody else named, where no signature is needed', () => {
  const people = [GWEN, MAY];
  function recorded(decidedBy = 'Gwen Invented, manager') {
    const { entries, add, desk } = createCase();
    add([{ kind: 'taken by telephone', reach: '', deadlines: [] }, { kind: 'claimed' }], AMINA);
    const flow = findFlow() as NonNullable<ReturnType<typeof findFlow>>;
    const act = (noun: DeskNoun, form: Record<string, string>, who: Who) => {
      const colleagues = [AMINA, ...people].filter(({ id }) => id !== who.id);
      return getDeskAction(noun).decide(entries, { form, who, colleagues, flow, desk, fields: [], now: NOW });
    };
    const form = { outcome: 'urgent_route', reason: 'She said that it hurts', decidedBy };
    add(act('outcomes', form, AMINA), AMINA);
    const tasks = () => describeLine('c', entries, findFlow)?.tasks ?? [];
    const open = () => openDeadlines(readDeskCase(entries) as never).map(({ id }) => id);
    return { entries, add, act, tasks, open, desk };
  }

  it('is asked in the queue, denies it, and the record says so until the decider is corrected', () => {
    const { entries, add, act, tasks, open, desk } = recorded();
    const [task, ...others] = tasks();
    expect([task, others]).toMatchObject([
      { to: GWEN.id, from: AMINA.name, do: expect.stringContaining('say whether you did') },
      [],
    ]);
    const deadline = open().find((id) => id.startsWith('task_')) ?? '';
    const answer = { deadline, took: 'no', note: 'I was away' };
    expect(act('done-tasks', answer, MAY)).toMatchObject({ refused: 'conflict' });
    expect(act('done-tasks', { deadline, note: '' }, GWEN)).toMatchObject({ fields: { took: expect.any(String) } });
    add(act('done-tasks', answer, GWEN), GWEN);
    expect([tasks(), open().includes('name_decider')]).toEqual([[], true]);
    expect(missingIn(entries, DENIED)).toEqual([]);
    const corrects = String(entries.find(({ what }) => what.kind === 'outcome recorded')?.number);
    const form = { corrects, subject: 'decider', text: 'May Okoro, manager', reason: 'A slip' };
    add(correctAtDesk(entries, { form, who: AMINA, desk, colleagues: people, now: NOW }), AMINA);
    expect(open()).not.toContain('name_decider');
    // The person who is named now is told in turn.
    expect(tasks()).toMatchObject([{ to: MAY.id }]);
    expect(missingIn(entries, 'May Okoro, manager (first written: Gwen Invented, manager)')).toEqual([]);
  });

  it('confirms it, and nothing else changes', () => {
    const { entries, add, act, tasks, open } = recorded();
    const deadline = open().find((id) => id.startsWith('task_')) ?? '';
    add(act('done-tasks', { deadline, took: 'yes', note: '' }, GWEN), GWEN);
    expect([tasks(), open().includes('name_decider')]).toEqual([[], false]);
    expect(JSON.stringify(exportsOf(entries))).not.toContain('did not take this decision');
  });

  it('is not asked if they named themselves, or if nobody of the desk is named', () => {
    for (const decider of ['Amina Shah, duty worker', 'The strategy meeting'])
      expect(recorded(decider).tasks()).toEqual([]);
  });
});

it('the corrected name comes first, with the original one beside it', () => {
  const { entries, correct } = story([]);
  correct('Joan Bell, team manager');
  expect(missingIn(entries, 'Joan Bell, team manager (first written: Gwen Invented, manager)')).toEqual([]);
  correct('Gwen Invented, manager');
  expect(describeDecided(readDeskCase(entries)?.outcomes[0] as never)).toBe('Gwen Invented, manager');
});

it('a reopened outcome is marked as open in each export, until one is recorded again', () => {
  const { entries, add } = story([]);
  add([{ kind: 'reopened', news: 'A new mark', deadlines: [] }], AMINA);
  const { text, copy, json } = exportsOf(entries);
  for (const words of [text, copy]) expect(words).toContain('Earlier outcome, which is open again');
  expect(json).toContain('"stands":false,"openAgain":true');
  add([{ ...happeningOf('outcome recorded'), signers: [], deadlines: [] } as Happening], AMINA);
  expect(exportsOf(entries).text).not.toContain('which is open again');
  expect(exportsOf(entries).json).toContain('"stands":true,"openAgain":false');
});
