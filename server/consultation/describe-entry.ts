/** Describes entries of the log in words, for the record. */

import { getFormat } from '../base/record-formats.ts';
import type { Flow } from '../flow/flow.ts';
import { describeAnswer } from '../flow/walk/answer.ts';
import type { Consultation } from './consultation.ts';
import { describeBefore } from './describe-before.ts';
import { describeDeskHappening } from './describe-desk.ts';
import { type DeskHappening, isDeskKind } from './desk-happening.ts';
import type { Entry, Happening } from './entry.ts';
import { describeHandoverSheetTaken } from './handover-sheet.ts';
import { describeHandoverSheetSent } from './handover-sheet-sent.ts';
import { describeNextHours } from './next-hours.ts';

/** Heading of the list of entries that a correction says did not happen. */
export const DID_NOT_HAPPEN = 'Written down, but it did not happen';

export interface EntryLine {
  number: number;
  at: string;
  /** The author with their role at the time, and for whom they wrote. */
  by: string;
  words: string;
  corrections: Correction[];
}

/** A correction of an entry by a later one. */
export interface Correction {
  /** Number of the correcting entry. */
  number: number;
  at: string;
  by: string;
  text: string;
  reason: string;
}

/** `flow`: the version in use now. Questions that it no longer contains are shown by their id. */
export function describeEntries(flow: Flow, consultation: Consultation): EntryLine[] {
  return consultation.entries.map((entry) => {
    const { number, at, what } = entry;
    const words = isDeskKind(what.kind)
      ? describeDeskHappening(what as DeskHappening)
      : describeHappening(flow, what as Exclude<Happening, DeskHappening>);
    const by = describeAuthor(entry, consultation);
    return { number, at, by, words, corrections: correctionsOf(consultation, number) };
  });
}

type Corrected = Pick<Consultation, 'entries' | 'corrections' | 'asker'>;

/** Oldest first. A correction that was itself corrected is followed by its own correction. */
export function correctionsOf(consultation: Corrected, corrected: number): Correction[] {
  return consultation.corrections
    .filter((correction) => correction.corrects === corrected)
    .flatMap(({ number, at, text, reason, happened }) => [
      { number, at, by: authorOf(consultation, number), text: withHappened(text, happened), reason },
      ...correctionsOf(consultation, number),
    ]);
}

function withHappened(text: string, happened?: 'yes' | 'no'): string {
  if (happened === undefined) return text;
  return `${happened === 'no' ? 'It did not happen, and no longer counts' : 'It did happen after all, and counts'}. ${text}`;
}

/** The author of an entry; empty if there is no such entry. */
export function authorOf(consultation: Corrected, number: number): string {
  const entry = consultation.entries[number - 1];
  return entry === undefined ? '' : describeAuthor(entry, consultation);
}

/**
 * Kinds of entry that contain the referrer's information: if a duty worker writes them down, they are signed "for" the
 * referrer. Of the desk's own kinds, only a dispute is one.
 */
const IS_OF_REFERRER: Record<Exclude<Happening, DeskHappening>['kind'], boolean> = {
  opened: false,
  answered: true,
  'asked again': true,
  moved: false,
  'asker named': true,
  'child named': true,
  told: true,
  'consent recorded': true,
  'parents recorded': true,
  shared: true,
  'police recorded': true,
  decided: true,
  noted: false,
  'taken away': false,
  'handover sheet taken away': false,
  'next hours recorded': true,
  'handover sheet sent': false,
  corrected: false,
};

function isOfReferrer(what: Happening): boolean {
  if (what.kind === 'told' && what.toldBy === 'desk') return false;
  return isDeskKind(what.kind) ? what.kind === 'disputed' : IS_OF_REFERRER[what.kind];
}

/** Who told children's services, if the entry says so. */
export function describeTeller({ toldBy }: Pick<Extract<Happening, { kind: 'told' }>, 'toldBy'>): string {
  if (toldBy === undefined) return 'Children’s services told';
  return `Children’s services told by ${toldBy === 'desk' ? 'the duty worker' : 'whoever asked'}`;
}

/** For example `Amina Shah, duty worker, for Jo Brown`, with the role at the time. */
function describeAuthor({ by, who, what }: Entry, { asker }: Pick<Consultation, 'asker'>): string {
  if (who === undefined) return by;
  const author = `${who.name}, ${who.role}`;
  if (!isOfReferrer(what)) return author;
  return `${author}, for ${asker?.asker.name || 'whoever asked'}`;
}

function describeHappening(flow: Flow, what: Exclude<Happening, DeskHappening>): string {
  switch (what.kind) {
    case 'opened':
      return `Consultation ${what.reference} opened`;
    case 'answered': {
      const question = flow.questions[what.question];
      if (question === undefined) return `${what.question}: ${[what.answer].flat().join('; ')}`;
      return `${question.text} ${describeAnswer(question, what.answer).join('; ')}`;
    }
    case 'asked again': {
      const asked = what.questions.map((id) => flow.questions[id]?.text ?? id);
      return `Asked again, since something new is known. Earlier answers do not count any more: ${asked.join(' ')}`;
    }
    case 'moved':
      return [`Went on with the new guidance: ${what.why}`, ...(what.told ?? [])].join('. ').replaceAll('.. ', '. ');
    case 'asker named':
      return `Asked by ${Object.values(what.asker).filter(Boolean).join(', ') || 'somebody who gave no name'}`;
    case 'child named':
      return what.name === '' ? 'The child is not named here' : `The child: ${what.name}`;
    case 'told':
      return `${describeTeller(what)}: ${what.spokeTo}, ${what.when}${what.reference === '' ? '' : `, reference ${what.reference}`}${describeBefore(what)}`;
    case 'consent recorded':
      return `Consent ${what.consent}: ${what.reason}`;
    case 'parents recorded':
      return `Parents ${what.parents}: ${what.reason}`;
    case 'shared':
      return `Shared with ${what.withWhom}: ${what.what}. Purpose: ${what.purpose}`;
    case 'police recorded':
      return `Police ${what.referred === 'yes' ? 'told' : 'not told'}: ${what.reason}`;
    case 'decided':
      return what.asAdvised === 'yes'
        ? `Decided as advised. ${what.reason}`.trim()
        : `Decided otherwise than advised: ${what.decision}. Reason: ${what.reason}`;
    case 'taken away':
      return what.as === 'print' ? 'Printed' : `Taken away as ${getFormat(what.as).words}`;
    case 'handover sheet taken away':
      return describeHandoverSheetTaken(what);
    case 'next hours recorded':
      return `The next hours: ${describeNextHours(what)}`;
    case 'handover sheet sent':
      return describeHandoverSheetSent(what);
    case 'noted':
      return `Note: ${what.text}`;
    case 'corrected':
      return `Corrects entry ${what.corrects}: ${withHappened(what.text, what.happened)}. Reason: ${what.reason}`;
  }
}
