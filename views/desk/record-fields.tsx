import { paths } from '../../server/base/paths.ts';
import type { DeskCase } from '../../server/desk/desk-case.ts';
import type { Desk, DeskField } from '../../server/flow/desk.ts';
import { type Field, FormField } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';
import type { FailedDeskForm } from './desk-form.tsx';
import { CountedFields, isOnlyCounted, OneField } from './fields.tsx';

export interface WorkProps {
  id: string;
  token: string;
  desk: Desk;
  fields: DeskField[];
  deskCase: DeskCase;
  /** The outcome can be recorded now. */
  open: boolean;
  person: string;
  failed?: FailedDeskForm;
}

/** The area's fields and the outcome in one form: saved as often as wanted, decided once. Afterwards only what can be known later is asked. */
export function Work(props: WorkProps) {
  const { id, token, fields, deskCase: handover, open } = props;
  const failed = props.failed?.noun === 'fields' ? props.failed : undefined;
  // What decides stands first, and what is only counted is folded away: somebody may be on the telephone.
  const counted = open ? fields.filter(isOnlyCounted) : [];
  const others = fields.filter((field) => !counted.includes(field));
  return (
    <Section id={open ? 'fields' : 'later'} title={open ? 'Record, and outcome' : 'What is known later'}>
      <form method="post" action={paths.deskVerb(id, 'fields')} novalidate>
        <input type="hidden" name="token" value={token} />
        {others.map((field) => (
          <OneField field={field} deskCase={handover} failed={failed} />
        ))}
        {counted.length > 0 && <CountedFields fields={counted} deskCase={handover} failed={failed} />}
        {/* The first button is the one that Enter presses: an outcome is never recorded by accident. */}
        <button type="submit" class="govuk-button govuk-button--secondary">
          Save what is filled in
        </button>
        {open && <OutcomeFields {...props} />}
      </form>
    </Section>
  );
}

function OutcomeFields({ id, desk, failed, deskCase: handover }: WorkProps) {
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
