/** Whatever a person writes, in any entry, appears in each export, with its corrections beside it. */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { createRecord } from '../../server/consultation/record.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { caseSystemFields, copyAll } from '../../server/export/case-system-fields.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { EVERY, happeningOf, KINDS, writtenIn } from '../every-happening.ts';
import { ANSWERS, FLOW } from './sample.ts';

const WHO = { id: 'may', name: 'May Okoro', role: 'operational manager' };
type Kind = (typeof KINDS)[number];

/**
 * Kinds that appear only in the log, which the text and JSON exports contain completely: they say how the record came
 * about, not what holds.
 */
const IN_THE_LOG: ReadonlySet<Kind> = new Set<Kind>([
  'handed back',
  'passed on',
  'taken over',
  'urgency lowered',
  'household child removed',
  'decision reported',
  'held',
  'hold lifted',
  'kept longer',
]);
/**
 * The copy for a case system also leaves out the answers, because the result is made of them, and what was
 * typed into the hand-over sheet.
 */
const NOT_COPIED: ReadonlySet<Kind> = new Set<Kind>([...IN_THE_LOG, 'answered', 'handover sheet taken away']);
/** Kinds of which nothing is shown that could be corrected: the tool did them, or somebody pressed a button. */
const NOTHING_TO_CORRECT: ReadonlySet<Kind> = new Set<Kind>([
  'opened',
  'asked again',
  'moved',
  'taken away',
  'claimed',
  'deadline dated',
  'erasure approved',
  'corrected',
]);

function exportsOf(more: readonly Happening[] = []) {
  const [opened, ...others] = KINDS.filter((kind) => kind !== 'corrected').map(happeningOf);
  const entries: Entry[] = [opened as Happening, ...ANSWERS, ...others, ...more].map((what, index) => ({
    number: index + 1,
    at: new Date(Date.UTC(2026, 10, 20, 9, index)).toISOString(),
    by: 'duty worker',
    who: WHO,
    what,
  }));
  const consultation = readConsultation('an id', entries);
  const work = readDeskCase(entries);
  const position = walk(FLOW, consultation.answers);
  const printedAt = '2026-11-22T12:30:00.000Z';
  const fields = [{ id: 'plan', label: 'Plan' }] as never;
  const record = createRecord({ consultation, flow: FLOW, position, printedAt, desk: work && { work, fields } });
  const { entries: log, ...standing } = toJson(record);
  const text = toText(record).replace(/\s+/g, ' ');
  const history = text.indexOf('EVERYTHING THAT WAS WRITTEN');
  const copy = copyAll(caseSystemFields(record)).replace(/\s+/g, ' ');
  const json = { log: JSON.stringify(log), standing: JSON.stringify(standing) };
  return { entries, text: { log: text.slice(history), standing: text.slice(0, history) }, json, copy };
}

describe('what a person writes in an entry', () => {
  const shown = exportsOf();

  it.each(KINDS.filter((kind) => writtenIn(EVERY[kind]).length > 0 && kind !== 'corrected'))('%s', (kind) => {
    const place = IN_THE_LOG.has(kind) ? 'log' : 'standing';
    const missing = (text: string) => writtenIn(EVERY[kind]).filter((words) => !text.includes(words));
    const found = {
      text: missing(shown.text[place]),
      json: missing(shown.json[place]),
      copy: NOT_COPIED.has(kind) ? [] : missing(shown.copy),
    };
    expect(found).toEqual({ text: [], json: [], copy: [] });
  });
});

describe('who wrote an entry, and when, is shown with it', () => {
  const { entries, ...shown } = exportsOf();
  // An answer is shown in other words.
  const others = new Set<Kind>([...IN_THE_LOG, 'answered', 'corrected']);
  const kinds = KINDS.filter((kind) => writtenIn(EVERY[kind]).length > 0 && !others.has(kind));

  it.each(kinds)('%s', (kind) => {
    const number = entries.findLast(({ what }) => what.kind === kind)?.number ?? 0;
    const says = (text: string) =>
      new RegExp(`by ${WHO.name}, ${WHO.role}(, for [^,]*)?, entry ${number}\\b`, 'i').test(text);
    const copied = NOT_COPIED.has(kind) || says(shown.copy);
    expect({ text: says(shown.text.standing), copy: copied }).toEqual({ text: true, copy: true });
  });
});

describe('a correction is shown beside what it corrects, and so is a correction of the correction', () => {
  const { entries } = exportsOf();
  const kinds = KINDS.filter((kind) => !NOTHING_TO_CORRECT.has(kind) && !IN_THE_LOG.has(kind));
  const numberOf = (kind: Kind) => entries.findLast(({ what }) => what.kind === kind)?.number ?? 0;
  const first = entries.length + 1;
  const corrections = kinds.flatMap((kind, index): Happening[] => [
    { kind: 'corrected', corrects: numberOf(kind), text: `It was so: ${kind}.`, reason: '' },
    { kind: 'corrected', corrects: first + 2 * index, text: `No, it was so: ${kind}.`, reason: '' },
  ]);
  const shown = exportsOf(corrections);

  it.each(kinds)('%s', (kind) => {
    const words = [`It was so: ${kind}.`, `No, it was so: ${kind}.`];
    const isMissing = (text: string) => words.some((one) => !text.includes(one.replace(/\.$/, '')));
    const missing = {
      text: isMissing(shown.text.standing),
      json: isMissing(shown.json.standing),
      copy: !NOT_COPIED.has(kind) && isMissing(shown.copy),
    };
    expect(missing).toEqual({ text: false, json: false, copy: false });
  });
});
