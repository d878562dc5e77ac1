import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { paths, RECORD_NOUNS } from '../../../server/base/paths.ts';
import { contentFiles, openApp, readLibrary } from '../app.ts';
import { everyTypeFiles } from '../every-type.ts';
import { attribute, type Page } from '../page.ts';
import type { Fields } from '../visitor.ts';
import { answer, idOf, jumpToResult, openDoor, walkOn } from '../walking.ts';

const library = readLibrary([...contentFiles, ...everyTypeFiles]);

/** URLs of every kind of answer that the server gives; `id` is a consultation at its end. */
const kinds = (id: string) => [
  paths.start(),
  paths.area('bury'),
  paths.search(),
  paths.contacts(),
  paths.privacy(),
  paths.return(),
  paths.talkFor('child'),
  paths.leave(),
  paths.flows(),
  paths.flow('bury', 'level'),
  paths.result(id),
  paths.map(id),
  paths.call(id),
  paths.handoverSheetCopy(id),
  paths.handoverSheetFile(id, 'txt'),
  paths.handoverSheet(id),
  paths.record(id),
  paths.question(id, 'immediate_danger'),
  paths.download(id, 'txt'),
  paths.download(id, 'json'),
  '/nowhere',
  paths.consultation('nobody'),
];

async function openResult(secure = false) {
  const opened = await openApp({ secure });
  const visitor = opened.visit();
  return { ...opened, visitor, id: await jumpToResult(opened, visitor, 'bury', 'harm_by_act') };
}

describe('every answer', () => {
  it('forbids scripts, frames and forms from elsewhere, and caching', async () => {
    const { visitor, id } = await openResult();
    for (const path of kinds(id)) {
      const { headers } = await visitor.request(path);
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect([path, headers.get('Cache-Control')]).toEqual([path, 'no-store']);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ])
        expect([path, policy.split('; ')]).toEqual([path, expect.arrayContaining([rule])]);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('X-Frame-Options')).toBe('DENY');
      expect(headers.get('Referrer-Policy')).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers.get('Strict-Transport-Security')).toBeNull();
      expect(headers.get('Server') ?? headers.get('X-Powered-By')).toBeNull();
    }
  });

  it('has the same headers for a script or a refused post', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const token = page.questionForm.sends.get('token') ?? '';
    const answers: Page[] = [
      await answer(visitor, page, 'no', { 'HX-Request': 'true' }),
      await answer(visitor, page, 'yes'),
      await visitor.post(page.questionForm.action, { token, question: 'child_age' }),
      await visitor.post(page.questionForm.action, {}),
      await visitor.post(page.questionForm.action, {}, { 'Content-Type': 'text/plain' }),
      await visitor.post(paths.codes(idOf(page)), { token }),
      await visitor.post(paths.addition(idOf(page), 'notes'), { token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409, 403, 415, 200, 422]);
    for (const { headers } of answers) {
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    }
  });

  it('may not be cached, except built files, which never change', async () => {
    const { services, visit } = await openApp();
    for (const file of Object.values(services.assets)) {
      const response = await visit().request(file, { headers: { 'Accept-Encoding': 'gzip, br' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('Content-Encoding')).toBe('br');
      expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
      expect(response.headers.getSetCookie()).toEqual([]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it('has the same headers over the network, where they are set directly on Node’s response', async () => {
    const { visit, services } = await openApp();
    // The other tests in this process keep their own Request and Response.
    const server = serve({
      fetch: createApp(services).fetch,
      port: 0,
      hostname: '127.0.0.1',
      overrideGlobalObjects: false,
    });
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ofThis = new Set(['connection', 'date', 'keep-alive', 'content-length', 'transfer-encoding', 'set-cookie']);
    const tell = ({ status, headers }: Response) => [status, [...headers].filter(([name]) => !ofThis.has(name)).sort()];
    for (const path of [paths.start(), services.assets.styles, paths.numbersManifest(), '/nowhere', '/Contacts/']) {
      const sent = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
      const expected = await visit().request(path, { headers: { 'Accept-Encoding': 'gzip, deflate' } });
      expect([path, ...tell(sent)]).toEqual([path, ...tell(expected)]);
      expect(sent.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    }
  });

  it('requires https from then on if it came over https', async () => {
    const { visitor, id } = await openResult(true);
    for (const path of kinds(id)) {
      const { headers } = await visitor.request(path);
      expect(headers.get('Strict-Transport-Security')).toMatch(/max-age=\d{8}/);
    }
  });
});

describe('the cookie', () => {
  it('is one random token for this visit, out of reach for scripts and other sites', async () => {
    const { visit } = await openApp();
    const [one, two] = [await visit().request(paths.start()), await visit().request(paths.start())];
    const cookies = one.headers.getSetCookie();
    expect(cookies).toEqual([expect.stringMatching(/^front_door=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)]);
    expect(cookies).not.toEqual(two.headers.getSetCookie());
  });

  it('is set once, and limited to https if readers use it', async () => {
    const { visit } = await openApp({ secure: true });
    const visitor = visit();
    // No other site of the same domain can set a cookie of this name.
    const name = /^__Host-front_door=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/;
    expect((await visitor.request(paths.start())).headers.getSetCookie()).toEqual([expect.stringMatching(name)]);
    expect((await visitor.request(paths.contacts())).headers.getSetCookie()).toEqual([]);
  });

  it('is not accepted under a name that another site could have set', async () => {
    const visitor = (await openApp({ secure: true })).visit();
    visitor.cookies.set('front_door', 'A'.repeat(43));
    await visitor.request(paths.start());
    expect(visitor.cookies.get('__Host-front_door')).toMatch(/^(?!A{43})[\w-]{43}$/);
  });

  it.each(['short', 'x'.repeat(44), '../../../etc/passwd', `${'A'.repeat(42)};`, '\u00e9'.repeat(43)])(
    '%.20s is not accepted, and a new one is set',
    async (value) => {
      const visitor = (await openApp()).visit();
      visitor.cookies.set('front_door', encodeURIComponent(value));
      await visitor.request(paths.start());
      expect(visitor.cookies.get('front_door')).toMatch(/^[\w-]{43}$/);
    },
  );

  it('is only stored as a hash, and the form’s token does not reveal it', async () => {
    const { visitor, store, id } = await openResult();
    const cookie = visitor.cookies.get('front_door') ?? '';
    const raw = new Sqlite(store.file, { readonly: true });
    const lines = ['sessions', 'holders'].map((table) => JSON.stringify(raw.prepare(`select * from ${table}`).all()));
    raw.close();
    expect(lines.join()).not.toContain(cookie);
    const record = await visitor.go(paths.record(id));
    expect(record.html).not.toContain(cookie);
  });
});

/** A refused form is logged only by its route, because these forms lack something here and there. */
const besidesRefusals = (log: readonly string[]) => log.filter((line) => !line.includes('"message":"refused"'));

describe('what a person types', () => {
  const MARK = 'Zebedee';

  /** Types into every field. Returns all pages that resulted. */
  async function typeEverywhere() {
    const opened = await openApp({ library });
    const visitor = opened.visit();
    const answers = {
      sample_yes: 'no',
      sample_one: 'red',
      sample_several: ['none'],
      sample_number: 4,
      sample_date: '1 11 2026',
    };
    const asked = await walkOn(visitor, await openDoor(visitor, 'sampleton', 'every_type'), answers);
    const id = idOf(asked);
    const pages = [asked, await answer(visitor, asked, MARK.repeat(60))];
    let page = await answer(visitor, asked, MARK);
    pages.push(page);
    page = await answer(visitor, page, MARK, { 'HX-Request': 'true' });
    pages.push(page, await visitor.go(paths.result(id)));
    for (const noun of RECORD_NOUNS) {
      const at = noun === 'corrections' ? paths.correcting(id, 2).replace(/#.*/, '') : paths.record(id);
      const form = (await visitor.go(at)).form(paths.addition(id, noun));
      const chosen = [...form.offers].map(([name, values]): [string, string] => [name, values[0] ?? '']);
      const fields: Fields = {
        ...Object.fromEntries(form.writes.map((name) => [name, MARK])),
        ...Object.fromEntries(chosen),
      };
      pages.push(await visitor.send(form, fields));
    }
    const searched = (await visitor.go(paths.search())).form(paths.search());
    pages.push(await visitor.send(searched, { words: MARK }));
    const back = (await visitor.go(paths.return())).form(paths.return());
    pages.push(await visitor.send(back, { reference: MARK, code: MARK }));
    return { ...opened, visitor, id, pages };
  }

  it('is in no URL, title, header, cookie or log line', async () => {
    const { pages, visitor, log } = await typeEverywhere();
    expect(pages.length).toBeGreaterThan(12);
    expect(pages.filter((page) => page.html.includes(MARK)).length).toBeGreaterThan(8);
    for (const page of pages) {
      expect(page.way.join()).not.toContain(MARK);
      expect(page.title).not.toContain(MARK);
      expect(JSON.stringify([...page.headers])).not.toContain(MARK);
      for (const link of page.all('a, form'))
        expect(`${attribute(link, 'href')} ${attribute(link, 'action')}`).not.toContain(MARK);
    }
    expect([...visitor.cookies.values()].join()).not.toContain(MARK);
    expect(log.join()).not.toContain(MARK);
    expect(besidesRefusals(log)).toEqual([]);
  });

  it('is not in the log either if it cannot be saved', async () => {
    const { visitor, id, store, log } = await typeEverywhere();
    const raw = new Sqlite(store.file);
    raw.exec(`create trigger planted before insert on entries begin select raise(abort, 'planted'); end`);
    const form = (await visitor.go(paths.record(id))).form(paths.addition(id, 'notes'));
    const failed = await visitor.send(form, { text: `${MARK} once more` });
    raw.close();
    expect(failed.status).toBe(500);
    expect(failed.html).not.toContain(MARK);
    expect(besidesRefusals(log)).toHaveLength(1);
    expect(log.join()).toContain('planted');
    for (const secret of [MARK, id, visitor.cookies.get('front_door') ?? '']) expect(log.join()).not.toContain(secret);
  });

  it('titles say where somebody is, and nothing about a child', async () => {
    const { visitor, id } = await openResult();
    const allowed =
      /^(Start|What brings you|Search|Contacts|How your data is kept|Accessibility|About Front Door|Go back to a consultation|Before you start|Question \d+|What to do|What to say when you ring|Sheet for a referral|Copy the sheet|The way you took|Record|We cannot find that page) – Front Door(, Bury)?$/;
    for (const path of kinds(id).filter((path) => !/(record|sheet)\.|leave|flows/.test(path)))
      expect((await visitor.go(path)).title).toMatch(allowed);
  });
});
