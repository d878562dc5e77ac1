import { describe, expect, it } from 'vitest';
import { createHasher } from '../../../server/people/hasher.ts';
import { totpCode } from '../../../server/people/totp.ts';
import { openRaw } from '../../store/temporary.ts';
import { openDeskApp } from './desk-app.ts';
import { PASSWORD } from './members.ts';

const WRONG = 'do not belong together';

describe('signing in', () => {
  it('takes email address, password and code together, and shows who it is', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker', 'bury', 'Asha Example');
    const browser = desk.openBrowser();
    const answer = await desk.signIn(browser, member);
    expect([answer.status, answer.location]).toEqual([303, '/desk']);
    const page = await browser.get('/account');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Asha Example');
  });

  it('gives the same answer to every wrong one', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    const disabled = await desk.addMember('duty worker');
    await desk.store.people.accounts.disable(disabled.id, 'command');
    const code = () => totpCode(member.secret, desk.clock());
    const right = { email: member.email, password: PASSWORD, code: code() };
    const wrongs = [
      { ...right, email: 'nobody@example.gov.uk' },
      { ...right, password: 'another password altogether' },
      { ...right, code: '000000' },
      { ...right, code: 'kx3m-9tdw-hf6y-r4pc' },
      { ...right, code: '', passkey: '{"id":"x"}' },
      { ...right, email: '' },
      { email: disabled.email, password: PASSWORD, code: totpCode(disabled.secret, desk.clock()) },
    ];
    const pages = new Set<string>();
    for (const [index, wrong] of wrongs.entries()) {
      const browser = desk.openBrowser(`198.51.100.${index}`);
      const answer = await browser.post('/sign-in', wrong, '/sign-in');
      expect([wrong, answer.status]).toEqual([wrong, 422]);
      expect(answer.text).toContain('<title>Error: ');
      pages.add(answer.text.replaceAll(/value="[^"]*"/g, ''));
    }
    expect(pages.size).toBe(1);
    expect([...pages][0]).toContain(WRONG);
  });

  it('names the clock as a cause when the code is of another minute', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    const early = totpCode(member.secret, new Date(desk.clock().getTime() + 90_000));
    const form = { email: member.email, password: PASSWORD, code: early };
    const answer = await desk.openBrowser().post('/sign-in', form, '/sign-in');
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('the clock of your telephone')]);
  });

  it('says that a code is missing, for anybody, and looks nothing up', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    const pages = [];
    for (const [email, password] of [
      [member.email, PASSWORD],
      [member.email, 'wrong'],
      ['nobody@example.gov.uk', 'wrong'],
    ]) {
      const answer = await desk.openBrowser().post('/sign-in', { email, password, code: ' ' } as never, '/sign-in');
      pages.push([answer.status, answer.text.replaceAll(/value="[^"]*"/g, '')]);
    }
    expect(new Set(pages.map(String)).size).toBe(1);
    expect(pages[0]?.[0]).toBe(422);
    expect(pages[0]?.[1]).toContain('Enter the code');
    expect(pages[0]?.[1]).not.toContain(WRONG);
  });

  it('does the same work for an account that does not exist: one hash of the same cost', async () => {
    // The test watches the hasher of one server.
    const desk = await openDeskApp({ servers: 1 });
    // As in service; other tests use a cheap one.
    const hasher = createHasher();
    const verified: (string | null)[] = [];
    desk.services.signing.hasher = {
      ...hasher,
      verify: (hashed, password) => {
        verified.push(hashed);
        return hasher.verify(hashed, password);
      },
    };
    const member = await desk.addMember('duty worker');
    for (const email of [member.email, 'nobody@example.gov.uk']) {
      const form = { email, password: 'another password altogether', code: '123456' };
      expect((await desk.openBrowser().post('/sign-in', form, '/sign-in')).status).toBe(422);
    }
    expect(verified).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), null]);
  });

  it('accepts each code once, and the one from half a minute ago', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    desk.clock.pass(1);
    const code = totpCode(member.secret, desk.clock());
    desk.clock.pass(0.5);
    const form = { email: member.email, password: PASSWORD, code };
    expect((await desk.openBrowser().post('/sign-in', form, '/sign-in')).status).toBe(303);
    expect((await desk.openBrowser().post('/sign-in', form, '/sign-in')).status).toBe(422);
  });

  it('stores no usable token or secret', async () => {
    const desk = await openDeskApp();
    desk.services.signing.hasher = createHasher();
    const browser = await desk.openDesk('duty worker');
    const raw = openRaw(desk.store.file);
    const kept = ['accounts', 'signins', 'known_browsers', 'signin_tries'].map((table) =>
      JSON.stringify(raw.prepare(`select * from ${table}`).all()),
    );
    for (const value of [...browser.cookies.values(), browser.member.secret, PASSWORD])
      expect(kept.join()).not.toContain(value);
    expect(kept.join()).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('continues to where the person wanted to go, and nowhere else', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('administrator');
    const asked = await desk.openBrowser().get('/people');
    expect([asked.status, asked.location]).toEqual([303, '/sign-in?to=%2Fpeople']);
    const deep = '/people?from=2026-07-01&to=2026-09-30';
    const begun = await desk.openBrowser().get(deep);
    expect(begun.location).toBe(`/sign-in?to=${encodeURIComponent(deep)}`);
    expect((await desk.signIn(desk.openBrowser(), member, { to: deep })).location).toBe(deep);
    const there = await desk.signIn(desk.openBrowser(), member, { to: '/people' });
    expect(there.location).toBe('/people');
    for (const to of ['//evil.test', 'https://evil.test', '/\\evil.test', 'javascript:x']) {
      const answer = await desk.signIn(desk.openBrowser(), member, { to });
      expect(answer.location).toBe('/people');
    }
  });
});

describe('wrong tries', () => {
  const wrong = { password: 'another password altogether', code: '123456' };

  it('make an address wait for that account, for a quarter of an hour', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    const browser = desk.openBrowser();
    for (let tries = 0; tries < 5; tries++)
      expect((await browser.post('/sign-in', { email: member.email, ...wrong }, '/sign-in')).status).toBe(422);
    const waiting = await desk.signIn(browser, member);
    expect(waiting.status).toBe(429);
    expect(waiting.text).toContain('Wait 14 minutes');
    desk.clock.pass(15);
    expect((await desk.signIn(browser, member)).status).toBe(303);
  });

  it('are counted the same for an account that does not exist', async () => {
    const desk = await openDeskApp();
    const browser = desk.openBrowser();
    const statuses = [];
    for (let tries = 0; tries < 6; tries++)
      statuses.push((await browser.post('/sign-in', { email: 'nobody@example.gov.uk', ...wrong }, '/sign-in')).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('by others lock nobody out: neither from everywhere, nor from the same building', async () => {
    const desk = await openDeskApp();
    const member = await desk.addMember('duty worker');
    const mine = desk.openBrowser();
    await desk.signIn(mine, member);
    const { signInAttempts } = desk.store.people;
    for (let round = 0; round < 80; round++)
      await signInAttempts.begin({ email: member.email, address: `203.0.113.${round}`, browser: '' });
    for (let round = 0; round < 25; round++)
      await signInAttempts.begin({ email: `other${round}@example.gov.uk`, address: '192.0.2.7', browser: '' });
    expect((await desk.signIn(mine, member)).status).toBe(303);
    expect((await desk.signIn(desk.openBrowser('192.0.2.99'), member)).status).toBe(303);
    expect((await desk.signIn(desk.openBrowser('192.0.2.7'), member)).status).toBe(429);
  });
});
