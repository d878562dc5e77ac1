/// <reference lib="dom" />
/**
 * The numbers without a network: they are kept only when a professional asks for it, only that page, and never from the
 * doors for the public or children.
 */
import { describe, expect, it } from 'vitest';
import { NUMBERS_CACHE, paths } from '../../server/base/paths.ts';
import { DESKTOP, expectAccessible, useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();

describe('the numbers', () => {
  it('are kept on the device when asked for, and nothing else is', async () => {
    const { page, allow } = await openTab(newPage, { viewport: DESKTOP });
    allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
    await page.goto(paths.area('bury'));
    await page.getByRole('link', { name: 'Keep the numbers on this device' }).click();
    await page.waitForURL(`**${paths.numbers()}`);
    await expectAccessible(page);
    const registered = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    expect(await registered()).toBe(0);
    await page.getByRole('button', { name: 'Keep the numbers' }).click();
    await page.getByText('The numbers are kept on this device.').waitFor();
    const scope = await page.evaluate(async () =>
      (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
    );
    expect(scope).toEqual([new URL(paths.numbers(), page.url()).href]);
    const kept = await page.evaluate(async () => {
      const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.map((path) => path.replace(/-[0-9a-f]{10}\./, '.')).sort()).toEqual([
      paths.numbers(),
      '/static/app.css',
      '/static/exit.js',
      '/static/icon.svg',
      '/static/numbers.js',
      '/static/rest.css',
    ]);
    await page.context().setOffline(true);
    await page.goto(paths.numbers());
    expect(await page.locator('main').innerText()).toMatch(
      /As of \d+ \w+ \d{4}[\s\S]*999[\s\S]*0800 1111[\s\S]*0161 253 5678/,
    );
    // No other page is answered from the cache.
    await expect(page.goto(paths.start())).rejects.toThrow();
    await page.context().setOffline(false);
    await page.goto(paths.numbers());
    await page.getByRole('button', { name: 'Remove the numbers' }).click();
    await page.getByText('The numbers are removed from this device.').waitFor();
    expect([await registered(), await page.evaluate((name) => caches.has(name), NUMBERS_CACHE)]).toEqual([0, false]);
  });

  it.each(['public', 'child'])('cannot be kept by the %s', async (reader) => {
    const { page } = await openTab(newPage);
    await page.goto(paths.talkFor(reader));
    await page.locator('main form button[type=submit]').last().click();
    await page.waitForURL('**/questions/**');
    for (const path of [page.url(), paths.contacts(), paths.start(), paths.numbers()]) {
      await page.goto(path);
      expect(await page.locator('[data-worker], link[rel=manifest]').count()).toBe(0);
      if (path !== paths.numbers()) expect(await page.locator(`a[href="${paths.numbers()}"]`).count()).toBe(0);
    }
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  });
});
