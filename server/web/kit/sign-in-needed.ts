/** Thrown when nobody is signed in who may; `errors.ts` leads to the sign-in page, and a posted form waits meanwhile. */
export class SignInNeeded extends Error {
  /** Where the form stands that was posted. */
  readonly page: string;
  readonly background: boolean;

  constructor(page: string, background: boolean) {
    super('sign in needed');
    this.page = page;
    this.background = background;
  }
}
