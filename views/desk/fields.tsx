import type { DeskCase } from '../../server/desk/desk-case.ts';
import { needsReason, reasonName, valueName } from '../../server/desk/record-fields.ts';
import type { DeskField } from '../../server/flow/desk.ts';
import { Details } from '../kit/details.tsx';
import { type Field, FormField } from '../kit/field.tsx';
import type { FailedDeskForm } from './desk-form.tsx';

export function isOnlyCounted({ counts, listedAs, neededFor }: DeskField): boolean {
  return neededFor.length === 0 && (counts !== undefined || listedAs !== undefined);
}

interface FieldsProps {
  deskCase: DeskCase;
  failed?: FailedDeskForm;
}

export function CountedFields({ fields, deskCase: handover, failed }: FieldsProps & { fields: DeskField[] }) {
  const filled = fields.filter(({ id }) => (handover.fields[id]?.value ?? '') !== '').length;
  const wrong = fields.some(({ id }) => [valueName(id), reasonName(id)].some((name) => failed?.errors[name]));
  return (
    <Details
      summary={`For the quarter’s figures (can stay empty): ${filled} of ${fields.length} filled in`}
      open={wrong}
    >
      {fields.map((field) => (
        <OneField field={field} deskCase={handover} failed={failed} folded />
      ))}
    </Details>
  );
}

const KINDS: Record<DeskField['type'], Field['kind']> = {
  'yes or no': 'choice',
  'one of': 'choice',
  number: 'line',
  'short text': 'line',
  'long text': 'text',
};

/** `folded`: that it can stay empty was said for all of them. */
export function OneField({
  field,
  deskCase: handover,
  failed,
  folded,
}: FieldsProps & { field: DeskField; folded?: boolean }) {
  const known = handover.fields[field.id];
  const [value, reason] = [valueName(field.id), reasonName(field.id)];
  const asksReason = field.reasonAlways || field.reasonFor.length > 0;
  return (
    <div class="fd-field" id={`of-${field.id}`}>
      <FormField
        field={{
          name: value,
          label: folded || field.neededFor.length > 0 ? field.label : `${field.label} (can stay empty)`,
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
