/// <reference lib="dom" />
/** The first phone screen of every kind of result: what to do, by when, one way to reach whom, the parents, the police, the level. */
import { describe, expect, it } from 'vitest';
import { type ShownResult, shownResults } from '../reading/shown-results.ts';
import { realLibrary } from '../web/app.ts';
import { PHONE, useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();

/** The longest worked case for each end of each flow. */
function longestOfEachEnd(results: Iterable<ShownResult>): ShownResult[] {
  const longest = new Map<string, ShownResult>();
  for (const result of results) {
    const key = `${result.name.split(' ')[0]} ${result.end}`;
    const known = longest.get(key);
    if (known === undefined || known.words < result.words) longest.set(key, result);
  }
  return [...longest.values()];
}

describe('the first phone screen', () => {
  it('of every result shows what has to be known at once', async () => {
    const { page, opened, allow } = await openTab(newPage, { viewport: PHONE });
    allow(/Failed to load resource/);
    const results = longestOfEachEnd(shownResults(realLibrary, opened.services.assets));
    expect(results.length).toBeGreaterThan(150);
    let html = '';
    await page.route('**/first-screen', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    const found: string[] = [];
    for (const result of results) {
      html = result.html;
      await page.goto('/first-screen');
      const below = await page.evaluate((height) => {
        const wanted = '.fd-action__head, .fd-action__title, .fd-action__when, .fd-action__verdicts, .fd-action__ring';
        const inSight = [...document.querySelectorAll(wanted)];
        const way = document.querySelector(
          '.fd-action .fd-phone, .fd-action a[href^="mailto:"], .fd-action a[href^="http"]',
        );
        const low = [...inSight, ...(way === null ? [] : [way])].filter(
          (element) => element.getBoundingClientRect().bottom > height,
        );
        return low.map(
          (element) => `${element.className || element.tagName} at ${element.getBoundingClientRect().bottom}`,
        );
      }, PHONE.height);
      if (below.length > 0) found.push(`${result.name}: ${below.join(', ')}`);
      const sizes = await page.evaluate(() => {
        const area = (selector: string) => {
          const { width = 0, height = 0 } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
          return width * height;
        };
        return {
          nines: area('.fd-urgent__999'),
          exit: area('.govuk-exit-this-page__button'),
          big: area('.fd-action--emergency .fd-phone--big'),
        };
      });
      if (sizes.exit > Math.max(sizes.nines, sizes.big)) found.push(`${result.name}: the way out is larger than 999`);
    }
    expect(found).toEqual([]);
  }, 240_000);
});
