import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { readLeakedPasswords } from '../../server/leaked-passwords.ts';
import { parseEmail } from '../../server/people/account.ts';
import { checkPassword, normalisePassword } from '../../server/people/password.ts';
import { refill } from '../../server/web/kit/refill.ts';

const who = { name: 'Femi Aderinsola-Brown', email: 'femi.brown@bolton.gov.uk' };

describe('a password', () => {
  it.each([
    'seven lamps under a wooden stair',
    'thirteen   blanks in a row ',
    'ŵyth cath ddu yn y glaw',
    'qwerty over the frozen canal',
    '🐢🐢 turtles all the way',
    'aVeryOddLongishOne',
    'purple dolphin sunrise',
  ])('may be “%s”', async (password) => {
    expect(await checkPassword(password, who, readLeakedPasswords)).toBeUndefined();
  });

  it.each([
    'fourteen chars',
    'correct horse battery staple',
    'Correct-Horse-Battery-Staple!',
    'P4ssw0rdP4ssw0rd',
    'passwordpassword2024',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345678',
    'qwertyuiopasdfghjkl',
    'Manchester United 1999',
    'femi aderinsola brown 1',
    'Bolton Front Door Duty Desk',
    'safeguarding.children.2026',
    'FemiBrownBolton2026!!',
    `x${'long '.repeat(50)}`,
    'sunshine princess',
    'Liverpool+Chocolate99!',
    'q1w2e3r4t5y6u7i8',
    'mailcreated5240',
  ])('may not be “%s”', async (password) => {
    expect(await checkPassword(password, who, readLeakedPasswords)).toBeDefined();
  });

  it('may be none of 49,000 common ones that are long enough, nor any two of these in a row', async () => {
    const common = await readLeakedPasswords();
    expect(common.length).toBeGreaterThan(40_000);
    const long = common.filter((password) => password.length >= 15);
    // The step shares no factor with the number of passwords, so that the pairs come from all parts of the list.
    const pairs = common.slice(0, 3000).map((first, place) => first + common[(place * 7919) % common.length]);
    const chosen = [...long, ...pairs.filter((pair) => pair.length >= 15).slice(0, 60)];
    expect(chosen.length).toBeGreaterThan(90);
    for (const password of chosen)
      expect([password, await checkPassword(password, who, readLeakedPasswords)]).not.toContain(undefined);
  });

  it('is the same however the keyboard encodes it', () => {
    expect(normalisePassword('café')).toBe(normalisePassword('cafe\u0301'));
  });
});

describe('an email address', () => {
  it('is compared without regard to capitals and spaces', () => {
    expect(parseEmail('  Femi.Brown@Bolton.gov.uk ')).toBe('femi.brown@bolton.gov.uk');
    expect(parseEmail('femi')).toBeUndefined();
  });
});

describe('the configuration of an organisation', () => {
  const given = {
    OIDC_ISSUER: 'https://login.example.org',
    OIDC_CLIENT_ID: 'front-door',
    OIDC_CLIENT_SECRET: 'x',
    PUBLIC_URL: 'https://desk.example.org/',
    OIDC_ROLES: 'FD-Duty=duty worker, FD-Lead=safeguarding lead',
  };

  it('is read from the environment', () => {
    const { organisation, publicUrl } = readConfig(given);
    expect(publicUrl).toBe('https://desk.example.org');
    expect([...(organisation?.roles ?? [])]).toEqual([
      ['FD-Duty', 'duty worker'],
      ['FD-Lead', 'safeguarding lead'],
    ]);
    expect(readConfig({}).organisation).toBeUndefined();
  });

  it('names the wrong setting', () => {
    expect(() => readConfig({ ...given, OIDC_CLIENT_ID: undefined })).toThrow(/OIDC_CLIENT_ID/);
    expect(() => readConfig({ ...given, PUBLIC_URL: undefined })).toThrow(/PUBLIC_URL/);
    expect(() => readConfig({ ...given, OIDC_ROLES: 'FD-Duty=king' })).toThrow(/OIDC_ROLES.*king/);
  });
});

describe('a form that is filled in again', () => {
  const form = `<p>before</p><details><summary>Add</summary><form method="post" action="/desk/1/notes"><input type="hidden" name="seen" value="4"/>
    <textarea name="text" rows="3"></textarea><select name="to"><option value="a" selected="">A</option><option value="b">B</option></select>
    <input type="checkbox" name="signs" value="x"/><input type="checkbox" name="signs" value="y" checked=""/></form></details><form action="/other"></form>`;
  const typed = new URLSearchParams({ seen: '2', text: 'a < b & "c"\nsecond', to: 'b', signs: 'x' });

  it('contains what was typed, in an open fold, and what its page had shown', () => {
    const filled = refill(form, '/desk/1/notes', typed) ?? '';
    expect(filled).toContain('<details open="">');
    expect(filled).toContain('a &lt; b &amp; &quot;c&quot;\nsecond</textarea>');
    expect(filled).toContain('<option value="b" selected="">');
    expect(filled).toContain('<option value="a">');
    expect(filled).toContain('value="x" checked=""');
    expect(filled).toContain('value="y"/>');
    expect(filled).toContain('name="seen" value="2"');
  });

  it('is left alone if it is missing, or has no field for something', () => {
    expect(refill(form, '/desk/2/notes', typed)).toBeUndefined();
    expect(refill(form, '/desk/1/notes', new URLSearchParams({ gone: 'a field of before' }))).toBeUndefined();
  });
});
