/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { openApp } from '../web/app.ts';
import {
  ALL,
  answerOne,
  DESKTOP,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  PHONE,
  useBrowser,
  walkToEnd,
} from './chromium.ts';

const newPage = useBrowser();
const MINUTES = 180_000;

async function openDoor(page: Awaited<ReturnType<typeof newPage>>, address: string, area: string) {
  await page.goto(address);
  await page.getByRole('link', { name: area }).first().click();
  await page.locator('main form button[name=flow]').first().click();
  await page.waitForSelector('form.fd-question');
}

describe('a professional, from the first page to what to do', () => {
  it.each([
    ['Bury', true, PHONE],
    ['Bury', false, PHONE],
    ['Bury', true, DESKTOP],
    ['Bolton', true, PHONE],
    ['Stockport', false, DESKTOP],
  ] as const)(
    '%s, scripts %s, %o',
    async (area, javaScriptEnabled, viewport) => {
      const page = await newPage({ javaScriptEnabled, viewport });
      const failures: string[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      page.on('console', (line) => line.type() === 'error' && failures.push(line.text()));
      await openDoor(page, await (await openApp()).listen(), area);
      const asked = await walkToEnd(page);
      expect(asked[0]).toBe('immediate_danger');
      expect(asked.length).toBeLessThan(16);
      await eventually(() => page.title()).toBe(`What to do – Front Door, ${area}`);
      const text = await page.locator('main').innerText();
      expect(text).toContain('You have not told children’s services yet');
      expect(text).toContain('It is not a referral');
      expect(await page.locator('a[href="tel:999"]').first().isVisible()).toBe(true);
      expect(failures).toEqual([]);
    },
    MINUTES,
  );
});

describe('narrow, dark, enlarged, on paper', () => {
  // every-state.test.ts checks every state in dark mode.
  it.each(ALL ? (['light', 'dark'] as const) : (['light'] as const))(
    'axe finds nothing on the way, in %s, at 320 px',
    async (colorScheme) => {
      const page = await newPage({ viewport: { width: 320, height: 640 }, colorScheme, reducedMotion: 'reduce' });
      const address = await (await openApp()).listen();
      for (const path of [
        '/',
        '/areas/bury',
        '/contacts',
        '/privacy',
        '/accessibility',
        '/about',
        '/posters/ur',
        '/return',
        '/search',
        '/flows',
        '/nothing',
      ]) {
        await page.goto(address + path);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
      await openDoor(page, address, 'Bury');
      const kinds = new Set<string>();
      while ((await page.locator('main[data-end]').count()) === 0) {
        const kind = await page.locator('form.fd-question input:not([type=hidden])').first().getAttribute('type');
        if (!kinds.has(kind ?? '')) await expectAccessible(page);
        kinds.add(kind ?? '');
        await expectNoSidewaysScroll(page);
        await answerOne(page);
        await page.waitForSelector('form.fd-question, main[data-end]');
      }
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      const result = page.url();
      for (const part of ['map', 'record']) {
        await page.goto(result.replace(/result$/, part));
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
    },
    2 * MINUTES,
  );

  it(
    'keeps its outlines in forced colours, and prints what matters',
    async () => {
      const page = await newPage({ forcedColors: 'active', viewport: DESKTOP });
      await openDoor(page, await (await openApp()).listen(), 'Bury');
      await expectAccessible(page);
      await walkToEnd(page);
      await page.emulateMedia({ media: 'print' });
      const text = await page.locator('body').innerText();
      expect(text).toMatch(/B \d\d \d\d \d\d \d\d \d/);
      expect(text.toLowerCase()).toContain('not a referral');
      expect(text).toContain('You have not told children’s services yet');
      expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
    },
    MINUTES,
  );
});

describe('the public and children', () => {
  it.each([
    ['I am worried about a child', true],
    ['I am worried about a child', false],
    ['I am a child or young person', true],
    ['I am a child or young person', false],
  ] as const)(
    '%s, scripts %s',
    async (link, javaScriptEnabled) => {
      const page = await newPage({ javaScriptEnabled });
      await page.goto(await (await openApp()).listen());
      await page.getByRole('link', { name: link }).click();
      if (javaScriptEnabled) await expectAccessible(page);
      await page.locator('main form button[type=submit]').last().click();
      await page.waitForSelector('form.fd-question');
      expect(await page.getByText('Exit this page').first().isVisible()).toBe(true);
      const asked = await walkToEnd(page);
      expect(asked.length).toBeLessThan(6);
      expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(0);
      await eventually(() => page.title()).toBe('What you can do – Front Door');
      if (javaScriptEnabled) await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    },
    MINUTES,
  );
});
