/** The conversation travels with its browser: any server can continue it, and nobody else can read or change it. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Library } from '../../../server/flow/check/library.ts';
import { type Opened, openApp, realLibrary } from '../app.ts';
import { Visitor } from '../visitor.ts';
import { answer, type Story, walkOn } from '../walking.ts';
import { begin } from './anonymous.ts';

const COOKIE = 'front_door_talk';
/** A browser accepts 4,096 bytes for a cookie with its name and attributes. */
const MOST_LETTERS = 3900;
const STORY: Story = { immediate_danger: 'no', where_child_lives: 'stockport', worry_kind: ['hurt'] };
const START = 'Worried about a child?';

/** A browser whose requests go to one server after the other. */
function visitInTurn(servers: readonly Opened[]): Visitor {
  let count = 0;
  const fetches = servers.map(({ visit }) => visit());
  return new Visitor(async (path, init) => {
    const server = fetches[count++ % fetches.length];
    const response = await server?.request(path, { ...init, headers: { ...(init.headers as Record<string, string>) } });
    // Only the outer browser keeps cookies.
    server?.cookies.clear();
    return response ?? new Response(null, { status: 502 });
  });
}

describe('what a browser carries', () => {
  it('works with any server: two in turn, and one that was restarted', async () => {
    const visitor = visitInTurn([await openApp(), await openApp()]);
    const end = await walkOn(visitor, await begin(visitor, 'public'), STORY);
    expect(end.end).toBe('tell_stockport');
    const later = (await openApp()).visit();
    for (const [name, value] of visitor.cookies) later.cookies.set(name, value);
    expect((await later.go(paths.talkResult())).end).toBe('tell_stockport');
  });

  it('reveals nothing, and fits into one cookie even if everything is ticked', async () => {
    for (const reader of ['public', 'child'] as const) {
      const visitor = (await openApp()).visit();
      let page = await begin(visitor, reader);
      for (let count = 0; page.question !== undefined && count < 30; count++) {
        const offered = page.questionForm.offers.get(page.question) ?? [];
        const isTicks = page.html.includes('type="checkbox"');
        const ticks = offered.filter((option) => option !== 'none' && option !== 'unknown');
        const last = ticks.toSorted((a, b) => a.length - b.length).at(-1) ?? 'unknown';
        page = await answer(visitor, page, isTicks ? ticks : last);
        const carried = visitor.cookies.get(COOKIE) ?? '';
        expect(carried.length).toBeLessThan(MOST_LETTERS);
        const bytes = Buffer.from(carried.replace(/^\d+\./, ''), 'base64url').toString('latin1');
        for (const id of offered.filter(({ length }) => length > 4)) expect(bytes).not.toContain(id);
      }
    }
  });

  it('is ignored in another browser, if it was changed, or after its hour', async () => {
    const { visit, clock } = await openApp();
    const mine = visit();
    const open = await answer(mine, await begin(mine, 'public'), 'no');
    const carried = mine.cookies.get(COOKIE) ?? '';
    const other = visit();
    await other.go(paths.start());
    const changed = carried.slice(0, -1) + (carried.endsWith('A') ? 'B' : 'A');
    const [hour, body] = carried.split('.');
    for (const value of [carried, changed, `${Number(hour) - 1}.${body}`, `${hour}.`, 'x', '', '1'.repeat(4000)]) {
      const visitor = value === carried ? other : mine;
      visitor.cookies.set(COOKIE, value);
      expect([value.slice(0, 20), (await visitor.go(paths.talk())).heading]).toEqual([value.slice(0, 20), START]);
    }
    mine.cookies.set(COOKIE, carried);
    expect((await mine.go(paths.talk())).question).toBe(open.question);
    clock.pass(61);
    mine.cookies.set(COOKIE, carried);
    expect((await mine.go(paths.talk())).heading).toBe(START);
  });

  it('is not restored by an answer that was under way when the person left', async () => {
    // It sends all cookies again; only the server where the conversation ended knows about that: see
    // two-servers.test.ts.
    const { visit } = await openApp({ servers: 1 });
    const visitor = visit();
    const page = await begin(visitor, 'child');
    const cookies = [...visitor.cookies];
    await visitor.request(paths.leave(), {
      method: 'POST',
      body: 'PING',
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    // The cookies that the browser had sent before the person left.
    for (const [name, value] of cookies) visitor.cookies.set(name, value);
    const sends = new URLSearchParams(page.questionForm.sends);
    sends.set(page.question ?? '', 'safe');
    const late = await visitor.request(paths.talkAnswers(), {
      method: 'POST',
      body: sends.toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(late.status).toBe(303);
    expect(late.headers.getSetCookie().filter((line) => line.startsWith(COOKIE))).toEqual([]);
    expect((await visitor.go(paths.talk())).heading).toBe(START);
  });

  it('keeps the answers that still fit if the next server has other questions', async () => {
    const before = await openApp();
    const visitor = before.visit();
    await answer(visitor, await answer(visitor, await begin(visitor, 'public'), 'no'), 'stockport');
    const after = (await openApp({ library: withoutStockport() })).visit();
    for (const [name, value] of visitor.cookies) after.cookies.set(name, value);
    const page = await after.go(paths.talk());
    expect(page.question).toBe('where_child_lives');
    expect(page.text).toContain('danger right now');
  });

  it('is sent over TLS only if readers use TLS, and no script can read it', async () => {
    const visitor = (await openApp({ secure: true })).visit();
    const start = await visitor.go(paths.talkFor('child'));
    const { sends } = start.form(paths.talk());
    const response = await visitor.request(paths.talk(), {
      method: 'POST',
      body: sends.toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    const lines = response.headers.getSetCookie().filter((one) => one.includes(COOKIE));
    const attributes = '; Path=/; HttpOnly; Secure; SameSite=Lax';
    const given = [`__Host-${COOKIE}_key=[\\w-]{22}${attributes}`, `__Host-${COOKIE}=\\d+\\.[\\w-]+${attributes}`];
    expect(lines).toEqual(given.map((line) => expect.stringMatching(new RegExp(`^${line}$`))));
  });
});

/** As if Stockport, and nothing else, were removed from the questions for the public. */
function withoutStockport(): Library {
  const national = realLibrary.areas.get('national');
  const asked = [...(national?.flows ?? [])].find(([, flow]) => flow.reader === 'public');
  if (national === undefined || asked === undefined) throw new Error('there are no questions for the public');
  const flow = structuredClone(asked[1]);
  const { where_child_lives: where } = flow.questions;
  if (where === undefined) throw new Error('the public is not asked where the child lives');
  where.options = where.options.filter(({ id }) => id !== 'stockport');
  const changed = { ...national, flows: new Map(national.flows).set(asked[0], flow) };
  return { ...realLibrary, areas: new Map(realLibrary.areas).set('national', changed) };
}
