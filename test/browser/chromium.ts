/// <reference lib="dom" />
/** The browser that the tests use, and helpers to walk through a flow in it. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright';
import { afterAll, beforeAll, expect } from 'vitest';

/**
 * `BROWSER_TESTS=all` tries every state both ways, which takes minutes. Otherwise most states are tried one way, and
 * some of them the other way too.
 */
export const ALL = process.env.BROWSER_TESTS === 'all';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** One browser for all test files. Each page has its own context, with its own cookies and storage. */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.connect(process.env.FRONT_DOOR_BROWSER ?? '');
  });
  afterAll(async () => browser?.close());
  return async (options = {}) => {
    const context = await (browser as Browser).newContext({ viewport: PHONE, ...options });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    return options.javaScriptEnabled === false ? page : goWhenLoaded(page);
  };
}

/**
 * A form is sent by script, so the next page can be visible before it has loaded and the test has been told. The
 * browser sometimes drops a navigation at that moment, and the test then waits until it times out.
 */
function goWhenLoaded(page: Page): Page {
  const go = page.goto.bind(page);
  page.goto = async (...to) => {
    await page.waitForFunction(() => document.readyState === 'complete');
    return go(...to);
  };
  return page;
}

/**
 * Expects something of the page once it has got there. A form is sent by script, so the click returns before the next
 * page has come, and on a busy machine that takes time.
 */
export function eventually<Found>(read: () => Promise<Found>) {
  return expect.poll(read, { timeout: 30_000 });
}

/** Unfolds the group of a long list that contains a box, as a person who is looking for it does. */
export async function unfoldGroupOf(box: Locator): Promise<void> {
  const closed = box.locator('xpath=ancestor::details[not(@open)]');
  if ((await closed.count()) > 0) await closed.locator('summary').first().click();
}

/**
 * Gives a harmless answer: "no", "none of these", or else the first option or a number. `wanted`: question id → another
 * answer.
 */
export async function answerOne(page: Page, wanted: Record<string, string> = {}): Promise<string> {
  const form = page.locator('form.fd-question');
  const question = await form.locator('input[name=question]').inputValue();
  const written = form.locator('input[type=text], textarea');
  if ((await written.count()) > 0 && wanted[question] === undefined) await written.first().fill('12');
  else {
    const values = await form
      .locator('input[type=radio], input[type=checkbox]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
    const value = wanted[question] ?? ['no', 'none'].find((word) => values.includes(word)) ?? values[0] ?? 'unknown';
    const box = form.locator(`input[value="${value}"]`).first();
    await unfoldGroupOf(box);
    await box.check();
  }
  await form.locator('button[type=submit]').click();
  await page.waitForFunction(
    (asked) => document.querySelector<HTMLInputElement>('input[name=question]')?.value !== asked,
    question,
  );
  return question;
}

/** Answers until the result. Returns the questions asked. */
export async function walkToEnd(page: Page, wanted: Record<string, string> = {}): Promise<string[]> {
  const asked: string[] = [];
  await page.waitForSelector('main');
  while ((await page.locator('main[data-end]').count()) === 0 && asked.length < 25) {
    await page.waitForSelector('form.fd-question, main[data-end]');
    if ((await page.locator('main[data-end]').count()) > 0) break;
    asked.push(await answerOne(page, wanted));
  }
  return asked;
}

/**
 * Axe for a page without frames from other sites. It then needs no second page to combine results, which would take
 * longer than the check.
 */
export function lookWithin(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

/** Expects no violation of WCAG 2.2 AA or of axe's best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // Collecting the passes would take most of the time, so only violations are asked for.
  const axe = lookWithin(page).options({ resultTypes: ['violations'], preload: false });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [wide, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(wide).toBeLessThanOrEqual(room ?? 0);
}
