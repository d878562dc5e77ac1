import { describe, expect, it } from 'vitest';
import { totpCode } from '../../../server/people/totp.ts';
import { openDeskApp } from './desk-app.ts';
import { PASSWORD } from './members.ts';

const NEW = { name: 'Bram Example', email: 'Bram.Example@Bury.gov.uk', role: 'duty worker' };
const readCode = (text: string) =>
  /[a-z0-9]{4}(-[a-z0-9]{4}){3}/.exec(text.replace(/kx3m-9tdw-hf6y-r4pc/g, ''))?.[0] ?? '';
const readKey = (text: string) => /([A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(text)?.[0].replaceAll(' ', '') ?? '';
const readSealed = (text: string) => /name="secret" value="([^"]+)"/.exec(text)?.[1] ?? '';

async function invite() {
  const desk = await openDeskApp();
  const administrator = await desk.openDesk('administrator');
  const invited = await administrator.post('/people', NEW, '/people');
  return { desk, administrator, invited, code: readCode(invited.text) };
}

describe('an invitation', () => {
  it('lets somebody join once, with a password and an app, and shows recovery codes', async () => {
    const { desk, invited, code } = await invite();
    expect(invited.status).toBe(200);
    expect(invited.text).toContain('http://front-door.test/join');
    const browser = desk.openBrowser();
    const page = await browser.get('/join');
    const key = readKey(page.text);
    const form = () => ({
      invitation: code.toUpperCase(),
      secret: readSealed(page.text),
      password: PASSWORD,
      code: totpCode(key, desk.clock()),
    });
    const joined = await browser.post('/join', form());
    expect(joined.status).toBe(200);
    expect(joined.text.match(/<code class="fd-code__code">/g)).toHaveLength(10);
    expect((await browser.get('/account')).text).toContain('bram.example@bury.gov.uk');
    expect((await desk.openBrowser().post('/join', form(), '/join')).status).toBe(422);
    const recovery = readCode(joined.text);
    const email = 'bram.example@bury.gov.uk';
    const recover = { email, password: PASSWORD, code: recovery };
    expect((await desk.openBrowser().post('/sign-in', recover, '/sign-in')).status).toBe(303);
    expect((await desk.openBrowser().post('/sign-in', recover, '/sign-in')).status).toBe(422);
  });

  it('keeps what was typed and the QR code if something is wrong, and says what', async () => {
    const { desk, code } = await invite();
    const browser = desk.openBrowser();
    const page = await browser.get('/join');
    const form = { invitation: code, secret: readSealed(page.text), password: 'too short', code: '000000' };
    const refused = await browser.post('/join', form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('needs 15 characters or more');
    expect(refused.text).toContain('not the code that the app shows');
    expect(refused.text).toContain(`value="${code}"`);
    expect(readKey(refused.text)).toBe(readKey(page.text));
  });

  it('ends after three days, and when another is made', async () => {
    const { desk, administrator, code } = await invite();
    const [person] = (await desk.store.people.accounts.listOf('bury')).filter(({ joinedAt }) => joinedAt === null);
    const again = await administrator.post(`/people/${person?.id}/invitations`, {});
    const newer = readCode(again.text);
    const why = async (invitation: string) =>
      (await desk.openBrowser().post('/join', { invitation }, '/join')).text.includes(
        'not the code of an open invitation',
      );
    expect([await why(code), await why(newer)]).toEqual([true, false]);
    desk.clock.pass(73 * 60);
    expect(await why(newer)).toBe(true);
  });

  it('ends the old password, factors and sessions once a repeated one is used', async () => {
    const desk = await openDeskApp();
    const administrator = await desk.openDesk('administrator');
    const person = await desk.openDesk('duty worker');
    const again = await administrator.post(`/people/${person.member.id}/invitations`, {}, '/people');
    expect((await person.get('/account')).status).toBe(200);
    const browser = desk.openBrowser();
    const page = await browser.get('/join');
    const code = totpCode(readKey(page.text), desk.clock());
    const form = { invitation: readCode(again.text), secret: readSealed(page.text), password: `${PASSWORD} new`, code };
    expect((await browser.post('/join', form)).status).toBe(200);
    expect((await person.get('/account')).status).toBe(303);
    expect((await desk.signIn(desk.openBrowser('192.0.2.44'), person.member)).status).toBe(422);
  });

  it('is made only for an address without an account', async () => {
    const { administrator } = await invite();
    const refused = await administrator.post('/people', NEW, '/people');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Somebody has an account with that address');
    expect(refused.text).toContain(`value="${NEW.name}"`);
    expect((await administrator.post('/people', { name: '', email: 'x', role: 'king' })).status).toBe(422);
  });
});

describe('the first administrator', () => {
  it('is created once: not if the area has one who has joined', async () => {
    const desk = await openDeskApp();
    const { accounts } = desk.store.people;
    const first = { email: 'a@example.gov.uk', name: 'A', role: 'administrator' as const, area: 'bury' };
    expect(await desk.store.people.accounts.listOf('bury')).toEqual([]);
    const id = await accounts.inviteFirst({ ...first, hash: 'one' });
    expect(await accounts.inviteFirst({ ...first, hash: 'two' })).toBe(id);
    expect(await accounts.findInvited('one')).toBeUndefined();
    await desk.addMember('administrator', 'bury');
    expect(await accounts.inviteFirst({ ...first, hash: 'three' })).toBeUndefined();
    expect(
      await accounts.inviteFirst({ ...first, email: 'b@example.gov.uk', area: 'bolton', hash: 'four' }),
    ).toBeDefined();
  });
});
