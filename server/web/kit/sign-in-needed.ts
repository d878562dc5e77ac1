/**
 * Thrown when a route needs a signed-in person and there is none. `errors.ts` redirects to the sign-in page; a posted
 * form is saved meanwhile.
 */
export class SignInNeeded extends Error {
  /** The page that has the posted form. */
  readonly page: string;
  readonly background: boolean;

  constructor(page: string, background: boolean) {
    super('sign in needed');
    this.page = page;
    this.background = background;
  }
}
