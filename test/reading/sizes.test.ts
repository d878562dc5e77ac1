import { describe, expect, it } from 'vitest';
import { isShort } from '../short-form.ts';
import { realLibrary } from '../web/app.ts';
import { MOST_WORDS, OLDEST } from './limits.ts';
import { atShare, FIRST_SCREEN, MOST_BYTES, weigh } from './page-weight.ts';
import { readingAge } from './reading-age.ts';
import { linesInSight, shownResults } from './shown-results.ts';

const results = [...shownResults(realLibrary, { every: isShort ? 7 : 1 })];

describe('what is visible of a result', () => {
  it.each(['professional', 'public', 'child'] as const)('is short and easy enough for the %s', (reader) => {
    const own = results.filter((result) => result.reader === reader);
    expect(own.length).toBeGreaterThan(isShort ? 5 : 20);
    expect(own.filter(({ words }) => words > MOST_WORDS[reader]).map(({ name, words }) => `${name}: ${words}`)).toEqual(
      [],
    );
    expect(readingAge([...new Set(own.flatMap(({ lines }) => lines))])).toBeLessThanOrEqual(OLDEST[reader]);
  });

  it.each(['professional', 'public', 'child'] as const)('is light enough for the %s', (reader) => {
    const weights = results.filter((result) => result.reader === reader).map(({ html }) => weigh(html));
    expect(atShare(weights.map(({ page }) => page))).toBeLessThanOrEqual(MOST_BYTES);
    expect(Math.max(...weights.map(({ firstScreen }) => firstScreen))).toBeLessThanOrEqual(FIRST_SCREEN);
  });

  it('is measured up to the end of the action, and reported if it is too heavy', () => {
    const text = Array.from({ length: 3000 }, (_, index) => (index * 7919).toString(36)).join(' ');
    const heavy = weigh(`<p>${text}</p><section class="fd-action "></section>`);
    const light = weigh(`<section class="fd-action "></section><p>${text}</p>`);
    expect(heavy.firstScreen).toBeGreaterThan(FIRST_SCREEN);
    expect(light.firstScreen).toBeLessThan(200);
    expect(light.page).toBeGreaterThan(MOST_BYTES);
    expect(atShare([1, 2, 3, 4, 100], 0.8)).toBe(4);
  });

  it('is counted without folded content, but with the fold’s own words', () => {
    const html = `<main id="main"><h1>Ring</h1><details class="a"><summary>More <b>about it</b></summary><p>Hidden
      <details><summary>Deeper</summary>still hidden</details></p></details><details open><summary>Seen</summary>
      <p>In sight.</p></details><button hidden>Copy</button></main>`;
    expect(linesInSight(html)).toEqual(['Ring', 'More about it', 'Seen', 'In sight.']);
  });

  it('is reported if it is too hard to read', () => {
    const hard = ['Notwithstanding considerable organisational complexities, practitioners necessarily deliberate.'];
    expect(readingAge(hard)).toBeGreaterThan(20);
    expect(readingAge(['Ring them now. They can help you.'])).toBeLessThan(9);
  });
});
