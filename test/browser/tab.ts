/// <reference lib="dom" />
/** A tab with its own app. Records the browser's complaints, and requests to other sites. */
import type { BrowserContextOptions, Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { type Changes, type Opened, openApp } from '../web/app.ts';
import { givenIn, type Story } from '../web/walking.ts';
import { unfoldGroupOf, type useBrowser } from './chromium.ts';

export interface Tab {
  page: Page;
  opened: Opened;
  /** Requested URLs of other sites, all of which fail. */
  elsewhere: string[];
  /** Allows a console message that would otherwise fail the test, such as about a 422 response. */
  allow(complaint: RegExp): void;
}

/** A new app with an empty database, and a browser that has never been here. */
export async function openTab(
  newPage: ReturnType<typeof useBrowser>,
  options: BrowserContextOptions = {},
  changes: Partial<Changes> = {},
): Promise<Tab> {
  const opened = await openApp(changes);
  const baseURL = await opened.listen();
  const page = await newPage({ baseURL, reducedMotion: 'reduce', ...options });
  onTestFinished(() => page.context().close());
  const elsewhere: string[] = [];
  page.context().on('request', (request) => {
    if (!request.url().startsWith(baseURL) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  return { page, opened, elsewhere, allow: listen(page) };
}

/** Fails the test on script errors and on violations of the content security policy. */
function listen(page: Page): Tab['allow'] {
  const [complaints, allowed]: [string[], RegExp[]] = [[], []];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  onTestFinished(() => {
    const found = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
    expect(found).toEqual([]);
  });
  return (pattern) => allowed.push(pattern);
}

/** Opens a flow from the start page, as a professional. */
export async function openDoor(page: Page, area: string, door: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: new RegExp(`^${area}`) }).click();
  await page.getByRole('button', { name: door }).click();
  // The page is there before its address is, and tests read the consultation's id from that.
  await page.waitForURL(/\/consultations\//);
  await page.waitForSelector('#question form');
}

/** Id of the open question; undefined on other pages. */
export async function openQuestion(page: Page): Promise<string | undefined> {
  const field = page.locator('#question input[name=question]');
  return (await field.count()) === 0 ? undefined : await field.inputValue();
}

/** Fills in the answer without pressing Continue. */
export async function choose(page: Page, given: Story[string]): Promise<void> {
  const form = page.locator('#question form');
  for (const value of [given].flat().map(String)) {
    const box = form.locator(`input[value=${JSON.stringify(value)}]:is([type=radio], [type=checkbox])`);
    if (!value.includes('\n') && (await box.count()) > 0) {
      await unfoldGroupOf(box);
      await box.check();
    } else await form.locator('input[type=text], textarea').fill(value);
  }
}

/** Opens the answers so far. */
export async function unfoldTurns(page: Page): Promise<void> {
  await page.locator('#transcript details:not([open]) > summary').click();
}

export const continueButton = (page: Page) => page.locator('#question form button[type=submit]');

/** Fills in the answer, presses Continue and waits for the response. */
export async function answer(page: Page, given: Story[string]): Promise<void> {
  const before = await openQuestion(page);
  await choose(page, given);
  await continueButton(page).click();
  await page.waitForFunction((known) => {
    const field = document.querySelector<HTMLInputElement>('#question input[name=question]');
    return document.querySelector('main[data-end]') !== null || (field !== null && field.value !== known);
  }, before);
}

/** Answers until the result, or until a question that the story does not answer. Returns the questions asked. */
export async function walkStory(page: Page, story: Story): Promise<string[]> {
  const asked: string[] = [];
  for (let count = 0; count < 60; count++) {
    const question = await openQuestion(page);
    const given = question === undefined ? undefined : givenIn(story, question);
    if (question === undefined || given === undefined) return asked;
    asked.push(question);
    await answer(page, given);
  }
  throw new Error(`the walk does not end: ${asked.at(-1)}`);
}

/** Selector of the focused element: `h1`, `#main`, `.govuk-error-summary`, … */
export async function focusOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'nothing';
    const name = element.id !== '' ? `#${element.id}` : element.className !== '' ? `.${element.classList[0]}` : '';
    return `${element.tagName.toLowerCase()}${name}`;
  });
}
