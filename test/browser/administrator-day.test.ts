/// <reference lib="dom" />
/**
 * A day of an administrator, from signing in; and all other states of the desk's pages. Axe must find nothing in them,
 * with our scripts and without.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { totpCode } from '../../server/people/totp.ts';
import { PASSWORD } from '../web/people/members.ts';
import { ALL, DESKTOP, eventually, expectAccessible, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { openDeskTab, openServer } from './desk-tab.ts';

const newPage = useBrowser();

/** Axe needs timers, which do not run with scripts disabled, so only our own scripts are blocked. */
async function openWithout(page: Page, hasScripts: boolean) {
  if (!hasScripts) await page.context().route(/\.js($|\?)/, (route) => route.abort());
}

async function look(page: Page) {
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.setViewportSize(DESKTOP);
}

it.each(ALL ? [true, false] : [false])(
  'an administrator signs in, invites, changes a role, disables and enables; scripts %s',
  async (hasScripts) => {
    const { world, origin } = await openServer();
    const member = await world.addMember('administrator');
    const worker = await world.addMember('duty worker', 'bury', 'Zara Khan');
    const page = await newPage({ baseURL: origin, viewport: DESKTOP });
    await openWithout(page, hasScripts);
    // "Duty desk" leads to the sign-in page, and from there to the role's own start page.
    await page.goto(paths.desk());
    await page.waitForURL(/\/sign-in/);
    await look(page);
    const signIn = async (password: string) => {
      world.clock.pass(1);
      await page.getByLabel('Email address').fill(member.email);
      await page.getByLabel('Password').fill(password);
      await page.getByLabel('Code').fill(totpCode(member.secret, world.clock()));
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await signIn('not the password');
    await page.locator('.govuk-error-summary').waitFor();
    await look(page);
    await signIn(PASSWORD);
    await page.getByRole('heading', { name: 'People of the duty desk, Bury' }).waitFor();

    await page.getByLabel('Name', { exact: true }).fill('Łukasz O’Brien');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('link', { name: 'Choose a role' }).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Łukasz O’Brien');
    await look(page);
    await page.getByLabel('Email address').fill('lukasz@example.gov.uk');
    await page.getByLabel('Duty worker').check();
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('heading', { name: 'Give this code to Łukasz O’Brien' }).waitFor();
    await look(page);
    await page.getByRole('link', { name: 'Back to all people' }).click();
    await page.getByRole('row', { name: /Łukasz O’Brien.*invited/ }).waitFor();

    await page.getByRole('link', { name: 'Zara Khan' }).click();
    await page.waitForURL((url) => url.pathname === paths.person(worker.id));
    await look(page);
    await page.getByLabel('Operational manager').check();
    await page.getByRole('button', { name: 'Change the role' }).click();
    await page.getByText('operational manager, active').waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.locator('.govuk-error-summary', { hasText: 'Say that you are sure' }).waitFor();
    await look(page);
    await page.getByLabel('Yes, disable Zara Khan').check();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('operational manager, disabled').waitFor();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByText('operational manager, active').waitFor();

    // Pages for other roles say so and link back to the person's own work; one's own account cannot be changed here.
    await page.goto(paths.figures());
    await page.getByRole('heading', { name: 'Your role cannot do that' }).waitFor();
    await look(page);
    await page.getByRole('link', { name: 'Go to People' }).click();
    await page
      .getByRole('row', { name: /A administrator/ })
      .getByRole('link')
      .click();
    await page.getByText('This is your own account').waitFor();
    for (const path of [paths.account(), paths.authenticator(), paths.drafts()]) {
      await page.goto(path);
      await eventually(() => page.locator('h1').count()).toBe(1);
      await look(page);
    }
  },
  240_000,
);

it.each(ALL ? [true, false] : [true])(
  'axe finds nothing in any other state of the desk, scripts %s',
  async (hasScripts) => {
    const server = await openServer();
    const { world, origin } = server;
    const professional = world.openBrowser();
    const opened = await professional.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
    const id = opened.location?.split('/')[2] ?? '';
    await professional.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' });
    const { page, browser } = await openDeskTab(newPage, server, 'duty worker', { viewport: DESKTOP });
    await openWithout(page, hasScripts);
    const record = paths.deskRecord(id);
    const see = async (path: string, state: string) => {
      await page.goto(origin + path);
      await page.getByText(state).first().waitFor({ state: 'attached' });
      await look(page);
    };
    const refuse = async (path: string, button: string) => {
      await page.goto(origin + path);
      await page.getByRole('button', { name: button }).last().click();
      await page.locator('.govuk-error-summary').waitFor();
      await look(page);
    };
    await see(record, 'Nobody has it');
    await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await see(paths.deskCorrecting(id, 2).replace(/#.*/, ''), 'Nothing is overwritten');
    await refuse(paths.deskCorrecting(id, 2).replace(/#.*/, ''), 'Add the correction');
    await refuse(paths.deskCalls(), 'Open, and show all questions');
    await refuse(paths.deskSearch(), 'Search');
    await page.getByLabel('Words').fill('nothing like it');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
    await look(page);
    await refuse(paths.deskQuestions(id), 'Add the note');
    const draft = { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': record, text: 'He was not at school' };
    await browser.post(paths.drafts(), draft, record);
    await see(record, 'It is back in its form below');
    await see(paths.drafts(), 'He was not at school');
    await see(paths.deskOf('mine'), 'You have it');
    await see(paths.deskCopy(id), 'Is it one for you?');
    await browser.post(paths.deskAction(id, 'passings'), { to: 'nobody' }, record);
    await see(paths.deskOf('follow-up'), 'Nothing is left to do here');
    const taken = await openDeskTab(newPage, server, 'operational manager', { viewport: DESKTOP });
    await openWithout(taken.page, hasScripts);
    for (const path of [record, paths.deskAccessLog(id), paths.deskHandover(), paths.figures(), paths.worked()]) {
      await taken.page.goto(origin + path);
      await eventually(() => taken.page.locator('h1').count()).toBe(1);
      await look(taken.page);
    }
  },
  300_000,
);
