/** Replacing the authenticator app, on the account page. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { makeTotpSecret, totpCode } from '../../../server/people/totp.ts';
import { openRaw } from '../../store/temporary.ts';
import type { Browser } from './browser.ts';
import { openDeskApp } from './desk-app.ts';
import { PASSWORD } from './members.ts';

type Desk = Awaited<ReturnType<typeof openDeskApp>>;

const readKey = (text: string) => /([A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(text)?.[0].replaceAll(' ', '') ?? '';
const readSealed = (text: string) => /name="secret" value="([^"]+)"/.exec(text)?.[1] ?? '';

/** Opens the page and fills in the form with the new app's code. */
async function openPage(desk: Desk, browser: Browser) {
  const page = await browser.get(paths.authenticator());
  const key = readKey(page.text);
  const fields = () => ({ secret: readSealed(page.text), code: totpCode(key, desk.clock()) });
  return { page, key, fields, send: () => browser.post(paths.authenticator(), fields()) };
}

async function open() {
  const desk = await openDeskApp();
  const browser = await desk.openDesk('duty worker');
  return { desk, browser, member: browser.member };
}

const happened = async ({ store }: Desk, id: string) =>
  (await store.people.accounts.entriesOf(id)).map(({ what }) => what.kind);
/** Signs in more than half a minute later, so that the code has not been used before. */
function signInWith(desk: Desk, member: { email: string }, key: string) {
  desk.clock.pass(2);
  const form = { email: member.email, password: PASSWORD, code: totpCode(key, desk.clock()) };
  return desk.openBrowser('198.51.100.9').post(paths.signIn(), form, paths.signIn());
}

it('is valid once its code is right: the old one and all other sessions end, and it is logged', async () => {
  const { desk, browser, member } = await open();
  const elsewhere = desk.openBrowser();
  await desk.signIn(elsewhere, member);
  expect((await browser.get(paths.account())).text).toContain('Replace the app');
  const { page, key, fields, send } = await openPage(desk, browser);
  expect([page.status, key.length, page.text.includes('<svg')]).toEqual([200, 32, true]);
  const wrong = await browser.post(paths.authenticator(), { ...fields(), code: '000000' });
  expect([wrong.status, readKey(wrong.text)]).toEqual([422, key]);
  expect(wrong.text).toContain('not the code that the app shows');
  expect((await elsewhere.get(paths.account())).status).toBe(200);
  const done = await send();
  expect(done.status).toBe(200);
  expect(done.text).toContain('Only the new app counts now');
  expect([(await browser.get(paths.account())).status, (await elsewhere.get(paths.account())).status]).toEqual([
    200, 303,
  ]);
  expect((await signInWith(desk, member, member.secret)).status).toBe(422);
  expect((await signInWith(desk, member, key)).status).toBe(303);
  expect(await happened(desk, member.id)).toContain('authenticator app replaced');
  expect((await browser.get(paths.account())).text).toContain('authenticator app replaced');
  expect(JSON.stringify(openRaw(desk.store.file).prepare('select * from accounts').all())).not.toContain(key);
});

it('does not accept the confirming code for anything else', async () => {
  const { desk, browser, member } = await open();
  const { key, send } = await openPage(desk, browser);
  await send();
  const form = { email: member.email, password: PASSWORD, code: totpCode(key, desk.clock()) };
  expect((await desk.openBrowser('198.51.100.9').post(paths.signIn(), form, paths.signIn())).status).toBe(422);
});

it('is replaced once if the form is sent twice, and both say so', async () => {
  const { desk, browser, member } = await open();
  const { send } = await openPage(desk, browser);
  const answers = [...(await Promise.all([send(), send()])), await send()];
  for (const { status, text } of answers)
    expect([status, text.includes('Only the new app counts now')]).toEqual([200, true]);
  expect((await happened(desk, member.id)).filter((kind) => kind === 'authenticator app replaced')).toHaveLength(1);
});

it('is not changed by an outdated page, which shows a new QR code', async () => {
  const { desk, browser, member } = await open();
  const [first, second] = [await openPage(desk, browser), await openPage(desk, browser)];
  expect((await second.send()).status).toBe(200);
  const late = await first.send();
  expect(late.status).toBe(409);
  expect(late.text).toContain('Your app was replaced after this page was opened');
  expect([first.key, second.key]).not.toContain(readKey(late.text));
  expect((await signInWith(desk, member, first.key)).status).toBe(422);
  expect((await signInWith(desk, member, second.key)).status).toBe(303);
});

it('accepts no secret except the one that the page gave to this person', async () => {
  const { desk, browser, member } = await open();
  const other = await desk.openDesk('duty worker');
  const theirs = await openPage(desk, other);
  expect((await browser.post(paths.authenticator(), theirs.fields(), paths.authenticator())).status).toBe(409);
  const joining = desk.services.signing.seal.close(`join ${theirs.key}`);
  const forged = { secret: joining, code: totpCode(theirs.key, desk.clock()) };
  expect((await browser.post(paths.authenticator(), forged)).status).toBe(409);
  expect((await browser.post(paths.authenticator(), {})).status).toBe(409);
  expect((await signInWith(desk, member, member.secret)).status).toBe(303);
});

it('asks to sign in again after ten minutes, and keeps neither code nor secret in the meantime', async () => {
  const { desk, browser, member } = await open();
  const { fields } = await openPage(desk, browser);
  desk.clock.pass(11);
  const to = `/sign-in?to=${encodeURIComponent(paths.authenticator())}`;
  expect((await browser.get(paths.authenticator())).location).toBe(to);
  expect((await browser.post(paths.authenticator(), fields(), paths.account())).location).toBe(to);
  await desk.signIn(browser, member, { to: paths.authenticator() });
  const again = await browser.get(paths.authenticator());
  expect([again.status, again.text.includes('You were signed out')]).toEqual([200, false]);
  expect((await browser.get(paths.drafts())).text).toContain('Nothing is kept');
  expect(await happened(desk, member.id)).not.toContain('authenticator app replaced');
});

it('leaves passkeys and recovery codes as they are, and can be the first one', async () => {
  const { desk, browser, member } = await open();
  await browser.post(paths.recoveryCodes(), {}, paths.account());
  const { secondFactors } = desk.store.people;
  const passkey = { id: 'one', account: member.id, publicKey: '', counter: 0, transports: [], name: 'laptop' };
  expect([await secondFactors.addPasskey(passkey), await secondFactors.addPasskey(passkey)]).toEqual([true, false]);
  openRaw(desk.store.file).prepare('update accounts set totp_secret = null, totp_step = null').run();
  expect((await browser.get(paths.account())).text).toContain('Set up an app');
  const { send } = await openPage(desk, browser);
  expect((await send()).text).toContain('Your app counts from now on');
  expect(await happened(desk, member.id)).toContain('authenticator app set up');
  expect([
    await secondFactors.countRecoveryCodes(member.id),
    (await secondFactors.passkeysOf(member.id)).length,
  ]).toEqual([10, 1]);
});

it('is not for people who use single sign-on', async () => {
  const { desk, browser, member } = await open();
  openRaw(desk.store.file).prepare(`update accounts set password_hash = null, subject = 'x|y'`).run();
  // Records the account's present state: an account that was only changed in the database lets nobody in.
  await desk.store.people.secondFactors.setRecoveryCodes(member.id, []);
  for (const answer of [await browser.get(paths.authenticator()), await browser.post(paths.authenticator(), {})])
    expect(answer.status).toBe(404);
  expect((await browser.get(paths.account())).text).not.toContain('Replace the app');
});

it('ends a sign-in in progress with the old app', async () => {
  const { desk, browser, member } = await open();
  const { find } = desk.store.people.accounts;
  const [before, sealed] = [
    await find(member.id),
    desk.services.signing.seal.close(makeTotpSecret(desk.services.random)),
  ];
  const { secondFactors } = desk.store.people;
  const step = (before?.totpStep ?? 0) + 10;
  const replacing = { account: member.id, before: before?.totpSecret ?? null, secret: sealed, step: 1, except: '' };
  expect(await secondFactors.replaceTotp(replacing)).toBe(true);
  expect((await browser.get(paths.account())).status).toBe(303);
  const factor = { kind: 'totp', step, secret: before?.totpSecret ?? '' } as const;
  const signingIn = { account: member.id, passwordHash: before?.passwordHash ?? null, factor, browser: 'b' };
  expect(await secondFactors.signIn({ ...signingIn, tokenHash: 'x' })).toBe(false);
  expect(await secondFactors.signIn({ ...signingIn, factor: { ...factor, secret: sealed }, tokenHash: 'y' })).toBe(
    true,
  );
});

it('the last second factor is kept if two passkeys are removed at once', async () => {
  const { desk, browser, member } = await open();
  openRaw(desk.store.file).prepare('update accounts set totp_secret = null, totp_step = null').run();
  const { secondFactors } = desk.store.people;
  for (const id of ['one', 'two'])
    await secondFactors.addPasskey({ id, account: member.id, publicKey: '', counter: 0, transports: [], name: id });
  await browser.get(paths.account());
  const answers = await Promise.all(
    ['one', 'two'].map((passkey) => browser.post(paths.passkeyRemovals(), { passkey })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(await secondFactors.passkeysOf(member.id)).toHaveLength(1);
});
