import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { paths, RECORD_NOUNS } from '../../../server/base/paths.ts';
import { someOf } from '../../short-form.ts';
import { type Opened, openApp } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import { encode, type Visitor } from '../visitor.ts';
import { answer, idOf, openDoor } from '../walking.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

async function openQuestion() {
  const opened = await openApp();
  const visitor = opened.visit();
  const page = await openDoor(visitor, 'bury', 'level');
  const { sends, action } = page.questionForm;
  const good = { question: 'immediate_danger', seen: '0', token: sends.get('token') ?? '', immediate_danger: 'no' };
  return { ...opened, visitor, page, id: idOf(page), action, good };
}

async function entriesOf({ store }: Pick<Opened, 'store'>, id: string): Promise<number> {
  return (await store.log.read(id))?.length ?? 0;
}

/** The page says what to do next, with 999 and a way to continue. */
function expectHelp(page: Page, status: number, heading: string) {
  expect([page.status, page.heading]).toEqual([status, heading]);
  expect(page.words('.fd-urgent')).toContain('Call 999');
  const links = page.all('main a').map((link) => attribute(link, 'href'));
  expect(links).toEqual(expect.arrayContaining(['tel:999', paths.contacts(), paths.start()]));
}

/** Every path to which something can be posted. */
function postPaths(id: string): string[] {
  return [
    paths.consultations(),
    paths.answers(id),
    paths.moves(id),
    ...RECORD_NOUNS.map((noun) => paths.addition(id, noun)),
    paths.codes(id),
    paths.return(),
    paths.talk(),
    paths.talkAnswers(),
  ];
}

describe('a body that is too large', () => {
  it('is refused before it is read, or while it is read if it does not give its size', async () => {
    const opened = await openQuestion();
    const { visitor, good, action, id } = opened;
    const body = encode({ ...good, more: 'x'.repeat(900_000) }).toString();
    expectHelp(await visitor.post(action, new URLSearchParams(body)), 413, 'That is too long');
    const declared = await visitor.request(action, {
      method: 'POST',
      body: 'x',
      headers: { ...FORM, 'Content-Length': '99999999' },
    });
    expect(declared.status).toBe(413);
    expect(await entriesOf(opened, id)).toBe(1);
  });

  it('that never ends, on a real connection, is cut off, and the server continues', async () => {
    const { listen } = await openApp();
    const url = new URL(await listen());
    const status = await new Promise<number | string>((resolve) => {
      const sending = httpRequest(
        { ...hostOf(url), method: 'POST', path: paths.return(), headers: FORM },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          clearInterval(timer);
        },
      );
      sending.on('error', (error) => resolve(error.message));
      const timer = setInterval(() => sending.write('x'.repeat(100_000)), 1);
    });
    expect([413, 'write EPIPE', 'read ECONNRESET', 'socket hang up']).toContain(status);
    expect((await fetch(url)).status).toBe(200);
  });

  it('has room for three texts of 20,000 characters in any script', async () => {
    const opened = await openQuestion();
    const record = await opened.visitor.go(paths.record(opened.id));
    const long = '子'.repeat(20_000);
    const form = record.form(paths.addition(opened.id, 'sharings'));
    const kept = await opened.visitor.send(form, { what: long, withWhom: 'MASH', purpose: long });
    expect(kept.status).toBe(200);
    expect(await entriesOf(opened, opened.id)).toBe(2);
  });
});

const hostOf = ({ hostname, port }: URL) => ({ hostname, port });

describe('a body of another type', () => {
  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/xml', ''])(
    '"%s" is refused, wherever it is posted to',
    async (type) => {
      const opened = await openQuestion();
      const { visitor, good, id } = opened;
      for (const path of postPaths(id)) {
        const body = type.includes('json') ? JSON.stringify(good) : encode(good).toString();
        const response = await visitor.request(path, {
          method: 'POST',
          body: new TextEncoder().encode(body),
          headers: type === '' ? {} : { 'Content-Type': type },
        });
        expect([path, response.status]).toEqual([path, 415]);
      }
      expect(await entriesOf(opened, id)).toBe(1);
    },
  );

  it('is explained', async () => {
    const { visitor, action } = await openQuestion();
    expectHelp(await visitor.post(action, {}, { 'Content-Type': 'text/plain' }), 415, 'We cannot read that');
  });

  it('does not include a form with a charset', async () => {
    const { visitor, action, good } = await openQuestion();
    const page = await visitor.post(action, good, {
      'Content-Type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8',
    });
    expect(page.question).toBe('who_is_asking');
  });
});

describe('a post from elsewhere', () => {
  const STRANGE: [string, Record<string, string>][] = [
    ['another site, as the browser says', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { Origin: 'https://evil.example' }],
    ['another port', { Origin: 'https://front-door.test:8443' }],
    ['an origin that is none', { Origin: 'not an origin' }],
  ];
  it.each(STRANGE)('%s, is refused wherever it goes', async (_, headers) => {
    const opened = await openQuestion();
    const { visitor, good, id } = opened;
    for (const path of postPaths(id)) {
      const page = await visitor.post(path, good, headers);
      expect([path, page.status]).toEqual([path, 403]);
    }
    expect(await entriesOf(opened, id)).toBe(1);
  });

  it.each([
    ['our own origin', { Origin: 'https://front-door.test', 'Sec-Fetch-Site': 'same-origin' }],
    ['a browser that keeps its origin to itself', { Origin: 'null' }],
    ['the address line', { 'Sec-Fetch-Site': 'none' }],
  ])('with %s is accepted', async (_, headers) => {
    const { visitor, action, good } = await openQuestion();
    expect((await visitor.post(action, good, headers)).question).toBe('who_is_asking');
  });

  it('without this browser’s token changes nothing, wherever it goes', async () => {
    const opened = await openQuestion();
    const { visitor, id, good } = opened;
    const other = (await openDoor(opened.visit(), 'bury', 'level')).questionForm.sends.get('token') ?? '';
    const { token, ...none } = good;
    for (const path of postPaths(id))
      for (const sent of [none, { ...none, token: '' }, { ...none, token: other }, { ...none, token: `${token}x` }]) {
        const page = await visitor.post(path, sent);
        expect([path, page.status]).toEqual([path, 403]);
      }
    expect(await entriesOf(opened, id)).toBe(1);
    expectHelp(await visitor.post(opened.action, none), 403, 'That form is too old');
  });

  it('GET changes nothing', async () => {
    const opened = await openQuestion();
    const { visitor, id, good } = opened;
    for (const path of postPaths(id).filter((path) => path !== paths.return() && path !== paths.talk()))
      expect([path, (await visitor.go(`${path}?${encode(good)}`)).status]).toEqual([path, 404]);
    expect(await entriesOf(opened, id)).toBe(1);
  });
});

describe('an invalid URL', () => {
  it.each([
    '/%',
    '/%E0%A4%A',
    '/areas/%E0%A4%A',
    '/consultations/%',
    '/consultations/%00',
    '/consultations/..%2f..%2fetc',
    '/consultations/__proto__',
    '/consultations/constructor/result',
    `/consultations/${'x'.repeat(5000)}`,
    '/flows/__proto__/constructor',
    '/static/%2e%2e%2fmain.ts',
    '/static/__proto__',
    '//front-door.test//',
  ])('%.40s shows a helpful page, and is not logged', async (path) => {
    const { visit, log } = await openApp();
    const page = await visit().go(path);
    expect(page.status).toBe(404);
    expect(page.words('.fd-urgent')).toContain('Call 999');
    expect(log).toEqual([]);
  });

  it.each(someOf([paths.search(), paths.talk(), paths.start(), paths.contacts(), paths.flows()]))(
    '%s with an odd query still works',
    async (path) => {
      const { visit, log } = await openApp();
      for (const query of ['?words=%', '?words=%E0%A4%A', '?for=%', '?__proto__=1', '?words=a&words=b', '?for=teacher'])
        expect([query, (await visit().go(path + query)).status]).toEqual([query, 200]);
      expect(log).toEqual([]);
    },
  );

  it('answers HEAD like GET, without a body', async () => {
    const visitor = (await openApp()).visit();
    const response = await visitor.request(paths.contacts(), { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('fields that no form has', () => {
  async function post(visitor: Visitor, page: Page, pairs: [string, string][]) {
    const { action, sends } = page.questionForm;
    return visitor.post(action, new URLSearchParams([...sends, ...pairs]));
  }

  it('make no difference to the answer', async () => {
    const opened = await openQuestion();
    const next = await post(opened.visitor, opened.page, [
      ['immediate_danger', 'no'],
      ['child_age', '3'],
      ['level', '1'],
      ['__proto__', 'x'],
      ['token', 'another'],
      ['question', 'child_age'],
    ]);
    expect(next.question).toBe('who_is_asking');
    const entries = (await opened.store.log.read(opened.id)) ?? [];
    expect(entries.map(({ what }) => what.kind)).toEqual(['opened', 'answered']);
  });

  it('thousands of them do not stop the server', async () => {
    const { visitor, page } = await openQuestion();
    const many = Array.from({ length: 30_000 }, (_, index): [string, string] => [`f${index}`, '1']);
    expect((await post(visitor, page, [['immediate_danger', 'no'], ...many])).question).toBe('who_is_asking');
    expect((await answer(visitor, await visitor.go(page.url), 'no')).status).toBe(200);
  });
});
