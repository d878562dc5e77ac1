/** Signing in with an organisation, against a real provider. */
import { describe, expect, it } from 'vitest';
import { type Claims, goThrough, openAll } from './provider.ts';

const duty = { roles: ['staff', 'FD-Duty'], area: 'bury', name: 'Dilip Example', email: 'dilip@bury.gov.uk' };

describe('single sign-on', () => {
  it('opens an account with role and area from the claims, and finds it again', async () => {
    const people: Record<string, Claims> = { one: duty };
    const { desk, signIn } = await openAll(people);
    expect((await desk.openBrowser().get('/sign-in')).text).toContain('Sign in with Bury Council');
    const { browser, answer } = await signIn('one');
    expect([answer.status, answer.location, desk.logged]).toEqual([303, '/desk', []]);
    const page = await browser.get('/account');
    expect(page.text).toContain('Dilip Example');
    expect(page.text).toContain('duty worker for Bury');
    await signIn('one');
    expect(await desk.store.people.accounts.listOf('bury')).toHaveLength(1);
  });

  it('adopts a new role and ends the sessions of the old one', async () => {
    const people: Record<string, Claims> = { one: duty };
    const { signIn } = await openAll(people);
    const first = await signIn('one');
    people.one = { ...duty, roles: 'FD-Admin' };
    const second = await signIn('one');
    expect(second.answer.location).toBe('/people');
    expect((await first.browser.get('/account')).status).toBe(303);
    expect((await second.browser.get('/people')).status).toBe(200);
  });

  it('lets in nobody without a role or an area, disabled, or with the address of another account', async () => {
    const people: Record<string, Claims> = {
      one: duty,
      none: { ...duty, email: 'b@bury.gov.uk', roles: ['staff'] },
      placeless: { ...duty, email: 'c@bury.gov.uk', area: 'atlantis' },
      taken: duty,
    };
    const { desk, signIn } = await openAll(people);
    await signIn('one');
    for (const sub of ['none', 'placeless', 'taken']) {
      const { browser, answer } = await signIn(sub);
      expect([sub, answer.status]).toEqual([sub, 422]);
      expect((await browser.get('/account')).status).toBe(303);
    }
    const [account] = await desk.store.people.accounts.listOf('bury');
    await desk.store.people.accounts.disable(account?.id ?? '', 'command');
    expect((await signIn('one')).answer.status).toBe(422);
  });

  it('accepts an answer only in the browser that asked, and only once', async () => {
    const { desk, signIn } = await openAll({ one: duty });
    const browser = desk.openBrowser();
    const away = await browser.get('/sign-in/organisation');
    const back = await goThrough(away.location ?? '');
    expect((await desk.openBrowser().get(back)).status).toBe(422);
    const other = desk.openBrowser();
    await other.get('/sign-in/organisation');
    expect((await other.get(back)).status).toBe(422);
    expect((await browser.get(back)).status).toBe(303);
    expect((await browser.get(back)).status).toBe(422);
    expect((await signIn('one')).answer.status).toBe(303);
  });

  it('works in two tabs of one browser at the same time, whichever comes back first', async () => {
    const { desk } = await openAll({ one: duty });
    const browser = desk.openBrowser();
    const [first, second] = [await browser.get('/sign-in/organisation'), await browser.get('/sign-in/organisation')];
    for (const { location } of [second, first]) {
      expect((await browser.get(await goThrough(location ?? ''))).status).toBe(303);
      expect((await browser.get('/desk')).status).toBe(200);
    }
  });

  it('is started by our own button only, not by a link on another site', async () => {
    const { desk } = await openAll({ one: duty });
    const from = (site: string) =>
      desk.openBrowser().get('/sign-in/organisation?to=%2Fdesk', { 'Sec-Fetch-Site': site });
    const led = await from('cross-site');
    expect([led.status, led.location, led.headers.getSetCookie().join()]).toEqual([
      303,
      '/sign-in?to=%2Fdesk',
      expect.not.stringContaining('journey'),
    ]);
    expect((await from('same-origin')).location).toMatch(/^http:\/\/127/);
  });

  it('cannot be used as a password sign-in', async () => {
    const { desk, signIn } = await openAll({ one: duty });
    await signIn('one');
    const form = { email: duty.email, password: '', code: '123456' };
    expect((await desk.openBrowser().post('/sign-in', form, '/sign-in')).status).toBe(422);
  });
});
