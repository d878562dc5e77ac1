/// <reference lib="dom" />
import type { Page, Route } from 'playwright';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { eventually, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { answer, choose, continueButton, openQuestion, openTab, walkStory } from './tab.ts';

const newPage = useBrowser();
const AWAY = /^https:\/\/www\.bbc\.co\.uk\//;
const READERS = {
  public: {
    link: 'I am worried about a child',
    story: { immediate_danger: 'no', where_child_lives: 'bury' },
    said: 'Bury',
  },
  child: {
    link: 'I am a child or young person',
    story: { child_safe_now: 'safe', child_help: ['stop_it'] },
    said: 'Someone who can make it stop',
  },
} as const;
type Reader = keyof typeof READERS;

/** Opens an anonymous conversation from the first page and gives some answers. */
async function openTalk(reader: Reader, options = {}) {
  const tab = await openTab(newPage, { viewport: PHONE, ...options });
  // A page to arrive at. A failed navigation ends some time after its error, and Back must not be pressed before that.
  await tab.page
    .context()
    .route(AWAY, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Weather</h1>' }));
  const { link, story, said } = READERS[reader];
  await tab.page.goto('/');
  await tab.page.getByRole('link', { name: link }).click();
  await tab.page.locator('main form button[type=submit]').last().click();
  await tab.page.waitForSelector('#question form');
  for (const given of Object.values(story)) {
    const before = await openQuestion(tab.page);
    await choose(tab.page, given);
    await continueButton(tab.page).click();
    await expect.poll(() => openQuestion(tab.page)).not.toBe(before);
  }
  expect(await tab.page.locator('#turns').textContent()).toContain(said);
  return { ...tab, said };
}

const isScript = (route: Route) => route.request().url().includes('.js');
const exitButton = (page: Page) => page.getByRole('button', { name: 'Emergency Exit this page' });
const stored = (page: Page) =>
  page.evaluate(async () => [localStorage.length, sessionStorage.length, (await caches?.keys?.())?.length ?? 0]);

/** Expects no trace of the conversation, however somebody comes back. */
async function expectNothingKept(page: Page, elsewhere: string[], said: string) {
  await page.waitForURL(AWAY);
  expect(elsewhere.filter((address) => !AWAY.test(address))).toEqual([]);
  // The beacon may arrive after the navigation.
  const ours = async () => (await page.context().cookies()).filter(({ name }) => name.startsWith('front_door'));
  await expect.poll(ours, { timeout: 15_000 }).toEqual([]);
  await page.goBack();
  await page.getByRole('heading', { name: 'Worried about a child?' }).waitFor();
  expect(await page.content()).not.toContain(`${said}</p>`);
  expect(await page.locator('.fd-turn').count()).toBe(0);
  for (const path of [paths.talk(), paths.talkResult(), paths.talkQuestion('where_child_lives')]) {
    await page.goto(path);
    expect(await page.locator('h1').innerText()).toBe('Worried about a child?');
  }
}

describe.each(Object.keys(READERS) as Reader[])('leaving as the %s', (reader) => {
  it('with the button ends the conversation, clears everything, and Back shows nothing', async () => {
    const { page, elsewhere, said } = await openTalk(reader);
    await exitButton(page).click();
    await expectNothingKept(page, elsewhere, said);
    expect(await stored(page)).toEqual([0, 0, 0]);
  });

  it('without a script the button does the same', async () => {
    const { page, elsewhere, said } = await openTalk(reader, { javaScriptEnabled: false });
    await exitButton(page).click();
    await expectNothingKept(page, elsewhere, said);
  });

  it('with Shift three times does the same, from the result too', async () => {
    const { page, elsewhere, said } = await openTalk(reader);
    const rest = { worry_kind: ['none'], trusted_adult: 'nobody', home_area: 'elsewhere' };
    await walkStory(page, rest);
    expect(await page.locator('main').getAttribute('data-end')).not.toBeNull();
    for (let count = 0; count < 3; count++) await page.keyboard.press('Shift');
    await expectNothingKept(page, elsewhere, said);
  });

  it('keeps nothing in the browser during the conversation, and requests nothing from other sites', async () => {
    const { page, elsewhere } = await openTalk(reader);
    expect(await stored(page)).toEqual([0, 0, 0]);
    expect(elsewhere).toEqual([]);
    expect(await page.getByRole('button', { name: /Keys 1 to 9/ }).count()).toBe(0);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, expires }) => [name, httpOnly, expires]).sort()).toEqual([
      ['front_door', true, -1],
      ['front_door_talk', true, -1],
      ['front_door_talk_key', true, -1],
    ]);
  });
});

describe('"Exit this page"', () => {
  it('hides the page at once, before the next page has loaded', async () => {
    const { page } = await openTalk('child');
    const shown = await exitButton(page).evaluate((button) => {
      (button as HTMLElement).click();
      const isShown = (selector: string) =>
        document.querySelector(selector)?.checkVisibility({ visibilityProperty: true });
      return { main: isShown('main'), overlay: isShown('.govuk-exit-this-page-overlay') };
    });
    expect(shown).toEqual({ main: false, overlay: true });
  });

  it('leaves at once, whatever the server, the network or a script does, without asking', async () => {
    const { page, allow } = await openTab(newPage, { viewport: PHONE });
    allow(/Failed to load resource|ERR_|broken on purpose|net::|Connecting to 'http:..x.example/);
    await page.context().route(AWAY, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Weather</h1>' }));
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
    const mine = (url: URL) => !AWAY.test(url.href);
    const silent = () => new Promise<void>(() => {});
    const broken = { contentType: 'text/javascript', body: 'throw new Error("broken on purpose")' };
    const faults: Record<string, [where: 'before' | 'after', (route: Route) => unknown]> = {
      'a server that never answers': ['after', silent],
      'no network': ['after', (route) => route.abort('internetdisconnected')],
      'a proxy’s error': ['after', (route) => route.fulfill({ status: 502, body: 'Bad Gateway' })],
      'a redirect elsewhere': [
        'after',
        (route) => route.fulfill({ status: 302, headers: { Location: 'http://x.example/' } }),
      ],
      'scripts that are not there': ['before', (route) => (isScript(route) ? route.abort() : route.fallback())],
      'scripts that fail': ['before', (route) => (isScript(route) ? route.fulfill(broken) : route.fallback())],
    };
    for (const [name, [where, fault]] of Object.entries(faults)) {
      if (where === 'before') await page.route(mine, fault);
      await page.goto(paths.search());
      await page.locator('input[name=words]').fill('Half a sentence that nobody saved');
      if (where === 'after') await page.route(mine, fault);
      await exitButton(page).click();
      await eventually(async () => [name, AWAY.test(page.url())]).toEqual([name, true]);
      await page.unroute(mine, fault);
    }
    expect(asked).toEqual([]);
  });

  it('is visible on every page of the conversation, however far it is scrolled', async () => {
    const { page, allow } = await openTalk('public');
    allow(/status of 404/);
    const inSight = () =>
      page.evaluate(() => {
        const { top, bottom, width } =
          document.querySelector('.govuk-exit-this-page__button')?.getBoundingClientRect() ?? new DOMRect();
        return width > 0 && top >= 0 && bottom <= innerHeight;
      });
    for (const path of [
      page.url(),
      paths.start(),
      paths.search(),
      paths.talkFor('child'),
      paths.talkQuestion('immediate_danger'),
      paths.contacts(),
      paths.privacy(),
      '/nowhere',
    ]) {
      await page.goto(path);
      expect([path, await inSight()]).toEqual([path, true]);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await expect.poll(() => inSight()).toBe(true);
    }
  });

  it('is not triggered by Shift twice, nor by Shift with another key', async () => {
    const { page, elsewhere } = await openTalk('public');
    for (const key of ['Shift', 'Shift', 'a', 'Shift', 'Shift+A', 'Shift']) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    expect(elsewhere).toEqual([]);
    expect(await page.locator('main').isVisible()).toBe(true);
  });

  it('is not on the pages for professionals', async () => {
    const { page } = await openTab(newPage, { viewport: PHONE });
    await page.goto(paths.area('bury'));
    expect(await exitButton(page).count()).toBe(0);
    for (let count = 0; count < 3; count++) await page.keyboard.press('Shift');
    await page.waitForTimeout(200);
    expect(page.url()).toContain(paths.area('bury'));
  });

  it('in one tab ends the conversation in the other', async () => {
    const { page, allow } = await openTalk('public');
    allow(/status of (403|422)/);
    const second = await page.context().newPage();
    await second.goto(page.url());
    const left = second.waitForRequest(AWAY);
    await exitButton(second).click();
    await left;
    await choose(page, 'none');
    await continueButton(page).click();
    await page.locator('main h1', { hasText: /Worried about a child|too old/ }).waitFor();
    expect(await page.locator('.fd-turn').count()).toBe(0);
  });
});

describe('the result of the public and of children', () => {
  it('can be shown large and read in one go, with the number as a link and nothing folded', async () => {
    const { page } = await openTalk('public');
    await answer(page, ['hurt']);
    const heading = page.locator('h1');
    const small = await heading.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    await page.getByRole('link', { name: 'Large letters' }).click();
    await page.waitForURL(/letters=large/);
    const large = await heading.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(large).toBeGreaterThan(small * 1.2);
    expect(await page.locator('.fd-action a[href^="tel:"]').first().isVisible()).toBe(true);
    expect(await page.locator('.fd-action').innerText()).toContain('0161 253 5678');
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
  });
});
