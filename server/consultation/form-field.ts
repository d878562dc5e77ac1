/** One field of a form, in words: what the page shows, and under which name the form sends it. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  kind: 'line' | 'text' | 'long text' | 'choice' | 'code' | 'email' | 'password';
  /** Value and wording. */
  choices?: readonly (readonly [string, string])[];
  autocomplete?: string;
  /** What stands in it at first. */
  value?: string;
}
