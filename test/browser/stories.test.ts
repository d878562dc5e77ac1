/// <reference lib="dom" />
/**
 * Whole stories on a phone, from the start page to the result, with and without a script. Every second story is walked
 * here; with `BROWSER_TESTS=all`, each is walked both ways.
 */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { STORIES, type Story } from '../stories/stories.ts';
import { type Opened, openApp } from '../web/app.ts';
import { ALL, eventually, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { choose, continueButton, openQuestion } from './tab.ts';

const newPage = useBrowser();
const AREAS: Record<string, string> = {
  bury: 'Bury',
  bolton: 'Bolton',
  stockport: 'Stockport',
  national: 'Somewhere else',
};

async function open(page: Page, door: Story['door']): Promise<void> {
  await page.goto('/');
  if (typeof door === 'string') {
    const name = door === 'child' ? 'I am a child or young person' : 'I am worried about a child';
    await page.getByRole('link', { name }).click();
    await page.locator('main form button[type=submit]').last().click();
  } else {
    await page.getByRole('link', { name: new RegExp(`^${AREAS[door.area]}`) }).click();
    await page.locator(`main form button[name=flow][value=${door.flow}]`).first().click();
  }
  await page.waitForSelector('#question form');
}

/** Walks to the result, and answers "I don't know" to whatever the story leaves open. Returns the questions asked. */
async function tell(page: Page, { answers }: Story): Promise<string[]> {
  const asked: string[] = [];
  for (let count = 0; count < 40; count++) {
    const question = await openQuestion(page);
    if (question === undefined) return asked;
    asked.push(question);
    // However many answers came before, the question is on the first screen of the page.
    const heading = await page.locator('#question h1').evaluate((one) => one.getBoundingClientRect().bottom + scrollY);
    expect(heading, `the end of the question ${question}`).toBeLessThan(PHONE.height);
    const usual = question === 'who_is_asking' ? 'other_professional' : 'unknown';
    await choose(page, answers[question] ?? usual);
    await continueButton(page).click();
    await page.waitForFunction((known) => {
      const field = document.querySelector<HTMLInputElement>('#question input[name=question]');
      return document.querySelector('main[data-end]') !== null || (field !== null && field.value !== known);
    }, question);
  }
  throw new Error(`the story does not end: ${asked.join(', ')}`);
}

/** What can be pressed or read without scrolling. */
function firstScreen(page: Page): Promise<{ text: string; hrefs: string[] }> {
  return page.evaluate((height) => {
    const inSight = (one: Element) => one.getBoundingClientRect().bottom <= height;
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')].filter(inSight);
    const parts = [...document.querySelectorAll<HTMLElement>('.fd-action > *')].filter(inSight);
    return { text: parts.map((part) => part.innerText).join('\n'), hrefs: links.map(({ href }) => href) };
  }, PHONE.height);
}

/** Every second story, one with a script and the next without; or all of them both ways. */
const ways = STORIES.flatMap((story, index) =>
  [true, false].filter((scripts) => ALL || index % 4 === (scripts ? 0 : 2)).map((scripts) => ({ story, scripts })),
);

describe('a story, told on a phone', () => {
  let opened: Opened | undefined;
  it.each(ways)('$story.told (scripts $scripts)', async ({ story, scripts }) => {
    opened = await openApp();
    const page = await newPage({
      baseURL: await opened.listen(),
      viewport: PHONE,
      javaScriptEnabled: scripts,
      reducedMotion: 'reduce',
    });
    await open(page, story.door);
    const asked = await tell(page, story);
    expect(Object.keys(story.answers).filter((question) => !asked.includes(question))).toEqual([]);
    await eventually(() => page.locator('main[data-end]').count()).toBe(1);
    expect(await page.locator('h1').innerText()).toMatch(story.does);
    const { text, hrefs } = await firstScreen(page);
    expect(text).toMatch(story.by);
    if (story.reach !== '') expect(hrefs.filter((href) => href.startsWith(story.reach))).not.toEqual([]);
    expect(await page.locator('main').innerText()).not.toMatch(story.never);
    await expectNoSidewaysScroll(page);
    await page.context().close();
  });
});
