/** The area's fields and the outcome as a form asks them. Pure. */
import type { Field } from '../consultation/form-field.ts';
import type { Desk, DeskField } from '../flow/desk.ts';
import { type DeskCase, fillingOf, openDeadlines } from './desk-case.ts';
import { whoReads } from './readers.ts';
import { needsReason, reasonName, valueName } from './record-fields.ts';

/**
 * All fields until the outcome is recorded. Afterwards, only those that can become known later and those that an urgent
 * outcome did not wait for.
 */
export function fieldsToAsk({ fields, deskCase }: { fields: readonly DeskField[]; deskCase: DeskCase }): DeskField[] {
  const open = new Set(openDeadlines(deskCase).map(({ id }) => id));
  return fields.filter(({ id, afterwards }) => deskCase.state === 'claimed' || afterwards || open.has(fillingOf(id)));
}

const KINDS: Record<DeskField['type'], Field['kind']> = {
  'yes or no': 'choice',
  'one of': 'choice',
  number: 'line',
  'short text': 'line',
  'long text': 'text',
};

/**
 * A field for the form, with an input for the reason where an answer can need one. `optionalSaid`: the page already
 * says that fields may stay empty.
 */
export function formFieldsOf(field: DeskField, optionalSaid = false): Field[] {
  const value: Field = {
    name: valueName(field.id),
    label: optionalSaid || field.neededFor.length > 0 ? field.label : `${field.label} (can stay empty)`,
    ...(field.hint !== undefined && { hint: field.hint }),
    kind: KINDS[field.type],
    choices: field.options.map((option) => [option.id, option.text] as const),
  };
  const asksReason = field.reasonAlways || field.reasonFor.length > 0;
  return asksReason ? [value, { name: reasonName(field.id), label: reasonLabel(field), kind: 'text' }] : [value];
}

function reasonLabel(field: DeskField): string {
  const answers = field.options.filter((option) => needsReason(field, option.id)).map((option) => `“${option.text}”`);
  const when =
    field.reasonAlways || answers.length === 0 ? 'whatever the answer is' : `needed for ${answers.join(', ')}`;
  return `Reason: ${field.label.replace(/\?$/, '')} (${when})`;
}

function outcomeField({ outcomes }: Desk): Field {
  return {
    name: 'outcome',
    label: 'Outcome',
    kind: 'choice',
    hint: 'Leave it open to save the rest',
    choices: outcomes.map(({ id, label, hint }) => [id, hint === undefined ? label : `${label}. ${hint}`] as const),
  };
}

/** The inputs for recording an outcome, in addition to the area's fields. */
export function decisionFields(desk: Desk, deskCase: DeskCase): Field[] {
  const { claimedBy } = deskCase;
  const deciders = [...new Set(desk.outcomes.flatMap((outcome) => outcome.decidedBy))];
  return [
    outcomeField(desk),
    {
      name: 'reason',
      label: 'Reason',
      hint: `${whoReads(deskCase)}. Needed for a referral declined, for no further action, and for whatever is other than advised, and where no question is answered`,
      kind: 'text',
    },
    {
      name: 'decidedBy',
      label: 'Who took the decision',
      hint: deciders.length === 0 ? 'Name and role' : `Name and role. The guidance says: ${deciders.join('; ')}`,
      kind: 'line',
      ...(claimedBy !== undefined && { value: `${claimedBy.name}, ${claimedBy.role}` }),
    },
    {
      name: 'certain',
      label: 'Only for no further action: is there any doubt left?',
      kind: 'choice',
      choices: [['yes', 'There is no doubt left']],
    },
  ];
}

/**
 * The confirmation that is asked if the outcome departs from advice at the top of the scale, or if there is no advice
 * yet.
 */
export function departureField(outcome: string, { outcomes }: Desk): Field {
  const label = outcomes.find(({ id }) => id === outcome)?.label ?? outcome;
  return {
    name: 'departs',
    label: 'Is this outcome meant?',
    kind: 'choice',
    choices: [[outcome, `“${label}” is meant, and the reason says why`]],
  };
}
