/**
 * `npm run test:quick` is the short form of the tests that go over all of something, such as every flow on its page: it goes over some of it.
 * `npm test` goes over all.
 */
export const isShort = process.env.SHORT_TESTS === 'yes';

/** All of them, or in the short form every nth, beginning with the first. */
export function someOf<Item>(all: Iterable<Item>, every = 4): Item[] {
  return [...all].filter((_, index) => !isShort || index % every === 0);
}
