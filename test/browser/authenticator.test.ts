/** Setting up a new authenticator app in a real browser: on a telephone without scripts, and on a desktop. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { totpCode } from '../../server/people/totp.ts';
import { eventually, expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openDeskTab, openServer } from './desk-tab.ts';
import { expectValid } from './valid.ts';

const SHOTS = process.env.DESK_SHOTS;
const newPage = useBrowser();

async function look(page: Page, name: string) {
  await expectNoSidewaysScroll(page);
  // Axe needs timers, which do not run without scripts.
  if (!name.endsWith('320')) await expectAccessible(page);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

it.each([
  ['320', { viewport: { width: 320, height: 800 }, javaScriptEnabled: false }],
  ['1280', { viewport: { width: 1280, height: 900 } }],
])(
  'is refused with a wrong code, shows the same picture, and becomes valid with a right one: %s',
  async (width, options) => {
    const server = await openServer();
    const { page, browser } = await openDeskTab(newPage, server, 'duty worker', options);
    // The browser reports violations of the content security policy here.
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    const { origin, world } = server;
    await page.goto(origin + paths.account());
    await look(page, `account-${width}`);
    await page.getByRole('link', { name: 'Replace the app' }).click();
    await look(page, `app-${width}`);
    await expectValid((await browser.get(paths.authenticator())).text);
    const key = (await page.locator('code.fd-code__code').textContent())?.replaceAll(' ', '') ?? '';
    await page.getByLabel('The six digits').fill('000 000');
    await page.getByRole('button', { name: 'Replace the old app' }).click();
    await page.getByText('There is a problem').waitFor();
    await eventually(() => page.title()).toContain('Error: ');
    expect((await page.locator('code.fd-code__code').textContent())?.replaceAll(' ', '')).toBe(key);
    await look(page, `app-wrong-${width}`);
    await page.getByLabel('The six digits').fill(totpCode(key, world.clock()));
    await page.getByRole('button', { name: 'Replace the old app' }).click();
    await page.getByRole('heading', { name: 'Only the new app counts now' }).waitFor();
    await look(page, `app-done-${width}`);
    await page.goto(origin + paths.account());
    expect(await page.getByText('authenticator app replaced').isVisible()).toBe(true);
    expect(complaints.filter((words) => !words.includes('422'))).toEqual([]);
  },
  120_000,
);
