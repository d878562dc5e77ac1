/// <reference lib="dom" />
/**
 * What is typed at the desk survives another form, a reload, another page, a closed tab and the end of the session; and
 * urgent consultations are announced.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { readForms } from '../web/page-forms.ts';
import { DESKTOP, eventually, expectAccessible, useBrowser } from './chromium.ts';
import { openDeskTab, openServer, type World } from './desk-tab.ts';

const newPage = useBrowser();
const TYPED = 'He was not at school, and nobody knows where he is';

async function ask(world: World) {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const id = opened.location?.split('/')[2] ?? '';
  await browser.post(paths.handovers(id), { question: 'Is this one for you?', reach: '0161 496 0001' });
  return { browser, id };
}

declare global {
  interface Window {
    shown: string[];
  }
}

/** Counts the browser's own notifications. Nobody is asked for permission without pressing a button. */
function countNotifications() {
  window.shown = [];
  class Counted extends EventTarget {
    static permission = 'default';
    static async requestPermission() {
      window.shown.push('asked');
      Counted.permission = 'granted';
      return Counted.permission;
    }
    constructor(title: string) {
      super();
      window.shown.push(title);
    }
  }
  Object.defineProperty(window, 'Notification', { value: Counted });
}

async function openNotes(page: Page) {
  const notes = page.locator('#notes');
  const text = notes.getByRole('textbox').first();
  if (!(await text.isVisible())) await notes.locator('summary').first().click();
  return text;
}

it('keeps what is typed when a tab is reloaded, left or closed, or its session has ended', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { id } = await ask(world);
  const { page, context, browser } = await openDeskTab(newPage, server, 'duty worker', { viewport: DESKTOP });
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const record = origin + paths.deskRecord(id);
  await page.goto(record);
  await (await openNotes(page)).fill(TYPED);
  await page.locator('#notes .fd-kept').filter({ hasText: 'Kept at' }).waitFor();
  await page.reload();
  expect(await (await openNotes(page)).inputValue()).toBe(TYPED);
  await expectAccessible(page);

  // Another form of the page is sent; the last words typed are saved at that moment.
  await (await openNotes(page)).fill(`${TYPED}.`);
  await page.locator('[name="field-agreed_course"]').fill('The school keeps watch');
  await page.getByRole('button', { name: 'Save what is filled in' }).last().click();
  await page.locator('.fd-field__saved').first().waitFor();
  expect(await (await openNotes(page)).inputValue()).toBe(`${TYPED}.`);

  // Also for a question of a conversation: an option is chosen and not sent yet.
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  await page.goto(origin + opened.location);
  const choice = page.locator('form.fd-question input[value="unknown"]').first();
  await choice.check();
  await page.locator('form.fd-question .fd-kept').filter({ hasText: 'Kept at' }).waitFor();
  await page.reload();
  expect(await choice.isChecked()).toBe(true);

  await page.close();
  const again = await context.newPage();
  await again.goto(record);
  expect(await (await openNotes(again)).inputValue()).toBe(`${TYPED}.`);

  world.clock.pass(40);
  await (await openNotes(again)).fill(`${TYPED}!`);
  await again.getByText('You were signed out. What you wrote is kept').waitFor();
  await world.signIn(browser, browser.member);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  await again.goto(record);
  expect(await (await openNotes(again)).inputValue()).toBe(`${TYPED}!`);

  await again.getByRole('button', { name: 'Throw it away' }).click();
  await again.getByRole('heading', { name: 'Throw this away?' }).waitFor();
  await again.getByRole('button', { name: 'Yes, throw it away' }).click();
  await expect.poll(async () => (await openNotes(again)).inputValue()).toBe('');
}, 120_000);

it('keeps what was typed just before the page is left, however it was opened and is left', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { id } = await ask(world);
  const { context, browser, page: first } = await openDeskTab(newPage, server, 'duty worker', { viewport: DESKTOP });
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await first.close();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const manager = await world.openDesk('operational manager');
  let times = 0;
  const box = (page: Page) => page.locator('[name="field-agreed_course"]');
  /** How the page was opened → something is typed or chosen there. */
  const came: Record<string, (page: Page) => Promise<(words: string) => Promise<void>>> = {
    loaded: async (page) => {
      await page.goto(origin + paths.deskRecord(id));
      return (words) => box(page).fill(words);
    },
    'as the answer to a form with an error': async (page) => {
      await page.goto(origin + paths.deskRecord(id));
      await page.locator('[name="outcome"]').first().check();
      await page.getByRole('button', { name: 'Save, and record the outcome' }).click();
      await page.locator('.govuk-error-summary').waitFor();
      return (words) => box(page).fill(words);
    },
    'as the answer to a form that clashes': async (page) => {
      await page.goto(origin + paths.deskRecord(id));
      const action = paths.deskAction(id, 'fields');
      const hers = readForms((await manager.get(paths.deskRecord(id))).text).find((form) => form.action === action);
      await manager.post(action, { ...hers?.values, 'field-agreed_course': `Meanwhile, for the ${++times}th time` });
      await box(page).fill('At the same time');
      await page.getByRole('button', { name: 'Save what is filled in' }).last().click();
      await page.locator('[name="keep-agreed_course"]').first().waitFor();
      return (words) => box(page).fill(words);
    },
  };
  const left: Record<string, (page: Page) => Promise<unknown>> = {
    'by a link': (page) => page.locator('a[href="/desk"]').first().click(),
    'by going back': (page) => page.goBack(),
    'by closing the tab': (page) => page.close(),
  };
  for (const [how, ways] of Object.entries({
    loaded: ['by a link', 'by going back', 'by closing the tab'],
    'as the answer to a form with an error': ['by going back'],
    'as the answer to a form that clashes': ['by closing the tab'],
  }))
    for (const way of ways) {
      const page = await context.newPage();
      await page.goto(origin + paths.account());
      const type = await came[how]?.(page);
      const words = `Typed on a page that came ${how}, left ${way}`;
      await type?.(words);
      await left[way]?.(page);
      // A link waits until the text is saved, so the page that it leads to has the text.
      if (way === 'by a link') {
        await page.waitForURL(/\/desk$/);
        expect((await browser.get(paths.drafts())).text).toContain(words);
      }
      await expect
        .poll(async () => (await browser.get(paths.drafts())).text.includes(words), { timeout: 20_000, message: words })
        .toBe(true);
      await page.close();
    }
  // Somebody who types without pausing.
  const busy = await context.newPage();
  await busy.goto(origin + paths.deskRecord(id));
  const isKept = async () => (await browser.get(paths.drafts())).text.includes('Without a pause');
  let presses = 0;
  await box(busy).fill('Without a pause ');
  while (!(await isKept()) && presses++ < 200) await box(busy).press('a');
  expect(await isKept()).toBe(true);
  await busy.close();
  // An answer of a conversation, chosen on the page as it was loaded, and on one that a script inserted. In the list,
  // each links to its own question.
  const conversation = opened.location?.split('/')[2] ?? '';
  const page = await context.newPage();
  await page.goto(origin + opened.location);
  const choose = () => page.locator('form.fd-question input[value="unknown"]').first().check();
  await choose();
  await page.locator('a.fd-header__name').click();
  await page.waitForURL(`${origin}/`);
  await expect
    .poll(async () => (await browser.get(paths.drafts())).text, { timeout: 20_000 })
    .toContain(paths.question(conversation, 'immediate_danger'));
  await page.goto(origin + opened.location);
  await page.locator('form.fd-question input[value="no"]').first().check();
  await page.locator('.fd-continue').click();
  await page.locator('input[name=question][value=who_is_asking]').waitFor({ state: 'attached' });
  await choose();
  await page.close();
  await expect
    .poll(async () => (await browser.get(paths.drafts())).text, { timeout: 20_000 })
    .toContain(paths.question(conversation, 'who_is_asking'));
}, 240_000);

it('a tab that a colleague left open sends nothing in the name of the next person to sign in: it says so, and keeps the text', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { id } = await ask(world);
  const { page, context, browser, member } = await openDeskTab(newPage, server, 'duty worker', { viewport: DESKTOP });
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await page.goto(origin + paths.deskRecord(id));
  const call = await context.newPage();
  await call.goto(origin + paths.deskQuestions(id));
  const queue = await context.newPage();
  await queue.goto(origin + paths.desk());
  const entries = (await world.store.log.read(id))?.length;

  const next = await world.addMember('operational manager', 'bury', 'Tom Reed');
  await browser.post(paths.signOut(), {}, paths.account());
  await world.signIn(browser, next);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  const notes = await openNotes(page);
  await notes.fill(TYPED);
  await page.locator('#notes .fd-kept').filter({ hasText: 'Somebody else has signed in here since' }).waitFor();
  await page.locator('#notes').getByRole('button', { name: 'Save' }).click();
  await page.getByText(/Not sent\. This page is somebody else’s.*Tom Reed is signed in here now/).waitFor();
  expect(await notes.inputValue()).toBe(TYPED);
  await expectAccessible(page);
  // If the person did write it, they can send it as their own with one press.
  expect(await page.getByRole('button', { name: 'I wrote this: send it as Tom Reed' }).count()).toBe(1);
  // The answers of a call, which save themselves, and the queue, which refreshes itself.
  await call.locator('[name=immediate_danger][value=no]').check();
  await call.getByText(/not saved\. This page is somebody else’s/).waitFor();
  expect(await call.locator('[name=immediate_danger][value=no]').isChecked()).toBe(true);
  await queue.getByText(/Not up to date since .*Somebody else has signed in here since/).waitFor({ timeout: 60_000 });
  expect((await world.store.log.read(id))?.length).toBe(entries);
  await call.getByRole('button', { name: 'I wrote this: send it as Tom Reed' }).click();
  await eventually(async () => (await world.store.log.read(id))?.at(-1)).toMatchObject({
    what: { kind: 'answered', question: 'immediate_danger' },
    who: { name: 'Tom Reed' },
  });

  await browser.post(paths.signOut(), {}, paths.account());
  await world.signIn(browser, member);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  await page.reload();
  expect(await (await openNotes(page)).inputValue()).toBe(TYPED);
}, 180_000);

it('says politely, and in the title, that a consultation has become urgent; and since when the queue is old', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { browser, id } = await ask(world);
  const { page } = await openDeskTab(newPage, server, 'duty worker', { viewport: DESKTOP });
  await page.addInitScript(countNotifications);
  // On the person's own list, which does not include the urgent one.
  await page.goto(origin + paths.deskOf('mine'));
  await eventually(() => page.title()).toMatch(/^Queue/);
  expect(await page.evaluate(() => window.shown)).toEqual([]);
  await page.getByRole('button', { name: 'Notify me in this browser of what is urgent' }).click();
  await page.getByText('It names nobody').waitFor();
  await expectAccessible(page);
  await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'yes', seen: '0' });
  await expect.poll(() => page.title(), { timeout: 20_000 }).toMatch(/^\(1 urgent\) Queue/);
  expect(await page.locator('#queue-live').textContent()).toBe('A consultation has become urgent. In danger now');
  expect(await page.evaluate(() => window.shown)).toEqual(['asked', 'New urgent consultation']);
  await page.getByRole('link', { name: /^All/ }).click();
  await page.locator(`#line-${id}`).waitFor();
  await page.context().setOffline(true);
  await page.getByText(/Not up to date since \d\d:\d\d/).waitFor({ timeout: 20_000 });
  await page.locator(`#line-${id}`).waitFor();
}, 120_000);
