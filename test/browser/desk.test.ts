/** The desk in a real browser: it refreshes without moving the focus, works by keyboard alone, and fits a telephone. */
import type { BrowserContextOptions } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import type { Role } from '../../server/people/permissions.ts';
import { DESKTOP, eventually, useBrowser } from './chromium.ts';
import { look, openDeskTab, openServer, type World } from './desk-tab.ts';

const newPage = useBrowser();

const openPage = (world: World, origin: string, role: Role, options: BrowserContextOptions = {}) =>
  openDeskTab(newPage, { world, origin }, role, { viewport: DESKTOP, ...options });

async function ask(world: World, question: string) {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const id = opened.location?.split('/')[2] ?? '';
  await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, paths.consultation(id));
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name: 'Sam Lee' }, paths.record(id));
  return id;
}

it('every page of the desk fits a telephone and a desktop, and axe finds nothing', async () => {
  const { world, origin } = await openServer();
  await ask(world, 'She comes to school hungry, again. Is this for you?');
  world.clock.pass(180);
  const id = await ask(world, 'She has not eaten since Friday.');
  const { page } = await openPage(world, origin, 'duty worker');
  await page.goto(origin + paths.desk());
  await look(page, 'queue');
  await page.getByRole('button', { name: 'Claim' }).last().click();
  await page.waitForURL((url) => url.pathname.startsWith(paths.deskRecord('')));
  await page.waitForLoadState();
  await look(page, 'record');
  await page.getByRole('button', { name: 'Save, and record the outcome' }).click();
  await page.locator('.govuk-error-summary').waitFor();
  await look(page, 'record-refused');
  await page.goto(origin + paths.deskQuestions(id));
  await look(page, 'questions');
  await page.goto(origin + paths.deskCalls());
  await look(page, 'call');
  await page.goto(origin + paths.deskSearch());
  await page.getByLabel('Words').fill('hungry');
  await page.getByRole('button', { name: 'Search' }).click();
  await look(page, 'search');
}, 400_000);

it.each([true, false])(
  'a whole day, scripts %s: asked, claimed, decided, disputed, resolved by a manager, reopened, counted',
  async (javaScriptEnabled) => {
    const { world, origin } = await openServer();
    const professional = await newPage({ baseURL: origin, javaScriptEnabled });
    onTestFinished(() => professional.context().close());
    await professional.goto(paths.area('bury'));
    await professional.locator('main form button[name=flow]').first().click();
    await professional.waitForSelector('form.fd-question');
    await professional.locator('summary', { hasText: 'Ask the duty worker' }).click();
    await professional.getByLabel('What do you want to ask?').fill('He comes to school hungry. Is this for you?');
    await professional.getByLabel('How the duty worker reaches you').fill('0161 496 0001');
    await professional.getByRole('button', { name: 'Ask the duty worker' }).click();
    await professional.waitForURL(/\/handover/);
    await professional.getByRole('heading', { level: 1 }).waitFor();
    expect(await professional.locator('main').innerText()).toContain('You have not told children’s services yet');
    if (javaScriptEnabled) await look(professional, 'handover');
    const asked = professional.url();

    const { page: worker } = await openPage(world, origin, 'duty worker', { javaScriptEnabled });
    await worker.goto(origin + paths.desk());
    await worker.getByRole('button', { name: 'Claim' }).click();
    await worker.waitForURL((url) => url.pathname.startsWith(paths.deskRecord('')));
    const record = worker.url().replace(/#.*/, '');
    await worker.locator('[name=field-screening][value=other_concern]').check();
    await worker.locator('[name=field-parents_told][value=not_told]').check();
    await worker.locator('[name=reason-parents_told]').fill('MASH is asked first');
    await worker.locator('[name=field-concern][value=neglect]').check();
    await worker.locator('[name=field-agreed_course]').fill('The school keeps watch');
    await worker.locator('[name=outcome][value=advice_only]').check();
    await worker.locator('[name=decidedBy]').fill('Amina Shah, duty worker');
    await worker.locator('#outcomes [name=reason]').fill('The school keeps watch, and rings again');
    await worker.getByRole('button', { name: 'Save, and record the outcome' }).click();
    // No question is answered, so it also has to be confirmed.
    await worker.locator('[name=departs][value=advice_only]').check();
    await worker.getByRole('button', { name: 'Save, and record the outcome' }).click();
    const reopening = worker.locator('summary', { hasText: 'Something new is known: reopen it' });
    // The page that was refused before shows an error until this one has come.
    await reopening.waitFor();
    expect(await worker.locator('.govuk-error-summary').allInnerTexts()).toEqual([]);
    expect(await worker.locator('main').innerText()).toContain('Advice only');
    if (javaScriptEnabled) await look(worker, 'record-closed');

    await professional.goto(asked);
    await professional.locator('summary', { hasText: 'I do not agree with the outcome' }).click();
    await professional.locator('[name=why]').fill('He has not eaten since Friday');
    await professional.locator('form:has([name=why]) button[type=submit]').click();
    await professional.locator('p', { hasText: 'He has not eaten since Friday' }).waitFor();

    const { page: manager } = await openPage(world, origin, 'operational manager', { javaScriptEnabled });
    await manager.goto(record);
    await manager.locator('summary', { hasText: 'Professionals do not agree among themselves' }).click();
    await manager.locator('[name=between]').fill('The school and the duty worker');
    await manager.locator('[name=about]').fill('Whether the school alone keeps watch');
    await manager.getByRole('button', { name: 'Save the disagreement' }).click();
    await manager.locator('summary', { hasText: 'It was resolved' }).click();
    await manager.locator('#resolutions [name=decidedBy]').fill('May Okoro, operational manager');
    await manager.locator('#resolutions [name=decision]').fill('MASH visits the family today');
    await manager.getByRole('button', { name: 'Save how it was resolved' }).click();
    await manager.getByText('Resolved by May Okoro').first().waitFor();
    if (javaScriptEnabled) await look(manager, 'record-resolved');

    await worker.goto(record);
    await reopening.click();
    await worker.locator('[name=news]').fill('He has not eaten since Friday');
    await worker.locator('form:has([name=news]) [name=danger][value=no]').check();
    await worker.locator('form:has([name=news]) button[type=submit]').click();
    await worker.getByRole('button', { name: 'Save, and record the outcome' }).waitFor();
    await worker.goto(`${record}/comparison`);
    expect(await worker.locator('h1').count()).toBe(1);
    if (javaScriptEnabled) await look(worker, 'comparison');

    const { page: lead } = await openPage(world, origin, 'safeguarding lead', { javaScriptEnabled });
    await lead.goto(origin + paths.desk());
    await lead.getByRole('link', { name: 'Figures' }).click();
    await lead.getByRole('heading', { name: 'Figures for Bury' }).waitFor();
  },
  200_000,
);

it('the queue refreshes itself, and leaves the focus and typed text alone', async () => {
  const { world, origin } = await openServer();
  await ask(world, 'The first');
  const { page } = await openPage(world, origin, 'duty worker');
  await page.goto(origin + paths.desk());
  await page.getByLabel('Find a reference').fill('B 12');
  await page.locator('.fd-queue__claim').first().focus();
  const focused = () => page.evaluate('document.activeElement?.id');
  const before = await focused();
  await ask(world, 'The second');
  await page.locator('.fd-queue__line').nth(1).waitFor({ timeout: 15_000 });
  expect(await focused()).toBe(before);
  expect(await page.getByLabel('Find a reference').inputValue()).toBe('B 12');
}, 60_000);

/** Opens the questions for a caller, using only the keyboard. */
async function openCall() {
  const { world, origin } = await openServer();
  const { page } = await openPage(world, origin, 'duty worker');
  await page.goto(origin + paths.deskCalls());
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL(/questions/);
  return { world, page, origin };
}

it('a call can be recorded by keyboard alone, saves itself, and keeps the focus', async () => {
  const { world, page } = await openCall();
  const first = page.locator('.fd-step input[type=radio]').first();
  await first.focus();
  const name = await first.getAttribute('name');
  await page.keyboard.press('ArrowDown');
  await page.waitForResponse((response) => response.url().includes('/answers'));
  await page.waitForTimeout(300);
  expect(await page.evaluate('document.activeElement.name')).toBe(name);
  expect(await page.locator('#stand').textContent()).toMatch(/\b1 answered/);
  const [line] = await world.store.queueRows.queue('bury');
  const entries = await world.store.log.read(line?.consultation ?? '');
  expect(entries?.some(({ what }) => what.kind === 'answered')).toBe(true);
}, 60_000);

it('a call does not save options that the arrow keys pass over, and saves the one that is left by Tab or with the page', async () => {
  const { world, page, origin } = await openCall();
  const [line] = await world.store.queueRows.queue('bury');
  const answered = async () => {
    const entries = (await world.store.log.read(line?.consultation ?? '')) ?? [];
    return entries.flatMap(({ what }) => (what.kind === 'answered' ? [what.answer] : []));
  };
  const lists = page.locator('.fd-step:has(input[type=radio])');
  const choiceOf = (list: number, choice: number) =>
    lists.nth(list).locator('input[type=radio]').nth(choice).getAttribute('value');
  const chosen = [await choiceOf(0, 2), await choiceOf(0, 1)];
  await lists.first().locator('input[type=radio]').first().focus();
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key, { delay: 60 });
  await page.waitForResponse((response) => response.url().includes('/answers'));
  await expect.poll(answered).toEqual([chosen[0]]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect.poll(answered, { timeout: 900 }).toEqual(chosen);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await page.goto(origin + paths.desk());
  await expect.poll(answered).toEqual([...chosen, chosen[0]]);
}, 60_000);

it('a call keeps a choice made while an earlier save is under way, and saves it afterwards', async () => {
  const { world, origin } = await openServer();
  const { page } = await openPage(world, origin, 'duty worker');
  await page.goto(origin + paths.deskCalls());
  await page.getByRole('radio').first().check();
  await page.keyboard.press('Enter');
  await page.waitForURL(/questions/);
  // The response takes longer than the pause after the arrow keys, so the next choice has to wait for it.
  await page.route(/answers/, async (route) => {
    const response = await route.fetch();
    await new Promise((done) => setTimeout(done, 2500));
    await route.fulfill({ response });
  });
  const radios = page.locator('.fd-step:has(input[type=radio])').first().locator('input[type=radio]');
  await radios.nth(1).check();
  await page.waitForRequest(/answers/);
  await page.keyboard.press('ArrowUp');
  await page.waitForResponse(/answers/);
  expect(await radios.first().isChecked()).toBe(true);
  await page.waitForResponse(/answers/);
  await expect.poll(() => radios.first().isChecked()).toBe(true);
  expect(await page.locator('.govuk-error-message').count()).toBe(0);
  const [line] = await world.store.queueRows.queue('bury');
  const entries = (await world.store.log.read(line?.consultation ?? '')) ?? [];
  expect(entries.filter(({ what }) => what.kind === 'answered')).toHaveLength(2);
}, 60_000);

it('two people with the same record open see each other', async () => {
  const { world, origin } = await openServer();
  const id = await ask(world, 'Who has it?');
  const one = await openPage(world, origin, 'duty worker');
  const two = await openPage(world, origin, 'operational manager');
  await one.page.goto(origin + paths.deskRecord(id));
  await two.page.goto(origin + paths.deskRecord(id));
  expect(await two.page.locator('#presence').textContent()).toContain('A duty worker');
  await one.page.locator('#presence', { hasText: 'A operational manager' }).waitFor({ timeout: 20_000 });
}, 60_000);

it('the access log, retention and erasure pages fit and axe finds nothing; a print is logged', async () => {
  const { world, origin } = await openServer();
  const id = await ask(world, 'Long ago');
  world.clock.pass(6 * 366 * 24 * 60);
  const { page } = await openPage(world, origin, 'operational manager');
  await page.goto(origin + paths.deskRecord(id));
  const kept = page.waitForResponse((response) => response.url().endsWith('/prints'));
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  expect((await kept).status()).toBe(204);
  await page.getByRole('link', { name: 'Who has seen this' }).click();
  await eventually(() => page.getByRole('table').textContent()).toContain('Printed it');
  await look(page, 'seen');
  await page.goto(origin + paths.erasure());
  await look(page, 'erasure');
  await page.locator('.fd-queue').getByRole('link').click();
  await look(page, 'retention');
  await page.getByRole('button', { name: 'Keep it longer' }).click();
  await eventually(() => page.title()).toContain('Error');
  await look(page, 'retention-refused');
  await page.getByRole('button', { name: 'Approve the erasure' }).click();
  await eventually(() => page.getByRole('main').textContent()).toContain('Erasure approved');
}, 120_000);
