/**
 * Something was recorded as done and was not: a correction removes it from everything that counts, and both can still
 * be read.
 */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { whatCanBeDenied } from '../../server/consultation/denied.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { record } from '../../server/consultation/recording.ts';
import { correctAtDesk } from '../../server/desk/correcting.ts';
import { openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import { describeLine } from '../../server/desk/queue-row.ts';
import { describeToldOf } from '../../server/desk/told.ts';
import { caseSystemFields, copyAll } from '../../server/export/case-system-fields.ts';
import { manyRow } from '../../server/export/consultations-csv.ts';
import { handoverSheetWarnings } from '../../server/export/handover-sheet.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { countConsultation } from '../../server/figures/facts.ts';
import { tagsOf } from '../../views/desk/tags.tsx';
import { PrintHead } from '../../views/kit/print.tsx';
import { happeningOf, KINDS } from '../every-happening.ts';
import { AMINA, createCase, findFlow, MAY, NOW, recordOf } from './desk-world.ts';

const due = (id: string) => ({ id, do: `Do ${id}`, who: 'the duty worker', by: NOW.today });
const TOLD = { kind: 'told', spokeTo: 'Jo Reed, MASH', when: 'today', reference: '', toldBy: 'desk' } as const;

function story() {
  const { entries, add, desk } = createCase();
  add([{ kind: 'taken by telephone', reach: '', deadlines: [due('answer')] }], AMINA);
  const decided = { ...happeningOf('outcome recorded'), signers: [], deadlines: [due('told'), due('visit')] };
  add([decided as Happening], AMINA);
  const numberOf = (kind: Happening['kind']) => entries.findLast(({ what }) => what.kind === kind)?.number ?? 0;
  const correct = (kind: Happening['kind'], form: Record<string, string>, who = AMINA) =>
    correctAtDesk(entries, { form: { corrects: String(numberOf(kind)), reason: 'Misheard', ...form }, who, desk });
  const open = () => openDeadlines(readDeskCase(entries) as never).map(({ id }) => id);
  return { entries, add, correct, open, desk };
}

describe('a telling that did not happen', () => {
  const text = 'Nobody was told. I only left a message';

  it('is corrected, and its deadline is open again in the queue, the figures and every export', () => {
    const { entries, add, correct, open } = story();
    const before = { line: describeLine('c', entries, findFlow), facts: countConsultation(entries)?.facts };
    add([TOLD], AMINA);
    expect([open().includes('told'), countConsultation(entries)?.facts['deadline told']]).toEqual([false, 'kept']);
    expect(correct('told', { text })).toMatchObject({ fields: { subject: expect.stringContaining('Choose') } });
    add(correct('told', { text, subject: 'not done' }), AMINA);
    expect(open()).toContain('told');
    const { isNew: _, ...line } = describeLine('c', entries, findFlow) ?? {};
    expect(before.line).toMatchObject(line);
    expect(countConsultation(entries)?.facts).toEqual(before.facts);
    const exported = recordOf(entries);
    expect(toText(exported)).toMatch(/YOU HAVE NOT TOLD CHILDREN'S SERVICES YET/);
    expect(toJson(exported)).toMatchObject({ toldChildrensServices: null, toldOfThis: false, tellings: [] });
    for (const words of [JSON.stringify(toJson(exported)), toText(exported), copyAll(caseSystemFields(exported))])
      expect(words.replace(/\s+/g, ' ')).toMatch(
        /did not happen.*Jo Reed, MASH.*did not happen.*I only left a message/i,
      );
  });

  it('counts again if it did happen after all, and can be recorded again', () => {
    const { entries, add, correct, open } = story();
    add([TOLD], AMINA);
    add(correct('told', { text, subject: 'not done' }), AMINA);
    expect(correct('told', { text, subject: 'not done' })).toEqual([]);
    const anew = { form: { spokeTo: TOLD.spokeTo, when: 'now', reference: '', toldBy: 'desk' }, now: NOW };
    expect(record(entries, { noun: 'tellings', ...anew, by: 'duty worker' })).toHaveLength(1);
    add(correct('told', { text: 'They heard it', subject: 'done' }), AMINA);
    expect([open().includes('told'), describeLine('c', entries, findFlow)?.told]).toEqual([false, true]);
    add(correct('told', { text, subject: 'not done' }), AMINA);
    expect(open()).toContain('told');
  });
});

describe('a telling from before the consultation, about the same family', () => {
  const BEFORE = { ...TOLD, before: 'Of the brother' } as const;
  const NOT_OF_THIS = 'told before, but not of this';
  const csvOf = (entries: readonly Entry[]) => {
    const line = describeLine('c', entries, findFlow) as NonNullable<ReturnType<typeof describeLine>>;
    return manyRow(line, readDeskCase(entries) as never, readConsultation('c', entries), []);
  };

  it('is shown as told before, but not about this: on the card, in the CSV and in the exports', () => {
    const { entries, add, open } = story();
    add([BEFORE], AMINA);
    expect(open()).toContain('told');
    const line = describeLine('c', entries, findFlow) as NonNullable<ReturnType<typeof describeLine>>;
    expect(tagsOf(line).map(([words]) => words)).toContain(`Children’s services ${NOT_OF_THIS}`);
    expect(csvOf(entries)).toContain('before, but not of this');
    expect(toText(recordOf(entries)).toLowerCase()).toContain(NOT_OF_THIS);
    expect(toJson(recordOf(entries)).toldOfThis).toBe(false);
  });

  it('does not affect a telling about this consultation, whichever is recorded first', () => {
    for (const tellings of [
      [TOLD, BEFORE],
      [BEFORE, TOLD],
    ]) {
      const { entries, add } = story();
      add(tellings, AMINA);
      expect(describeLine('c', entries, findFlow)).toMatchObject({ told: true, newsUntold: false });
      expect([csvOf(entries).includes('yes'), toJson(recordOf(entries)).toldOfThis]).toEqual([true, true]);
    }
  });
});

describe('whatever came after children’s services were told', () => {
  const ANSWERED = { kind: 'answered', question: 'immediate_danger', answer: 'no' } as Happening;
  const ASKED = { ...happeningOf('handed over'), deadlines: [] } as Happening;
  const REOPENED = { ...happeningOf('reopened'), deadlines: [] } as Happening;
  const papersOf = async (entries: readonly Entry[]) => {
    const consultation = readConsultation('c', entries);
    const head = String(await PrintHead({ consultation, prints: '/', token: '' }));
    const warnings = handoverSheetWarnings({ told: describeToldOf(consultation) }).join(' ');
    const record = recordOf(entries);
    return { head, warnings, text: toText(record), json: `toldOfThis ${toJson(record).toldOfThis}` };
  };

  it.each([
    ['an answer', ANSWERED],
    ['something new that the professional asks', ASKED],
    ['a reopening by the desk', REOPENED],
  ])('is not known to them, and every paper says so: %s', async (_, what) => {
    const { entries, add } = story();
    add([TOLD], AMINA);
    for (const paper of Object.values(await papersOf(entries))) expect(paper).not.toMatch(/but not of this|false/i);
    add([what], AMINA);
    for (const paper of Object.values(await papersOf(entries)))
      expect(paper).toMatch(/told before, but not of this|toldOfThis false/i);
    add([TOLD], AMINA);
    for (const paper of Object.values(await papersOf(entries))) expect(paper).not.toMatch(/but not of this|false/i);
  });
});

it('the steps of a decision on a dispute are open again, and the decision stands', () => {
  const { entries, add, correct, open } = story();
  add([{ kind: 'disputed', why: 'She has not eaten', deadlines: [due('dispute_managers')] }]);
  const done = [{ deadline: 'dispute_managers', do: 'Managers speak', note: 'They spoke' }];
  add([{ kind: 'dispute decided', stands: 'yes', reason: 'It holds', done }], MAY);
  expect(open()).not.toContain('dispute_managers');
  add(correct('dispute decided', { text: 'They never spoke', subject: 'not done' }, MAY), MAY);
  expect(open()).toContain('dispute_managers');
  expect(readDeskCase(entries)?.disputeDecision).toMatchObject({ stands: 'yes', done: [] });
});

describe('everything else that is recorded as done', () => {
  const deniable = KINDS.filter((kind) => {
    const entry = { number: 2, at: NOW.at, by: 'duty worker', what: happeningOf(kind) } as Entry;
    return kind === 'deadline dated' || whatCanBeDenied(entry, true) === 'entry';
  });
  /** Properties with which an entry meets or changes what an earlier entry left open. */
  const REAL: Partial<Record<string, object>> = {
    'deadline met': { deadline: 'visit' },
    'task done': { task: 'visit' },
    'deadline dated': { deadline: 'visit', by: '2027-01-01', within: undefined },
  };

  it.each(deniable)('%s', (kind) => {
    const { entries, add, correct } = story();
    const stateOf = () => {
      const { notes: _notes, entries: _entries, corrections: _corrections, ...said } = readConsultation('c', entries);
      return JSON.stringify([said, readDeskCase(entries), countConsultation(entries)]);
    };
    add([happeningOf('disagreement recorded')], AMINA);
    const before = stateOf();
    add([{ ...happeningOf(kind), ...REAL[kind] } as Happening], AMINA);
    const after = stateOf();
    expect(after).not.toBe(before);
    add(correct(kind, { text: 'It was not so', subject: 'not done' }), AMINA);
    expect(stateOf()).toBe(before);
    expect(recordOf(entries).didNotHappen).toHaveLength(1);
    add(correct(kind, { text: 'It was', subject: 'done' }), AMINA);
    expect(stateOf()).toBe(after);
  });
});

it('the asker can deny what they did themselves, and not what the desk did', () => {
  const entryOf = (what: Happening): Entry => ({ number: 2, at: NOW.at, by: 'professional', what });
  const mine: Happening = { kind: 'told', spokeTo: 'Jo', when: 'today', reference: '' };
  expect([mine, TOLD, happeningOf('referrer answered')].map((what) => whatCanBeDenied(entryOf(what), false))).toEqual([
    'entry',
    false,
    false,
  ]);
});
