/**
 * Thrown when a page was made for one person and somebody else is signed in now. `site/page-of-another.ts` shows whose
 * page it was.
 */
export class PageOfAnother extends Error {
  /** The account for which the page was made. */
  readonly account: string;

  constructor(account: string) {
    super('a page of another person');
    this.account = account;
  }
}
