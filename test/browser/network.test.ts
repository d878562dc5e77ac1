/// <reference lib="dom" />
/** Responses from the network that are not our server's are never shown as ours, and nothing that was typed is lost. */
import type { Page, Route } from 'playwright';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { StoreUnavailable } from '../../server/store/failure.ts';
import { useBrowser } from './chromium.ts';
import { openDeskTab, openServer } from './desk-tab.ts';
import { choose, continueButton, openDoor, openQuestion, openTab } from './tab.ts';

const newPage = useBrowser();
const DOOR = 'I am worried about a child';

const STRANGE = '<!doctype html><title>Strange</title><h1>Not ours at all</h1>';
const html = (status: number) => (route: Route) => route.fulfill({ status, contentType: 'text/html', body: STRANGE });

/** Foreign responses, each with part of the message shown for it. `foreign-answers.test.ts` tries all of them on every form. */
const FOREIGN: Record<string, [answer: (route: Route) => Promise<void>, said: RegExp]> = {
  'a proxy’s 502': [html(502), /cannot be reached/],
  'a captive page with 200': [html(200), /guest Wi-Fi/],
  'nothing at all': [(route) => route.abort('connectionreset'), /There is no connection/],
};
const COMPLAINTS = /Failed to load resource|ERR_|Failed to fetch|NetworkError/;

/** Answers posts with one foreign response after another, and expects the page to show the same as before. */
async function expectNothingLost(page: Page, press: () => Promise<void>, typed: () => Promise<unknown>) {
  const heading = page.locator('h1').first();
  const before = [page.url(), await heading.innerText(), await typed()];
  let current = html(502);
  // One route for all of them, because after some the page tries again by itself, and must not reach our server in
  // between.
  const isPost = (route: Route) => (route.request().method() === 'POST' ? current(route) : route.fallback());
  await page.route('**', isPost);
  for (const [name, [answer, said]] of Object.entries(FOREIGN)) {
    current = answer;
    // The notice of the previous answer must not be mistaken for this one's.
    await page.locator('.fd-unsaved').evaluateAll((notices) => {
      for (const notice of notices) notice.remove();
    });
    await press();
    await expect
      .poll(() => page.locator('.fd-unsaved').allInnerTexts(), { message: name })
      .toContainEqual(expect.stringMatching(said));
    expect([page.url(), await heading.innerText(), await typed()], name).toEqual(before);
  }
  await page.unroute('**', isPost);
}

describe('a question', () => {
  it.each(['Bury', 'public'])('keeps what was chosen, whatever answer comes (%s)', async (door) => {
    const { page, allow } = await openTab(newPage);
    allow(COMPLAINTS);
    if (door === 'public') {
      await page.goto(paths.talkFor('public'));
      await page.locator('main form button[type=submit]').last().click();
      await page.waitForSelector('#question form');
    } else await openDoor(page, 'Bury', DOOR);
    await choose(page, 'no');
    const open = await openQuestion(page);
    await expectNothingLost(
      page,
      () => continueButton(page).click(),
      () => page.locator('input[value=no]').isChecked(),
    );
    expect(await openQuestion(page)).toBe(open);
    await continueButton(page).click();
    await expect.poll(() => openQuestion(page)).not.toBe(open);
    expect(await page.locator('.fd-unsaved').count()).toBe(0);
  });

  it('is sent again automatically when the server was away only for a moment', async () => {
    const { page, allow } = await openTab(newPage);
    allow(COMPLAINTS);
    await openDoor(page, 'Bury', DOOR);
    await choose(page, 'no');
    const open = await openQuestion(page);
    await page.route('**/answers', html(502), { times: 1 });
    await continueButton(page).click();
    await page.locator('.fd-unsaved', { hasText: 'Trying again in 2 seconds' }).waitFor();
    await expect.poll(() => openQuestion(page), { timeout: 10_000 }).not.toBe(open);
  });
});

describe('a form of the record', () => {
  it('keeps every word, says what happened, and can be sent when the network is back', async () => {
    const { page, allow } = await openTab(newPage);
    allow(COMPLAINTS);
    await openDoor(page, 'Bury', DOOR);
    const record = page.url().replace(/\/questions.*|#.*/, '');
    await page.goto(`${record}/record`);
    const form = page.locator('form[action$="/notes"]');
    await form.evaluate((element) => {
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true;
    });
    const box = form.locator('textarea');
    await box.fill('She said it twice, on Monday and today.');
    await expectNothingLost(
      page,
      () => form.evaluate((element) => (element as HTMLFormElement).requestSubmit()),
      () => box.inputValue(),
    );
    await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      form.evaluate((element) => (element as HTMLFormElement).requestSubmit()),
    ]);
    await page.locator('main', { hasText: 'She said it twice' }).waitFor();
  });

  it('keeps every word when our own server says that it cannot save, and says why', async () => {
    const { page, opened, allow } = await openTab(newPage);
    allow(COMPLAINTS);
    await openDoor(page, 'Bury', DOOR);
    await page.goto(`${page.url().replace(/\/questions.*|#.*/, '')}/record`);
    const form = page.locator('form[action$="/notes"]');
    await form.evaluate((element) => {
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true;
    });
    await form.locator('textarea').fill('She said it twice.');
    const { decide } = opened.store.log;
    opened.store.log.decide = () => Promise.reject(new StoreUnavailable('SQLITE_FULL', 'the disk is full'));
    await form.evaluate((element) => (element as HTMLFormElement).requestSubmit());
    await page.locator('.fd-unsaved', { hasText: /Not sent\. We cannot save anything.*still here/ }).waitFor();
    expect(await form.locator('textarea').inputValue()).toBe('She said it twice.');
    opened.store.log.decide = decide;
    await form.evaluate((element) => (element as HTMLFormElement).requestSubmit());
    await page.locator('main li, main p', { hasText: 'She said it twice.' }).first().waitFor();
  });

  it('keeps a text that is too large, and tells the person', async () => {
    const { page, allow } = await openTab(newPage);
    allow(COMPLAINTS);
    await openDoor(page, 'Bury', DOOR);
    await page.goto(`${page.url().replace(/\/questions.*|#.*/, '')}/record`);
    const box = page.locator('form[action$="/notes"] textarea');
    await box.evaluate((element) => {
      (element as HTMLTextAreaElement).value = 'ж'.repeat(140_000);
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true;
    });
    await page.locator('form[action$="/notes"]').locator('button[type=submit]').click();
    await page.locator('.fd-unsaved', { hasText: 'more than fits' }).waitFor();
    expect((await box.inputValue()).length).toBe(140_000);
  });

  it('asks before a page with unsaved text is left, and not before one without', async () => {
    const { page } = await openTab(newPage);
    await openDoor(page, 'Bury', DOOR);
    const record = `${page.url().replace(/\/questions.*|#.*/, '')}/record`;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.goto(record);
    await page.reload();
    expect(asked).toEqual([]);
    const box = page.locator('form[action$="/notes"] textarea');
    await box.evaluate((element) => {
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true;
    });
    await box.click();
    await page.keyboard.type('half a sentence');
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });
});

describe('the duty desk', () => {
  it('keeps the queue as it was, says since when it is outdated, and continues by itself', async () => {
    const server = await openServer();
    const { page } = await openDeskTab(newPage, server, 'duty worker');
    await page.clock.install();
    for (const [name, [answer, said]] of Object.entries(FOREIGN)) {
      await page.goto(server.origin + paths.desk());
      const before = await page.locator('main').innerText();
      const isPoll = (route: Route) => (route.request().headers()['hx-request'] ? answer(route) : route.fallback());
      await page.route('**', isPoll);
      await page.clock.runFor(11_000);
      const notice = page.locator('.fd-unsaved');
      await expect.poll(() => notice.innerText(), { message: name }).toMatch(said);
      expect(await notice.innerText()).toMatch(/Not up to date since \d\d:\d\d/);
      expect((await page.locator('main').innerText()).replace(await notice.innerText(), '').trim(), name).toContain(
        before.split('\n')[0] as string,
      );
      expect(page.url()).toBe(server.origin + paths.desk());
      await page.unroute('**', isPoll);
      await page.clock.runFor(11_000);
      await expect.poll(() => notice.count()).toBe(0);
    }
  });
});
