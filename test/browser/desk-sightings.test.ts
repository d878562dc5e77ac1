/// <reference lib="dom" />
/**
 * Faults that were seen at the desk, tried in a real browser: a colleague's text was emptied, danger was third in line,
 * a record said what nobody did.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import type { DeskNoun } from '../../server/desk/actions.ts';
import { readCase } from '../../server/flow/walk/written-answers.ts';
import type { Role } from '../../server/people/permissions.ts';
import { EXPLOITATION_FIELDS } from '../desk/desk-world.ts';
import { eventually, expectAccessible, expectNoSidewaysScroll, PHONE, useBrowser } from './chromium.ts';
import { openDeskTab, openServer, type Server } from './desk-tab.ts';

const newPage = useBrowser();
const WIDE = { width: 1440, height: 900 };
const openTab = (server: Server, role: Role) => openDeskTab(newPage, server, role, { viewport: WIDE });

/** A professional asks a desk, Bury's by default. `story`: a worked case, answered to its end. */
async function ask(
  { world }: Server,
  question: string,
  { area: of = 'bury', child = '', story = '', flow = 'level' } = {},
) {
  const browser = world.openBrowser();
  const opened = await browser.post(paths.consultations(), { area: of, flow }, paths.area(of));
  const id = opened.location?.split('/')[2] ?? '';
  const area = world.services.library.areas.get(of);
  const [compiled, found] = [area?.flows.get(flow), area?.cases.get(story)];
  if (compiled !== undefined && found !== undefined) {
    const { answers } = readCase(compiled, found.answers, '2026-11-22');
    const given = Object.entries(answers).map(
      ([name, answer]) => ({ kind: 'answered', question: name, answer }) as const,
    );
    const decided = await world.store.log.decide(id, () => given, 'professional');
    if (isRefusal(decided)) throw new Error(decided.message);
  }
  if (child !== '') await browser.post(paths.addition(id, 'child'), { known: 'yes', name: child });
  const asker = { name: 'Joan Invented', role: 'teacher', agency: 'Elm School' };
  await browser.post(paths.handovers(id), { question, reach: '0161 496 0001', ...asker });
  return { browser, id };
}

const unfold = (page: Page, words: string | RegExp) => page.locator('summary', { hasText: words }).first().click();
const choose = (page: Page, name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`).check();
const write = (page: Page, name: string, text: string) => page.locator(`[name="${name}"]`).fill(text);
const press = (page: Page, name: string) => page.getByRole('button', { name }).last().click();
const say = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

async function fillIn(page: Page) {
  await choose(page, 'field-screening', 'other_concern');
  await choose(page, 'field-parents_told', 'not_told');
  await write(page, 'reason-parents_told', 'MASH is asked first');
  await choose(page, 'field-concern', 'neglect');
  await write(page, 'field-agreed_course', 'The school keeps watch');
}

it('nothing is lost by a colleague’s older page, another page and Back, or signing out in a second tab', async () => {
  const server = await openServer();
  const { origin } = server;
  const { id } = await ask(server, 'Is it one for you?');
  const record = origin + paths.deskRecord(id);
  const { page: amina, context, browser } = await openTab(server, 'duty worker');
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const { page: may } = await openTab(server, 'operational manager');
  for (const page of [amina, may]) await page.goto(record);

  // Two of her fields are changed, and one other from a page that never showed them.
  await write(amina, 'field-agreed_course', 'The school keeps watch');
  await choose(amina, 'field-parents_told', 'not_told');
  await write(amina, 'reason-parents_told', 'MASH is asked first');
  const before = await amina.evaluate(() => scrollY);
  await press(amina, 'Save what is filled in');
  await amina.waitForURL(/at=of-agreed_course#done$/);
  // The page continues where it was saved, not at the top.
  await eventually(() => amina.evaluate(() => scrollY)).toBeGreaterThan(before / 2);
  await choose(may, 'field-concern', 'neglect');
  await press(may, 'Save what is filled in');
  await may.locator('#of-concern .fd-field__saved').waitFor();
  expect(await may.locator('[name="field-agreed_course"]').inputValue()).toBe('The school keeps watch');
  expect(await may.locator('[name="reason-parents_told"]').inputValue()).toBe('MASH is asked first');

  // Both change the same field: both values are shown, and nothing is saved until one of them chooses.
  await write(may, 'field-agreed_course', 'A visit today');
  await press(may, 'Save what is filled in');
  await may.locator('#of-agreed_course .fd-field__saved').waitFor();
  await write(amina, 'field-agreed_course', 'A visit tomorrow');
  await press(amina, 'Save what is filled in');
  await say(amina, /Written by A operational manager/);
  await amina.locator('#of-agreed_course .fd-notice', { hasText: 'A visit today' }).waitFor();
  expect(await amina.locator('[name="field-agreed_course"]').inputValue()).toBe('A visit tomorrow');
  await expectAccessible(amina);
  await amina.getByLabel(/Keep what A operational manager wrote/).check();
  await press(amina, 'Save what is filled in');
  await amina.waitForURL(/#done$/);
  await eventually(() => amina.locator('[name="field-agreed_course"]').inputValue()).toBe('A visit today');

  // Typed and not sent: opens another page and presses Back; then the session ends elsewhere.
  await unfold(amina, 'Record a strategy discussion');
  await amina.locator('#strategy-discussions [name=agreed]').fill('A visit with the police');
  await amina.locator('#strategy-discussions .fd-kept').waitFor();
  await amina.getByRole('link', { name: 'Queue', exact: true }).click();
  await amina.waitForURL(/\/desk$/);
  await amina.goBack();
  await eventually(() => amina.locator('#strategy-discussions [name=agreed]').inputValue()).toBe(
    'A visit with the police',
  );
  const { accounts, signins } = server.world.store.people;
  for (const { id } of await signins.listOf(browser.member.id)) await accounts.signOutElsewhere(browser.member.id, id);
  await amina.locator('#strategy-discussions [name=agreed]').fill('A visit with the police, today');
  await say(amina, 'You were signed out. What you wrote is kept');
  await server.world.signIn(browser, browser.member);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  await amina.goto(record);
  expect(await amina.locator('#strategy-discussions [name=agreed]').inputValue()).toBe(
    'A visit with the police, today',
  );

  // Signed out in one tab: the other shows nothing of the record, and what was typed there is kept.
  await amina.locator('#strategy-discussions [name=agreed]').fill('A visit with the police, at three');
  const second = await context.newPage();
  await second.goto(origin + paths.desk());
  await second.getByRole('button', { name: 'Sign out' }).click();
  await amina.getByText('You did that in another tab').waitFor();
  expect(await amina.content()).not.toContain('A visit');
  await second.getByText('You are signed out').waitFor();
  expect(new URL(second.url()).search).toBe('');
  await server.world.signIn(browser, browser.member);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
  await amina.goto(record);
  expect(await amina.locator('#strategy-discussions [name=agreed]').inputValue()).toBe(
    'A visit with the police, at three',
  );
}, 180_000);

it('urgent cases come first with what triage needs, and the call page shows what holds so far beside the notes', async () => {
  const server = await openServer();
  const { world, origin } = server;
  await ask(server, 'She comes to school hungry', { child: 'Sam Lee' });
  world.clock.pass(5);
  const second = await ask(server, 'He has a burn', { child: 'Lee, Sam', story: 'harm_by_act' });
  const third = await ask(server, 'May I ring?');
  const { page } = await openTab(server, 'duty worker');
  await page.goto(origin + paths.desk());
  const first = page.locator('.fd-queue__line').first();
  await first.getByText('“He has a burn”').waitFor();
  const card = await first.innerText();
  for (const words of [
    /To act at once|In danger now/,
    /Advised: .*, (at once|today|within)/,
    /Age: \d+\. Second consultation about a child of this name/,
    'Asked by Joan Invented, teacher, Elm School. Reach: 0161 496 0001',
    'Asked 22 November 2026',
    'Children’s services not told',
    'Nobody has it',
  ])
    expect(card).toMatch(words);
  // It is not late in the minute in which it arrives.
  expect(card).not.toContain('too long');
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(WIDE);

  // Danger is answered later, on the page for a telephone call.
  await page.locator(`#claim-${third.id}`).click();
  await page.waitForURL((url) => url.pathname === paths.deskRecord(third.id));
  await page.goto(origin + paths.deskQuestions(third.id));
  const stand = page.locator('#stand');
  await stand.getByText('0 answered').waitFor();
  await page.locator('[name=immediate_danger][value=yes]').check();
  await page.locator('#step-immediate_danger .fd-field__saved').waitFor();
  await stand
    .getByText(/^In danger now\. So far/)
    .first()
    .waitFor();
  // What holds so far, and what would hold if the caller hung up, in words.
  for (const words of ['1 answered', 'Not known yet: ', 'Action so far', 'At once'])
    expect([words, await stand.innerText()]).toEqual([words, expect.stringContaining(words)]);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(7500);
  // Far down the page, both are still visible.
  await page.evaluate(() => scrollTo(0, 3000));
  for (const place of ['#stand', '#notes textarea']) {
    const box = await page.locator(place).boundingBox();
    expect([place, (box?.y ?? -1) >= 40 && (box?.y ?? 9999) < 600]).toEqual([place, true]);
  }
  await page.locator('#notes textarea').fill('He is in the car with her now');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.locator('#notes .fd-entry', { hasText: 'He is in the car' }).waitFor();
  await expectAccessible(page);
  await page.goto(origin + paths.desk());
  await eventually(() => page.locator('.fd-queue__line').first().getAttribute('id')).toMatch(
    new RegExp(`^line-(${third.id}|${second.id})$`),
  );
  expect(await page.locator(`#line-${third.id}`).innerText()).toContain('In danger now');
}, 180_000);

it('the record is true: departures need a reason, corrections show, nothing done is in the future, and prints are complete', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { browser, id } = await ask(server, 'Is it one for you?', { child: 'Sam Lee', story: 'harm_by_act' });
  const record = origin + paths.deskRecord(id);
  const { page, browser: worker } = await openTab(server, 'duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await page.goto(record);
  await fillIn(page);
  await choose(page, 'outcome', 'advice_only');
  await page.getByText('The referrer reads this on their page').first().waitFor();
  await page.locator('#fields-reason').fill('.');
  await press(page, 'Save, and record the outcome');
  await say(page, /write why, in words/);
  await say(page, /Say so here, or choose another outcome/);
  await expectAccessible(page);
  await choose(page, 'outcome', 'referral_agreed');
  await page.locator('#fields-reason').fill('');
  await press(page, 'Save, and record the outcome');
  await say(page, /^The outcome was recorded/);

  // Two tellings: one is refused while it is in the future, and in the end both are kept.
  for (const [spokeTo, when, mended] of [
    ['May of MASH', 'tomorrow at 9', 'now'],
    ['Tom of MASH', 'now', undefined],
  ] as const) {
    const form = page.locator('#tellings form:has([name=spokeTo])');
    if (!(await form.isVisible())) await page.locator('#tellings summary').last().click();
    await form.locator('[name=toldBy][value=desk]').check();
    await form.locator('[name=spokeTo]').fill(spokeTo);
    await form.locator('[name=when]').fill(when);
    await form.getByRole('button').first().click();
    if (mended !== undefined) {
      await page.locator('.govuk-error-summary').waitFor();
      expect(await form.locator('[name=spokeTo]').inputValue()).toBe(spokeTo);
      await form.locator('[name=when]').fill(mended);
      await form.getByRole('button').first().click();
    }
    await page.locator('#tellings .fd-entry', { hasText: spokeTo }).waitFor();
  }
  // A correction is made at the entry, and shown beside it.
  await page
    .locator('#tellings .fd-entry', { hasText: 'May of MASH' })
    .getByRole('link', { name: /^Correct this/ })
    .click();
  const correction = page.locator('form:has([name=corrects])');
  await correction.locator('[name=subject][value=words]').check();
  await correction.locator('[name=text]').fill('May Okoro of MASH');
  await correction.locator('[name=reason]').fill('Her name was missing');
  await correction.getByRole('button', { name: 'Add the correction' }).click();
  const corrected = page.locator('#tellings .fd-entry', { hasText: 'May of MASH' });
  await corrected.getByText('May Okoro of MASH').waitFor();
  const text = (await worker.get(paths.deskDownload(id, 'txt'))).text.replace(/\s+/g, ' ');
  for (const words of ['Told: May of MASH', 'Told: Tom of MASH', 'May Okoro of MASH', 'by A duty worker, duty worker'])
    expect(text).toContain(words);

  // Printing: who printed it and everything that was filled in, and nothing to press.
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const paper = await page.locator('main').innerText();
  for (const words of ['Printed by A duty worker, duty worker', 'The school keeps watch', 'Neglect', 'Tom of MASH'])
    expect(paper).toContain(words);
  // What is folded is printed unfolded, with its heading above it.
  expect(await page.locator('main :is(button, input, summary):visible').allInnerTexts()).toEqual(['Done: 2']);
  const addresses = await page
    .locator('main a.govuk-link')
    .evaluateAll((all) => all.map((link) => getComputedStyle(link, '::after').content));
  expect(addresses.filter((content) => content.includes('/desk/'))).toEqual([]);
  await page.emulateMedia({ media: 'screen' });

  // The referrer disputes it and adds something new; the manager changes the outcome, and the referrer reads the new
  // one.
  world.clock.pass(10);
  await browser.post(paths.disputes(id), { why: 'She was not asked' }, paths.handover(id));
  await page.goto(origin + paths.deskOf('mine'));
  await page.locator(`#line-${id}`, { hasText: 'Disputed' }).waitFor();
  const { page: may } = await openTab(server, 'operational manager');
  await may.goto(origin + paths.desk());
  await may.getByRole('link', { name: 'Disputed (1)' }).click();
  await may.locator(`#open-${id}`).click();
  await unfold(may, 'Decide the dispute');
  const decision = may.locator('form:has([name=stands])');
  await decision.locator('[name=stands][value=no]').check();
  await decision.locator('[name=instead][value=urgent_route]').check();
  await decision.locator('[name=reason]').fill('The burn has to be seen by a doctor today');
  await decision.getByRole('button').first().click();
  await say(may, /no longer stands/);
  await expectAccessible(may);
  const seen = (await browser.get(paths.handover(id))).text;
  for (const words of ['Urgent route', 'seen by a doctor today', 'You have not been answered yet', 'tel:01612535678'])
    expect(seen).toContain(words);
  await browser.post(paths.handovers(id), { question: 'She has a second burn', reach: '0161 496 0001' });
  await page.goto(origin + paths.deskOf('mine'));
  await page.locator(`#line-${id}`, { hasText: 'New information. You had it' }).waitFor();
}, 240_000);

it('Bolton’s review is in the manager’s list with a date; disagreeing changes outcome, steps and what the referrer reads', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { browser, id } = await ask(server, 'Is it one for the team?', { area: 'bolton', flow: 'consultation' });
  const worker = await world.openDesk('duty worker', 'bolton');
  const send = (noun: DeskNoun, fields: Record<string, string>) =>
    worker.post(paths.deskAction(id, noun), fields, paths.deskRecord(id));
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const decided = { outcome: 'referral_agreed', reason: '', decidedBy: 'The duty worker and the social worker' };
  expect((await send('outcomes', { ...EXPLOITATION_FIELDS, ...decided })).status).toBe(303);
  expect((await send('replies', { how: 'by telephone', answer: 'It was agreed' })).status).toBe(303);

  const { page: may } = await openDeskTab(newPage, server, 'operational manager', { viewport: WIDE, area: 'bolton' });
  await may.goto(origin + paths.desk());
  await may.getByRole('link', { name: 'To review (1)' }).click();
  const line = may.locator(`#line-${id}`);
  await line.getByText('To be reviewed by a manager').waitFor();
  expect(await line.innerText()).toMatch(/Due (today by \d|by .*20\d\d)/);
  await may.locator(`#open-${id}`).click();
  await say(may, 'The Operational Manager has not reviewed it yet');
  await unfold(may, 'Review the referral');
  const review = may.locator('form:has([name=accepted])');
  await review.locator('[name=accepted][value=no]').check();
  await review.locator('[name=reason]').fill('The evidence is not enough yet');
  await press(may, 'Save the review');
  await may.locator('.govuk-error-summary').waitFor();
  expect(await review.locator('[name=reason]').inputValue()).toBe('The evidence is not enough yet');
  await expectAccessible(may);
  await review.locator('[name=instead][value=referral_declined]').check();
  await press(may, 'Save the review');
  await say(may, /Reviewed by A operational manager: not agreed/);
  await say(may, /no longer stands/);
  expect(await may.locator('#reviews').innerText()).toContain('Referral declined');
  await may.goto(origin + paths.desk());
  await may.getByRole('link', { name: 'To review (0)' }).waitFor();
  const seen = (await browser.get(paths.handover(id))).text;
  for (const words of ['Referral declined', 'The evidence is not enough yet', 'You have not been answered since then'])
    expect([words, seen.includes(words)]).toEqual([words, true]);
}, 180_000);

it('a day with a follow-up, a task for a colleague, a disabled colleague, the handover, and the search', async () => {
  const server = await openServer();
  const { world, origin } = server;
  const { id } = await ask(server, 'He slept at a friend’s house again', {
    child: 'Łukasz O’Brien',
    story: 'harm_by_act',
  });
  const record = origin + paths.deskRecord(id);
  const { page, browser: worker } = await openTab(server, 'duty worker');
  const { page: tom, member } = await openTab(server, 'duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await page.goto(record);
  // At 1,440 px: two columns, the contents visible, and a shorter page than before.
  await page.evaluate(() => scrollTo(0, 1500));
  const contents = page.getByRole('navigation', { name: 'On this page' });
  await eventually(async () => (await contents.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(40);
  expect((await contents.boundingBox())?.y).toBeLessThan(200);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(7000);
  // They cover nothing that one works on, wherever the page is scrolled and with a long form open.
  await unfold(page, 'Record a strategy discussion');
  const box = (await contents.boundingBox()) ?? { x: 0, width: 1440 };
  for (const part of ['first', 'aside', 'main']) {
    const beside = await page.locator(`.fd-desk-record__${part}`).boundingBox();
    expect([part, (beside?.x ?? 0) >= box.x + box.width]).toEqual([part, true]);
  }

  const tasks = page.locator('#tasks');
  await unfold(page, 'Add a follow-up, or a task for a colleague');
  await tasks.locator('[name=do]').fill('Ring the school back');
  await tasks.locator('[name=by]').fill('today at 18:00');
  await tasks.getByRole('button', { name: 'Add it' }).click();
  await page.locator('.fd-deadlines', { hasText: 'Ring the school back' }).first().waitFor();
  await unfold(page, 'Add a follow-up, or a task for a colleague');
  await tasks.locator('[name=do]').fill('Read the last plan');
  await tasks.locator(`[name=to][value="${member.id}"]`).check();
  await tasks.locator('[name=by]').fill('tomorrow at 9:00');
  await tasks.getByRole('button', { name: 'Add it' }).click();
  await page.locator('.fd-deadlines', { hasText: 'Read the last plan' }).first().waitFor();
  expect((await worker.get(paths.deskCalendar(id))).text).toContain('DTSTART:20261122T180000Z');
  await unfold(page, 'Write down the number of the case system');
  await write(page, 'caseNumber', 'LCS 4711');
  await press(page, 'Save the number');
  await say(page, 'LCS 4711');
  await tom.goto(origin + paths.deskOf('mine'));
  await tom.locator(`#line-${id}`, { hasText: 'your task, from A duty worker: Read the last plan' }).waitFor();

  // The colleague who has it is disabled: everybody is told, and anybody can take it over.
  await world.store.people.accounts.disable(worker.member.id, 'command');
  await tom.goto(origin + paths.desk());
  await tom.locator(`#line-${id}`, { hasText: 'cannot sign in any more' }).waitFor();
  await tom.locator(`#open-${id}`).click();
  await unfold(tom, /^Take it over from A duty worker, who cannot sign in/);
  await tom.locator('#take-overs').getByRole('button', { name: 'Take it over' }).click();
  await say(tom, 'You have it');
  await tom.goto(origin + paths.deskHandover());
  const open = tom.locator('#open');
  for (const words of [
    'He slept at a friend’s house again',
    'your task, from A duty worker: Read the last plan',
    'Reach: 0161 496 0001',
  ])
    await open.getByText(words).first().waitFor();
  await expectAccessible(tom);

  await tom.goto(origin + paths.deskSearch());
  for (const [label, words] of [
    ['Child', 'lukasz obrien'],
    ['Who has it', 'duty worker'],
    ['Words', '4711'],
  ] as const) {
    await tom.getByLabel(label, { exact: true }).fill(words);
    await tom.getByRole('button', { name: 'Search' }).click();
    await tom.getByRole('heading', { name: '1 found' }).waitFor();
    if (label === 'Words') await tom.locator('.fd-queue__question', { hasText: 'LCS 4711' }).waitFor();
    await tom.getByLabel(label, { exact: true }).fill('');
  }
  await expectAccessible(tom);
}, 180_000);

it('on a telephone, a record is four screens long: what is due is open, and the rest unfolds when needed', async () => {
  const server = await openServer();
  const { id } = await ask(server, 'Is it one for you?');
  const { page, browser } = await openDeskTab(newPage, server, 'duty worker', { viewport: PHONE });
  await browser.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await page.goto(server.origin + paths.deskRecord(id));
  await page.locator('#fields summary', { hasText: 'Nothing yet' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(4 * PHONE.height);
  expect(await page.locator('#done-deadlines li').first().isVisible()).toBe(true);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Record and outcome' }).click();
  await write(page, 'field-agreed_course', 'The school keeps watch');
  await press(page, 'Save what is filled in');
  // What was saved is visible, the page says so, and the focus is there.
  await say(page, 'Saved. No outcome was recorded by this');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('done');
  expect(await page.locator('[name="field-agreed_course"]').inputValue()).toBe('The school keeps watch');
}, 120_000);
