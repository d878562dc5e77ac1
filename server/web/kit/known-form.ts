/**
 * Describes what a form asks, knowing only its address. This is for pages that show a draft without having its form.
 */
import { fieldsAtDesk } from '../../../views/desk/record-sections.tsx';
import { SENT_FIELDS } from '../../../views/handover-sheet/sent.tsx';
import { askFields, DISPUTE_FIELD } from '../../../views/professional/ask-duty-worker.tsx';
import { CORRECTION_FIELDS, RECORD_FORMS } from '../../../views/record/record-forms.ts';
import { paths } from '../../base/paths.ts';
import type { Field } from '../../consultation/form-field.ts';
import type { Library } from '../../flow/check/library.ts';
import type { Flow, Question } from '../../flow/flow.ts';

export interface NamedForm {
  title: string;
  fields: readonly Field[];
}

/** The last part of its address. */
export function nounOf(form: string): string {
  return (
    form
      .replace(/[#?].*/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

const last = (address: (id: string) => string) => nounOf(address('x'));
/** The flows ask these questions, each in its own words. */
const DANGER_FIELD: Field = {
  name: 'danger',
  label: 'In danger right now',
  kind: 'choice',
  choices: [
    ['yes', 'Yes'],
    ['no', 'No'],
    ['unknown', 'I don’t know'],
  ],
};

/** The parts that every record has, as the desk is asked for them. */
const AT_DESK: Readonly<Record<string, NamedForm>> = Object.fromEntries(
  RECORD_FORMS.map((form) => [form.noun, { title: form.title, fields: fieldsAtDesk(form) }]),
);

const FORMS: Readonly<Record<string, NamedForm>> = {
  ...Object.fromEntries(RECORD_FORMS.map(({ noun, title, fields }) => [noun, { title, fields }])),
  [last((id) => paths.addition(id, 'corrections'))]: { title: 'a correction', fields: CORRECTION_FIELDS },
  'pathway corrections': { title: 'a correction of the pathway', fields: CORRECTION_FIELDS },
  [last(paths.handovers)]: {
    title: 'what is asked of the duty worker',
    fields: [...askFields('What do you want to ask?'), DANGER_FIELD],
  },
  [last(paths.disputes)]: { title: 'why you do not agree', fields: [DISPUTE_FIELD] },
  [last(paths.handoverSheetSendings)]: { title: 'what became of the sheet', fields: SENT_FIELDS },
};

/**
 * Forms on other pages: what each is for, and its labels. `test/web/desk/every-form.test.ts` compares them with the
 * pages.
 */
const OTHERS: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  calls: [
    'a call',
    {
      name: 'Who rings',
      contact: 'Telephone or e-mail to answer to',
      role: 'Role, or what they are to the child',
      agency: 'Agency',
      child: 'Name of the child, if they say it',
      flow: 'What is it about?',
    },
  ],
  reassignments: ['hand over', { to: 'Who takes it', said: 'What they should know about the shift' }],
  absences: ['away', { who: 'Who is away', from: 'First day away', until: 'Last day away' }],
  'dated-deadlines': ['a day to count from', { from: 'Day' }],
  holds: ['a legal hold', { reason: 'Why it must not be erased, and who asked for it' }],
  'hold-liftings': ['the legal hold', { reason: 'Why it is no longer needed, and who says so' }],
  keepings: ['kept for longer', { until: 'Until which day', reason: 'Why it is needed for longer' }],
  'pathway openings': ['the pathway', { referred: 'Day of the referral', why: 'Why it is opened, and who decided it' }],
  'pathway closings': ['the end of the pathway', { reason: 'Why it is closed, and what help goes on' }],
  'pathway reopenings': ['the pathway', { reason: 'What is new' }],
  'pathway notes': ['a note of the pathway', { text: 'Note' }],
  sheets: ['a form of the pathway', { instrument: 'Begin a form', reason: 'Why it is filled in now' }],
  placements: [
    'where the child is placed',
    {
      council: 'Council that looks after the child',
      told: 'Day on which it was told',
      whom: 'Who was told there',
    },
  ],
  'givings-up': ['a form that is not finished', { reason: 'Why it is not finished' }],
  return: ['going back to a consultation', { reference: 'Reference' }],
  passkeys: ['a passkey', { name: 'What you call it' }],
  'wrong-number': ['a wrong number', { way: 'Which one is wrong?', wrong: 'What is wrong?' }],
  people: ['an account', { name: 'Name', email: 'E-mail', role: 'Role' }],
  role: ['an account', { role: 'Role' }],
  disablings: ['an account', { sure: 'Are you sure?' }],
  clients: ['a case system', { name: 'Name of the case system' }],
  webhook: ['a case system', { url: 'Address that is told when something happens' }],
};

function otherForm(noun: string): NamedForm | undefined {
  if (!Object.hasOwn(OTHERS, noun)) return undefined;
  const [title, labels] = OTHERS[noun] as (typeof OTHERS)[string];
  return { title, fields: Object.entries(labels).map(([name, label]) => ({ name, label, kind: 'text' })) };
}

/** Undefined for a form that differs between consultations. */
export function knownForm(form: string): NamedForm | undefined {
  const noun = nounOf(form);
  // A pathway has notes and corrections of its own, and is reopened separately.
  if (form.includes('/pathway/')) return FORMS[`pathway ${noun}`] ?? otherForm(`pathway ${noun}`) ?? otherForm(noun);
  if (form.startsWith(paths.desk()) && Object.hasOwn(AT_DESK, noun)) return AT_DESK[noun];
  return Object.hasOwn(FORMS, noun) ? FORMS[noun] : otherForm(noun);
}

export function isOfQuestions(form: string): boolean {
  return nounOf(form) === last(paths.answers);
}

export function formOfQuestions(flow: Flow | undefined): NamedForm {
  return { title: 'the questions', fields: flow === undefined ? [] : Object.values(flow.questions).map(fieldOf) };
}

/** For when the consultation itself may not be looked at: the questions of every flow in use. */
export function fieldsByAddress(library: Library, form: string): readonly Field[] {
  if (!isOfQuestions(form)) return knownForm(form)?.fields ?? [];
  const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);
  return flows.flatMap((flow) => formOfQuestions(flow).fields);
}

function fieldOf({ id, text, options, unknown, none }: Question): Field {
  const beside = [['unknown', unknown.label] as const, ['none', none ?? 'None of these'] as const];
  return {
    name: id,
    label: text,
    kind: 'choice',
    choices: [...options.map((o) => [o.id, o.text] as const), ...beside],
  };
}
