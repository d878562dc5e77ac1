/// <reference lib="dom" />
/**
 * Every page of the assistant in each of its states: axe finds nothing, in light mode, in dark mode, and where our
 * scripts did not load.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { type Opened, openApp } from '../web/app.ts';
import { jumpToResult } from '../web/walking.ts';
import {
  ALL,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  lookWithin,
  PHONE,
  useBrowser,
} from './chromium.ts';

const newPage = useBrowser();

interface State {
  name: string;
  path: string;
  /** What to do on the page first. */
  first?: (page: Page) => Promise<unknown>;
  /** What has to be visible without scrolling, however far the page before was scrolled. */
  begins?: string;
}

/** Sends the last form in the main part as it is or as filled in, bypassing the browser's script. */
const send = (selector: string) => (page: Page) =>
  Promise.all([
    page.waitForEvent('load'),
    page.locator(selector).evaluate((form) => HTMLFormElement.prototype.submit.call(form)),
  ]);

async function unfoldAll(page: Page) {
  const link = page.locator('a.fd-fold').first();
  if ((await link.count()) > 0) await link.click();
  await page.locator('a.fd-fold').first().waitFor({ state: 'detached' });
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
}

async function ask(page: Page) {
  await page.locator('main [name=question]').fill('Is this one for you?');
  await page.locator('main [name=reach]').fill('0161 496 0001');
  await send(`form[action$="/handovers"]`)(page);
}

const search = (words: string) => async (page: Page) => {
  await page.locator('main input[name=words], main input[type=search], main form input[type=text]').first().fill(words);
  await send(`main form[action="${paths.search()}"]`)(page);
};

/** Reads down the start page to the search box, as a person does. */
const pressSearch = (words: string) => async (page: Page) => {
  await page.locator('#search').fill(words);
  await page.locator('search button').click();
  await page.waitForURL(`**${paths.search()}`);
};

async function expectInSight(page: Page, selector: string): Promise<void> {
  await eventually(() =>
    page.locator(selector).evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  ).toBe(true);
}

function statesOf({ id, other, danger }: Record<'id' | 'other' | 'danger', string>): State[] {
  return [
    { name: 'Call 999 now', path: paths.result(danger) },
    { name: 'the start', path: paths.start() },
    { name: 'search with hits', path: paths.search(), first: search('my dad hits my mum') },
    {
      name: 'search with danger',
      path: paths.start(),
      first: pressSearch('i want to die'),
      begins: '.fd-search-danger a[href="tel:999"]',
    },
    { name: 'search without a hit', path: paths.search(), first: search('zzzz') },
    { name: 'search for a place that is not covered', path: paths.search(), first: search('Oldham neglect') },
    { name: 'doors', path: paths.area('stockport') },
    { name: 'contacts', path: paths.contacts() },
    { name: 'numbers to keep', path: paths.numbers() },
    { name: 'a wrong number', path: paths.wrongNumberOf('bury', 'mash') },
    {
      name: 'a wrong number, refused',
      path: paths.wrongNumberOf('bury', 'mash'),
      first: send(`form[action="${paths.wrongNumber()}"]`),
    },
    { name: 'a wrong number, told', path: paths.wrongNumberTold() },
    { name: 'a question, refused', path: paths.consultation(other), first: send('#question form') },
    { name: 'a result', path: paths.result(id) },
    { name: 'everything behind it', path: paths.wholeResult(id) },
    { name: 'the next hours, refused', path: paths.result(id), first: send(`form[action="${paths.nextHours(id)}"]`) },
    { name: 'what to say', path: paths.call(id) },
    { name: 'the way through the guidance', path: paths.map(id) },
    { name: 'the hand-over sheet', path: paths.handoverSheet(id) },
    { name: 'the record', path: paths.record(id) },
    {
      name: 'the record, refused',
      path: paths.record(id),
      first: send(`form[action="${paths.addition(id, 'tellings')}"]`),
    },
    { name: 'a question to the duty worker', path: paths.handover(id) },
    { name: 'a question to the duty worker, asked', path: paths.handover(id), first: ask },
    { name: 'a consultation to go back to', path: paths.return() },
    {
      name: 'a consultation to go back to, refused',
      path: paths.return(),
      first: send(`form[action="${paths.return()}"]`),
    },
    { name: 'a flow on paper', path: paths.flowPaper('bury', 'level') },
    { name: 'the public, before', path: paths.talkFor('public') },
    { name: 'a child, before', path: paths.talkFor('child') },
  ];
}

async function openPage(opened: Opened, scripts: boolean) {
  const visitor = opened.visit();
  const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
  const danger = await jumpToResult(opened, visitor, 'bury', 'danger_now');
  const form = (await visitor.go(paths.area('bury'))).form(paths.consultations());
  const first = await visitor.send(form, { flow: 'level' });
  const other = first.url.split('/')[2] ?? '';
  const origin = await opened.listen();
  const page = await newPage({ baseURL: origin, viewport: PHONE, reducedMotion: 'reduce' });
  await page.context().addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
  if (!scripts) await page.route('**/static/*.js', (route) => route.abort());
  return { page, states: statesOf({ id, other, danger }) };
}

async function expectContrast(page: Page): Promise<void> {
  const { violations } = await lookWithin(page).withRules(['color-contrast', 'link-in-text-block']).analyze();
  expect(violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')))).toEqual([]);
}

it.each([true, false])(
  'axe finds nothing, in light and in dark, at any width (our scripts %s)',
  async (scripts) => {
    const { page, states } = await openPage(await openApp(), scripts);
    const found: string[] = [];
    const looked = scripts || ALL ? states : states.filter((_, index) => index % 3 === 0);
    for (const [index, { name, path, first, begins }] of looked.entries()) {
      const noted = (error: unknown) => void found.push(`${name}: ${String(error).slice(0, 400)}`);
      await page.goto(path);
      await first?.(page);
      if (begins !== undefined) await expectInSight(page, begins).catch(noted);
      if (scripts && name === 'a result') await unfoldAll(page);
      await expectAccessible(page).catch(noted);
      await expectNoSidewaysScroll(page).catch(noted);
      if (!scripts || (!ALL && index % 2 > 0)) continue;
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectContrast(page).catch(noted);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(found).toEqual([]);
    await page.context().close();
  },
  240_000,
);
