import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { anonymousPaths, ELSEWHERE, paths } from '../../../server/base/paths.ts';
import { OPEN_GETS } from '../../../server/web/kit/open-routes.ts';
import { type Opened, openApp } from '../app.ts';
import { attribute, wordsOf } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, openDoor, type Story, walkOn } from '../walking.ts';
import { begin, expectPrivate, hrefsOf, NUMBERS } from './anonymous.ts';

const publicStory = (area: string): Story => ({
  immediate_danger: 'no',
  where_child_lives: area,
  worry_kind: ['hurt'],
});
/**
 * Routes where a child cannot be before a conversation: for people who work here, with the reason; for programs; or not
 * a page at all.
 */
const FOR_OTHERS: Record<string, string> = {
  [paths.area(':area')]: 'the doors of those who work with children',
  [paths.return()]: 'asks for the reference and the code of a professional',
  [paths.signIn()]: 'the way in for the desk',
  [paths.organisation()]: 'leads to the organisation',
  [paths.organisationReturn()]: 'comes from the organisation',
  [paths.join()]: 'asks for the code of an invitation',
};
/** URLs for routes with a parameter, with a value that exists. */
const FILLED: Record<string, string> = {
  area: 'bury',
  flow: 'level',
  instrument: 'screening_tool',
  question: 'where_child_lives',
};
const fill = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => FILLED[name] ?? 'none');
/** All rows of the database, except those of technical tables. */
function dump({ store }: Pick<Opened, 'store'>): Record<string, unknown[]> {
  const raw = new Sqlite(store.file, { readonly: true });
  const tables = raw.prepare(`select name from sqlite_schema where type = 'table'`).pluck().all() as string[];
  const kept = tables.filter((name) => !/^(sqlite_|migrations|pulse)/.test(name));
  const lines = kept.map((name) => [name, raw.prepare(`select * from ${name}`).all()]);
  raw.close();
  return Object.fromEntries(lines);
}

describe.each(['public', 'child'] as const)('the door for the %s', (reader) => {
  it('first says what "Exit this page" does, and what it cannot do', async () => {
    const page = await (await openApp()).visit().go(paths.talkFor(reader));
    expect(page.text).toMatch(/does not clear the history of your browser/);
    expect(page.text).toMatch(/Shift key three times/);
    expectPrivate(page);
  });
});

describe('what is kept of a conversation', () => {
  it('is one count for area, end and week, and nothing else, however often the result is opened', async () => {
    const opened = await openApp();
    const before = dump(opened);
    const visitor = opened.visit();
    const end = await walkOn(visitor, await begin(visitor, 'public'), publicStory('bury'));
    await visitor.go(end.url);
    await visitor.go(end.url);
    const guards = { counted: 1, mac: expect.any(String) };
    const tallies = [{ area: 'bury', end: 'tell_bury', week: '2026-11-16', count: 1, ...guards }];
    expect(dump(opened)).toEqual({ ...before, tallies });
    expect(opened.log).toEqual([]);
  });

  it('is nothing at all if it is left halfway', async () => {
    const opened = await openApp();
    const before = dump(opened);
    const visitor = opened.visit();
    await answer(visitor, await begin(visitor, 'child'), 'safe');
    await pressExit(visitor);
    expect(dump(opened)).toEqual(before);
  });
});

/** What the browser sends when it leaves: at least the link's ping. */
function pressExit(visitor: Visitor, headers: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin' }) {
  return visitor.request(paths.leave(), {
    method: 'POST',
    body: 'PING',
    headers: { 'Content-Type': 'text/ping', ...headers },
  });
}

describe('"Exit this page"', () => {
  it('works by itself: the button is a link to another site, and tells the server only in addition', async () => {
    const page = await begin((await openApp()).visit(), 'child');
    const button = page.all('a').find((link) => attribute(link, 'class')?.includes('exit-this-page__button'));
    expect(button && attribute(button, 'href')).toMatch(/^https:\/\/(?!.*(child|safe|help|front))/);
    expect(button && attribute(button, 'ping')).toBe(paths.leave());
    expect(button && attribute(button, 'rel')).toMatch(/noreferrer/);
  });

  it('ends the conversation, even if the old cookies are sent again', async () => {
    // A server knows the conversations that ended there; the browser itself has nothing left that another server could
    // open.
    const { visit } = await openApp({ servers: 1 });
    const visitor = visit();
    const end = await walkOn(visitor, await begin(visitor, 'public'), publicStory('stockport'));
    const cookies = [...visitor.cookies];
    expect(cookies).toHaveLength(3);
    const response = await pressExit(visitor);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('Clear-Site-Data')).toBe('"cache"');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.getSetCookie().join()).toMatch(/front_door=;.*Max-Age=0/i);
    expect(visitor.cookies.size).toBe(0);
    for (const path of [end.url, paths.talk(), paths.talkQuestion('immediate_danger')]) {
      for (const [name, value] of cookies) visitor.cookies.set(name, value);
      const page = await visitor.go(path);
      expect(page.heading).toBe('Worried about a child?');
      expect(page.html).not.toContain('Stockport hub');
    }
  });

  it.each([
    ['a link on another site', (visitor: Visitor) => visitor.request(paths.leave())],
    ['HEAD', (visitor: Visitor) => visitor.request(paths.leave(), { method: 'HEAD' })],
    ['a ping of another site', (visitor: Visitor) => pressExit(visitor, { 'Sec-Fetch-Site': 'cross-site' })],
    ['a page beside ours', (visitor: Visitor) => pressExit(visitor, { 'Sec-Fetch-Site': 'same-site' })],
    ['a form of another origin', (visitor: Visitor) => pressExit(visitor, { Origin: 'https://elsewhere.example' })],
  ])('is not triggered by %s', async (_what, press) => {
    const visitor = (await openApp()).visit();
    const page = await begin(visitor, 'child');
    await press(visitor);
    expect((await visitor.go(paths.talk())).heading).toBe(page.heading);
    expect(visitor.cookies.has('front_door')).toBe(true);
  });

  it('does not affect a consultation in the same browser', async () => {
    const visitor = (await openApp()).visit();
    const open = await openDoor(visitor, 'bury', 'level');
    await begin(visitor, 'public');
    await pressExit(visitor);
    expect((await visitor.go(open.url)).heading).toBe(open.heading);
    expect((await visitor.go(paths.talk())).heading).toBe('Worried about a child?');
  });

  it('is on every page where a child may be, even before a conversation', async () => {
    const { visit } = await openApp();
    const [talking, other] = [visit(), visit()];
    await begin(talking, 'child');
    const without: string[] = [];
    const tried: string[] = [];
    for (const route of [...OPEN_GETS.filter((path) => path !== paths.leave()), paths.talkResultLarge(), '/nowhere'])
      for (const [who, visitor] of [
        ['talking', talking],
        ['before', other],
      ] as const) {
        const response = await visitor.request(fill(route));
        // Not a page: a file, a script, or a redirect.
        if (response.headers.get('Content-Type')?.startsWith('text/html') !== true) continue;
        tried.push(route);
        if (!(await response.text()).includes(`href="${ELSEWHERE}"`)) without.push(`${who}: ${route}`);
      }
    expect(new Set(tried).size).toBeGreaterThan(30);
    expect(without.filter((page) => page.startsWith('talking'))).toEqual([]);
    const known = Object.keys(FOR_OTHERS).map((route) => `before: ${route}`);
    expect(without.filter((page) => !known.includes(page))).toEqual([]);
  });

  it('is on error pages too, before and after a conversation', async () => {
    const visitor = (await openApp()).visit();
    for (const path of ['/talk/nowhere', '/talk?for=nobody'])
      expect([path, hrefsOf(await visitor.go(path)).includes(ELSEWHERE)]).toEqual([path, true]);
    const refused = await visitor.post(paths.talkAnswers(), { question: 'x' });
    expect([refused.status, hrefsOf(refused).includes(ELSEWHERE)]).toEqual([403, true]);
  });
});

describe('a conversation', () => {
  it('ends after an hour', async () => {
    const { visit, clock } = await openApp();
    const visitor = visit();
    const page = await begin(visitor, 'public');
    clock.pass(59);
    expect((await visitor.go(paths.talk())).question).toBe(page.question);
    clock.pass(2);
    expect((await visitor.go(paths.talk())).heading).toBe('Worried about a child?');
    const late = await visitor.send(page.questionForm, { immediate_danger: 'no' });
    expect(late.heading).toBe('Worried about a child?');
    const byScript = await visitor.send(page.questionForm, { immediate_danger: 'no' }, { 'HX-Request': 'true' });
    expect(byScript.headers.get('HX-Redirect')).toBe(paths.talk());
  });

  it('belongs to one browser', async () => {
    const { visit } = await openApp();
    const [mine, other] = [visit(), visit()];
    await walkOn(mine, await begin(mine, 'public'), publicStory('bury'));
    expect((await other.go(paths.talkResult())).heading).toBe('Worried about a child?');
    const theirs = await begin(other, 'child');
    expect(theirs.all('#turns > li')).toHaveLength(0);
  });

  it('can be changed at each answer; what no longer applies is gone from the page', async () => {
    const visitor = (await openApp()).visit();
    const end = await walkOn(visitor, await begin(visitor, 'public'), publicStory('bury'));
    const changing = await visitor.go(paths.talkQuestion('where_child_lives'));
    expect(changing.questionForm.sends.getAll('where_child_lives')).toEqual(['bury']);
    const changed = await answer(visitor, changing, 'stockport');
    expect([end.end, changed.end]).toEqual(['tell_bury', 'tell_stockport']);
    expect(changed.text).not.toMatch(NUMBERS.bury as RegExp);
    const danger = await answer(visitor, await visitor.go(paths.talkQuestion('immediate_danger')), 'yes');
    expect(danger.question).toBe('danger_reported');
    const call = await answer(visitor, danger, 'calling_now');
    expect(call.end).toBe('call_999');
    const on = call.all('.fd-action a').find((link) => link.textContent.trim() === 'I have called 999: go on');
    expect(on && attribute(on, 'href')).toBe(`${anonymousPaths.question('danger_reported')}#question`);
  });

  it('refuses what is not offered, and asks again', async () => {
    const visitor = (await openApp()).visit();
    const page = await begin(visitor, 'public');
    const { action, sends } = page.questionForm;
    for (const given of [[], ['perhaps'], ['yes', 'no']]) {
      const pairs = given.map((value): [string, string] => ['immediate_danger', value]);
      const refused = await visitor.post(action, new URLSearchParams([...sends, ...pairs]));
      expect(refused.status).toBe(422);
      expect(refused.title).toBe('Error: Question 1 – Front Door');
      expect(refused.errors).toHaveLength(1);
      expectPrivate(refused);
    }
  });

  it('redirects to the open question whatever else is sent', async () => {
    const visitor = (await openApp()).visit();
    const page = await begin(visitor, 'public');
    const token = page.questionForm.sends.get('token') ?? '';
    for (const question of ['where_child_lives', '__proto__', 'nothing', '']) {
      const next = await visitor.post(paths.talkAnswers(), { token, question, [question]: 'bury' });
      expect(next.question).toBe('immediate_danger');
    }
    expect((await visitor.go(paths.talkResult())).question).toBe('immediate_danger');
    expect((await visitor.go(paths.talkQuestion('where_child_lives'))).question).toBe('immediate_danger');
  });

  it('returns the next question with htmx, with a neutral title and no reference', async () => {
    const visitor = (await openApp()).visit();
    const part = await answer(visitor, await begin(visitor, 'public'), 'no', { 'HX-Request': 'true' });
    expect(part.title).toBe('Question 2 – Front Door');
    expect(part.headers.get('HX-Push-Url')).toBe(paths.talkQuestion('where_child_lives'));
    expect(part.all('.fd-turn').map(wordsOf).join()).toContain('danger right now');
    expect(part.words('#live')).not.toContain('saved');
  });

  it('has URLs that identify nobody', () => {
    expect(Object.values(anonymousPaths).map((path) => (typeof path === 'string' ? path : path('x')))).toEqual([
      '/talk',
      '/talk/questions/x',
      '/talk/answers',
      '/talk/result',
    ]);
  });

  it('gives no access to a professional’s consultation, nor the other way round', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    await openDoor(visitor, 'bury', 'level');
    const page = await begin(visitor, 'public');
    expect(page.all('#turns > li')).toHaveLength(0);
    expect(page.html).not.toContain('consultations/');
  });
});
