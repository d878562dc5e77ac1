import { describeInstant } from '../../server/base/days.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { DeskCase } from '../../server/desk/desk-case.ts';
import { formFieldsOf } from '../../server/desk/form-fields.ts';
import { type KnownFact, TAKE_KNOWN, takeValue } from '../../server/desk/known-facts.ts';
import { compareField, keepName, reasonName, seenName, valueName } from '../../server/desk/record-fields.ts';
import type { DeskField } from '../../server/flow/desk.ts';
import { Choice } from '../kit/choice.tsx';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Details } from '../kit/details.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import type { FailedDeskForm } from './desk-form.tsx';

export function isOnlyCounted({ counts, listedAs, neededFor }: DeskField): boolean {
  return neededFor.length === 0 && (counts !== undefined || listedAs !== undefined);
}

interface FieldsProps {
  deskCase: DeskCase;
  consultation: Consultation;
  /** Field → what the questions and the rest of the record already say about it. */
  known?: Readonly<Record<string, KnownFact[]>>;
  failed?: FailedDeskForm;
}

export function CountedFields({ fields, deskCase, ...props }: FieldsProps & { fields: DeskField[] }) {
  const filled = fields.filter(({ id }) => (deskCase.fields[id]?.value ?? '') !== '').length;
  const wrong = fields.some(({ id }) => [valueName(id), reasonName(id)].some((name) => props.failed?.errors[name]));
  return (
    <Details
      summary={`For the quarter’s figures (can stay empty): ${filled} of ${fields.length} filled in`}
      open={wrong}
    >
      {fields.map((field) => (
        <OneField {...props} field={field} deskCase={deskCase} folded />
      ))}
    </Details>
  );
}

interface OneFieldProps extends FieldsProps {
  field: DeskField;
  /** The heading above says already that it can stay empty. */
  folded?: boolean;
}

/** A refused form shows the changed fields as they were sent; every other field has its present value. */
export function OneField({ field, deskCase, consultation, known, failed, folded }: OneFieldProps) {
  const { entries } = consultation;
  const standing = deskCase.fields[field.id];
  const { isTouched = false, sent, clash } = failed ? compareField(entries, deskCase, field, failed.values) : {};
  const { value, reason } = (isTouched ? sent : standing) ?? { value: undefined, reason: undefined };
  const shown: Record<string, string | undefined> = { [valueName(field.id)]: value, [reasonName(field.id)]: reason };
  return (
    <div class="fd-field" id={`of-${field.id}`}>
      <input type="hidden" name={seenName(field.id)} value={String(standing?.number ?? 0)} />
      {formFieldsOf(field, folded).map((asked) => (
        <FormField field={asked} form="fields" value={shown[asked.name]} error={failed?.errors[asked.name]} />
      ))}
      {(known?.[field.id] ?? []).map(
        (fact, place) =>
          (standing === undefined || standing.value !== fact.value) && (
            <Known field={field} fact={fact} place={place} consultation={consultation} />
          ),
      )}
      {standing !== undefined && standing.value !== '' && (
        <>
          <p class="fd-hint fd-field__saved">
            Saved {describeInstant(standing.at)}, {standing.who?.name ?? 'by the desk'}
          </p>
          <CorrectionsOf consultation={consultation} of={[standing.number]} />
        </>
      )}
      {clash !== undefined && <Theirs field={field} theirs={clash} />}
    </div>
  );
}

interface KnownProps extends Pick<FieldsProps, 'consultation'> {
  field: DeskField;
  fact: KnownFact;
  place: number;
}

/** What the questions or the record already say. It is never copied into the field automatically. */
function Known({ field, fact, place, consultation }: KnownProps) {
  return (
    <div class="fd-hint">
      <p>
        {fact.source} <strong class="fd-lines">{fact.words}</strong>
      </p>
      <CorrectionsOf consultation={consultation} of={fact.from} />
      {fact.value !== undefined && (
        <button
          type="submit"
          class="govuk-button govuk-button--secondary fd-no-print"
          name={TAKE_KNOWN}
          value={takeValue(field.id, place)}
        >
          Take this over
          <span class="govuk-visually-hidden">
            {' '}
            ({fact.words}): {field.label}
          </span>
        </button>
      )}
    </div>
  );
}

/**
 * What a colleague saved in the same field. Saving again replaces it by the value above, unless the person keeps it.
 */
function Theirs({ field, theirs }: { field: DeskField; theirs: DeskCase['fields'][string] }) {
  const name = theirs.who?.name ?? 'somebody else';
  return (
    <div class="fd-notice">
      <p>
        <strong>
          Written by {name}, {describeInstant(theirs.at)}:
        </strong>{' '}
        <span class="fd-entry">{theirs.words}</span>
      </p>
      {theirs.reason !== '' && <p class="fd-entry">Reason: {theirs.reason}</p>}
      <p>Yours is above, and not saved yet. Save again to put it in the place of this one, or keep this one.</p>
      <Choice
        kind="checkboxes"
        id={fieldId('fields', keepName(field.id))}
        name={keepName(field.id)}
        value={String(theirs.number)}
        text={`Keep what ${name} wrote: ${field.label}`}
      />
    </div>
  );
}
