import { describe, expect, it } from 'vitest';
import { verify } from '../../../server/audit/verify.ts';
import { paths } from '../../../server/base/paths.ts';
import { isRefusal } from '../../../server/consultation/entry.ts';
import { openAuditLines } from '../../../server/store/audit-lines.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { PAGES, TAKEN } from '../../../views/desk/access-log.tsx';
import { openRaw } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
/** Each server remembers separately what the queue has shown to a person within the hour. */
const ONE = { servers: 1 };

async function ask(world: World, name = '') {
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  if (name !== '') await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
  await browser.post(paths.handovers(id), { question: 'Is this for you?', reach: '0161 496 0001' }, at);
  return { browser, id };
}

/**
 * What was logged, the oldest first. Sign-ins are entries of the accounts. A file that was made has its own line, for
 * its proof.
 */
function looksOf({ store }: World) {
  const rows = openRaw(store.file)
    .prepare(`select * from looks where what <> 'file made' order by seq`)
    .all() as Record<string, string>[];
  return rows.map(({ name, role, area, what, consultation, body = '' }) => ({
    who: `${name}, ${role}, ${area}`,
    what,
    consultation,
    body: JSON.parse(body),
  }));
}

function isWhole({ store }: World): boolean {
  const lines = openAuditLines(store.file);
  const { findings } = verify({ ...lines, heads: { lines: [], printed: [] } });
  lines.close();
  // This test has no checkpoints.
  return findings.list().every(({ kind }) => ['no key', 'no heads', 'heads missing'].includes(kind));
}

it('logs who saw, downloaded, printed and searched what', async () => {
  const world = await openDeskApp(ONE);
  const { id } = await ask(world, 'Sam Lee');
  const { id: other } = await ask(world, 'Sam Lee');
  const manager = await world.openDesk('operational manager');
  await manager.get(paths.desk());
  await manager.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await manager.get(paths.deskRecord(id));
  await manager.get(paths.deskQuestions(id));
  await manager.get(paths.deskCalendar(id));
  const pdf = await manager.get(paths.deskDownload(id, 'pdf'));
  expect(pdf.headers.get('Content-Type')).toBe('application/pdf');
  const text = (await manager.get(paths.deskDownload(id, 'txt'))).text;
  expect(text).toMatch(
    /SEAL OF THE LOG\n-+\nLine: \d+, .*\nHash: [\w-]{16}\nSignature:\n {2}[\w-]{43}\n {2}[\w-]{43}\n/,
  );
  expect((await manager.post(paths.deskPrints(id), {}, paths.deskRecord(id))).status).toBe(204);
  await manager.post(paths.deskSearch(), { words: 'Sam', agency: 'Elm' }, paths.deskSearch());
  const looks = looksOf(world);
  expect(new Set(looks.map(({ who }) => who))).toEqual(new Set(['A operational manager, operational manager, bury']));
  const at = paths.deskRecord(id);
  const seen = { consultation: id, body: { upTo: 4, shown: [other], page: at } };
  expect(looks.map(({ who: _, ...look }) => look)).toMatchObject([
    { what: 'view', body: { page: '/desk', lines: 2, shown: [id, other] } },
    { what: 'view', body: { page: '/desk', lines: 2, shown: [] } },
    { what: 'view', ...seen },
    { what: 'view', consultation: id, body: { page: `${at}/questions` } },
    { what: 'export', consultation: id, body: { page: `${at}/deadlines.ics` } },
    { what: 'export', consultation: id, body: { page: `${at}/record.pdf` } },
    { what: 'export', consultation: id, body: { page: `${at}/record.txt` } },
    { what: 'view', ...seen },
    { what: 'print', consultation: id, body: { upTo: 4 } },
    { what: 'view', consultation: null, body: { page: '/desk/search' } },
    { what: 'search', consultation: null, body: { criteria: { agency: 'Elm', words: 'Sam' }, shown: [] } },
  ]);
  expect(isWhole(world)).toBe(true);
});

it('shows who has seen a consultation to people who may know, and logs that too', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world);
  const duty = await world.openDesk('duty worker');
  await duty.get(paths.desk());
  await duty.get(paths.deskRecord(id));
  await duty.get(paths.deskDownload(id, 'json'));
  expect((await duty.get(paths.deskAccessLog(id))).status).toBe(403);
  expect((await duty.get(paths.deskRecord(id))).text).not.toContain('Who has seen this');
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.get(paths.deskRecord(id))).text).toContain('Who has seen this');
  const page = (await lead.get(paths.deskAccessLog(id))).text;
  for (const words of [
    'A duty worker, duty worker',
    'Saw it in a list',
    'Took it away as JSON',
    'Looked at the record',
  ])
    expect(page).toContain(words);
  expect(page).not.toContain('Looked at who has seen it');
  expect((await lead.get(paths.deskAccessLog(id))).text).toContain('Looked at who has seen it');
  const foreign = await world.openDesk('safeguarding lead', 'bolton');
  expect((await foreign.get(paths.deskAccessLog(id))).status).toBe(404);
});

it('logs who tried what they may not do, and shows it to the consultation’s area', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world);
  const [duty, foreign, administrator] = [
    await world.openDesk('duty worker'),
    await world.openDesk('duty worker', 'bolton'),
    await world.openDesk('administrator'),
  ];
  const before = looksOf(world).length;
  expect((await foreign.get(paths.deskRecord(id))).status).toBe(404);
  expect((await foreign.get(paths.deskRecord('AAAAAAAAAAAAAAAAAAAAAA'))).status).toBe(404);
  expect((await administrator.get(paths.desk())).status).toBe(403);
  expect(looksOf(world).slice(before)).toEqual([
    {
      who: 'A duty worker, duty worker, bolton',
      what: 'refused',
      consultation: id,
      body: { page: paths.deskRecord(id) },
    },
    {
      who: 'A administrator, administrator, bury',
      what: 'refused',
      consultation: null,
      body: { page: paths.desk() },
    },
  ]);
  await duty.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
  const manager = await world.openDesk('operational manager');
  expect((await manager.get(paths.deskAccessLog(id))).text).toContain('Was refused');
  expect(isWhole(world)).toBe(true);
});

it('logs a self-refreshing queue once, until there is something new or an hour has passed', async () => {
  const world = await openDeskApp(ONE);
  const { id } = await ask(world);
  const duty = await world.openDesk('duty worker');
  const count = () => looksOf(world).length;
  await duty.get(paths.desk());
  for (let index = 0; index < 5; index++) await duty.get(paths.deskLines());
  expect(count()).toBe(1);
  const { id: second } = await ask(world);
  await duty.get(paths.deskLines());
  await duty.get(paths.deskLines());
  expect(looksOf(world).at(-1)?.body).toMatchObject({ shown: [second] });
  expect(count()).toBe(2);
  for (let index = 0; index < 4; index++) {
    world.clock.pass(20);
    await duty.get(paths.desk());
    await duty.get(paths.deskLines());
  }
  expect(count()).toBe(6);
  expect(looksOf(world).filter(({ body }) => body.shown.includes(id))).toHaveLength(2);
  await duty.get(paths.deskPresence(id));
  expect(count()).toBe(6);
});

describe('other accesses', () => {
  it('include the people pages, a refused change, and a failed sign-in', async () => {
    const world = await openDeskApp();
    const administrator = await world.openDesk('administrator');
    const member = await world.addMember('duty worker');
    await administrator.get(paths.people());
    await administrator.get(paths.person(member.id));
    await administrator.post(paths.people(), { name: '' }, paths.account());
    await world.signIn(world.openBrowser(), { ...member, email: 'nobody@example.org' });
    await world
      .openBrowser()
      .post(paths.signIn(), { email: member.email, password: 'secret', code: '000000' }, paths.signIn());
    const looks = looksOf(world);
    expect(looks.map(({ what, body }) => `${what} ${body.page ?? ''}`)).toEqual([
      'view /people',
      `view /people/${member.id}`,
      'view /account',
      'view /people',
      'sign-in failed ',
      'sign-in failed ',
    ]);
    expect(looks.slice(-2).map(({ who }) => who)).toEqual([', , ', 'A duty worker, duty worker, bury']);
    expect(JSON.stringify(looks)).not.toMatch(/secret|nobody@/);
    await administrator.post(paths.signOut(), {}, paths.people());
    const entries = await world.store.people.accounts.entriesOf(administrator.member.id);
    expect(entries.map(({ what }) => what.kind)).toEqual(['invited', 'joined', 'signed in', 'signed out']);
    expect(entries[2]?.what).toMatchObject({ factor: 'totp' });
  });

  it('are required: nothing of the desk is shown if it cannot be logged', async () => {
    const world = await openDeskApp();
    const { id } = await ask(world);
    const duty = await world.openDesk('duty worker');
    openRaw(world.store.file).exec(
      `create trigger no_looks before insert on looks begin select raise(abort, 'no'); end`,
    );
    for (const { method, path } of readRoutes(world.app).named)
      if (method === 'GET' && !path.endsWith('/presence') && path !== paths.deskLines()) {
        const answer = await duty.get(path.replace(':id', id));
        expect([path, answer.status >= 403]).toEqual([path, true]);
        expect(answer.text).not.toContain('Is this for you?');
      }
  });

  it('the professional’s own downloads and prints are entries of the consultation', async () => {
    const world = await openDeskApp();
    const { browser, id } = await ask(world);
    const text = (await browser.get(paths.download(id, 'txt'))).text;
    expect(text).toContain('Taken away as plain text');
    await browser.post(paths.prints(id), {}, paths.record(id));
    const entries = (await world.store.log.read(id)) ?? [];
    expect(entries.slice(-2).map(({ by, what }) => ({ by, ...what }))).toEqual([
      { by: 'professional', kind: 'taken away', as: 'txt' },
      { by: 'professional', kind: 'taken away', as: 'print' },
    ]);
    expect((await world.openBrowser().get(paths.download(id, 'txt'))).status).toBe(404);
    const refused = await world.store.log.decide(id, () => ({ refused: 'conflict', message: '' }), 'professional');
    expect(isRefusal(refused)).toBe(true);
  });
});

it('have words for every page of a consultation, so that a lead can see what was looked at', async () => {
  const world = await openDeskApp();
  const record = paths.deskRecord(':id');
  const pages = readRoutes(world.app)
    .named.filter(({ method, path }) => method === 'GET' && path.startsWith(record))
    .map(({ path }) => path.slice(record.length).replace(/:(sheet|section|form)/g, '…'))
    // Requested by the page itself, so it does not count as another look.
    .filter((page) => page !== '/presence' && !page.endsWith('/total'));
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((page) => PAGES[page] === undefined && TAKEN[page] === undefined)).toEqual([]);
});
