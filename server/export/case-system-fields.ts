/** The record as names and values, for pasting into a council's case system one field at a time. */

import { describeInstant } from '../base/days.ts';
import { capitalise } from '../base/text.ts';
import { describeAction } from '../consultation/advice-so-far.ts';
import { describeBefore } from '../consultation/describe-before.ts';
import type { DeskRecord } from '../consultation/desk-record.ts';
import { describeNextHours } from '../consultation/next-hours.ts';
import type { ConsultationRecord, Kept } from '../consultation/record.ts';
import { describeSheetSent } from '../consultation/sheet-sent.ts';
import { type Block, correctionLines, NOT_WRITTEN } from './blocks.ts';
import { describeDesk, earlierLines, signingLines } from './desk-sections.ts';

export interface CopyField {
  name: string;
  value: string;
}

/** The fields in order. Empty fields are left out: a case system has its own word for them. */
export function caseSystemFields(record: ConsultationRecord): CopyField[] {
  const { desk, asker, child, result, advice } = record;
  const fields: [string, string | undefined][] = [
    ['Reference', record.reference],
    ['Asked', describeInstant(desk?.askedAt ?? record.openedAt)],
    [
      'Asked by',
      asker && corrected(asker, [asker.asker.name, asker.asker.role, asker.asker.agency].filter(Boolean).join(', ')),
    ],
    ['Contact', asker?.asker.contact && corrected(asker, asker.asker.contact)],
    [
      'To be reached at',
      desk?.reach && [desk.reach, ...(desk.reachFrom ? correctionLines(desk.reachFrom) : [])].join('\n'),
    ],
    ['Child', child && corrected(child, child.name)],
    ['Other children of the household', desk?.household.map(describeChild).join('\n')],
    ['What was asked', desk?.questions.map((kept) => corrected(kept, kept.text)).join('\n')],
    ['Reopened', desk?.reopenings.map((kept) => corrected(kept, kept.news)).join('\n')],
    ...(desk?.fields ?? []).map(({ label, recorded }): [string, string | undefined] => [
      label,
      recorded && corrected(recorded, withReason(recorded.words, recorded.reason)),
    ]),
    [record.area.scaleName, result?.level?.name],
    ['Advised', advice && describeAction(advice)],
    ['Consent', record.consent && corrected(record.consent, withReason(record.consent.consent, record.consent.reason))],
    ['Parents', record.parents && corrected(record.parents, withReason(record.parents.parents, record.parents.reason))],
    ['Police', record.police && corrected(record.police, withReason(record.police.referred, record.police.reason))],
    [
      'Shared',
      record.shared
        .map((kept) => corrected(kept, `${kept.what}. With: ${kept.withWhom}. For: ${kept.purpose}`))
        .join('\n'),
    ],
    [
      'Decision of whoever asked',
      record.decided &&
        corrected(record.decided, withReason(record.decided.decision || 'as advised', record.decided.reason)),
    ],
    ['Children’s services told', record.tellings.map((kept) => corrected(kept, describeTold(kept))).join('\n')],
    ...sheetFields(record),
    ...outcomeFields(record),
    ['Notes', record.notes.map((note) => corrected(note, `${describeInstant(note.at)}: ${note.text}`)).join('\n')],
  ];
  return fields.flatMap(([name, value]) => (value && value !== NOT_WRITTEN ? [{ name: capitalise(name), value }] : []));
}

/** Outcome, review, answer, work on the case and deadlines, in the same words as in the text and PDF exports. */
function outcomeFields(record: ConsultationRecord): [string, string][] {
  const sections = new Map(describeDesk(record));
  const written = [...(sections.get('Outcome') ?? []), ...(sections.get('Work on the case') ?? [])];
  const deadlineLines = (sections.get('Deadlines') ?? []).map(describeBlock).join('\n');
  return [
    ...written.map((block): [string, string] => [block.kind === 'fact' ? block.name : '', describeBlock(block)]),
    ['Deadlines', deadlineLines],
  ];
}

function describeTold(telling: ConsultationRecord['tellings'][number]): string {
  const { toldBy, spokeTo, when, reference } = telling;
  const who = toldBy === undefined ? '' : ` (told by ${toldBy === 'desk' ? 'the duty worker' : 'whoever asked'})`;
  const given = reference === '' ? '' : `. Their reference: ${reference}`;
  return `${spokeTo}, ${when}${who}${describeBefore(telling)}${given}`;
}

/** What comes next for the child, and what became of the sheet for a referral. */
function sheetFields({ nextHours, handoverSheetSent: sent }: ConsultationRecord): [string, string | undefined][] {
  return [
    ['The next hours', nextHours && corrected(nextHours, describeNextHours(nextHours))],
    ['Sheet for a referral', sent && corrected(sent, describeSheetSent(sent))],
  ];
}

/** Nobody may take a text that was corrected for one that stands. */
function corrected(kept: Pick<Kept<object>, 'corrections'>, words: string): string {
  return [words, ...correctionLines(kept)].join('\n');
}

function describeChild(child: DeskRecord['household'][number]): string {
  const { name, age, levelWords, outcomeWords, note } = child;
  const words = [name || 'Not named', `age: ${age}`, levelWords, outcomeWords, ...signingLines(child), note]
    .filter((part) => part !== '')
    .join('. ');
  return [corrected(child, words), ...earlierLines(child)].join('\n');
}

function describeBlock(block: Block): string {
  if (block.kind === 'paragraph') return block.text;
  const beneath = block.beneath.filter((line) => !line.startsWith('Written down'));
  return [block.kind === 'fact' ? block.value : block.text, ...beneath]
    .map((line) => line.replace(/\.$/, ''))
    .join('. ');
}

function withReason(words: string, reason: string): string {
  return reason === '' ? words : `${words}. Reason: ${reason}`;
}

export function copyAll(fields: readonly CopyField[]): string {
  return fields.map(({ name, value }) => `${name}: ${value}`).join('\n');
}
