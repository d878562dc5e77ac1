/// <reference lib="dom" />
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import { contentFiles, readLibrary, realLibrary } from '../web/app.ts';
import { everyTypeFiles } from '../web/every-type.ts';
import { storyOf } from '../web/walking.ts';
import { DESKTOP, eventually, PHONE, useBrowser } from './chromium.ts';
import {
  answer,
  choose,
  continueButton,
  focusOn,
  openDoor,
  openQuestion,
  openTab,
  type Tab,
  unfoldTurns,
  walkStory,
} from './tab.ts';

const newPage = useBrowser();
const DOOR = 'I am worried about a child. What should I do?';
const REFUSED = /status of (409|422|503|403|404)/;
const { story } = storyOf('bury', 'harm_by_act');

/** Opens the first question of Bury's first flow. */
async function openFirst(options = {}): Promise<Tab> {
  const tab = await openTab(newPage, { viewport: DESKTOP, ...options });
  await openDoor(tab.page, 'Bury', DOOR);
  return tab;
}

const library = readLibrary([...contentFiles, ...everyTypeFiles]);

async function openSampleton(options = {}): Promise<Tab> {
  const tab = await openTab(newPage, { viewport: DESKTOP, ...options }, { library });
  await openDoor(tab.page, 'Sampleton', 'Every type of question');
  return tab;
}

/** Sets an attribute that is lost when the page is loaded again. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-mark', 'x'));
const isMarked = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-mark'));
const turns = (page: Page) => page.locator('#turns > .fd-turn');
const titleIs = (page: Page, start: string) => page.waitForFunction((text) => document.title.startsWith(text), start);

describe('an answer', () => {
  it('appends the turn without a page load; focus, title, address and live line follow', async () => {
    const { page } = await openFirst();
    expect(await focusOn(page)).toBe('nothing');
    expect(await page.locator('#live').textContent()).toBe('');
    await mark(page);
    await answer(page, 'no');
    await expect.poll(() => focusOn(page)).toBe('h1.govuk-fieldset__heading');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(await page.locator('h1').textContent());
    await eventually(() => page.title()).toBe('Question 2 – Front Door, Bury');
    expect(page.url()).toMatch(/\/questions\/who_is_asking$/);
    expect(await turns(page).count()).toBe(1);
    await unfoldTurns(page);
    expect(await turns(page).innerText()).toMatch(/in danger right now\?\s+No\s+Change/);
    expect(await page.locator('#live').textContent()).toMatch(
      /^\s*Your answer is saved\. Question added: number 2\.\s*$/,
    );
    expect(await page.locator('#turns #live').count()).toBe(0);
    expect(await page.locator('#live').getAttribute('role')).toBe('status');
    expect(await isMarked(page)).toBe(true);
    expect(await page.locator('h1').count()).toBe(1);
  });

  it('joins the earlier ones, which are one tap away and stay open once opened', async () => {
    const { page } = await openFirst({ viewport: PHONE });
    expect(await page.locator('#transcript summary').count()).toBe(0);
    await answer(page, 'no');
    const folded = page.locator('#transcript summary');
    await eventually(() => folded.innerText()).toBe('Your answers so far: 1');
    expect(await turns(page).isVisible()).toBe(false);
    await unfoldTurns(page);
    await answer(page, 'other_professional');
    await eventually(() => folded.innerText()).toBe('Your answers so far: 2');
    expect(await turns(page).last().isVisible()).toBe(true);
    await page.reload();
    expect(await turns(page).last().isVisible()).toBe(false);
    expect(await folded.innerText()).toBe('Your answers so far: 2');
  });

  it('does not move the focus when nobody acted: not on load, and not when a question’s URL is opened', async () => {
    const { page } = await openFirst();
    await answer(page, 'no');
    await page.reload();
    expect(await openQuestion(page)).toBe('who_is_asking');
    expect(await focusOn(page)).toBe('nothing');
    expect(await turns(page).count()).toBe(1);
  });

  it('pressed twice is saved once', async () => {
    const { page, opened } = await openFirst();
    await choose(page, 'no');
    await continueButton(page).dblclick();
    await titleIs(page, 'Question 2');
    await page.waitForTimeout(200);
    expect(await openQuestion(page)).toBe('who_is_asking');
    expect(await turns(page).count()).toBe(1);
    const id = page.url().split('/')[4] ?? '';
    expect(await opened.store.log.read(id)).toHaveLength(2);
  });

  it('that ends the interview leads to the result, on a new page', async () => {
    const { page } = await openFirst();
    await walkStory(page, story);
    expect(page.url()).toMatch(/\/result$/);
    expect(await page.locator('main').getAttribute('data-end')).toBe('refer_now');
    await eventually(() => page.title()).toBe('What to do – Front Door, Bury');
  });

  it('that cannot be sent says so, keeps what was entered, and can be sent again', async () => {
    const { page, allow } = await openFirst();
    allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await choose(page, 'no');
    await page.context().setOffline(true);
    await continueButton(page).click();
    const said = page.locator('.fd-unsaved');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/Your answer was not saved.*You can ring without waiting/s);
    expect(await said.getAttribute('role')).toBe('alert');
    expect(await page.locator('input[value=no]').isChecked()).toBe(true);
    await page.context().setOffline(false);
    await continueButton(page).click();
    await titleIs(page, 'Question 2');
    expect(await page.locator('.fd-unsaved').count()).toBe(0);
  });
});

describe('an error', () => {
  it('is in a summary that has the focus, links to the field, and disappears after the next answer', async () => {
    const { page, allow } = await openFirst();
    allow(REFUSED);
    await continueButton(page).click();
    await page.waitForSelector('.govuk-error-summary');
    await expect.poll(() => focusOn(page)).toBe('div.govuk-error-summary');
    await eventually(() => page.title()).toBe('Error: Question 1 – Front Door, Bury');
    await page.locator('.govuk-error-summary a').click();
    await expect.poll(() => focusOn(page)).toBe('input#q-immediate_danger');
    await answer(page, 'no');
    expect(await page.locator('.govuk-error-summary').count()).toBe(0);
    await eventually(() => page.title()).toBe('Question 2 – Front Door, Bury');
  });

  it('is in a summary without a script, too, and what was typed is kept', async () => {
    const { page, allow } = await openSampleton({ javaScriptEnabled: false });
    allow(REFUSED);
    await walkWithoutScript(page, { sample_yes: 'no', sample_one: 'red', sample_several: ['none'] });
    await page.locator('#question input[type=text]').fill('99');
    await continueButton(page).click();
    await eventually(() => page.title()).toMatch(/^Error: Question 4/);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('whole number from 0 to 17');
    expect(await page.locator('#question input[type=text]').inputValue()).toBe('99');
  });
});

async function walkWithoutScript(page: Page, given: Record<string, string | string[]>) {
  for (const value of Object.values(given)) {
    await choose(page, value);
    await continueButton(page).click();
  }
}

describe('Back and Change', () => {
  it('Back shows the question before, with its answer, and Forward the one after', async () => {
    const { page } = await openFirst();
    await answer(page, 'no');
    await answer(page, 'other_professional');
    await page.goBack();
    await titleIs(page, 'Question 2');
    await expect.poll(() => openQuestion(page)).toBe('who_is_asking');
    expect(await page.locator('input[value=other_professional]').isChecked()).toBe(true);
    expect(await turns(page).count()).toBe(1);
    await page.goForward();
    await expect.poll(() => openQuestion(page)).toBe('open_to_social_care');
    expect(await turns(page).count()).toBe(2);
  });

  it('Back leads from the result to a question, and from the first question to the doors', async () => {
    const { page } = await openFirst();
    await answer(page, 'yes');
    await answer(page, 'calling_now');
    expect(await page.locator('main').getAttribute('data-end')).toBe('call_999');
    await page.goBack();
    await expect.poll(() => openQuestion(page)).toBe('danger_reported');
    await page.goBack();
    await expect.poll(() => openQuestion(page)).toBe('immediate_danger');
    await page.goBack();
    await expect.poll(() => page.locator('h1').innerText()).toBe('What brings you?');
  });

  it.each([true, false])(
    'Change opens an earlier answer, and then returns to the open question (scripts %s)',
    async (javaScriptEnabled) => {
      const { page } = await openFirst({ javaScriptEnabled });
      for (const given of ['no', 'other_professional', 'no', 9] as const) {
        await choose(page, given);
        await continueButton(page).click();
        await page
          .waitForFunction(
            (known) => document.querySelector<HTMLInputElement>('input[name=question]')?.value !== known,
            given === 9 ? 'child_age' : '',
          )
          .catch(() => {});
        if (javaScriptEnabled) await page.waitForTimeout(100);
      }
      await expect.poll(() => openQuestion(page)).toBe('concerns');
      await unfoldTurns(page);
      await page.getByRole('link', { name: /Change your answer to “How old is the child/ }).click();
      await expect.poll(() => openQuestion(page)).toBe('child_age');
      expect(await page.locator('.fd-changing').innerText()).toContain('You are changing an earlier answer');
      expect(await page.locator('#question input[type=text]').inputValue()).toBe('9');
      await page.locator('#question input[type=text]').fill('15');
      await continueButton(page).click();
      await expect.poll(() => openQuestion(page)).not.toBe('child_age');
      expect(await turns(page).allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/15 years/)]));
    },
  );

  it('a changed answer removes what no longer applies, without a page load', async () => {
    const { page } = await openFirst();
    await answer(page, 'yes');
    await answer(page, 'called');
    expect(await turns(page).count()).toBe(2);
    await unfoldTurns(page);
    await page.getByRole('link', { name: /Change your answer to “Is a child/ }).click();
    await page.waitForSelector('.fd-changing');
    await mark(page);
    await answer(page, 'no');
    expect(await isMarked(page)).toBe(true);
    expect(await turns(page).count()).toBe(1);
    expect(await turns(page).textContent()).not.toContain('Have you called?');
    expect(await openQuestion(page)).toBe('who_is_asking');
    expect(await page.locator('.fd-changing').count()).toBe(0);
  });
});

describe('a page that comes instead of the next question', () => {
  it('replaces the whole page when another tab has answered differently, and can be continued', async () => {
    const { page, allow } = await openFirst();
    allow(REFUSED);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await answer(second, 'no');
    await choose(page, 'yes');
    await continueButton(page).click();
    await page.getByRole('heading', { name: /Which one counts/ }).waitFor();
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('header, footer, main').count()).toBe(3);
    await page.getByRole('button', { name: 'Keep this one' }).click();
    await expect.poll(() => openQuestion(page)).toBe('who_is_asking');
  });

  it('replaces the whole page when the guidance has been withdrawn', async () => {
    const withdrawn = new Map();
    const tab = await openTab(newPage, { viewport: DESKTOP }, { library: { ...realLibrary, withdrawn } });
    tab.allow(REFUSED);
    await openDoor(tab.page, 'Bury', DOOR);
    const flow = realLibrary.areas.get('bury')?.flows.get('level');
    if (flow === undefined) throw new Error('there is no flow');
    withdrawn.set(versionOf(flow), { version: versionOf(flow), on: '2026-11-22', why: 'A new threshold' });
    await choose(tab.page, 'no');
    await continueButton(tab.page).click();
    await tab.page.getByRole('heading', { name: 'The guidance has changed' }).waitFor();
    expect(await tab.page.locator('main').innerText()).toContain('A new threshold');
    expect(await tab.page.locator('.fd-urgent').innerText()).toContain('Call 999');
  });

  it('replaces the whole page when the browser has lost its cookie', async () => {
    const { page, allow } = await openFirst();
    allow(REFUSED);
    await page.context().clearCookies();
    await choose(page, 'no');
    await continueButton(page).click();
    await page.locator('main h1', { hasText: /too old|cannot find/ }).waitFor();
    expect(await page.locator('.fd-urgent').innerText()).toContain('Call 999');
  });
});

describe('a list of ticks', () => {
  async function openConcerns(options = {}): Promise<Page> {
    const { page } = await openFirst(options);
    for (const given of ['no', 'other_professional', 'no', 9] as const) await answer(page, given);
    await eventually(() => openQuestion(page)).toBe('concerns');
    return page;
  }
  const box = (page: Page, value: string) => page.locator(`#question input[value=${value}]`);
  const group = (page: Page, title: string) => page.locator('.fd-group--folded', { hasText: title });

  it('says how many are ticked, which ones "None of these" removes, and restores them', async () => {
    const page = await openConcerns();
    const told = page.locator('.fd-ticked');
    const holds = group(page, 'Harm at home').locator('.fd-fold__holds');
    await choose(page, ['physical_abuse', 'severe_neglect']);
    await eventually(() => told.innerText()).toBe('2 ticked');
    await eventually(() => holds.innerText()).toMatch(/^\d+ lines, 2 ticked$/);
    await box(page, 'none').check();
    await eventually(() => told.innerText()).toMatch(/^Ticks taken away: 2\. Put them back$/);
    await eventually(() => holds.innerText()).toMatch(/^\d+ lines$/);
    await page.getByRole('button', { name: 'Put them back' }).click();
    await eventually(() => told.innerText()).toBe('2 ticked');
    await eventually(() => holds.innerText()).toMatch(/^\d+ lines, 2 ticked$/);
    await eventually(() => box(page, 'severe_neglect').isChecked()).toBe(true);
    await eventually(() => box(page, 'none').isChecked()).toBe(false);
  });

  it('shows its groups on one phone screen, and says which were never opened before "None of these" is sent', async () => {
    const page = await openConcerns({ viewport: PHONE });
    const titles = page.locator('.fd-group--folded h2');
    const [first, last] = [await titles.first().boundingBox(), await titles.last().boundingBox()];
    expect((last?.y ?? 0) - (first?.y ?? 0)).toBeLessThan(PHONE.height);
    const size = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
    expect(await size('.fd-group--folded h2')).toBeLessThan(await size('h1'));
    const unopened = page.locator('.fd-unopened');
    await box(page, 'none').check();
    await eventually(() => unopened.innerText()).toMatch(/^Not opened yet: Harm at home.*not clear yet\.$/);
    await group(page, 'Harm at home').locator('summary').first().click();
    await eventually(() => unopened.innerText()).not.toContain('Harm at home');
    await choose(page, 'physical_abuse');
    await eventually(() => unopened.innerText()).toBe('');
  });

  it('finds a line by its words, and keeps all ticks', async () => {
    const page = await openConcerns();
    await choose(page, 'severe_neglect');
    await page.getByLabel('Find in this list').fill('bruise baby');
    await eventually(() => box(page, 'baby_mark').isVisible()).toBe(true);
    expect(await box(page, 'severe_neglect').isVisible()).toBe(true);
    expect(await box(page, 'forced_marriage').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.getByLabel('Find in this list').fill('zebra');
    await eventually(() => page.locator('.fd-found-lines').innerText()).toContain('No line has these words');
    await page.getByLabel('Find in this list').fill('');
    await eventually(() => group(page, 'Before birth').isVisible()).toBe(true);
    expect(await openQuestion(page)).toBe('concerns');
    expect(await box(page, 'severe_neglect').isChecked()).toBe(true);
  });

  it('keeps an option’s long help one tap away, and screen readers still read it with the box', async () => {
    const page = await openConcerns();
    await group(page, 'Harm at home').locator('summary').first().click();
    const described = await box(page, 'significant_harm').getAttribute('aria-describedby');
    const hint = page.locator(`#${described}`);
    await eventually(() => hint.isVisible()).toBe(false);
    await page.locator('.fd-counts summary').first().click();
    await eventually(() => hint.isVisible()).toBe(true);
  });
});

describe('keys', () => {
  const keysShown = (page: Page) => page.evaluate(() => document.documentElement.classList.contains('fd-with-keys'));

  it('1 to 9 choose and Enter continues, question after question', async () => {
    const { page } = await openFirst();
    await page.keyboard.press('2');
    expect(await page.locator('input[value=no]').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await titleIs(page, 'Question 2');
    await page.keyboard.press('1');
    expect(await page.locator('input[value=other_professional]').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await titleIs(page, 'Question 3');
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    expect(await page.locator('input[value=no]').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await titleIs(page, 'Question 4');
  });

  it('Enter alone chooses nothing and sends nothing; a key that no option has does nothing', async () => {
    const { page } = await openFirst();
    for (const key of ['Enter', '7', '0', 'x']) await page.keyboard.press(key);
    await page.waitForTimeout(150);
    await eventually(() => page.title()).toBe('Question 1 – Front Door, Bury');
    expect(await page.locator(':checked').count()).toBe(0);
  });

  it('have no effect while somebody types, or with Ctrl or Alt', async () => {
    const { page } = await openFirst();
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Alt+1');
    expect(await page.locator(':checked').count()).toBe(0);
    for (const given of ['no', 'other_professional', 'no']) await answer(page, given);
    await page.locator('#question input[type=text]').focus();
    await page.keyboard.press('1');
    expect(await page.locator('#question input[type=text]').inputValue()).toBe('1');
    await page.keyboard.press('Enter');
    await titleIs(page, 'Question 5');
  });

  it('can be turned off, and stay off', async () => {
    const { page } = await openFirst();
    const keySwitch = page.getByRole('button', { name: /Keys 1 to 9/ });
    expect(await keySwitch.getAttribute('aria-pressed')).toBe('true');
    expect(await keysShown(page)).toBe(true);
    await keySwitch.click();
    await eventually(() => keySwitch.getAttribute('aria-pressed')).toBe('false');
    await page.locator('h1').click();
    await page.keyboard.press('2');
    expect(await page.locator(':checked').count()).toBe(0);
    await answer(page, 'no');
    expect(await keysShown(page)).toBe(false);
    await page.reload();
    expect(await keySwitch.getAttribute('aria-pressed')).toBe('false');
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toBe('{"front-door-keys":"off"}');
  });

  it('are not mentioned on a telephone, which has no keyboard', async () => {
    const { page } = await openFirst({ viewport: PHONE, isMobile: true, hasTouch: true });
    expect(await page.getByRole('button', { name: /Keys 1 to 9/ }).count()).toBe(0);
    expect(await keysShown(page)).toBe(false);
    await answer(page, 'no');
  });

  it('the keyboard alone is enough, from the first page to the result', async () => {
    const { page } = await openTab(newPage, { viewport: DESKTOP });
    await page.goto('/');
    await tabTo(page, /^Bury/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/areas\/bury/);
    await tabTo(page, /What should I do/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#question form');
    await tabTo(page, /^$/, 'input[type=radio]');
    await page.keyboard.press('Space');
    await tabTo(page, /^Continue$/);
    await page.keyboard.press('Enter');
    await titleIs(page, 'Question 2');
    expect(await openQuestion(page)).toBe('danger_reported');
  });
});

/** Presses Tab until an element with this text has the focus. */
async function tabTo(page: Page, words: RegExp, selector = '*'): Promise<void> {
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press('Tab');
    const [text, fits, visible] = await page.evaluate((wanted) => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const label = element.parentElement?.querySelector('label');
      const box = label === null || label === undefined ? '' : getComputedStyle(label, '::before').boxShadow;
      const seen = outlineStyle !== 'none' || boxShadow !== 'none' || (box !== '' && box !== 'none');
      return [element.innerText ?? '', element.matches(wanted), seen] as const;
    }, selector);
    expect(visible, `the focus on "${text}" can be seen`).toBe(true);
    if (words.test(text.trim()) && fits) return;
  }
  throw new Error(`Tab does not lead to ${words}`);
}

describe('the form', () => {
  it('"None of these" clears the other ticks, and they clear it', async () => {
    const { page } = await openSampleton();
    await walkStory(page, { sample_yes: 'no', sample_one: 'red' });
    await choose(page, ['sun', 'snow']);
    await choose(page, 'none');
    expect(
      await page.locator('#question :checked').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(['none']);
    await choose(page, ['sun', 'unknown']);
    expect(
      await page.locator('#question :checked').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(['sun', 'unknown']);
  });

  it('"I don’t know" empties the box, and typing clears it', async () => {
    const { page } = await openSampleton();
    await walkStory(page, { sample_yes: 'no', sample_one: 'red', sample_several: ['none'] });
    const [box, unknown] = [page.locator('#question input[type=text]'), page.locator('#question input[value=unknown]')];
    await box.fill('12');
    await unknown.check();
    expect(await box.inputValue()).toBe('');
    await box.fill('3');
    expect(await unknown.isChecked()).toBe(false);
  });

  it.each([true, false])('takes every type of answer (scripts %s)', async (javaScriptEnabled) => {
    const { page } = await openSampleton({ javaScriptEnabled });
    const given = {
      sample_yes: 'no',
      sample_one: 'blue',
      sample_several: ['sun', 'snow'],
      sample_number: '4',
      sample_date: '1 11 2026',
      sample_short: 'Short',
      sample_long: 'One\nTwo',
    };
    if (javaScriptEnabled) await walkStory(page, given);
    else await walkWithoutScript(page, given);
    expect(await page.locator('main').getAttribute('data-end')).toBe('sample_blue');
    await page.getByText('All your answers').click();
    const text = await page.locator('#turns').innerText();
    for (const words of ['Blue', 'The sun', 'Snow', '4 years', '1 November 2026', 'Short'])
      expect(text).toContain(words);
  });

  it('"Skip to the question" leads there', async () => {
    const { page } = await openFirst();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the question');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('#question') !== null)).toBe(true);
  });
});

describe('the record in a browser', () => {
  it('is written, told, taken away and opened again elsewhere', async () => {
    const { page, opened } = await openFirst();
    await walkStory(page, story);
    expect(await page.locator('.fd-untold').innerText()).toContain('You have not told children’s services yet');
    await page.getByRole('link', { name: /I have told them/ }).click();
    await page.getByLabel('Whom you spoke to').fill('Joan at MASH');
    await page.getByLabel('When', { exact: true }).fill('now');
    await page.getByLabel('Reference that they gave you').fill('M 123');
    await page.getByRole('button', { name: 'Write down that I told them' }).click();
    await eventually(() => page.locator('.fd-told').innerText()).toContain('Reference given: M 123');
    expect(await page.locator('.fd-untold').count()).toBe(0);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'plain text' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^front-door-B\d{9}\.txt$/);
    await page.getByRole('button', { name: 'Get a code' }).click();
    const code = await page.locator('.fd-code__code').innerText();
    const reference = (await page.locator('h1').innerText()).replace('Record ', '');
    const other = await newPage({ baseURL: new URL(page.url()).origin });
    await other.goto(paths.return());
    await other.getByLabel('Reference').fill(reference);
    await other.getByLabel('Code').fill(code);
    await other.getByRole('button', { name: 'Open it' }).click();
    await other.locator('main[data-end=refer_now]').waitFor();
    await other.context().close();
    expect(opened.log).toEqual([]);
  });

  it('a form with something missing opens there, with the focus on the error', async () => {
    const { page, allow } = await openFirst();
    allow(REFUSED);
    await walkStory(page, story);
    await page.goto(page.url().replace(/result$/, 'record'));
    await page.locator('#consents summary').click();
    await page.locator('#consents').getByLabel('Refused').check();
    await page.getByRole('button', { name: 'Save consent' }).click();
    await expect.poll(() => focusOn(page)).toBe('div.govuk-error-summary');
    await page.locator('.govuk-error-summary a').click();
    await expect.poll(() => focusOn(page)).toBe('textarea#consents-reason');
    expect(await page.locator('#consents').getByLabel('Refused').isChecked()).toBe(true);
  });
});
