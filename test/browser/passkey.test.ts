/** Passkeys and account pages, in a real browser with a virtual authenticator. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { BrowserContextOptions, Page } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { totpCode } from '../../server/people/totp.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { PASSWORD } from '../web/people/members.ts';
import { eventually, lookWithin, useBrowser } from './chromium.ts';

const newPage = useBrowser();

async function openServed() {
  const desk = await openDeskApp({ origin: 'as asked' });
  const server = serve({ fetch: desk.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { desk, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  onTestFinished(() => page.context().close());
  return page;
}

async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  const more = { isUserVerified: true, automaticPresenceSimulation: true };
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...more } });
}

type Served = Awaited<ReturnType<typeof openServed>>;

async function signInWithCode(page: Page, { desk, origin }: Served, member: { email: string; secret: string }) {
  desk.clock.pass(1);
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email address').fill(member.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Code').fill(totpCode(member.secret, desk.clock()));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await lookWithin(page).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** The account of a duty worker who has signed in with a code, in a browser that can make passkeys. */
async function openAccountPage() {
  const served = await openServed();
  const member = await served.desk.addMember('duty worker');
  const page = await openPage();
  await addAuthenticator(page);
  await signInWithCode(page, served, member);
  await page.goto(`${served.origin}/account`);
  return { served, member, page };
}

describe('a passkey', () => {
  it('is added to an account, and replaces the code at the next sign-in', async () => {
    const { served, member, page } = await openAccountPage();
    await page.getByLabel('What you call it').fill('work laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove work laptop' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Email address').fill(member.email);
    await page.getByLabel('Password').fill('another password altogether');
    await page.getByRole('button', { name: 'Use a passkey in place of a code' }).click();
    await page.getByText('do not belong together').first().waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Use a passkey in place of a code' }).click();
    await page
      .getByText('Signed in')
      .or(page.getByRole('button', { name: 'Sign out' }))
      .first()
      .waitFor();
    const entries = await served.desk.store.people.accounts.entriesOf(member.id);
    expect(entries.filter(({ what }) => what.kind === 'signed in')).toHaveLength(2);
  }, 120_000);

  it('is enough to join, without an app', async () => {
    const served = await openServed();
    const code = makeCode((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const who = { email: 'gwen@bury.gov.uk', name: 'Gwen Example', role: 'duty worker', area: 'bury' } as const;
    await served.desk.store.people.accounts.invite({ ...who, hash: hashCode(code) }, 'command');
    const page = await openPage();
    await addAuthenticator(page);
    await page.goto(`${served.origin}/join`);
    await page.getByLabel('Code of your invitation').fill(code);
    await page.getByLabel('A password for Front Door').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join with a passkey in place of an app' }).click();
    await page.getByRole('heading', { name: 'You have joined' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  }, 120_000);

  it('cannot be used twice, nor from another browser', async () => {
    const { served, member, page } = await openAccountPage();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Passkey' }).waitFor();
    await page.goto(`${served.origin}/sign-in`);
    await page.getByLabel('Email address').fill(member.email);
    await page.getByLabel('Password').fill(PASSWORD);
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/sign-in'));
    await page.getByRole('button', { name: 'Use a passkey in place of a code' }).click();
    const body = Object.fromEntries(new URLSearchParams((await sent).postData() ?? ''));
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const again = await page.request.post(`${served.origin}/sign-in`, { form: body, maxRedirects: 0 });
    expect(again.status()).toBe(422);
    const { token, ...rest } = body;
    expect(token).toBeDefined();
    const elsewhere = await served.desk.openBrowser().post('/sign-in', rest, '/sign-in');
    expect(elsewhere.status).toBe(422);
  }, 120_000);
});

describe('the pages', () => {
  it('pass axe', async () => {
    const served = await openServed();
    const administrator = await served.desk.addMember('administrator');
    const other = await served.desk.addMember('duty worker');
    const page = await openPage();
    for (const path of ['/sign-in', '/join']) {
      await page.goto(served.origin + path);
      expect([path, await findFaults(page)]).toEqual([path, []]);
      await page.getByRole('button', { name: /^(Sign in|Join)$/ }).click();
      await page.getByText('There is a problem').waitFor();
      await eventually(() => page.title()).toContain('Error: ');
      expect([path, await findFaults(page)]).toEqual([path, []]);
    }
    await signInWithCode(page, served, administrator);
    for (const path of ['/people', `/people/${other.id}`, '/account', '/account/drafts']) {
      await page.goto(served.origin + path);
      expect([path, await findFaults(page)]).toEqual([path, []]);
    }
  }, 180_000);

  it('work without a script', async () => {
    const served = await openServed();
    const administrator = await served.desk.addMember('administrator');
    const page = await openPage({ javaScriptEnabled: false });
    await signInWithCode(page, served, administrator);
    await page.goto(`${served.origin}/people`);
    await page.getByLabel('Name').fill('Hana Example');
    await page.getByLabel('Email address').fill('hana@bury.gov.uk');
    await page.getByLabel('Duty worker').check();
    await page.getByRole('button', { name: 'Invite' }).click();
    await eventually(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Give this code to Hana Example',
    );
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await page.getByRole('button', { name: 'Use a passkey in place of a code' }).isVisible()).toBe(false);
  }, 120_000);
});
