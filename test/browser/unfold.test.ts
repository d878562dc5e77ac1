/// <reference lib="dom" />
/**
 * What a professional's result is based on: the script unfolds it in place; without a script it is on a separate page;
 * and it is printed.
 */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { storyOf } from '../web/walking.ts';
import { eventually, expectAccessible, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { focusOn, openDoor, openTab, walkStory } from './tab.ts';

const newPage = useBrowser();
const { story } = storyOf('bury', 'harm_by_act');

async function openResult(options = {}) {
  const tab = await openTab(newPage, { viewport: PHONE, ...options });
  await openDoor(tab.page, 'Bury', 'I am worried about a child. What should I do?');
  await walkStory(tab.page, story);
  await eventually(async () => tab.page.url()).toMatch(/\/result$/);
  return tab;
}

/** Records the requests for what is behind the result. */
function countFetches(page: Page): string[] {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/result/all')) fetched.push(request.url());
  });
  return fetched;
}

const folded = (page: Page) => page.locator('a.fd-fold');

describe('what stands behind a result', () => {
  it('is unfolded where it is pressed, and needs no network once it was fetched', async () => {
    const { page, allow } = await openResult();
    allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
    const fetched = countFetches(page);
    const before = await page.locator('.fd-fold').evaluateAll((all) => all.map(({ id }) => id));
    await page.locator('a#why').click();
    await page.getByText('These of your answers led here').waitFor();
    await eventually(() => focusOn(page)).toBe('summary.fd-fold__summary');
    expect(await page.locator('details#why').getAttribute('open')).not.toBeNull();
    expect(await folded(page).count()).toBe(0);
    expect(await page.locator('.fd-fold').evaluateAll((all) => all.map(({ id }) => id))).toEqual(before);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.context().setOffline(true);
    await page.locator('#contacts > summary').click();
    await page.locator('#contacts .fd-contact').first().waitFor();
    await eventually(() => page.locator('#contacts .fd-copy').first().isVisible()).toBe(true);
    expect(fetched).toHaveLength(1);
    expect(page.url()).toMatch(/\/result$/);
  });

  it('says so when it cannot be loaded, loses nothing, and loads when it is pressed again', async () => {
    const { page, allow } = await openResult();
    allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
    await page.context().setOffline(true);
    await page.locator('a#contacts').click();
    await page.getByText('Not loaded. There is no connection at the moment. Press it again.').waitFor();
    expect(await page.locator('h1').innerText()).not.toBe('');
    await page.context().setOffline(false);
    await page.route('**/result/all', (route) => route.fulfill({ status: 200, body: '<h1>Guest Wi-Fi</h1>' }), {
      times: 1,
    });
    await page.locator('a#contacts').click();
    await page.getByText('A guest Wi-Fi may want you to sign in first').waitFor();
    expect(await page.getByText('Guest Wi-Fi', { exact: true }).count()).toBe(0);
    await page.locator('a#contacts').click();
    await page.locator('details#contacts .fd-contact').first().waitFor();
    expect(await page.locator('.fd-unsaved').count()).toBe(0);
  });

  it('is one press away without a script, on a page that links back', async () => {
    const { page } = await openResult({ javaScriptEnabled: false });
    await page.locator('a#why').click();
    await eventually(async () => page.url()).toMatch(/\/result\/all#why$/);
    await page.getByText('These of your answers led here').waitFor();
    await eventually(async () => (await page.locator('#why').boundingBox())?.y ?? -1).toBeLessThan(PHONE.height);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'Back to the short page' }).click();
    await eventually(async () => page.url()).toMatch(/\/result$/);
  });

  it('is printed, with a script and without one', async () => {
    const { page } = await openResult();
    await page.pdf({ format: 'A4' });
    expect(await folded(page).count()).toBe(0);
    const whole = page.url().replace(/result$/, 'result/all');
    expect(new URL(whole).pathname).toBe(paths.wholeResult(whole.split('/')[4] ?? ''));
    await page.goto(whole);
    await page.emulateMedia({ media: 'print' });
    const paper = await page.locator('main').innerText();
    for (const words of [
      'These of your answers led here',
      'Source:',
      'What others do, and by when',
      'All your answers',
    ])
      expect(paper).toContain(words);
    await page.emulateMedia({ media: 'screen' });
    await expectAccessible(page);
  });
});

describe('a slow connection', () => {
  it('is mentioned while an answer is sent, and while the rest of a result is fetched', async () => {
    const { page } = await openTab(newPage, { viewport: PHONE });
    await openDoor(page, 'Bury', 'I am worried about a child. What should I do?');
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/answers', async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('input[value=no]').check();
    await page.locator('#question button[type=submit]').click();
    const said = page.getByText('Still sending. The line is slow. What you entered is still here.');
    await said.waitFor();
    letThrough();
    await eventually(() => page.locator('input[name=question]').inputValue()).toBe('who_is_asking');
    await eventually(() => said.count()).toBe(0);
  });
});
