/**
 * A refused single sign-on is logged like a wrong password: in the chain, with when and why, and nothing that was said.
 */
import { describe, expect, it } from 'vitest';
import { verify } from '../../../server/audit/verify.ts';
import { paths } from '../../../server/base/paths.ts';
import { openAuditLines } from '../../../server/store/audit-lines.ts';
import { openRaw } from '../../store/temporary.ts';
import type { Browser } from './browser.ts';
import type { openDeskApp } from './desk-app.ts';
import { type Claims, goThrough, openAll } from './provider.ts';

type Desk = Awaited<ReturnType<typeof openDeskApp>>;

const duty = { roles: ['FD-Duty'], area: 'bury', name: 'Dilip Example', email: 'dilip@bury.gov.uk' };
const DILIP = 'Dilip Example, duty worker, bury';
const NOBODY = ', , ';

/** Who was refused, and why. */
function refusalsOf({ store }: Desk) {
  const rows = openRaw(store.file)
    .prepare(`select * from looks where what = 'sign-in failed' order by seq`)
    .all() as Record<string, string>[];
  return rows.map(({ name, role, area, body = '' }) => [`${name}, ${role}, ${area}`, JSON.parse(body).why]);
}

function isWhole({ store }: Desk): boolean {
  const lines = openAuditLines(store.file);
  const { findings } = verify({ ...lines, heads: { lines: [], printed: [] } });
  lines.close();
  // This test has no checkpoints.
  return findings.list().every(({ kind }) => ['no key', 'no heads', 'heads missing'].includes(kind));
}

const begin = async (browser: Browser) => (await browser.get(paths.organisation())).location ?? '';
const stateOf = (url: string) => new URL(url).searchParams.get('state') ?? '';
/** As the browser shows it, without what is new in each form. */
const wordsOf = ({ text }: { text: string }) => text.replaceAll(/value="[^"]*"/g, '');

describe('a refused single sign-on', () => {
  it('is logged with its reason, for the account that it belongs to', async () => {
    const people: Record<string, Claims> = {
      none: { ...duty, email: 'b@bury.gov.uk', name: 'Nora Nowhere', roles: ['staff'] },
      placeless: { ...duty, email: 'c@bury.gov.uk', area: 'atlantis' },
      one: duty,
      taken: duty,
    };
    const { desk, signIn } = await openAll(people);
    const pages = new Set<string>();
    const refuse = async (sub: string) => {
      const { answer, browser } = await signIn(sub);
      expect([sub, answer.status, (await browser.get(paths.account())).status]).toEqual([sub, 422, 303]);
      pages.add(wordsOf(answer));
    };
    await refuse('none');
    await refuse('placeless');
    await signIn('one');
    await refuse('taken');
    people.one = { ...duty, roles: ['staff'] };
    await refuse('one');
    people.one = duty;
    const [account] = await desk.store.people.accounts.listOf('bury');
    await desk.store.people.accounts.disable(account?.id ?? '', 'command');
    await refuse('one');
    expect(refusalsOf(desk)).toEqual([
      [NOBODY, 'no role'],
      [NOBODY, 'unknown area'],
      [DILIP, 'address taken'],
      [DILIP, 'no role'],
      [DILIP, 'disabled'],
    ]);
    expect(pages.size).toBe(1);
    const kept = JSON.stringify(openRaw(desk.store.file).prepare('select * from looks').all());
    expect(kept).not.toMatch(/Nora|atlantis|@bury|staff/);
    expect(isWhole(desk)).toBe(true);
  });

  it('is logged if the signature of the organisation’s answer is wrong', async () => {
    const { desk, who, signIn } = await openAll({ one: duty });
    who.isForged = true;
    const { answer, browser } = await signIn('one');
    expect([answer.status, (await browser.get(paths.account())).status]).toEqual([422, 303]);
    expect(refusalsOf(desk)).toEqual([[NOBODY, 'answer not valid']]);
    who.isForged = false;
    expect((await signIn('one')).answer.status).toBe(303);
  });

  it('is logged too if the answer does not match the request, with the same page for all', async () => {
    const { desk } = await openAll({ one: duty });
    const [strange, other, told] = [desk.openBrowser(), desk.openBrowser(), desk.openBrowser()];
    const back = await goThrough(await begin(other));
    const away = await begin(told);
    const said = new URLSearchParams({ error: 'access_denied', error_description: 'Dilip is suspended' });
    said.set('state', stateOf(away));
    said.set('iss', new URL(away).origin);
    const [late, replaying] = [desk.openBrowser(), desk.openBrowser()];
    const used = await goThrough(await begin(late));
    for (const [name, value] of late.cookies) replaying.cookies.set(name, value);
    expect((await late.get(used)).status).toBe(303);
    const answers = [
      await strange.get(back),
      await told.get(`${paths.organisationReturn()}?${said}`),
      await other.get(back.replace(/state=[^&]+/, 'state=another')),
      await replaying.get(used),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(new Set(answers.map(wordsOf)).size).toBe(1);
    expect(refusalsOf(desk)).toEqual([
      [NOBODY, 'not begun here'],
      [NOBODY, 'error of the organisation'],
      [NOBODY, 'not begun here'],
      [NOBODY, 'error of the organisation'],
    ]);
    const kept = JSON.stringify(openRaw(desk.store.file).prepare('select * from looks').all()) + desk.logged.join();
    expect(kept).not.toContain('suspended');
    for (const secret of [stateOf(back.replace('/', 'http://x/')), /code=([^&]+)/.exec(back)?.[1] ?? ''])
      expect([secret.length > 10, kept.includes(secret)]).toEqual([true, false]);
  });

  it('says if the organisation checked less than required, and if it cannot be reached', async () => {
    const weak = await openAll({ one: duty }, { acr: 'two-factors' });
    expect((await weak.signIn('one')).answer.status).toBe(422);
    expect(refusalsOf(weak.desk)).toEqual([[NOBODY, 'weaker than asked']]);
    const away = await openAll({ one: duty }, { issuer: 'http://127.0.0.1:9' });
    const answer = await away.desk.openBrowser().get(paths.organisation());
    expect([answer.status, answer.text.includes('did not work')]).toEqual([422, true]);
    expect(refusalsOf(away.desk)).toEqual([[NOBODY, 'not reached']]);
  });

  it('says if the organisation checked the person too long ago', async () => {
    const { desk, who, signIn } = await openAll({ one: duty }, { maxAgeMinutes: 60 });
    expect((await begin(desk.openBrowser())).includes('max_age=3600')).toBe(true);
    who.askedAgo = 2 * 3600;
    expect((await signIn('one')).answer.status).toBe(422);
    expect(refusalsOf(desk)).toEqual([[NOBODY, 'too long ago']]);
    who.askedAgo = 30 * 60;
    expect((await signIn('one')).answer.status).toBe(303);
    const whenever = await openAll({ one: duty });
    whenever.who.askedAgo = 2 * 3600;
    expect((await whenever.signIn('one')).answer.status).toBe(303);
  });

  it('is logged at most twenty times in a quarter of an hour from one address, and slows down nobody else', async () => {
    const { desk, signIn } = await openAll({ one: duty });
    for (let tries = 0; tries < 30; tries++)
      expect((await desk.openBrowser().get(paths.organisationReturn())).status).toBe(422);
    expect(refusalsOf(desk)).toHaveLength(20);
    expect((await signIn('one')).answer.status).toBe(303);
    const member = await desk.addMember('duty worker');
    expect((await desk.signIn(desk.openBrowser(), member)).status).toBe(303);
    desk.clock.pass(16);
    await desk.openBrowser().get(paths.organisationReturn());
    expect(refusalsOf(desk)).toHaveLength(21);
  });

  it('is shown on the person’s page, beside wrong passwords, to an administrator of the area', async () => {
    const people: Record<string, Claims> = { one: duty };
    const { desk, signIn } = await openAll(people);
    await signIn('one');
    people.one = { ...duty, roles: [] };
    await signIn('one');
    const [account] = await desk.store.people.accounts.listOf('bury');
    await desk.openBrowser().post('/sign-in', { email: duty.email, password: 'x', code: '1' }, '/sign-in');
    const administrator = await desk.openDesk('administrator');
    const page = await administrator.get(paths.person(account?.id ?? ''));
    expect(page.text).toMatch(
      /Sign-ins that were refused.*with a password.*through the organisation: it gives no role here/s,
    );
    expect((await administrator.get(paths.person(administrator.member.id))).text).toContain('None was refused');
    const foreign = await desk.openDesk('administrator', 'bolton');
    expect((await foreign.get(paths.person(account?.id ?? ''))).status).toBe(404);
  });
});
