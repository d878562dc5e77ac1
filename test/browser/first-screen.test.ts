/// <reference lib="dom" />
/**
 * Every worked case's result on a phone: what its first screen shows (what to do, by when, one way to contact whom, the
 * parents, the police, the level), and how many screens long it is.
 */
import { describe, expect, it } from 'vitest';
import { MOST_SCREENS } from '../reading/limits.ts';
import { type ShownResult, shownResults } from '../reading/shown-results.ts';
import { realLibrary } from '../web/app.ts';
import { PHONE, useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();
/** Few enough that a batch reaches the browser in one message. */
const BATCH = 100;

interface Measured {
  name: string;
  /** What should be visible at once and is not. */
  below: string[];
  isExitLarger: boolean;
  /** Buttons larger than 999 where 999 applies; a police line without a number; a notice above the action. */
  wrong: string[];
  height: number;
}

/**
 * Runs in the browser: puts the body of one page after the other into the same document, which is far faster than
 * loading each page.
 */
function measure({ bodies, screen }: { bodies: { name: string; body: string }[]; screen: number }): Measured[] {
  const area = (selector: string) => {
    const { width = 0, height = 0 } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
    return width * height;
  };
  const wanted = '.fd-action__head, .fd-action__title, .fd-action__when, .fd-action__verdicts, .fd-action__ring';
  const ways = '.fd-action .fd-phone, .fd-action a[href^="mailto:"], .fd-action a[href^="http"]';
  return bodies.map(({ name, body }) => {
    document.body.innerHTML = body;
    const way = document.querySelector(ways);
    const atOnce = [...document.querySelectorAll(wanted), ...(way === null ? [] : [way])];
    const low = atOnce.filter((one) => one.getBoundingClientRect().bottom > screen);
    const wrong: string[] = [];
    const emergency = document.querySelector('.fd-action .fd-phone--big[href="tel:999"]');
    if (emergency !== null) {
      const size = emergency.getBoundingClientRect().width * emergency.getBoundingClientRect().height;
      for (const other of document.querySelectorAll('body a, body button')) {
        const { width, height, top } = other.getBoundingClientRect();
        if (other !== emergency && top < screen && width * height > size)
          wrong.push(`larger than 999: ${other.textContent}`);
      }
    }
    for (const verdict of document.querySelectorAll('.fd-action__verdict'))
      if (verdict.querySelector('dt')?.textContent === 'Police' && verdict.querySelector('a[href^="tel:"]') === null)
        wrong.push(`the police without a number: ${verdict.textContent}`);
    if (way === null) wrong.push('no way to reach anybody');
    const untold = document.querySelector('.fd-untold');
    const action = document.querySelector('.fd-action');
    if (
      untold !== null &&
      action !== null &&
      untold.getBoundingClientRect().top < action.getBoundingClientRect().bottom
    )
      wrong.push('the notice stands above the action');
    const nines = Math.max(area('.fd-urgent__999'), area('.fd-action .fd-phone--big[href="tel:999"]'));
    return {
      name,
      below: low.map((one) => `${one.className} at ${one.getBoundingClientRect().bottom}`),
      wrong,
      isExitLarger: area('.govuk-exit-this-page__button') > nines,
      height: document.documentElement.scrollHeight,
    };
  });
}

const bodyOf = ({ name, html }: ShownResult) => ({ name, body: /<body[^>]*>(.*)<\/body>/s.exec(html)?.[1] ?? '' });

describe('every result on a phone', () => {
  it('shows the essentials on the first screen, and is short enough to be read', async () => {
    const { page, opened, allow } = await openTab(newPage, { viewport: PHONE });
    allow(/Failed to load resource/);
    const results = [...shownResults(realLibrary, { assets: opened.services.assets })];
    expect(results.length).toBeGreaterThan(1500);
    await page.route('**/one-result', (route) =>
      route.fulfill({ contentType: 'text/html', body: results[0]?.html ?? '' }),
    );
    await page.goto('/one-result');
    const measured: Measured[] = [];
    for (let from = 0; from < results.length; from += BATCH)
      measured.push(
        ...(await page.evaluate(measure, {
          bodies: results.slice(from, from + BATCH).map(bodyOf),
          screen: PHONE.height,
        })),
      );
    expect(measured.every(({ height }) => height > PHONE.height / 2)).toBe(true);
    expect(measured.filter(({ below }) => below.length > 0).map(({ name, below }) => `${name}: ${below}`)).toEqual([]);
    expect(measured.flatMap(({ name, wrong }) => wrong.map((one) => `${name}: ${one}`))).toEqual([]);
    expect(measured.filter(({ isExitLarger }) => isExitLarger).map(({ name }) => name)).toEqual([]);
    const tooLong = measured.flatMap(({ name, height }, index) => {
      const screens = height / PHONE.height;
      return screens > MOST_SCREENS[results[index]?.reader ?? 'child']
        ? [`${name}: ${screens.toFixed(2)} screens`]
        : [];
    });
    expect(tooLong).toEqual([]);
  }, 240_000);
});
