/** The doors for the public and children in another language: accessible, on a phone, in both writing directions. */
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openTab, walkStory } from './tab.ts';

const newPage = useBrowser();

it.each([
  [
    'ur',
    'rtl',
    'child',
    { child_safe_now: 'unknown', child_right_now: 'quiet', child_help: ['home'], trusted_adult: 'nobody' },
  ],
  ['pl', 'ltr', 'public', { immediate_danger: 'no', where_child_lives: 'stockport', worry_kind: ['debt', 'taxi'] }],
] as const)(
  'axe finds nothing in %s, and it does not scroll sideways',
  async (language, direction, reader, story) => {
    const { page } = await openTab(newPage);
    await page.goto(paths.start());
    await page.locator(`button[value=${language}]`).click();
    await page.locator(`html[lang=${language}] a[href="${paths.talkFor(reader)}"]`).click();
    await page.waitForURL(`**${paths.talkFor(reader)}`);
    await expectAccessible(page);
    await page.locator('main form button[type=submit]').last().click();
    await page.waitForURL('**/questions/**');
    await expectAccessible(page);
    await walkStory(page, { ...story, ...(reader === 'child' && { home_area: 'bury' }) });
    await page.locator('main[data-end]').waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe(direction);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  },
  120_000,
);
