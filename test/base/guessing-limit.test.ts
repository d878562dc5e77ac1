/** The same rule applies to wrong passwords and wrong return codes; `test/web` tests the routes. */
import { describe, expect, it } from 'vitest';
import { minutesToWait, type Try, windowStart } from '../../server/base/guessing-limit.ts';

const NOW = new Date('2026-11-26T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const MINE = { target: 'mine', address: 'here', browser: null };
/** Tries, the newest first. */
const tries = (count: number, more: Partial<Try> = {}): Try[] =>
  Array.from({ length: count }, (_, index) => ({ ...MINE, at: minutesAgo(index + 1), ...more }));

describe('wrong tries', () => {
  it.each([
    ['four here on one target', tries(4), 0],
    ['five here on one target, until the oldest is 15 minutes old', tries(5), 10],
    ['the last seconds of the window count as a minute', tries(5, { at: minutesAgo(14.9) }), 1],
    ['many on the target from elsewhere, none here', tries(49, { address: 'there' }), 0],
    ['an attack from everywhere, none here', tries(50, { address: 'there' }), 0],
    ['an attack from everywhere, and one here', [...tries(1), ...tries(49, { address: 'there' })], 14],
    ['49 from everywhere are no attack yet', [...tries(1), ...tries(48, { address: 'there' })], 0],
    ['nineteen here on other targets', tries(19, { target: 'other', at: minutesAgo(5) }), 0],
    ['twenty here on other targets', tries(20, { target: 'other', at: minutesAgo(5) }), 10],
    ['five in a browser that knows the account', tries(5, { browser: 'known' }), 0],
  ])('%s', (_what, wrong, minutes) => expect(minutesToWait(wrong, MINE, NOW)).toBe(minutes));

  it('in a browser that has signed in before count only for that browser', () => {
    const known = { ...MINE, browser: 'known' };
    expect(minutesToWait([...tries(60), ...tries(4, { browser: 'known' })], known, NOW)).toBe(0);
    expect(minutesToWait(tries(5, { browser: 'known', address: 'there' }), known, NOW)).toBe(10);
    expect(minutesToWait(tries(5, { browser: 'another' }), known, NOW)).toBe(0);
  });

  it('count for 15 minutes', () => expect(windowStart(NOW)).toBe('2026-11-26T11:45:00.000Z'));
});
