/**
 * A lead reads the figures and a duty worker copies a record, in a real browser: with and without scripts, on a small
 * screen, and in dark mode.
 */
import type { BrowserContextOptions, Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import type { Role } from '../../server/people/permissions.ts';
import { openConsultation } from '../store/temporary.ts';
import { eventually, expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openDeskTab, openServer, type World } from './desk-tab.ts';
import { expectValid } from './valid.ts';

const SHOTS = process.env.DESK_SHOTS;
const newPage = useBrowser();

const openPage = (world: World, origin: string, role: Role, options: BrowserContextOptions = {}) =>
  openDeskTab(newPage, { world, origin }, role, { viewport: { width: 320, height: 800 }, ...options });

const DEADLINE = { id: 'claim', do: 'Claim it', who: 'the desk', by: '2026-11-22T10:00:00.000Z' };

const ADVISED: Happening = {
  kind: 'outcome recorded',
  outcome: 'advice_only',
  words: 'Advice only',
  reason: '',
  decidedBy: 'Amina Shah',
  level: 2,
  advised: '',
  deadlines: [],
};

/** Adds a realistic quarter: for each field, many consultations with one answer and few with another. */
async function fill(world: World) {
  const desk = world.services.library.areas.get('bury')?.desk;
  for (let index = 0; index < 60; index++) {
    const fields = (desk?.fields ?? []).flatMap((field): Happening[] => {
      const option = field.options[Math.floor(field.options.length * ((index % 12) / 12) ** 2)];
      if (field.counts === undefined || option === undefined || index % 9 === 0) return [];
      const { id, label, counts } = field;
      return [{ kind: 'field recorded', field: id, label, value: option.id, words: option.text, reason: '', counts }];
    });
    const outcome = desk?.outcomes[index % 4 === 0 ? 2 : 0];
    const also: Happening[] = [
      { kind: 'handed over', question: 'Is this for you?', reach: '', urgent: 'no', deadlines: [DEADLINE] },
      ...fields,
    ];
    if (outcome !== undefined && index % 7 > 0)
      also.push({
        kind: 'outcome recorded',
        outcome: outcome.id,
        words: outcome.label,
        reason: '',
        decidedBy: 'Amina Shah',
        level: 1 + (index % 4),
        advised: '',
        deadlines: [],
      });
    const { id } = await openConsultation(world.store, { version: 'v1', also });
    world.clock.pass(7);
    const who = { id: 'a', name: 'Amina Shah', role: 'duty worker' };
    await world.store.log.decide(id, () => [{ kind: 'claimed' }], { by: 'duty worker', who });
  }
}

async function look(page: Page, name: string) {
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

it('a lead can read the quarter on a telephone and a desktop, in dark mode, in print and in forced colours', async () => {
  const { world, origin } = await openServer();
  await fill(world);
  const { page } = await openPage(world, origin, 'safeguarding lead');
  await page.goto(origin + paths.desk());
  await page.getByRole('link', { name: 'Figures' }).click();
  await eventually(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Figures for Bury');
  expect(await page.getByText('60 consultations were asked of the duty desk.').isVisible()).toBe(true);
  await look(page, 'figures-320');
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await look(page, 'figures-1280');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'figures-dark');
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await look(page, 'figures-forced');
  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  await look(page, 'figures-print');
  await page.emulateMedia({ media: 'screen' });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV: Gender' }).click();
  expect((await download).suggestedFilename()).toBe('front-door-figures-2026-10-to-2026-12.csv');
}, 400_000);

it('without a script, dates can be chosen, a wrong one is reported, and an empty quarter says so', async () => {
  const { world, origin } = await openServer();
  const { page } = await openPage(world, origin, 'operational manager', { javaScriptEnabled: false });
  await page.goto(origin + paths.figures());
  await page.getByLabel('From').fill('3 January 2026');
  await page.getByLabel('Until').fill('never');
  await page.getByRole('button', { name: 'Show these dates' }).click();
  await eventually(() => page.getByRole('link', { name: 'You wrote “never”. Write the day' }).isVisible()).toBe(true);
  expect(await page.getByLabel('From').inputValue()).toBe('3 January 2026');
  await look(page, 'figures-wrong');
  await page.getByLabel('Until').fill('30 4 2026');
  await page.getByRole('button', { name: 'Show these dates' }).click();
  await eventually(() => page.getByText('1 January 2026 to 30 April 2026').first().isVisible()).toBe(true);
  expect(await page.getByText('0 consultations were asked').first().isVisible()).toBe(true);
}, 120_000);

it('a record can be copied field by field, announced once and politely; without a script it can be selected', async () => {
  const { world, origin } = await openServer();
  const { page, browser, context } = await openPage(world, origin, 'duty worker');
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const professional = world.openBrowser();
  const opened = await professional.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const id = opened.location?.split('/')[2] ?? '';
  const question = 'She comes hungry.\nAgain.';
  await professional.post(paths.handovers(id), { question, reach: '0161 496 0001' }, paths.consultation(id));
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
  await page.goto(origin + paths.deskRecord(id));
  await page.getByRole('link', { name: /Copy it into the case system/ }).click();
  await page.getByRole('button', { name: 'Copy What was asked' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(question);
  expect(await page.locator('#copied').textContent()).toBe('Copied: What was asked');
  await page.getByRole('button', { name: 'Copy all of it' }).click();
  await page.locator('#copied', { hasText: 'all of it' }).waitFor({ state: 'attached' });
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('What was asked: She comes hungry.');
  await look(page, 'copy-320');
  await expectAccessible(page);
  const still = await openPage(world, origin, 'duty worker', { javaScriptEnabled: false });
  await still.page.goto(origin + paths.deskCopy(id));
  expect(await still.page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
  expect(await still.page.getByLabel('All fields, to select').inputValue()).toContain('She comes hungry.');
}, 120_000);

it.each([
  ['320', { javaScriptEnabled: false }],
  ['1280', { viewport: { width: 1280, height: 900 } }],
])(
  'what worked can be recorded, even after the outcome, and a lead reads it for the quarter: %s',
  async (width, options) => {
    const { world, origin } = await openServer();
    const worker = await openPage(world, origin, 'duty worker', options);
    const professional = world.openBrowser();
    const opened = await professional.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
    const id = opened.location?.split('/')[2] ?? '';
    await professional.post(
      paths.handovers(id),
      { question: 'Is it?', reach: '0161 496 0001' },
      paths.consultation(id),
    );
    await worker.browser.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
    await worker.page.goto(origin + paths.deskRecord(id));
    await worker.page.locator('summary', { hasText: 'For the quarter’s figures (can stay empty): 0 of' }).click();
    await worker.page.getByRole('group', { name: 'How many people are suspected' }).getByLabel('One person').check();
    const text = 'School and team rang each other daily.\nThe meeting at home helped.';
    await worker.page.getByLabel('What worked, and what did not').fill(text);
    if (SHOTS !== undefined) await worker.page.screenshot({ path: `${SHOTS}/record-${width}.png`, fullPage: true });
    await worker.page.getByRole('button', { name: 'Save what is filled in' }).last().click();
    await worker.page.getByText('For the quarter’s figures (can stay empty): 2 of').waitFor();
    // The page continues where it was saved: the fields stay unfolded.
    await worker.page.getByLabel('What worked, and what did not').waitFor();
    await world.store.log.decide(id, () => [ADVISED], {
      by: 'duty worker',
      who: { ...worker.member, name: 'A duty worker' },
    });
    await worker.page.goto(origin + paths.deskRecord(id));
    await look(worker.page, `record-later-${width}`);
    if (width === '1280') await expectAccessible(worker.page);
    await worker.page.getByLabel('What worked, and what did not').fill(`${text}\nSo did the summer club.`);
    await worker.page.getByRole('button', { name: 'Save what is filled in' }).last().click();
    await worker.page.getByText('So did the summer club.').first().waitFor();
    const { page, browser } = await openPage(world, origin, 'safeguarding lead', options);
    await page.goto(origin + paths.figures());
    await page.getByRole('link', { name: 'What worked, in the words of the desk' }).click();
    await eventually(() => page.getByText('So did the summer club.').isVisible()).toBe(true);
    await look(page, `worked-${width}`);
    // Axe needs timers, which do not run without scripts.
    if (width === '1280') await expectAccessible(page);
    await expectValid((await browser.get(paths.worked())).text);
    await page.getByLabel('From').fill('never');
    await page.getByRole('button', { name: 'Show these dates' }).click();
    await eventually(() => page.getByRole('link', { name: 'You wrote “never”. Write the day' }).isVisible()).toBe(true);
    await look(page, `worked-wrong-${width}`);
    await page.getByRole('link', { name: /July to September/ }).click();
    await page.getByText('Nobody has written what worked').waitFor();
    await look(page, `worked-none-${width}`);
  },
  120_000,
);

it('the pages of export and mails fit, and axe finds nothing', async () => {
  const { world, origin } = await openServer();
  const lead = await openPage(world, origin, 'safeguarding lead');
  await lead.page.goto(origin + paths.deskExport());
  await look(lead.page, 'export-320');
  await expectAccessible(lead.page);
  const worker = await openPage(world, origin, 'duty worker');
  await worker.page.goto(origin + paths.deskMails());
  await look(worker.page, 'mails-320');
  await expectAccessible(worker.page);
}, 120_000);
