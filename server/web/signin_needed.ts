/** Thrown when nobody is signed in who may; `errors.ts` leads to the sign-in page, and a posted form waits meanwhile. */
export class SignInNeeded extends Error {
  readonly form: string | undefined;
  readonly background: boolean;

  constructor({ form, background = false }: { form?: string; background?: boolean }) {
    super('sign in needed');
    this.form = form;
    this.background = background;
  }
}
