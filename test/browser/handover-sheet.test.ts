/// <reference lib="dom" />
/**
 * The hand-over sheet in a real browser: saved while it is typed, kept when the network fails, and accessible in each
 * state.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { jumpToResult } from '../web/walking.ts';
import { expectAccessible, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();

/** A consultation with a result, which this browser may see. */
async function openHandoverSheet(options = {}) {
  const tab = await openTab(newPage, { viewport: PHONE, ...options });
  const visitor = tab.opened.visit();
  const id = await jumpToResult(tab.opened, visitor, 'bury', 'organised_abuse');
  await tab.page.goto('/');
  const url = new URL(tab.page.url()).origin;
  await tab.page.context().addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url })));
  await tab.page.goto(paths.handoverSheet(id));
  return { ...tab, id };
}

const saved = (page: Page) => page.locator('#saved p').innerText();
const SOON = { timeout: 20_000 };

it('is saved while it is typed and asks what happened to it; each state is accessible', async () => {
  const { page, id, opened, allow } = await openHandoverSheet();
  allow(/Failed to load resource/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('The child’s name').or(page.getByLabel("The child's name")).fill('Ela Example');
  await expect.poll(() => saved(page), SOON).toContain('Sent to nobody');
  // What is typed during a save is kept, and saved as well.
  await page.locator('#handover-sheet-gp').pressSequentially('Dr Amin');
  await expect
    .poll(async () => (await opened.store.handoverSheets.read(id)).find(({ field }) => field === 'gp')?.value, SOON)
    .toBe('Dr Amin');
  expect(await page.locator('#handover-sheet-child_name').inputValue()).toBe('Ela Example');
  await page.goto(paths.handoverSheetCopy(id));
  await page.getByRole('button', { name: "Copy The child's name" }).waitFor();
  await expectAccessible(page);
  await page.goto(paths.handoverSheet(id));
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.locator('.govuk-error-summary').waitFor();
  await expectAccessible(page);
}, 120_000);

it('keeps what was typed when the network fails, and saves it when it is back', async () => {
  const { page, id, opened, allow } = await openHandoverSheet();
  allow(/Failed to load resource|ERR_|Failed to fetch/);
  await page.route('**/sheet', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
  await page.locator('#handover-sheet-gp').fill('Dr Amin');
  await page.locator('.fd-unsaved').waitFor(SOON);
  expect(await page.locator('#handover-sheet-gp').inputValue()).toBe('Dr Amin');
  await page.unroute('**/sheet');
  await expect
    .poll(async () => (await opened.store.handoverSheets.read(id)).find(({ field }) => field === 'gp')?.value, SOON)
    .toBe('Dr Amin');
}, 120_000);
