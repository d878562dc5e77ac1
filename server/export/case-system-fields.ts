/** The record as names and values, for pasting into a council's case system one field at a time. */

import { describeInstant } from '../base/days.ts';
import { capitalise, endLabel } from '../base/text.ts';
import { describeBefore } from '../consultation/describe-before.ts';
import { DID_NOT_HAPPEN } from '../consultation/describe-entry.ts';
import type { DeskRecord } from '../consultation/desk-record.ts';
import { doneAboutMarks } from '../consultation/done-about-marks.ts';
import { describeHandoverSheetSent } from '../consultation/handover-sheet-sent.ts';
import { describeNextHours } from '../consultation/next-hours.ts';
import { describeAction } from '../consultation/provisional-advice.ts';
import type { ConsultationRecord, Kept } from '../consultation/record.ts';
import { MARKS, TOPICS, type Topic } from '../flow/marks.ts';
import { type Block, correctionLines, isWrittenLine, NOT_WRITTEN, writtenLine } from './blocks.ts';
import { describeDesk, earlierLines, signingLines } from './desk-sections.ts';

export interface CopyField {
  name: string;
  /** The text for the field in the case system. */
  value: string;
  /** Who wrote it, for whom and when, one line for each entry; empty for text of the tool itself. */
  written: string;
}

interface Said {
  value: string;
  written?: string;
}

const only = (value: string | undefined): Said[] => (value === undefined ? [] : [{ value }]);

/** The fields in order. Empty fields are left out: a case system has its own word for "empty". */
export function caseSystemFields(record: ConsultationRecord): CopyField[] {
  const { desk, result, advice } = record;
  const fields: [string, Said[]][] = [
    ['Reference', only(record.reference)],
    ['Asked', only(describeInstant(desk?.askedAt ?? record.openedAt))],
    ...peopleFields(record),
    ['What was asked', (desk?.questions ?? []).map((kept) => said(kept, kept.text))],
    ['Reopened', (desk?.reopenings ?? []).map((kept) => said(kept, kept.news))],
    ...(desk?.fields ?? []).map(({ label, recorded }): [string, Said[]] => [
      label,
      recorded === undefined ? [] : [said(recorded, withReason(recorded.words, recorded.reason))],
    ]),
    [record.area.scaleName, only(result?.level?.name)],
    ['Advised', only(advice && describeAction(advice))],
    ...doneFields(record),
    ...handoverSheetFields(record),
    ...outcomeFields(record),
    [DID_NOT_HAPPEN, record.didNotHappen.map((line) => said(line, line.words))],
    ['Notes', record.notes.map((note) => said(note, `${describeInstant(note.at)}: ${note.text}`))],
  ];
  return fields.flatMap(([name, all]) => {
    const lines = all.filter(({ value }) => value !== '' && value !== NOT_WRITTEN);
    const value = lines.map((line) => line.value).join('\n');
    const written = lines.flatMap((line) => line.written ?? []).join('\n');
    return value === '' ? [] : [{ name: capitalise(name), value, written }];
  });
}

function peopleFields({ desk, asker, child }: ConsultationRecord): [string, Said[]][] {
  const { name = '', role = '', agency = '', contact = '' } = asker?.asker ?? {};
  const who = [name, role, agency].filter(Boolean).join(', ');
  const reach = desk?.reach ?? '';
  return [
    ['Asked by', asker === undefined ? [] : [said(asker, who)]],
    ['Contact', asker === undefined || contact === '' ? [] : [said(asker, contact)]],
    ['To be reached at', reach === '' || desk?.reachFrom === undefined ? only(reach) : [said(desk.reachFrom, reach)]],
    ['Child', child === undefined || child.name === '' ? [] : [said(child, child.name)]],
    ['Other children of the household', (desk?.household ?? []).map(describeChild)],
  ];
}

/** What the asker decided and did, and who told children's services. */
function doneFields(record: ConsultationRecord): [string, Said[]][] {
  const { shared, decided, tellings } = record;
  const done = doneAboutMarks(record);
  const aboutMark = (topic: Topic): [string, Said[]] => {
    const [kept, one] = [record[topic], done[topic]];
    const lines = kept === undefined || one === undefined ? [] : [said(kept, withReason(one.chosen, one.reason))];
    return [MARKS[topic].name, lines];
  };
  return [
    ...TOPICS.map(aboutMark),
    ['Shared', shared.map((kept) => said(kept, `${kept.what}. With: ${kept.withWhom}. For: ${kept.purpose}`))],
    [
      'Decision of whoever asked',
      decided === undefined ? [] : [said(decided, withReason(decided.decision || 'as advised', decided.reason))],
    ],
    ['Children’s services told', tellings.map((kept) => said(kept, describeTold(kept)))],
  ];
}

/** Outcome, review, answer, work on the case and deadlines, in the same words as in the text and PDF exports. */
function outcomeFields(record: ConsultationRecord): [string, Said[]][] {
  const sections = new Map(describeDesk(record));
  const written = [...(sections.get('Outcome') ?? []), ...(sections.get('Work on the case') ?? [])];
  return [
    ...written.map((block): [string, Said[]] => [block.kind === 'fact' ? block.name : '', [describeBlock(block)]]),
    ['Deadlines', (sections.get('Deadlines') ?? []).map(describeBlock)],
  ];
}

function describeTold(telling: ConsultationRecord['tellings'][number]): string {
  const { toldBy, spokeTo, when, reference } = telling;
  const who = toldBy === undefined ? '' : ` (told by ${toldBy === 'desk' ? 'the duty worker' : 'whoever asked'})`;
  const given = reference === '' ? '' : `. Their reference: ${reference}`;
  return `${spokeTo}, ${when}${who}${describeBefore(telling)}${given}`;
}

/** The child's next hours, and what happened to the hand-over sheet. */
function handoverSheetFields({ nextHours, handoverSheetSent: sent }: ConsultationRecord): [string, Said[]][] {
  return [
    ['The next hours', nextHours === undefined ? [] : [said(nextHours, describeNextHours(nextHours))]],
    ['Sheet for a referral', sent === undefined ? [] : [said(sent, describeHandoverSheetSent(sent))]],
  ];
}

/** A text that was corrected is never shown without its correction. */
function said(kept: Pick<Kept<object>, 'number' | 'at' | 'by' | 'corrections'>, words: string): Said {
  return { value: [words, ...correctionLines(kept)].join('\n'), written: writtenLine(kept) };
}

function describeChild(child: DeskRecord['household'][number]): Said {
  const { name, age, levelWords, outcomeWords, note } = child;
  const words = [name || 'Not named', `age: ${age}`, levelWords, outcomeWords, ...signingLines(child), note]
    .filter((part) => part !== '')
    .join('. ');
  const { value, written } = said(child, words);
  return { value: [value, ...earlierLines(child)].join('\n'), ...(written !== undefined && { written }) };
}

function describeBlock(block: Block): Said {
  if (block.kind === 'paragraph') return { value: block.text };
  const beneath = block.beneath.filter((line) => !isWrittenLine(line));
  const value = [block.kind === 'fact' ? block.value : block.text, ...beneath]
    .map((line) => line.replace(/\.$/, ''))
    .join('. ');
  return { value, written: block.beneath.filter(isWrittenLine).join('\n') };
}

function withReason(words: string, reason: string): string {
  return reason === '' ? words : `${words}. Reason: ${reason}`;
}

export function copyAll(fields: readonly CopyField[]): string {
  return fields
    .map(({ name, value, written }) => [`${endLabel(name)} ${value}`, written].filter(Boolean).join('\n'))
    .join('\n');
}
