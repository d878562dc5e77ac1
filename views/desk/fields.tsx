import type { DeskCase } from '../../server/desk/desk-case.ts';
import { formFieldsOf } from '../../server/desk/form-fields.ts';
import { reasonName, valueName } from '../../server/desk/record-fields.ts';
import type { DeskField } from '../../server/flow/desk.ts';
import { Details } from '../kit/details.tsx';
import { FormField } from '../kit/field.tsx';
import type { FailedDeskForm } from './desk-form.tsx';

export function isOnlyCounted({ counts, listedAs, neededFor }: DeskField): boolean {
  return neededFor.length === 0 && (counts !== undefined || listedAs !== undefined);
}

interface FieldsProps {
  deskCase: DeskCase;
  failed?: FailedDeskForm;
}

export function CountedFields({ fields, deskCase, failed }: FieldsProps & { fields: DeskField[] }) {
  const filled = fields.filter(({ id }) => (deskCase.fields[id]?.value ?? '') !== '').length;
  const wrong = fields.some(({ id }) => [valueName(id), reasonName(id)].some((name) => failed?.errors[name]));
  return (
    <Details
      summary={`For the quarter’s figures (can stay empty): ${filled} of ${fields.length} filled in`}
      open={wrong}
    >
      {fields.map((field) => (
        <OneField field={field} deskCase={deskCase} failed={failed} folded />
      ))}
    </Details>
  );
}

/** `folded`: the heading above has said already that it can stay empty. */
export function OneField({ field, deskCase, failed, folded }: FieldsProps & { field: DeskField; folded?: boolean }) {
  const known = deskCase.fields[field.id];
  const recorded: Record<string, string | undefined> = {
    [valueName(field.id)]: known?.value,
    [reasonName(field.id)]: known?.reason,
  };
  return (
    <div class="fd-field" id={`of-${field.id}`}>
      {formFieldsOf(field, folded).map((asked) => (
        <FormField
          field={asked}
          form="fields"
          value={failed?.values[asked.name] ?? recorded[asked.name]}
          error={failed?.errors[asked.name]}
        />
      ))}
    </div>
  );
}
