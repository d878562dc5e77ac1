/// <reference lib="dom" />
/**
 * `npm run pictures`: makes the three pictures of the README, from pages as they are now. Everybody in them is
 * invented.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { chromium, type Page } from 'playwright';
import { openDesk } from './bench/desk-app.ts';
import { findBrowser } from './browser/find-browser.ts';
import { prepareFonts } from './browser/fonts.ts';

const SIZE = { width: 1000, height: 760 };
const pictures = join(import.meta.dirname, '..', 'docs', 'pictures');
const folder = mkdtempSync(join(tmpdir(), 'front-door-pictures-'));
mkdirSync(pictures, { recursive: true });

const desk = await openDesk({ file: join(folder, 'data', 'front-door.sqlite') });
const server = serve({ fetch: desk.app.fetch, port: 0, hostname: '127.0.0.1' });
await new Promise((listening) => server.once('listening', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const fonts = prepareFonts();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
  env: fonts.env,
});

const storyOf = (id: string): Record<string, unknown> => {
  const found = desk.library.areas.get('bury')?.cases.get(id);
  if (found === undefined) throw new Error(`Bury has no case ${id}`);
  return found.answers;
};

/** A new visitor, at the first question of Bury's main door. */
async function begin(): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, viewport: SIZE, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/areas/bury');
  await page.locator('main form button[name=flow][value=level]').click();
  return page;
}

/** Answers as the story says, until `stop` is the open question or, without it, to the result. */
async function walk(page: Page, story: Record<string, unknown>, stop?: string): Promise<void> {
  for (;;) {
    await page.waitForSelector('form.fd-question, main[data-end]');
    if ((await page.locator('main[data-end]').count()) > 0) return;
    const form = page.locator('form.fd-question');
    const question = await form.locator('input[name=question]').inputValue();
    if (question === stop) return;
    const given = [story[question] ?? 'unknown'].flat().map(String);
    for (const value of given) {
      const choice = form.locator(`input[value="${value}"]:is([type=radio], [type=checkbox])`);
      if ((await choice.count()) > 0) {
        await choice.evaluate((one) => one.closest('details')?.setAttribute('open', ''));
        await choice.check();
      } else await form.locator('input[type=text], textarea').fill(value);
    }
    await form.locator('button[type=submit]').click();
    await page.waitForFunction(
      (asked) => document.querySelector<HTMLInputElement>('input[name=question]')?.value !== asked,
      question,
    );
  }
}

const save = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

/** Asks the duty worker, from the result page. */
async function askDutyWorker(page: Page, question: string): Promise<void> {
  await page.goto(page.url().replace(/result$/, 'handover'));
  await page.locator('[name=question]').fill(question);
  await page.locator('[name=reach]').fill('0161 496 0001');
  await page.locator('main button[type=submit]').last().click();
}

const burns = storyOf('harm_by_act');
const asked = await begin();
await walk(asked, burns, 'telling_brings_harm');
await asked.evaluate(() => {
  const question = document.querySelector('form.fd-question');
  scrollTo(0, (question?.getBoundingClientRect().top ?? 0) + scrollY - 330);
});
await save(asked, 'question');
await walk(asked, burns);
await asked.evaluate(() => scrollTo(0, 0));
await save(asked, 'result');

const questions = {
  harm_by_act: 'Must the parents be told before we ring?',
  out_of_school_unsafe: 'Is this a level 4 or 5?',
  other_serious_worry: 'May I wait until her head of year is back?',
};
for (const [id, question] of Object.entries(questions)) {
  const page = await begin();
  await walk(page, storyOf(id));
  await askDutyWorker(page, question);
  await page.context().close();
}
const worker = await desk.signIn('duty worker');
const queue = await browser.newContext({ baseURL: origin, viewport: SIZE });
await queue.addCookies([...worker.cookies].map(([name, value]) => ({ name, value, url: origin })));
const page = await queue.newPage();
await page.goto('/desk');
await save(page, 'desk');

await browser.close();
fonts.remove();
server.close();
await desk.store.close();
rmSync(folder, { recursive: true, force: true });
