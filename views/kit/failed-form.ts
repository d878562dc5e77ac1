import type { FieldError } from './error-summary.tsx';
import { fieldId } from './field.tsx';

/** A form that was refused: what was typed into it, and what is wrong. */
export interface Failed {
  values: Record<string, string>;
  /** Field → message; `''` is for errors of the whole form. */
  errors: Record<string, string>;
}

/** Whether this field was asked for or filled in, although the form asks it only if it is needed. */
export function wasAsked(failed: Failed | undefined, name: string): boolean {
  return failed !== undefined && (failed.errors[name] !== undefined || (failed.values[name] ?? '') !== '');
}

/** For a page with several forms. */
export interface FailedForm<Form extends string = string> extends Failed {
  form: Form;
}

/** `elsewhere`: field → id, for errors that do not link to an input of the form itself. */
export function errorsOf(
  form: string,
  errors: Record<string, string>,
  elsewhere: Record<string, string> = {},
): FieldError[] {
  return Object.entries(errors).map(([name, message]) => ({ field: elsewhere[name] ?? fieldId(form, name), message }));
}
