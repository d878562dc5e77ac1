/**
 * `npm run test:quick` runs the short form of tests that go through all of something, such as the pages of all flows:
 * it goes through some of them. `npm test` goes through all.
 */
export const isShort = process.env.SHORT_TESTS === 'yes';

/** All of them or, in the short form, every nth, beginning with the first. */
export function someOf<Item>(all: Iterable<Item>, every = 4): Item[] {
  return [...all].filter((_, index) => !isShort || index % every === 0);
}

/** How many random examples a property is tried with: all of them or, in the short form, a quarter. */
export function someRuns(all: number): number {
  return isShort ? Math.ceil(all / 4) : all;
}
