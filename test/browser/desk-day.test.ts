/**
 * A day at the desk in each role: several children, known facts, templates, a second signature, an absence, the
 * figures.
 */
import type { BrowserContextOptions, Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import type { Role } from '../../server/people/permissions.ts';
import { DESKTOP, eventually, expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openDeskTab, openServer, type Server } from './desk-tab.ts';

const newPage = useBrowser();

const openTab = (server: Server, role: Role, options: BrowserContextOptions = {}) =>
  openDeskTab(newPage, server, role, { viewport: DESKTOP, ...options });

async function ask({ world }: Server) {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const id = opened.location?.split('/')[2] ?? '';
  await browser.post(paths.handovers(id), { question: 'Is this one for you?', reach: '0161 496 0001' });
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name: 'Sam Lee' });
  await browser.post(paths.addition(id, 'parents'), { parents: 'not told', reason: 'MASH is asked first' });
  return id;
}

/** Axe needs timers, which do not run without scripts. */
async function look(page: Page, scripts: boolean) {
  await expectNoSidewaysScroll(page);
  if (scripts) await expectAccessible(page);
}

async function unfold(page: Page, words: string) {
  await page.locator('summary', { hasText: words }).first().click();
}

async function addSister(page: Page) {
  await unfold(page, 'Add a child of the household');
  const form = page.locator('form:has(button:text("Save the child"))');
  await form.getByLabel('Name', { exact: true }).fill('Ada Lee');
  await form.getByLabel('Age', { exact: true }).fill('5');
  await form.locator('[name=childLevel][value="4"]').check();
  await form.getByLabel('What holds for this child').fill('She shares a room with him');
  await form.getByRole('button', { name: 'Save the child' }).click();
  await page.locator('.fd-household__child', { hasText: 'Ada Lee' }).waitFor();
}

/** What the referrer recorded is shown beside the field, and one press copies it with its reason. */
async function takeKnown(page: Page) {
  const field = page.locator('#of-parents_told');
  await field.getByText('Not told. Why: MASH is asked first').first().waitFor();
  await field.getByRole('button', { name: 'Take this over' }).click();
  await field.locator('.fd-field__saved').waitFor();
  await eventually(() => field.locator('[name=field-parents_told][value=not_told]').isChecked()).toBe(true);
  await eventually(() => field.locator('[name=reason-parents_told]').inputValue()).toBe('MASH is asked first');
}

/**
 * Decides early help although the sister is at level 4. That departs from the advice, so it needs a reason in words and
 * two signatures.
 */
async function decideEarlyHelp(page: Page) {
  await page.locator('[name=field-screening][value=early_help]').check();
  await page.locator('[name=field-concern][value=neglect]').check();
  await page.locator('[name=field-agreed_course]').fill('The school keeps watch');
  await page.locator('[name=outcome][value=early_help]').check();
  await page.getByRole('button', { name: 'Save, and record the outcome' }).click();
  await page.getByText('A child of the household is at level 4').first().waitFor();
  await page.locator('#outcomes [name=reason]').fill('The family has agreed to a plan for both');
  await page.getByRole('button', { name: 'Save, and record the outcome' }).click();
  await page.getByText('The outcome was recorded: Early help').waitFor();
}

async function answerWithTemplate(page: Page, scripts: boolean) {
  if (scripts) {
    await unfold(page, 'Write down the answer');
    await page.locator('#replies-answer').fill('As we said on the telephone.');
  }
  await unfold(page, 'Begin the answer with a text of your area');
  await page.getByRole('link', { name: /Begin with this text.*Early help/ }).click();
  await eventually(() => page.locator('#replies-answer').inputValue()).toContain('We advise early help');
  const box = page.locator('#replies-answer');
  // The text that was typed before is put in front.
  if (scripts) await eventually(() => box.inputValue()).toMatch(/^As we said on the telephone\.\n\nYou asked us/);
  await page.locator('#replies-how').fill('by telephone');
  await page.getByRole('button', { name: 'Save the answer' }).click();
  await page.getByText('Answered by telephone').waitFor();
}

it.each([true, false])(
  'of a duty worker and a manager, scripts %s: two children, known facts, a text to answer with, two signatures',
  async (javaScriptEnabled) => {
    const server = await openServer();
    const { origin } = server;
    const id = await ask(server);
    const record = origin + paths.deskRecord(id);
    const { page } = await openTab(server, 'duty worker', { javaScriptEnabled });
    await page.goto(origin + paths.desk());
    await page.getByRole('button', { name: 'Claim' }).click();
    await page.waitForURL((url) => url.pathname === paths.deskRecord(id));
    await takeKnown(page);
    await addSister(page);
    await look(page, javaScriptEnabled);
    await decideEarlyHelp(page);
    await page.getByText('Who signs: operational manager').waitFor();
    await answerWithTemplate(page, javaScriptEnabled);
    await look(page, javaScriptEnabled);
    await page.goto(origin + paths.deskOf('follow-up'));
    await page.getByText(/Also in the household: a child aged 5 \(/).waitFor();
    expect(await page.locator('.fd-queue').innerText()).not.toContain('Ada');

    const { page: manager } = await openTab(server, 'operational manager', { javaScriptEnabled });
    await manager.goto(origin + paths.desk());
    await manager.getByRole('link', { name: 'To countersign (1)' }).click();
    await manager.locator(`#open-${id}`).click();
    await unfold(manager, 'Sign the outcome as a second person');
    const form = manager.locator('#countersignatures');
    await form.getByLabel('No', { exact: true }).check();
    await form.getByRole('button', { name: 'Save your signature' }).click();
    await manager.getByText('Write why you do not sign it').first().waitFor();
    await look(manager, javaScriptEnabled);
    await manager.locator('#countersignatures [name=reason]').fill('Nobody has seen the sister');
    await manager.locator('#countersignatures').getByRole('button', { name: 'Save your signature' }).click();
    await manager.getByText('The outcome no longer stands').first().waitFor();
    await look(manager, javaScriptEnabled);

    await page.goto(record);
    await page.getByText('Nobody has seen the sister').first().waitFor();
    await page.getByRole('button', { name: 'Save, and record the outcome' }).waitFor();
  },
  240_000,
);

it('of a manager: a colleague is away, which the list and the take-over show; all numbers on the screen, few in print', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const id = await ask(server);
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const { page } = await openTab(server, 'operational manager');
  await page.goto(origin + paths.deskHandover());
  await unfold(page, 'Say who is away, and until when');
  await page.locator(`[name=who][value="${worker.member.id}"]`).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.govuk-error-summary').waitFor();
  await look(page, true);
  await page.getByLabel('Last day away').fill('31 12 2026');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'A duty worker is back' }).waitFor();
  await look(page, true);
  await page.goto(origin + paths.desk());
  await page.getByRole('link', { name: 'Colleague absent (1)' }).click();
  await page.getByText('is away until 31 December 2026').waitFor();
  await look(page, true);
  await page.locator(`#open-${id}`).click();
  await unfold(page, 'Take it over from A duty worker, who is away until');
  await eventually(() => page.locator('#take-overs [name=reason]').inputValue()).toContain('is away until');
  await page.getByRole('button', { name: 'Take it over', exact: true }).click();
  await page.getByText('You have it').waitFor();

  await page.goto(origin + paths.figures());
  const total = page.getByText(/^1 consultations? (was|were) asked of the duty desk\.$/);
  await total.waitFor();
  await look(page, true);
  await page.emulateMedia({ media: 'print' });
  await eventually(() => total.isVisible()).toBe(false);
  await eventually(() => page.getByText('Nothing can be shown for these dates.').isVisible()).toBe(true);
}, 180_000);

it('of a lead: reads, searches by each child, and is offered nothing that the role may not do', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const id = await ask(server);
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const child = { name: 'Zahra Lee', age: '5', note: 'In the same room' };
  await worker.post(paths.deskAction(id, 'household-children'), child, paths.deskRecord(id));
  const { page } = await openTab(server, 'safeguarding lead');
  await page.goto(origin + paths.desk());
  await page.locator(`#line-${id}`).waitFor();
  for (const name of [/Open one for a caller/, /^Claim/, /To countersign/])
    expect([name, await page.getByRole('link', { name }).or(page.getByRole('button', { name })).count()]).toEqual([
      name,
      0,
    ]);
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await page.getByLabel('Child', { exact: true }).fill('zahra');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('heading', { name: '1 found' }).waitFor();
  await look(page, true);
  await page
    .locator(`a[href="${paths.deskRecord(id)}"]`)
    .first()
    .click();
  await page.getByText('Zahra Lee').first().waitFor();
  expect(await page.locator('main form').count()).toBe(0);
  await look(page, true);
}, 120_000);
