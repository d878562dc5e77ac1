/// <reference lib="dom" />
/**
 * Everything that is pressed in a hurry is at least 44 px high and wide, and no text is lost when letters are twice as
 * large.
 */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { jumpToResult } from '../web/walking.ts';
import { expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { openDoor, openTab } from './tab.ts';

const newPage = useBrowser();
const DOOR = 'I am worried about a child. What should I do?';

/** Visible controls that a finger 20 px above or below their middle would miss, each with its words. */
async function missedByFinger(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const HURRY =
      'a[href^="tel:"], button, summary, .fd-change, .fd-back, .fd-card, .govuk-radios__label, .govuk-checkboxes__label, a.govuk-button, a.fd-fold';
    const inSight = [...document.querySelectorAll<HTMLElement>(HURRY)].filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return one.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
    });
    return inSight.flatMap((one) => {
      one.scrollIntoView({ block: 'center', behavior: 'instant' });
      // A number that is broken over two lines is pressed on its first line.
      const [box = one.getBoundingClientRect()] = [...one.getClientRects()];
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const hits = (dy: number) => {
        const found = document.elementFromPoint(x, y + dy);
        return found !== null && (one.contains(found) || found.closest('a, button, label, summary') === one);
      };
      return hits(-20) && hits(20) ? [] : [`${one.className || one.tagName}: ${one.textContent?.trim().slice(0, 40)}`];
    });
  });
}

/** Sets the browser's standard letter size, as a person would. */
async function setLetters(page: Page, standard: 16 | 32) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } });
}

/** Elements whose text is cut off at the side, or overlaps other text. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, .fd-urgent *, .fd-footer *')]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowX !== 'auto')
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((one) => `${one.className || one.tagName}: ${one.textContent?.trim().slice(0, 40)}`),
  );
}

describe('on a phone, in a hurry and in large letters', () => {
  it('each page of a professional, of the public and of a child', async () => {
    const { page, opened } = await openTab(newPage, { viewport: PHONE, hasTouch: true, isMobile: true });
    const found: string[] = [];
    const look = async (name: string) => {
      found.push(...(await missedByFinger(page)).map((one) => `${name}, missed: ${one}`));
      await setLetters(page, 32);
      await expectNoSidewaysScroll(page);
      found.push(...(await cutOff(page)).map((one) => `${name}, cut off: ${one}`));
      await setLetters(page, 16);
    };
    for (const path of [
      paths.start(),
      paths.area('bury'),
      paths.contacts(),
      paths.numbers(),
      paths.wrongNumberOf('bury', 'mash'),
      paths.talkFor('public'),
    ]) {
      await page.goto(path);
      await look(path);
    }
    await page.locator('main form button[type=submit]').last().click();
    await page.waitForSelector('#question form');
    await look('a question of the public');
    await openDoor(page, 'Bury', DOOR);
    await look('a question');
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    const baseURL = new URL(page.url()).origin;
    await page.context().addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: baseURL })));
    for (const path of [
      paths.result(id),
      paths.wholeResult(id),
      paths.call(id),
      paths.handoverSheet(id),
      paths.record(id),
    ]) {
      await page.goto(path);
      await look(path.replace(id, 'ID'));
    }
    expect(found).toEqual([]);
  }, 240_000);
});
