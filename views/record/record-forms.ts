import type { RecordNoun } from '../../server/base/paths.ts';
import { findCorrected, readDenied, whatCanBeDenied } from '../../server/consultation/denied.ts';
import { CONSENTS, type Entry } from '../../server/consultation/entry.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { DONE, isOfOutcome, NOT_DONE } from '../../server/consultation/recording.ts';

/** The forms that add to a record. A field has the name that the entry has. */
export interface RecordForm {
  noun: Exclude<RecordNoun, 'corrections'>;
  title: string;
  intro?: string;
  submit: string;
  fields: Field[];
}

const YES_NO = [
  ['yes', 'Yes'],
  ['no', 'No'],
] as const;

const CONSENT_WORDS: Record<(typeof CONSENTS)[number], string> = {
  given: 'Given',
  refused: 'Refused',
  'not sought': 'Not asked for',
  'sought, no answer yet': 'Asked for, no answer yet',
};

const REASON: Field = { name: 'reason', label: 'Why', kind: 'text' };

/** Corrections have no form here, because they are made at an entry. */
export const RECORD_FORMS: RecordForm[] = [
  {
    noun: 'tellings',
    title: 'Whom you told',
    intro: 'Only when you have spoken to children’s services yourself. Front Door sends nothing.',
    submit: 'Write down that I told them',
    fields: [
      { name: 'spokeTo', label: 'Whom you spoke to', hint: 'Name, or role and team', kind: 'line' },
      { name: 'when', label: 'When', hint: 'For example today at 14:20, or 27 3 2026 at 9:00', kind: 'line' },
      {
        name: 'reference',
        label: 'Reference that they gave you',
        hint: 'Leave it empty if they gave none',
        kind: 'line',
      },
    ],
  },
  {
    noun: 'asker',
    title: 'Who you are',
    intro: 'All of it can stay empty.',
    submit: 'Save who I am',
    fields: [
      { name: 'name', label: 'Your name', kind: 'line', autocomplete: 'name' },
      { name: 'role', label: 'Your role', kind: 'line', autocomplete: 'organization-title' },
      {
        name: 'agency',
        label: 'Your agency',
        hint: 'School, practice, service',
        kind: 'line',
        autocomplete: 'organization',
      },
      { name: 'contact', label: 'How to reach you', hint: 'Telephone or e-mail at work', kind: 'line' },
    ],
  },
  {
    noun: 'child',
    title: 'The child',
    intro: 'You do not have to name the child, here or on the telephone, to get advice.',
    submit: 'Save',
    fields: [
      { name: 'known', label: 'Do you know who the child is?', kind: 'choice', choices: YES_NO },
      {
        name: 'name',
        label: 'Name, or your own reference for the child',
        hint: 'You can leave it empty',
        kind: 'line',
      },
    ],
  },
  {
    noun: 'consents',
    title: 'Consent',
    submit: 'Save consent',
    fields: [
      {
        name: 'consent',
        label: 'Consent to share was',
        kind: 'choice',
        choices: CONSENTS.map((word) => [word, CONSENT_WORDS[word]] as const),
      },
      REASON,
    ],
  },
  {
    noun: 'parents',
    title: 'Parents and carers',
    submit: 'Save',
    fields: [
      {
        name: 'parents',
        label: 'The parents or carers were',
        kind: 'choice',
        choices: [
          ['told', 'Told'],
          ['not told', 'Not told'],
        ],
      },
      REASON,
    ],
  },
  {
    noun: 'sharings',
    title: 'What you shared',
    submit: 'Save what I shared',
    fields: [
      { name: 'what', label: 'What you shared', kind: 'text' },
      { name: 'withWhom', label: 'With whom', kind: 'line' },
      { name: 'purpose', label: 'What for', kind: 'text' },
    ],
  },
  {
    noun: 'police',
    title: 'The police',
    submit: 'Save',
    fields: [{ name: 'referred', label: 'Was it passed to the police?', kind: 'choice', choices: YES_NO }, REASON],
  },
  {
    noun: 'decisions',
    title: 'What you decided',
    submit: 'Save my decision',
    fields: [
      { name: 'asAdvised', label: 'Did you do what was advised?', kind: 'choice', choices: YES_NO },
      { name: 'decision', label: 'What you decided', kind: 'text' },
      { ...REASON, hint: 'If you decided otherwise than advised, say why' },
    ],
  },
  {
    noun: 'notes',
    title: 'Notes',
    submit: 'Add the note',
    fields: [
      {
        name: 'text',
        label: 'Your note',
        hint: 'Up to 20,000 characters. What you saw and heard, in the child’s own words where you have them',
        kind: 'long text',
      },
    ],
  },
];

/** A correction is made at the entry that it corrects; the form contains that entry's number. */
export const CORRECTION_FIELDS: Field[] = [{ name: 'text', label: 'What it should say', kind: 'text' }, REASON];

/**
 * Asks what is wrong with the entry, if that makes a difference; undefined if a correction can only be about the words.
 */
export function subjectField(entries: readonly Entry[], number: number, isDesk: boolean): Field | undefined {
  const entry = findCorrected(entries, number);
  if (entry === undefined) return undefined;
  const denied = whatCanBeDenied(entry, isDesk);
  const isOfOutcomeHere = isDesk && isOfOutcome(entries, number);
  if (denied === false && !isOfOutcomeHere) return undefined;
  const happened = denied === false ? [] : [happenedChoice(denied, readDenied(entries).has(entry.number))];
  const words = ['words', isOfOutcomeHere ? 'The words, such as the reason' : 'Only the words'] as const;
  const choices = [words, ...happened, ...(isOfOutcomeHere ? OF_OUTCOME : [])];
  return { name: 'subject', label: 'What is wrong', kind: 'choice', choices };
}

function happenedChoice(of: 'entry' | 'steps', isDenied: boolean): readonly [string, string] {
  if (of === 'steps')
    return isDenied
      ? [DONE, 'The steps were done after all. They count again']
      : [NOT_DONE, 'The steps that are written down as done were not done. The decision stays'];
  return isDenied
    ? [DONE, 'It did happen after all. It counts again']
    : [NOT_DONE, 'It did not happen. It stays readable, and no longer counts'];
}

const OF_OUTCOME: readonly (readonly [string, string])[] = [
  ['decider', 'Who took the decision: write their name and role. The outcome and a signature stay as they are'],
  ['outcome', 'The outcome itself'],
];
