/** Describes one field of a form: its label and hints, and its name. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  kind: 'line' | 'text' | 'long text' | 'choice' | 'code' | 'email' | 'password';
  /** Pairs of value and label. */
  choices?: readonly (readonly [string, string])[];
  autocomplete?: string;
  /** Initial value. */
  value?: string;
}
