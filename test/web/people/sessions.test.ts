import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { ROLES } from '../../../server/people/permissions.ts';
import { allow } from '../../../server/web/kit/allow.ts';
import type { Env } from '../../../server/web/kit/services.ts';
import { session } from '../../../server/web/kit/session.ts';
import { DESK_COOKIE, signedIn } from '../../../server/web/kit/signed-in.ts';
import { errors } from '../../../server/web/site/errors.ts';
import { HOMES } from '../../../views/kit/home.ts';
import { openRaw } from '../../store/temporary.ts';
import { createBrowser } from './browser.ts';
import { openDeskApp } from './desk-app.ts';
import { makeIds } from './route-ids.ts';

const isIn = async (browser: { get(path: string): Promise<{ status: number }> }) =>
  (await browser.get('/account')).status === 200;

describe('a session', () => {
  it('ends after 30 minutes without activity, and not before', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    for (let round = 0; round < 5; round++) {
      desk.clock.pass(29);
      expect(await isIn(browser)).toBe(true);
    }
    desk.clock.pass(31);
    expect(await isIn(browser)).toBe(false);
  });

  it('ends after 12 hours, however busy the person is', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      desk.clock.pass(20);
      expect(await isIn(browser)).toBe(true);
    }
    desk.clock.pass(20);
    expect(await isIn(browser)).toBe(false);
  });

  it('ends at once on signing out, and its token is useless', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    const token = browser.cookies.get(DESK_COOKIE) ?? '';
    expect((await browser.post('/sign-out', {}, '/account')).status).toBe(303);
    expect(browser.cookies.has(DESK_COOKIE)).toBe(false);
    browser.cookies.set(DESK_COOKIE, token);
    expect(await isIn(browser)).toBe(false);
  });

  it('is not ended by “Exit this page”, which belongs to a conversation of the same browser', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    await browser.post(paths.talk(), { reader: 'public' }, paths.talkFor('public'));
    const left = await browser.post(paths.leave(), {}, undefined, { 'Sec-Fetch-Site': 'same-origin' });
    expect([left.status, await isIn(browser)]).toEqual([204, true]);
    expect((await browser.get(paths.talk())).location ?? '').not.toContain('question');
  });

  it('can be ended from another browser of the same person, and of nobody else', async () => {
    const desk = await openDeskApp();
    const here = await desk.openDesk('duty worker');
    const there = desk.openBrowser();
    await desk.signIn(there, here.member);
    const stranger = await desk.openDesk('duty worker');
    const sessionsOf = ({ text }: { text: string }) =>
      [...text.matchAll(/name="session" value="([^"]+)"/g)].map(([, id = '']) => id);
    const page = await here.get(paths.account());
    expect(page.text).toContain('this browser');
    const [other = '', ...more] = sessionsOf(page);
    // The browser in which the invitation was accepted.
    expect(more).toHaveLength(1);
    await stranger.post(paths.sessionEndings(), { session: other }, paths.account());
    expect([await isIn(here), await isIn(there)]).toEqual([true, true]);
    await here.post(paths.sessionEndings(), { session: other }, paths.account());
    expect([await isIn(here), await isIn(there), await isIn(stranger)]).toEqual([true, false, true]);
    expect(sessionsOf(await here.get(paths.account()))).toEqual(more);
  });

  it('ends at once when the person is disabled or gets another role', async () => {
    const desk = await openDeskApp();
    const administrator = await desk.openDesk('administrator');
    const [one, two] = [await desk.openDesk('duty worker'), await desk.openDesk('duty worker')];
    const disabled = await administrator.post(`/people/${one.member.id}/disablings`, { sure: 'yes' }, '/people');
    const says = async ({ location }: { location: string | null }, words: string) =>
      (await administrator.get(location ?? '')).text.includes(words);
    expect(await says(disabled, 'is signed out everywhere, and cannot sign in any more')).toBe(true);
    const changed = await administrator.post(`/people/${two.member.id}/role`, { role: 'operational manager' });
    expect(await says(changed, 'The role is now: operational manager')).toBe(true);
    expect([await isIn(one), await isIn(two)]).toEqual([false, false]);
    expect((await desk.signIn(one, one.member)).status).toBe(422);
    expect((await desk.signIn(two, two.member)).status).toBe(303);
    expect((await two.get('/account')).text).toContain('operational manager');
    const enabled = await administrator.post(`/people/${one.member.id}/enablings`, {});
    expect([await says(enabled, 'can sign in again'), await says(disabled, 'signed out everywhere')]).toEqual([
      true,
      false,
    ]);
    expect((await desk.signIn(one, one.member)).status).toBe(303);
  });

  it('ends by disabling only if the administrator confirms it', async () => {
    const desk = await openDeskApp();
    const administrator = await desk.openDesk('administrator');
    const one = await desk.openDesk('duty worker');
    const asked = await administrator.post(`/people/${one.member.id}/disablings`, {}, '/people');
    expect([asked.status, asked.text.includes('Say that you are sure')]).toEqual([422, true]);
    expect(await isIn(one)).toBe(true);
  });

  it('of an administrator is redirected from the desk to the people', async () => {
    const administrator = await (await openDeskApp()).openDesk('administrator');
    const { status, text } = await administrator.get(paths.desk());
    expect([status, text.includes('Go to People')]).toEqual([403, true]);
    expect(text.slice(text.indexOf('<footer'))).not.toContain('Duty desk');
  });

  it('has a new token at every sign-in, and the old one ends', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    const old = browser.cookies.get(DESK_COOKIE) ?? '';
    await desk.signIn(browser, browser.member);
    expect(browser.cookies.get(DESK_COOKIE)).not.toBe(old);
    const thief = desk.openBrowser();
    thief.cookies.set(DESK_COOKIE, old);
    expect(await isIn(thief)).toBe(false);
  });

  it('of each role has a link to its own start page on every page, and to no other', async () => {
    const world = await openDeskApp();
    for (const role of ROLES) {
      const { text } = await (await world.openDesk(role)).get(paths.account());
      for (const part of [text.slice(0, text.indexOf('<main')), text.slice(text.indexOf('<footer'))]) {
        const places = Object.values(HOMES).filter(({ words }) => part.includes(`>${words}</a>`));
        expect([role, new Set(places.map(({ words }) => words))]).toEqual([role, new Set([HOMES[role].words])]);
      }
    }
  });

  it('of an administrator cannot change their own account', async () => {
    const desk = await openDeskApp();
    const administrator = await desk.openDesk('administrator');
    const answer = await administrator.post(`/people/${administrator.member.id}/disablings`, {}, '/people');
    expect(answer.status).toBe(422);
    expect(await isIn(administrator)).toBe(true);
  });

  it('asks to sign in again before a sign-in method is changed, if that was long ago', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    expect((await browser.post('/account/recovery-codes', {}, '/account')).status).toBe(200);
    desk.clock.pass(11);
    const later = await browser.post('/account/recovery-codes', {}, '/account');
    expect([later.status, later.location]).toEqual([303, '/sign-in?to=%2Faccount']);
  });
});

describe('typed text', () => {
  const typed = { name: 'Cara "Example" <b>', email: 'cara@example.gov.uk', role: 'safeguarding lead' };

  async function loseSession(headers: Record<string, string> = {}) {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('administrator');
    await browser.get('/people');
    desk.clock.pass(40);
    const answer = await browser.post('/people', typed, undefined, headers);
    return { desk, browser, answer };
  }

  it('is restored in its form after signing in again, and was not sent', async () => {
    const { desk, browser, answer } = await loseSession();
    expect([answer.status, answer.location]).toEqual([303, '/sign-in?to=%2Fpeople']);
    await desk.signIn(browser, browser.member, { to: '/people' });
    const page = await browser.get('/people');
    expect(page.text).toMatch(/What you wrote under “[^”]+” has not been sent/);
    expect(page.text).toContain('value="Cara &quot;Example&quot; &lt;b&gt;"');
    expect(page.text).toMatch(/<input[^>]*value="safeguarding lead"[^>]*checked=""/);
    expect(await desk.store.people.accounts.findByEmail(typed.email)).toBeUndefined();
    expect((await browser.post('/people', typed)).status).toBe(200);
    expect((await browser.get('/people')).text).not.toContain('You were signed out');
  });

  it('can be read in full, and thrown away', async () => {
    const { desk, browser } = await loseSession();
    await desk.signIn(browser, browser.member);
    const page = await browser.get('/account/drafts');
    expect(page.text).toContain('Cara &quot;Example&quot; &lt;b&gt;');
    await browser.post('/account/drafts/removals', { 'draft-removed': '/people', sure: 'yes' });
    expect((await browser.get('/account/drafts')).text).toContain('Nothing is kept');
  });

  it('is only for the same person, in any browser, and cannot be read from the database', async () => {
    const { desk, browser } = await loseSession();
    const kept = JSON.stringify(openRaw(desk.store.file).prepare('select * from drafts').all());
    expect(kept).toContain('/people');
    expect(kept).not.toContain('Cara');
    const other = await desk.addMember('administrator');
    await desk.signIn(browser, other);
    expect((await browser.get('/account/drafts')).text).toContain('Nothing is kept');
    const elsewhere = desk.openBrowser();
    await desk.signIn(elsewhere, browser.member);
    expect((await elsewhere.get('/account/drafts')).text).toContain('Cara');
  });

  it('is kept only for people who were signed in, and for four days', async () => {
    const { desk, browser } = await loseSession();
    const stranger = desk.openBrowser();
    await stranger.post('/people', typed, '/return');
    expect(openRaw(desk.store.file).prepare('select * from drafts').all()).toHaveLength(1);
    desk.clock.pass(95 * 60);
    await desk.signIn(browser, browser.member);
    expect((await browser.get('/account/drafts')).text).not.toContain('Nothing is kept');
    desk.clock.pass(60);
    await desk.signIn(browser, browser.member);
    expect((await browser.get('/account/drafts')).text).toContain('Nothing is kept');
  });

  it('of a record and of a call’s questions is restored in its place', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    const { own } = await makeIds(desk, paths.deskRecord(':id'), browser);
    const id = own.id ?? '';
    await browser.get(paths.deskRecord(id));
    desk.clock.pass(40);
    const note = { text: 'He said "come home" & left <alone>' };
    const lost = await browser.post(paths.deskAddition(id, 'notes'), { ...note, seen: '3' });
    expect(lost.location).toBe(`/sign-in?to=${encodeURIComponent(paths.deskRecord(id))}`);
    await browser.post(paths.deskAnswers(id), { immediate_danger: 'no' });
    await desk.signIn(browser, browser.member);
    const record = await browser.get(paths.deskRecord(id));
    expect(record.text).toContain('He said &quot;come home&quot; &amp; left &lt;alone&gt;</textarea>');
    const questions = await browser.get(paths.deskQuestions(id));
    expect(questions.text).toMatch(/<input[^>]*name="immediate_danger"[^>]*value="no"[^>]*checked=""/);
  });

  it('never includes a password', async () => {
    const desk = await openDeskApp();
    const browser = await desk.openDesk('duty worker');
    desk.clock.pass(40);
    await browser.post('/account/password', { old_password: 'one', password: 'two' }, '/account');
    await desk.signIn(browser, browser.member);
    const page = await browser.get('/account/drafts');
    expect(page.text).not.toContain('>one<');
    expect(page.text).not.toContain('>two<');
  });

  it('stays on a page that refreshes itself, which does not keep the session alive', async () => {
    const desk = await openDeskApp();
    const app = new Hono<Env>();
    errors(app, desk.services);
    app.use(session(desk.services));
    app.use(signedIn(desk.services));
    app.get('/desk/lines', ...allow('queue.see', { background: true }), (c) => c.html('the queue'));
    const [page, browser] = [createBrowser(app), await desk.openDesk('duty worker')];
    for (const [name, value] of browser.cookies) page.cookies.set(name, value);
    for (let round = 0; round < 2; round++) {
      desk.clock.pass(14);
      expect((await page.get('/desk/lines', { 'HX-Request': 'true' })).text).toBe('the queue');
    }
    desk.clock.pass(5);
    const answer = await page.get('/desk/lines', { 'HX-Request': 'true' });
    expect([answer.status, answer.headers.get('HX-Redirect')]).toEqual([401, null]);
    expect(answer.text).toContain('You were signed out');
  });

  it('sent by htmx redirects the whole page to the sign-in page', async () => {
    const { answer } = await loseSession({ 'HX-Request': 'true' });
    expect([answer.status, answer.headers.get('HX-Redirect')]).toEqual([401, '/sign-in?to=%2Fpeople']);
  });
});
