/** Thrown when a page was made for one person and somebody else is signed in by now: `site/page-of-another.ts` says whose it was. */
export class PageOfAnother extends Error {
  /** Whom the page was made for. */
  readonly account: string;

  constructor(account: string) {
    super('a page of another person');
    this.account = account;
  }
}
