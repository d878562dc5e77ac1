/**
 * A child's pathway in a real browser, from referral to exit, by three people; with axe in every state, on a telephone,
 * a tablet and a desktop.
 */
import type { Page } from 'playwright';
import { it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import type { Instrument } from '../../server/flow/instruments/instrument.ts';
import { complete, fullAnswers, getInstrument, makeReferred } from '../web/pathway/pathway-world.ts';
import { eventually, expectAccessible, expectNoSidewaysScroll, useBrowser } from './chromium.ts';
import { openDeskTab, openServer } from './desk-tab.ts';

const newPage = useBrowser();
const TABLET = { width: 820, height: 1180 };

async function look(page: Page) {
  await page.waitForLoadState();
  for (const width of [TABLET.width, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize(TABLET);
  await expectAccessible(page);
}

/** Fills in the open section as a person does, with ticks, choices and words. */
async function fillSection(page: Page, instrument: Instrument, answers: Record<string, string>) {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const fields = instrument.sections.find((section) => section.id === id)?.fields ?? [];
  for (const name of Object.keys(answers)) {
    if (!fields.some((field) => name === field.id || name.startsWith(`${field.id}.`))) continue;
    const inputs = page.locator(`[name="${name}"]`);
    const type = await inputs.first().getAttribute('type');
    if (type === 'radio' || type === 'checkbox')
      await page.locator(`[name="${name}"][value="${answers[name]}"]`).check();
    else await inputs.first().fill(answers[name] ?? '');
  }
}

async function begin(page: Page, title: string) {
  await page.getByLabel(title, { exact: true }).check();
  await page.getByLabel('Why it is filled in now').fill('First measurement');
  await page.getByRole('button', { name: 'Begin it' }).click();
  await page.waitForURL(/\/sections\//);
}

it('three people walk it from the referral to the exit', async () => {
  const { world, origin } = await openServer();
  const duty = await openDeskTab(newPage, { world, origin }, 'duty worker');
  const id = await makeReferred(world, duty.browser, 'Robin Example');

  // The duty worker opens it from the record, and may not read it.
  await duty.page.goto(origin + paths.deskRecord(id));
  await duty.page.locator('summary', { hasText: 'Open the child’s pathway' }).click();
  await duty.page.getByLabel('Day of the referral').fill('20 11 2026');
  await duty.page.getByLabel('Why it is opened, and who decided it').fill('Agreed with the manager');
  await duty.page.getByRole('button', { name: 'Open the pathway' }).click();
  await duty.page.getByText('What stands in it is read by the team').waitFor();

  // The specialist worker measures, section by section.
  const specialist = await openDeskTab(newPage, { world, origin }, 'specialist worker', { viewport: TABLET });
  const { page } = specialist;
  const instrument = getInstrument(world, 'measurement_tool');
  await page.goto(origin + paths.pathways());
  await look(page);
  await page.locator('main a', { hasText: /^B / }).first().click();
  await page.getByRole('heading', { name: /^Pathway, / }).waitFor();
  await look(page);
  await begin(page, instrument.title);
  const answers = fullAnswers(instrument, {
    ...Object.fromEntries((instrument.score?.adds ?? []).map((name) => [name, '4'])),
    judgement: '8',
    assessed_on: '20 11 2026',
  });
  for (const section of instrument.sections) {
    await page.waitForURL((url) => url.pathname.endsWith(`/sections/${section.id}`));
    await page.getByRole('button', { name: /^Save, and (go on|see)/ }).waitFor();
    if (section.id === 'indicators_1_to_5') await followsTheForm(page);
    if (section.id === 'consultation') await look(page);
    await fillSection(page, instrument, answers);
    await page.getByRole('button', { name: /^Save, and (go on|see)/ }).click();
  }
  await page.getByRole('heading', { name: 'Nothing is missing' }).waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Complete it' }).click();
  await page.getByText('High risk: 41 to 60, red').waitFor();
  await look(page);

  // Later there is another measurement and the exit meeting, and the manager closes it.
  await complete(specialist.browser, id, instrument, {
    ...answers,
    missing: '1',
    judgement: '2',
    assessed_on: '22 11 2026',
  });
  await complete(specialist.browser, id, getInstrument(world, 'exit_meeting'));
  const manager = await openDeskTab(newPage, { world, origin }, 'operational manager', { viewport: TABLET });
  await manager.page.goto(origin + paths.pathway(id));
  await manager.page.locator('.fd-line-chart').waitFor();
  await look(manager.page);
  await manager.page.getByRole('button', { name: 'Close the pathway' }).click();
  await manager.page.locator('.govuk-error-summary').waitFor();
  await look(manager.page);
  await manager.page.getByLabel('Why it is closed, and what help goes on').fill('The family has help of its own');
  await manager.page.getByRole('button', { name: 'Close the pathway' }).click();
  await manager.page
    .getByRole('region', { name: 'Closed' })
    .getByText('The measured risk has come down, from 48 to 39')
    .waitFor();
  await manager.page.goto(origin + paths.exploitationFigures());
  await look(manager.page);
}, 400_000);

/** The total follows the choices, in a region that is read out; choices are saved as a draft. */
async function followsTheForm(page: Page) {
  const total = page.locator('.fd-pathway-total [role=status]');
  await page.locator('[name="missing"][value="5"]').check();
  await eventually(() => total.textContent()).toContain('5 so far');
  await page.keyboard.press('ArrowUp');
  await eventually(() => total.textContent()).toContain('4 so far');
  await eventually(() => page.locator('.fd-kept').textContent()).toContain('not sent yet');
  await page.reload();
  await eventually(() => page.locator('[name="missing"][value="4"]').isChecked()).toBe(true);
}
