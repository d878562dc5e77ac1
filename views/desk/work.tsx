import { needsReason, reasonName, valueName } from '../../server/desk/filling.ts';
import type { Handover } from '../../server/desk/handover.ts';
import type { Desk, DeskField } from '../../server/flow/desk.ts';
import { paths } from '../../server/paths.ts';
import { type Field, FormField } from '../parts/field.tsx';
import { Section } from '../parts/section.tsx';
import type { FailedDeskForm } from './desk_form.tsx';

export interface WorkProps {
  id: string;
  token: string;
  desk: Desk;
  fields: DeskField[];
  handover: Handover;
  /** The outcome can be recorded now. */
  open: boolean;
  person: string;
  failed?: FailedDeskForm;
}

/** The area's fields and the outcome in one form: saved as often as wanted, decided once. Afterwards only what can be known later is asked. */
export function Work(props: WorkProps) {
  const { id, token, fields, handover, open, failed } = props;
  return (
    <Section id={open ? 'fields' : 'later'} title={open ? 'Record, and outcome' : 'What is known later'}>
      <form method="post" action={paths.deskVerb(id, 'fields')} novalidate>
        <input type="hidden" name="token" value={token} />
        {fields.map((field) => (
          <OneField field={field} handover={handover} failed={failed?.noun === 'fields' ? failed : undefined} />
        ))}
        {/* The first button is the one that Enter presses: an outcome is never recorded by accident. */}
        <button type="submit" class="govuk-button govuk-button--secondary">
          Save what is filled in
        </button>
        {open && <OutcomeFields {...props} />}
      </form>
    </Section>
  );
}

const KINDS: Record<DeskField['type'], Field['kind']> = {
  'yes or no': 'choice',
  'one of': 'choice',
  number: 'line',
  'short text': 'line',
  'long text': 'text',
};

function OneField({ field, handover, failed }: { field: DeskField; handover: Handover; failed?: FailedDeskForm }) {
  const known = handover.fields[field.id];
  const [value, reason] = [valueName(field.id), reasonName(field.id)];
  const asksReason = field.reasonAlways || field.reasonFor.length > 0;
  return (
    <div class="fd-field" id={`of-${field.id}`}>
      <FormField
        field={{
          name: value,
          label: field.neededFor.length > 0 ? field.label : `${field.label} (can stay empty)`,
          hint: field.hint,
          kind: KINDS[field.type],
          choices: field.options.map((option) => [option.id, option.text] as const),
        }}
        form="fields"
        value={failed?.values[value] ?? known?.value}
        error={failed?.errors[value]}
      />
      {asksReason && (
        <FormField
          field={{ name: reason, label: reasonLabel(field), kind: 'text' }}
          form="fields"
          value={failed?.values[reason] ?? known?.reason}
          error={failed?.errors[reason]}
        />
      )}
    </div>
  );
}

function reasonLabel(field: DeskField): string {
  const answers = field.options.filter((option) => needsReason(field, option.id)).map((option) => `“${option.text}”`);
  const when =
    field.reasonAlways || answers.length === 0 ? 'whatever the answer is' : `needed for ${answers.join(', ')}`;
  return `Reason: ${field.label.replace(/\?$/, '')} (${when})`;
}

function OutcomeFields({ id, desk, failed, handover }: WorkProps) {
  const mine = failed?.noun === 'fields' ? failed : undefined;
  const decidedBy = [...new Set(desk.outcomes.flatMap((outcome) => outcome.decidedBy))];
  const fields: Field[] = [
    {
      name: 'outcome',
      label: 'Outcome',
      kind: 'choice',
      hint: 'Leave it open to save the rest',
      choices: desk.outcomes.map(
        ({ id: outcome, label, hint }) => [outcome, hint === undefined ? label : `${label}. ${hint}`] as const,
      ),
    },
    { name: 'reason', label: 'Reason', hint: 'Needed for a referral declined and for no further action', kind: 'text' },
    {
      name: 'decidedBy',
      label: 'Who took the decision',
      hint: decidedBy.length === 0 ? 'Name and role' : `Name and role. The guidance says: ${decidedBy.join('; ')}`,
      kind: 'line',
    },
    {
      name: 'certain',
      label: 'Only for no further action: is there any doubt left?',
      kind: 'choice',
      choices: [['yes', 'There is no doubt left']],
    },
  ];
  return (
    <div class="fd-outcome" id="outcomes">
      {fields.map((field) => (
        <FormField
          field={field}
          form="fields"
          value={
            mine?.values[field.name] ??
            (field.name === 'decidedBy'
              ? handover.claimedBy && `${handover.claimedBy.name}, ${handover.claimedBy.role}`
              : undefined)
          }
          error={mine?.errors[field.name]}
        />
      ))}
      <button type="submit" class="govuk-button" formaction={paths.deskVerb(id, 'outcomes')}>
        Save, and record the outcome
      </button>
    </div>
  );
}
