import type { FieldError } from './error-summary.tsx';
import { fieldId } from './field.tsx';

/** A form that was refused: what was typed into it, and what is wrong. */
export interface Failed {
  values: Record<string, string>;
  /** Field → message; under `''` what concerns the whole form. */
  errors: Record<string, string>;
}

/** On a page with several forms. */
export interface FailedForm<Form extends string = string> extends Failed {
  form: Form;
}

/** `elsewhere`: field → id, for errors that do not lead to an input of the form itself. */
export function errorsOf(
  form: string,
  errors: Record<string, string>,
  elsewhere: Record<string, string> = {},
): FieldError[] {
  return Object.entries(errors).map(([name, message]) => ({ field: elsewhere[name] ?? fieldId(form, name), message }));
}
