import type { Field } from '../../server/consultation/form-field.ts';
import { type Failed, wasAsked } from './failed-form.ts';
import { FormField } from './field.tsx';

interface AskedFieldProps {
  field: Field;
  form: string;
  failed: Failed | undefined;
}

/**
 * A field that a form asks only if it turns out to be needed. Until then it is on the page but hidden, so that text
 * that was typed into it has its place when the page is opened again (`refill.ts`).
 */
export function AskedField({ field, form, failed }: AskedFieldProps) {
  const asked = (
    <FormField field={field} form={form} value={failed?.values[field.name]} error={failed?.errors[field.name]} />
  );
  return wasAsked(failed, field.name) ? asked : <template data-asked={field.name}>{asked}</template>;
}
