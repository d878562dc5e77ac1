/** The interface as a case system uses it, over HTTP. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { verifyDatabase } from '../../../server/store/audit-lines.ts';
import { readHeadsOf } from '../../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../../server/store/store.ts';
import { openRaw } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openApi } from './client.ts';

const LIST = paths.apiConsultations();
const OPENING = {
  flow: 'level',
  question: 'Does this meet the threshold?',
  reach: '0161 496 0002',
  asker: { name: 'Hana Example', role: 'Teacher', agency: 'A school' },
  child: { name: 'Sam Sample' },
  answers: { immediate_danger: 'no' },
};

describe('reading', () => {
  it('lists what is new since a cursor, and only of its own area', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['read']);
    const first = await api.ask();
    await api.ask('Elsewhere?', 'bolton');
    const list = await call('GET', LIST);
    expect(list.body.consultations).toEqual([
      { reference: first.reference, area: 'bury', flow: 'level', state: 'waiting', href: first.path },
    ]);
    const again = await call('GET', `${LIST}?after=${list.body.next}`);
    expect(again.body).toEqual({ consultations: [], next: list.body.next, more: false });
    const second = await api.ask('And this?');
    const third = await call('GET', `${LIST}?after=${list.body.next}&limit=1`);
    expect(third.body.consultations.map(({ reference }: { reference: string }) => reference)).toEqual([
      second.reference,
    ]);
    const worker = await api.openDesk('duty worker');
    await worker.post(paths.deskAction(first.id, 'claims'), {}, paths.desk());
    const changed = await call('GET', `${LIST}?after=${third.body.next}`);
    expect(changed.body.consultations).toMatchObject([{ reference: first.reference, state: 'claimed' }]);
  });

  it('gives record, assessment and chronology, and 304 while nothing has changed', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['read']);
    const { path, reference } = await api.ask('Is this for you?');
    const record = await call('GET', path);
    expect(record.body).toMatchObject({
      format: 'front-door-record',
      reference,
      desk: { questions: [{ text: 'Is this for you?' }] },
    });
    expect(record.body.notice).toContain('not a referral');
    expect((await call('GET', path, { headers: { 'If-None-Match': record.etag } })).status).toBe(304);
    const assessment = await call('GET', `${path}/assessment`);
    expect(assessment.body).toMatchObject({
      reference,
      openQuestion: expect.stringContaining('danger right now'),
      answers: [],
    });
    const chronology = await call('GET', `${path}/chronology`);
    expect(chronology.body.entries.map(({ entry }: { entry: number }) => entry)).toEqual([1, 2]);
  });

  it('includes the entries of a child’s pathway without their words', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['read']);
    const { path, id } = await api.ask();
    const opened = {
      kind: 'pathway opened',
      team: 'the team',
      referred: '2026-11-20',
      why: 'An aunt in Prestwich',
    } as const;
    await api.store.log.decide(id, () => [{ ...opened, deadlines: [] }], 'duty worker');
    for (const part of ['', '/chronology']) {
      const { body } = await call('GET', `${path}${part}`);
      expect(JSON.stringify(body)).toContain('An entry of the child’s pathway');
      expect(JSON.stringify(body)).not.toContain('Prestwich');
    }
  });

  it('is logged like a person’s access: who, which, and what a list showed', async () => {
    const api = await openApi();
    const { call, id: client } = await api.makeClient(['read']);
    const { path, id } = await api.ask();
    await call('GET', LIST);
    const { etag } = await call('GET', path);
    await call('GET', path, { headers: { 'If-None-Match': etag } });
    const seen = (await api.store.accessLog.at(id, 10)).filter(({ who }) => who.id === client);
    expect(seen.map(({ what, who }) => [what, who.name, who.role])).toEqual([
      ['export', 'Cases of bury', 'case system'],
      ['view', 'Cases of bury', 'case system'],
    ]);
    const manager = await api.openDesk('operational manager');
    expect((await manager.get(paths.deskAccessLog(id))).text).toContain('Cases of bury');
  });

  it.each<[string, string, RegExp]>([
    [
      'a cursor of the future',
      `${LIST}?after=${Buffer.from('entry 999999').toString('base64url')}`,
      /ahead of all.*Begin without one/,
    ],
    ['what is no cursor', `${LIST}?after=yesterday`, /after is "yesterday", which is no cursor/],
    ['a limit that is none', `${LIST}?limit=many`, /^limit: /],
    ['an unknown field', `${LIST}?since=1`, /since/],
  ])('refuses %s with an explanation', async (_what, path, words) => {
    const api = await openApi();
    const { call } = await api.makeClient(['read']);
    const { status, headers, body } = await call('GET', path);
    expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json']);
    expect(body.detail).toMatch(words);
    expect(body).toMatchObject({
      type: 'urn:front-door:problem:invalid',
      status: 422,
      request: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
  });
});

describe('permissions', () => {
  it('a token that is missing, wrong, revoked or expired gets the same 401', async () => {
    const api = await openApi();
    const good = await api.makeClient(['read']);
    const revoked = await api.makeClient(['read']);
    const client = await api.store.clients.find(revoked.id);
    if (client !== undefined) await api.store.clients.revoke(client, { id: 'x', name: 'X', role: 'administrator' });
    const expired = await api.makeClient(['read'], 'bury', 1);
    api.clock.pass(2 * 24 * 60);
    const answers = [
      await api.useToken('frontdoor_x')('GET', LIST),
      await api.useToken(`${good.token.slice(0, -1)}${good.token.endsWith('A') ? 'B' : 'A'}`)('GET', LIST),
      await revoked.call('GET', LIST),
      await expired.call('GET', LIST),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
    const none = await api.useToken('')('GET', LIST);
    expect([none.status, none.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
    expect(none.body.detail).toContain('There is no Authorization header');
    expect((await good.call('GET', LIST)).status).toBe(200);
  });

  it('a token is shown once, to the person who creates it; the database has only its hash', async () => {
    const api = await openApi();
    const administrator = await api.openDesk('administrator');
    const asked = { name: 'Cases', rights: 'read', days: '90' };
    const { text } = await administrator.post(paths.clients(), asked, paths.clients());
    const [token = ''] = /frontdoor_[\w-]{43}/.exec(text) ?? [];
    expect((await api.useToken(token)('GET', LIST)).status).toBe(200);
    const kept = JSON.stringify(openRaw(api.store.file).prepare('select * from clients').all());
    expect([kept.includes('Cases'), kept.includes(token)]).toEqual([true, false]);
    expect((await administrator.get(paths.clients())).text).not.toContain(token);
  });

  it('each call needs its right, and nothing happens without it', async () => {
    const api = await openApi();
    const { path, id } = await api.ask();
    const calls = {
      read: ['GET', LIST, {}],
      report: ['PUT', `${path}/case-number`, { body: { caseNumber: 'C 1' }, headers: { 'If-Match': '"2"' } }],
      open: ['POST', LIST, { body: OPENING }],
    } as const;
    for (const right of ['read', 'report', 'open'] as const) {
      const { call } = await api.makeClient([right]);
      for (const [needed, [method, at, more]] of Object.entries(calls)) {
        const { status, body } = await call(method, at, more);
        if (needed === right) expect([right, needed, status < 300]).toEqual([right, needed, true]);
        else
          expect([right, needed, status, body.detail]).toEqual([
            right,
            needed,
            403,
            expect.stringContaining(`the right "${needed}"`),
          ]);
      }
    }
    expect((await api.store.log.read(id))?.length).toBe(3);
  });

  it('a reference in another area, one that does not exist and one not sent to the desk get the same 404', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['read', 'report']);
    const foreign = await api.ask('Theirs', 'bolton');
    const browser = api.openBrowser();
    const { id } = await beginConsultation(browser);
    const unasked = (await api.store.consultations.find(id))?.reference ?? '';
    const at = [foreign.path, paths.apiConsultation('B000000000'), paths.apiConsultation(unasked.replaceAll(' ', ''))];
    for (const path of at) {
      const read = await call('GET', path);
      expect([read.status, read.body.detail]).toEqual([404, expect.stringContaining('There is no consultation')]);
      const put = await call('PUT', `${path}/case-number`, {
        body: { caseNumber: '1' },
        headers: { 'If-Match': '"1"' },
      });
      expect(put.status).toBe(404);
    }
  });
});

describe('writing', () => {
  it('opens a consultation with what is known: it is in the queue, and says that it is not a referral', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['open', 'read']);
    const opened = await call('POST', LIST, { body: OPENING });
    expect([opened.status, opened.body]).toEqual([201, { reference: expect.stringMatching(/^B /), entries: 5 }]);
    const worker = await api.openDesk('duty worker');
    const queue = (await worker.get(paths.desk())).text;
    for (const words of ['Hana Example', 'Does this meet the threshold?', opened.body.reference])
      expect(queue).toContain(words);
    const { body: record } = await call('GET', paths.apiConsultation(opened.body.reference.replaceAll(' ', '')));
    expect(record).toMatchObject({
      child: { name: 'Sam Sample' },
      answers: [{ id: 'immediate_danger', answer: ['No'] }],
    });
  });

  it('danger in what is known puts it first on the queue', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['open']);
    await api.ask('Not urgent');
    const opened = await call('POST', LIST, { body: { ...OPENING, answers: { immediate_danger: 'yes' } } });
    const [first] = await api.store.queueRows.queue('bury');
    expect(first?.reference).toBe(opened.body.reference);
  });

  it('the same call with the same key takes effect once; another call with that key is refused', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['open']);
    const headers = { 'Idempotency-Key': randomUUID() };
    const [one, two] = await Promise.all([
      call('POST', LIST, { body: OPENING, headers }),
      call('POST', LIST, { body: OPENING, headers }),
    ]);
    const statuses = [one.status, two.status].sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    const later = await call('POST', LIST, { body: OPENING, headers });
    expect(later.body.reference).toBe((one.status === 201 ? one : two).body.reference);
    expect((await api.store.queueRows.queue('bury')).length).toBe(1);
    const other = await call('POST', LIST, { body: { ...OPENING, question: 'Another?' }, headers });
    expect([other.status, other.body.type]).toEqual([422, 'urn:front-door:problem:key-used']);
    const short = await call('POST', LIST, { body: OPENING, headers: { 'Idempotency-Key': 'x' } });
    expect(short.body.detail).toContain('Send one of 8 to 200 letters');
    api.clock.pass(25 * 60);
    expect((await call('POST', LIST, { body: OPENING, headers })).status).toBe(201);
    expect((await api.store.queueRows.queue('bury')).length).toBe(2);
  });

  it('reports the case number and a decision; the outcome of the desk stays as it is', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['read', 'report']);
    const { path, id } = await api.ask();
    const { etag } = await call('GET', path);
    const put = (caseNumber: string, match = etag) =>
      call('PUT', `${path}/case-number`, { body: { caseNumber }, headers: { 'If-Match': match } });
    expect((await put('C 2026 / 17')).body).toMatchObject({ entries: 3 });
    // Reporting the same again adds nothing, whatever state it starts from.
    expect((await put('C 2026 / 17')).body).toMatchObject({ entries: 3 });
    const stale = await put('C 18');
    expect([stale.status, stale.body.detail]).toEqual([412, expect.stringContaining('Read it again')]);
    const decision = {
      decision: 'Strategy discussion',
      decidedBy: 'R. Example, team manager',
      decidedAt: api.clock().toISOString(),
    };
    const decided = await call('POST', `${path}/decisions`, { body: decision, headers: { 'If-Match': '"3"' } });
    expect(decided.status).toBe(200);
    const { body: record } = await call('GET', path);
    expect(record.desk).toMatchObject({ caseNumber: { caseNumber: 'C 2026 / 17' }, outcomes: [] });
    const words = record.entries.map(({ words }: { words: string }) => words).join();
    expect(words).toContain('Decided in the case system');
    expect(record.entries.at(-1).by).toContain('Cases of bury');
    const worker = await api.openDesk('duty worker');
    expect((await worker.post(paths.deskSearch(), { words: 'C 2026 / 17' }, paths.deskSearch())).text).toContain(
      record.reference,
    );
    const unsaid = await call('POST', `${path}/decisions`, { body: decision });
    expect([unsaid.status, unsaid.body.detail]).toEqual([428, expect.stringContaining('If-Match is missing')]);
    const ahead = { ...decision, decidedAt: '2027-01-01T00:00:00.000Z' };
    const future = await call('POST', `${path}/decisions`, { body: ahead, headers: { 'If-Match': '"4"' } });
    expect([future.status, future.body.detail]).toEqual([422, expect.stringContaining('in the future')]);
    expect((await api.store.log.read(id))?.length).toBe(4);
  });

  it.each<[string, unknown, RegExp]>([
    ['is no JSON', '{', /The body is no JSON/],
    ['has an unknown field', { ...OPENING, colour: 'red' }, /colour/],
    ['has no question', { ...OPENING, question: ' ' }, /question: /],
    ['names another flow', { ...OPENING, flow: 'levl' }, /flow is "levl"\. There are: .*level/],
    ['names the public’s flow', { ...OPENING, flow: 'public' }, /flow is "public"/],
    ['answers an unknown question', { ...OPENING, answers: { dangr: 'yes' } }, /answers\.dangr: no question.*/],
    [
      'gives an unknown answer',
      { ...OPENING, answers: { immediate_danger: 'perhaps' } },
      /does not answer "immediate_danger".*Offered are/,
    ],
    ['is a list', [OPENING], /the call: /],
  ])('a body that %s is refused with what is wrong and where, and nothing is opened', async (_what, body, words) => {
    const api = await openApi();
    const { call } = await api.makeClient(['open']);
    const refused = await call('POST', LIST, { body });
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringMatching(words)]);
    expect(await api.store.queueRows.queue('bury')).toEqual([]);
  });

  it('a body that is too large or of another type is refused', async () => {
    const api = await openApi();
    const { call, token } = await api.makeClient(['open']);
    const large = await call('POST', LIST, { body: { ...OPENING, question: 'x'.repeat(900_000) } });
    expect([large.status, large.body.detail]).toEqual([413, expect.stringContaining('Nothing was saved')]);
    // Without a length, the bytes are counted as they come.
    const body = new ReadableStream({
      start(controller) {
        for (let count = 0; count < 9; count++) controller.enqueue(new TextEncoder().encode('x'.repeat(100_000)));
        controller.close();
      },
    });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const streamed = await fetch(api.origin + LIST, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
    const form = await call('POST', LIST, {
      body: 'a=1',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(form.status).toBe(415);
  });

  it('answers in JSON to an unknown call, and when the database is unavailable', async () => {
    const api = await openApi();
    const { call } = await api.makeClient(['open']);
    const lost = await call('GET', '/api/v1/children');
    expect([lost.status, lost.body.detail]).toEqual([404, expect.stringContaining('openapi.json')]);
  });
});

it('what the interface does is in the chain, and an inserted or changed client is found', async () => {
  const api = await openApi();
  const { call, id } = await api.makeClient(['open', 'read', 'report']);
  await call('POST', LIST, { body: OPENING });
  await call('GET', LIST);
  await api.store.checkpoints.write();
  const find = async () => {
    const { findings } = await verifyDatabase(api.store.file, readHeadsOf(checkpointFiles(api.store.file)));
    return findings.list().map(({ kind, first }) => `${kind}: ${first.join()}`);
  };
  expect(await find()).toEqual([]);
  const raw = openRaw(api.store.file);
  const rightsOf = raw.prepare('update clients set rights = ? where id = ?');
  expect((await call('GET', LIST)).status).toBe(200);
  rightsOf.run('read', id);
  expect((await call('GET', LIST)).status).toBe(401);
  rightsOf.run('open read report', id);
  expect((await call('GET', LIST)).status).toBe(200);
  raw.prepare(`update clients set rights = 'read report open', token_hash = 'x' where id = ?`).run(id);
  expect(await find()).toEqual([
    expect.stringContaining(`derived planted: clients, ${id}`),
    expect.stringContaining(`access planted: client ${id}`),
    'rows changed: clients',
  ]);
  raw.prepare(`update clients set revoked_at = 'now' where id = ?`).run(id);
  expect((await find()).join()).toContain(`derived changed: clients, ${id}`);
});
