/**
 * Two servers on one database: what two people, or two presses of a button, do at the same time on different servers
 * has one effect; and somebody who guesses or calls too often is slowed down by both together. `npm run
 * test:two-servers` runs every test of the app with two servers.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import type { Store } from '../../server/store/store.ts';
import { createCourier } from '../../server/webhooks/courier.ts';
import { createReach } from '../../server/webhooks/reach.ts';
import { createWebhookSender } from '../../server/webhooks/sender.ts';
import { openTemporary } from '../store/temporary.ts';
import { openApi } from './api/client.ts';
import { openApp } from './app.ts';
import { beginConsultation } from './begin-consultation.ts';
import { BURY_OUTCOME } from './desk/desk-story.ts';
import { readForms } from './page-forms.ts';
import { openDeskApp } from './people/desk-app.ts';
import { begin } from './public/anonymous.ts';
import { logInto } from './services.ts';
import { openDoor } from './walking.ts';

const SERVERS = { servers: 2 };
/** Of this many simultaneous requests, each server gets at least one. */
const AT_ONCE = 3;
const QUESTION = { question: 'Is it one for you?', reach: '0161 496 0001' };

const together = <Answer>(send: (index: number) => Promise<Answer>, times = AT_ONCE) =>
  Promise.all(Array.from({ length: times }, (_, index) => send(index)));

async function openDesk() {
  const world = await openDeskApp(SERVERS);
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  const entries = async () => (await world.store.log.read(id)) ?? [];
  const count = async (kind: string) => (await entries()).filter(({ what }) => what.kind === kind).length;
  const caseNow = async () => readDeskCase(await entries());
  return { world, professional, id, count, caseNow };
}

describe('what reaches two servers at once has one effect', () => {
  it('a question to the desk, a claim of two people, a form of the record, and an outcome', async () => {
    const { world, professional, id, count, caseNow } = await openDesk();
    await professional.get(paths.handover(id));
    const asked = await together(() => professional.post(paths.handovers(id), QUESTION));
    expect(asked.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await count('handed over')).toBe(1);

    const workers = [await world.openDesk('duty worker'), await world.openDesk('duty worker')];
    for (const worker of workers) await worker.get(paths.desk());
    await together(async (index) => workers[index % 2]?.post(paths.deskAction(id, 'claims'), {}), 2 * AT_ONCE);
    expect(await count('claimed')).toBe(1);
    const holderId = (await caseNow())?.claimedBy?.id;
    const holder = workers.find(({ member }) => member.id === holderId);
    if (holder === undefined) throw new Error('nobody has it');

    const action = paths.deskAction(id, 'chasings');
    const form = readForms((await holder.get(paths.deskRecord(id))).text).find((found) => found.action === action);
    await together(() => holder.post(action, { ...form?.values, whom: 'The school', answer: 'They ring today' }));
    expect(await count('chased')).toBe(1);

    await together(() => holder.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME));
    expect([await count('outcome recorded'), (await caseNow())?.state]).toEqual([1, 'closed']);
  });

  it('an answer', async () => {
    const { professional, id, count } = await openDesk();
    const { text } = await professional.get(paths.question(id, 'immediate_danger'));
    const form = readForms(text).find(({ action }) => action === paths.answers(id));
    await together(() => professional.post(paths.answers(id), { ...form?.values, immediate_danger: 'no' }));
    expect(await count('answered')).toBe(1);
  });

  it('a call of a case system with a key', async () => {
    const api = await openApi(SERVERS);
    const { call } = await api.makeClient(['open']);
    const body = { flow: 'level', ...QUESTION };
    const headers = { 'Idempotency-Key': randomUUID() };
    await together(() => call('POST', paths.apiConsultations(), { body, headers }));
    expect(await api.store.queueRows.queue('bury')).toHaveLength(1);
  });
});

describe('who guesses or calls too often', () => {
  it('at a password is slowed down by all servers together', async () => {
    const desk = await openDeskApp(SERVERS);
    const { email } = await desk.addMember('duty worker');
    const browser = desk.openBrowser();
    await browser.get('/sign-in');
    const wrong = { email, password: 'another password altogether', code: '123456' };
    const answers = await together(() => browser.post('/sign-in', wrong), 12);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
  });

  it('at a return code is slowed down, too', async () => {
    const { visit, services } = await openApp(SERVERS);
    const stranger = visit('192.0.2.66');
    const reference = makeReference('B', services.random);
    const form = (await stranger.go(paths.return())).form(paths.return());
    const statuses: number[] = [];
    for (let tries = 0; tries < 6; tries++)
      statuses.push((await stranger.send(form, { reference, code: 'cccc-cccc-cccc-cccc' })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('with a case system’s token has to wait, and another client does not notice', async () => {
    const api = await openApi(SERVERS);
    const [busy, calm] = [await api.makeClient(['open']), await api.makeClient(['read'])];
    const callOf = ({ call }: typeof busy) => call('GET', paths.apiConsultations());
    const statuses: number[] = [];
    while (statuses.length < 320) statuses.push((await callOf(busy)).status);
    expect(statuses.filter((status) => status !== 429)).toHaveLength(300);
    expect(statuses.indexOf(429)).toBeGreaterThanOrEqual(280);
    const limited = await callOf(busy);
    expect([limited.status, limited.headers.get('Retry-After')]).toEqual([429, '60']);
    expect((await callOf(calm)).status).toBe(200);
    api.clock.pass(1);
    expect((await callOf(busy)).status).toBe(403);
  });
});

/** A receiver of webhooks; each call takes a while, so that the other server looks for work in the meantime. */
async function openReceiver() {
  const ids: string[] = [];
  const server = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => setTimeout(() => response.end(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { ids, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

it('a webhook is sent once, whichever server has it', async () => {
  const api = await openApi(SERVERS);
  const other = await openTemporary({ file: api.store.file, clock: api.clock });
  const receiver = await openReceiver();
  const client = await api.store.clients.find((await api.makeClient(['read'])).id);
  if (client === undefined) throw new Error('no client');
  const [{ seal }, who] = [api.services.signing, { id: 'x', name: 'X', role: 'administrator' }];
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  await api.store.clients.setWebhook(client, { url: receiver.url, secret: seal.close(secret) }, who);
  for (let count = 0; count < 8; count++) await api.ask();
  const courierOf = ({ deliveries }: Store) =>
    createCourier({
      deliveries,
      sender: createWebhookSender(createReach(['127.0.0.0/8'])),
      openSecret: (sealed) => seal.open(sealed),
      hrefOf: paths.apiConsultation,
      clock: api.clock,
      log: logInto([], api.clock),
    });
  await Promise.all([api.store, other].map((store) => courierOf(store).run()));
  expect([receiver.ids.length, new Set(receiver.ids).size]).toEqual([8, 8]);
  const states = (await other.deliveries.listOf(client.id, 10)).map(({ state, tries }) => [state, tries]);
  expect(states).toEqual(Array.from({ length: 8 }, () => ['sent', 1]));
});

describe('a conversation of the public', () => {
  /** A browser that also has a consultation, so its token stays when the conversation ends. */
  async function openBoth() {
    const { visit } = await openApp(SERVERS);
    const visitor = visit();
    await openDoor(visitor, 'bury', 'level');
    const leave = () =>
      visitor.request(paths.leave(), { method: 'POST', body: 'PING', headers: { 'Sec-Fetch-Site': 'same-origin' } });
    return { visit, visitor, leave };
  }

  it('is not restored by an answer that was under way to another server when the person left', async () => {
    const { visit, visitor, leave } = await openBoth();
    const page = await begin(visitor, 'child');
    // What the browser sent before it left, and each server answers afterwards.
    const before = visit();
    for (const [name, value] of visitor.cookies) before.cookies.set(name, value);
    await leave();
    expect(visitor.cookies.size).toBe(1);
    const sends = new URLSearchParams(page.questionForm.sends);
    sends.set(page.question ?? '', 'safe');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    for (let times = 0; times < AT_ONCE; times++) {
      const late = await before.request(paths.talkAnswers(), { method: 'POST', body: sends.toString(), headers });
      for (const line of late.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        visitor.cookies.set(name, value);
      }
    }
    for (let times = 0; times < AT_ONCE; times++)
      expect((await visitor.go(paths.talk())).heading).toBe('Worried about a child?');
  });

  it('can be started again after that, and works with every server', async () => {
    const { visitor, leave } = await openBoth();
    await begin(visitor, 'child');
    await leave();
    const page = await begin(visitor, 'child');
    for (let times = 0; times < AT_ONCE; times++) expect((await visitor.go(paths.talk())).question).toBe(page.question);
  });
});
