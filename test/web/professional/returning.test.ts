import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import type { Fields, Visitor } from '../visitor.ts';
import { answer, idOf, openDoor } from '../walking.ts';

const WRONG = 'cdfh-jkmn-pqrt-wxy3';
const DAY = 24 * 60;

/** A consultation with one answer, and the code that was shown for it. */
async function openWithCode() {
  // The setting for the reader's address is changed in one server.
  const opened = await openApp({ servers: 1 });
  const owner = opened.visit();
  const page = await answer(owner, await openDoor(owner, 'bury', 'level'), 'no');
  const id = idOf(page);
  const shown = await owner.send((await owner.go(paths.record(id))).form(paths.codes(id)));
  return {
    ...opened,
    owner,
    id,
    shown,
    code: shown.words('.fd-code__code'),
    reference: shown.heading.replace('Record ', ''),
  };
}

async function comeBack(visitor: Visitor, fields: Fields) {
  return visitor.send((await visitor.go(paths.return())).form(paths.return()), fields);
}

describe('a return code', () => {
  it('is shown once, and stored so that nobody can read it', async () => {
    const { owner, id, code, store } = await openWithCode();
    expect(code).toMatch(/^([cdfhjkmnpqrtwxy34679]{4}-){3}[cdfhjkmnpqrtwxy34679]{4}$/);
    expect((await owner.go(paths.record(id))).html).not.toContain(code);
    const { default: Sqlite } = await import('better-sqlite3');
    const raw = new Sqlite(store.file, { readonly: true });
    const lines = JSON.stringify(raw.prepare('select * from return_codes').all());
    raw.close();
    expect(lines).not.toContain(code);
    expect(lines).not.toContain(code.replaceAll('-', ''));
  });

  it.each([
    ['as it was shown', (text: string) => text],
    ['in capitals, with blanks for hyphens', (text: string) => ` ${text.toUpperCase().replaceAll('-', ' ')} `],
    ['in one piece', (text: string) => text.replace(/[ -]/g, '')],
  ])('%s, with its reference, opens the consultation in another browser where it was left', async (_, typed) => {
    const { visit, code, reference, id } = await openWithCode();
    const other = visit();
    const page = await comeBack(other, { reference: typed(reference), code: typed(code) });
    expect(page.url).toBe(`${paths.question(id, 'who_is_asking')}#question`);
    expect(page.question).toBe('who_is_asking');
    expect((await other.go(paths.record(id))).status).toBe(200);
  });

  it('can be used twice, even by the browser that has the consultation', async () => {
    const { visit, owner, code, reference } = await openWithCode();
    for (const visitor of [visit(), visit(), owner])
      expect((await comeBack(visitor, { reference, code })).question).toBe('who_is_asking');
  });

  it.each([
    [{ reference: '', code: '' }, /That is no reference/],
    [{ reference: 'B 11 11 11 11 1', code: WRONG }, /no reference/],
    [{ reference: '<script>', code: WRONG }, /no reference/],
    [{ code: WRONG }, /do not belong together/],
    [{ code: 'not a code' }, /do not belong together/],
    [{ code: '' }, /do not belong together/],
  ])('%o opens nothing, and says what to do', async (typed, message) => {
    const { visit, reference, id } = await openWithCode();
    const other = visit();
    const page = await comeBack(other, { reference, ...typed });
    expect(page.status).toBe(422);
    expect(page.title).toBe('Error: Go back to a consultation – Front Door');
    expect(page.errors).toEqual([expect.stringMatching(message)]);
    const { sends } = page.form(paths.return());
    expect(sends.get('reference')).toBe('reference' in typed ? typed.reference : reference);
    expect(sends.get('code')).toBe('');
    expect((await other.go(paths.consultation(id))).status).toBe(404);
  });

  it('gives no sign whether a reference exists', async () => {
    const { visit, reference } = await openWithCode();
    const unknown = 'B 00 00 00 00 ';
    const { parseReference } = await import('../../../server/consultation/reference.ts');
    const free =
      Array.from({ length: 10 }, (_, digit) => `${unknown}${digit}`).find((one) => parseReference(one)) ?? '';
    const [known, none] = [
      await comeBack(visit('192.0.2.2'), { reference, code: WRONG }),
      await comeBack(visit('192.0.2.3'), { reference: free, code: WRONG }),
    ];
    expect([known.status, known.errors]).toEqual([none.status, none.errors]);
  });

  it('ends after thirty days, and says so', async () => {
    const { visit, clock, code, reference } = await openWithCode();
    clock.pass(30 * DAY - 1);
    expect((await comeBack(visit(), { reference, code })).status).toBe(200);
    clock.pass(2);
    const page = await comeBack(visit(), { reference, code });
    expect(page.status).toBe(410);
    expect(page.errors).toEqual([expect.stringContaining('has run out')]);
  });

  it('ends when a new one is made', async () => {
    const { visit, owner, id, code, reference } = await openWithCode();
    const again = await owner.send((await owner.go(paths.record(id))).form(paths.codes(id)));
    const newer = again.words('.fd-code__code');
    expect(newer).not.toBe(code);
    expect((await comeBack(visit(), { reference, code })).status).toBe(422);
    expect((await comeBack(visit(), { reference, code: newer })).status).toBe(200);
  });

  it('is limited behind a proxy by the address of the reader, not by that of the proxy', async () => {
    const { services, visit, code, reference } = await openWithCode();
    services.signing.addressHeader = 'x-real-ip';
    const from = async (address: string, typed: string) => {
      const visitor = visit('10.0.0.1');
      const form = (await visitor.go(paths.return())).form(paths.return());
      return (await visitor.send(form, { reference, code: typed }, { 'x-real-ip': address })).status;
    };
    for (let count = 0; count < 5; count++) expect(await from('192.0.2.66', WRONG)).toBe(422);
    expect(await from('192.0.2.66', code)).toBe(429);
    expect(await from('203.0.113.9, 192.0.2.66', code)).toBe(429);
    expect(await from('192.0.2.67', code)).toBe(200);
  });

  it('has to wait a quarter of an hour at most after five guesses; its owner elsewhere does not', async () => {
    const { visit, clock, code, reference } = await openWithCode();
    for (let count = 0; count < 5; count++)
      expect((await comeBack(visit('192.0.2.66'), { reference, code: WRONG })).status).toBe(422);
    const stopped = await comeBack(visit('192.0.2.66'), { reference, code });
    expect(stopped.status).toBe(429);
    expect(stopped.errors).toEqual([expect.stringMatching(/Wait \d+ minutes/)]);
    expect((await comeBack(visit('192.0.2.7'), { reference, code })).status).toBe(200);
    clock.pass(16);
    expect((await comeBack(visit('192.0.2.66'), { reference, code })).status).toBe(200);
  });

  it('can only be made by the browser that has the consultation', async () => {
    const { visit, id, code, reference } = await openWithCode();
    const stranger = visit();
    const token = (await stranger.go(paths.return())).form(paths.return()).sends.get('token') ?? '';
    expect((await stranger.post(paths.codes(id), { token })).status).toBe(404);
    expect((await comeBack(visit(), { reference, code })).status).toBe(200);
  });
});
