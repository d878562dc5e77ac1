import { paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { DESK_ACTIONS, isOffered } from '../../server/desk/actions.ts';
import { canNeedSignature } from '../../server/desk/countersigning.ts';
import { departureField, fieldsToAsk } from '../../server/desk/form-fields.ts';
import type { KnownFact } from '../../server/desk/known-facts.ts';
import { whoReadsFields, whoReadsOutcome } from '../../server/desk/readers.ts';
import { wasAsked } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';
import type { ActionFormsProps } from './action-forms.tsx';
import { CountedFields, isOnlyCounted, OneField } from './fields.tsx';

type RecordFieldsProps = Pick<ActionFormsProps, 'id' | 'token' | 'seen' | 'shown' | 'allowed' | 'failed'> & {
  consultation: Consultation;
  known: Readonly<Record<string, KnownFact[]>>;
};

/**
 * The area's fields and the outcome in one form. Fields can be saved any number of times; the outcome is decided once.
 * After the outcome, only fields that become known later are asked.
 */
export function RecordFields(props: RecordFieldsProps) {
  const { id, token, shown, allowed } = props;
  const fields = fieldsToAsk(shown);
  if (!allowed.has('fields') || !isOffered('fields', shown) || fields.length === 0) return null;
  const failed = props.failed?.form === 'fields' ? props.failed : undefined;
  const open = isOffered('outcomes', shown);
  // Fields that matter for the decision come first, because somebody may be on the telephone. Those that only the
  // figures need are folded away.
  const counted = open ? fields.filter(isOnlyCounted) : [];
  const filled = {
    deskCase: shown.deskCase,
    consultation: props.consultation,
    known: props.known,
    ...(failed !== undefined && { failed }),
  };
  const others = fields.filter((field) => !counted.includes(field));
  return (
    <Section
      id={open ? 'fields' : 'later'}
      title={open ? 'Record, and outcome' : 'What is known later'}
      className="fd-no-print"
      folds
    >
      <form method="post" action={paths.deskAction(id, 'fields')} novalidate>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="seen" value={String(props.seen)} />
        <p class="fd-hint">{whoReadsFields(shown.deskCase)}</p>
        {/* The button that Enter presses, so that nobody records an outcome or copies an answer by accident. */}
        <button type="submit" class="govuk-visually-hidden" tabindex={-1}>
          {DESK_ACTIONS.fields.submit}
        </button>
        {/* The same draft although the form can also be sent to another address, with the outcome. */}
        <input type="hidden" name="draft" value={paths.deskAction(id, 'fields')} />
        {others.map((field) => (
          <OneField field={field} {...filled} />
        ))}
        {counted.length > 0 && <CountedFields fields={counted} {...filled} />}
        <button type="submit" class="govuk-button govuk-button--secondary">
          {DESK_ACTIONS.fields.submit}
        </button>
        {open && <OutcomeFields {...props} failed={failed} />}
      </form>
    </Section>
  );
}

/** The referrer can read this part, but not the fields above. */
function OutcomeFields({ id, shown, failed }: RecordFieldsProps) {
  const { fields, submit } = DESK_ACTIONS.outcomes;
  const { deskCase, desk } = shown;
  const asked = [
    ...fields(shown),
    ...(wasAsked(failed, 'departs') ? [departureField(failed?.values.outcome ?? '', desk)] : []),
  ];
  return (
    <section class="fd-outcome fd-for-referrer" id="outcomes" aria-labelledby="outcomes-title">
      <h3 class="govuk-heading-s" id="outcomes-title">
        Outcome: {whoReadsOutcome(deskCase)}
        {canNeedSignature(desk) && ', unless a second person has to sign it first'}
      </h3>
      {asked.map((field) => (
        <FormField field={field} form="fields" value={failed?.values[field.name]} error={failed?.errors[field.name]} />
      ))}
      <button type="submit" class="govuk-button" formaction={paths.deskAction(id, 'outcomes')}>
        {submit}
      </button>
    </section>
  );
}
