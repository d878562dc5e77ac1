/** What case systems are told: written with the entry, signed, tried again, replayed; received by a real server of the test's own. */
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { problemOfWebhook } from '../../server/people/client.ts';
import { createCourier } from '../../server/webhooks/courier.ts';
import { createWebhookSender } from '../../server/webhooks/sender.ts';
import { type Api, openApi } from '../web/api/client.ts';
import { logInto } from '../web/services.ts';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
}

/** `answer`: what it does with a call; takes it unless told. */
async function openReceiver(answer?: RequestListener) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, text });
      if (answer === undefined) response.end();
      else answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => void (await close()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/front-door`, received, close };
}

const WHO = { id: 'x', name: 'An administrator', role: 'administrator' };
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

async function listen(api: Api, url: string, { patienceMs = 10_000, area = 'bury' } = {}) {
  const { id, call } = await api.makeClient(['read', 'open'], area);
  const client = await api.store.clients.find(id);
  if (client === undefined) throw new Error('no client');
  const { seal } = api.services.signing;
  await api.store.clients.setWebhook(client, { url, secret: seal.close(SECRET) }, WHO);
  const lines: string[] = [];
  const courier = createCourier({
    deliveries: api.store.deliveries,
    sender: createWebhookSender({ patienceMs }),
    openSecret: (sealed) => seal.open(sealed),
    hrefOf: (reference) => paths.apiConsultation(reference.replaceAll(' ', '')),
    clock: api.clock,
    log: logInto(lines, api.clock),
  });
  const states = async () => (await api.store.deliveries.listOf(id, 10)).map(({ state, problem }) => [state, problem]);
  return { id, call, client, courier, lines, states };
}

describe('a webhook', () => {
  it('tells what happened: signed, with the reference and no personal word', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { courier, states } = await listen(api, receiver.url);
    const { id, reference, path } = await api.ask('Kayleigh is hungry');
    const sentAt = api.clock();
    await courier.run();
    const worker = await api.openDesk('duty worker');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await courier.run();
    const told = receiver.received.map(({ text }) => JSON.parse(text));
    expect(told).toEqual([
      { type: 'consultation.asked', timestamp: expect.any(String), data: { area: 'bury', reference, href: path } },
      { type: 'consultation.changed', timestamp: expect.any(String), data: { area: 'bury', reference, href: path } },
    ]);
    expect(receiver.received.map(({ text }) => text).join()).not.toMatch(/Kayleigh|hungry|0161/);
    const [first] = receiver.received;
    const headers = first?.headers as Record<string, string>;
    // When it was sent, to the second. The library's own check refuses what is older than five minutes by the real clock.
    const at = Number(headers['webhook-timestamp']) * 1000;
    expect(at).toBe(Math.floor(sentAt.getTime() / 1000) * 1000);
    const signed = new Webhook(SECRET).sign(headers['webhook-id'] ?? '', new Date(at), first?.text ?? '');
    expect(headers['webhook-signature']).toBe(signed);
    expect(await states()).toEqual([
      ['sent', ''],
      ['sent', ''],
    ]);
  });

  it('is told of its own area alone, and not of what the client itself wrote', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { courier, call } = await listen(api, receiver.url);
    await api.ask('Elsewhere?', 'bolton');
    const body = { flow: 'level', question: 'By us?', reach: '0161 496 0002' };
    expect((await call('POST', paths.apiConsultations(), { body })).status).toBe(201);
    await courier.run();
    expect(receiver.received).toEqual([]);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['fails', (_request, response) => void response.writeHead(500).end(), /answered with 500/],
    [
      'sends it elsewhere',
      (_request, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      /answered with 302/,
    ],
    ['is slow', () => {}, /did not answer in time/],
  ])(
    'is tried again with growing delays when the receiver %s, then given up, and sent again by hand',
    async (_what, answer, words) => {
      const api = await openApi();
      let isMended = false;
      const receiver = await openReceiver((request, response) =>
        isMended ? response.end() : answer(request, response),
      );
      const { courier, states, id, lines } = await listen(api, receiver.url, { patienceMs: 200 });
      await api.ask();
      await courier.run();
      expect(await states()).toEqual([['waiting', expect.stringMatching(words)]]);
      await courier.run();
      expect(receiver.received.length).toBe(1);
      for (let hours = 0; hours < 80; hours++) {
        api.clock.pass(60);
        await courier.run();
      }
      expect(await states()).toEqual([['failed', expect.stringMatching(words)]]);
      expect(receiver.received.length).toBe(10);
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(lines.length).toBe(10);
      isMended = true;
      const administrator = await api.openDesk('administrator');
      const page = (await administrator.get(paths.client(id))).text;
      expect(page).toContain('given up');
      const number = /name="number" value="(\d+)"/.exec(page)?.[1] ?? '';
      await administrator.post(paths.clientAction(id, 'replays'), { number }, paths.client(id));
      await courier.run();
      expect(await states()).toEqual([['sent', '']]);
    },
  );

  it('waits while nobody is there, or when TLS lies, and is needless when the client is revoked', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { courier, states, client } = await listen(api, receiver.url.replace('http:', 'https:'));
    await api.ask();
    await courier.run();
    expect(await states()).toEqual([['waiting', expect.stringMatching(/SSL|EPROTO|fetch/)]]);
    await receiver.close();
    api.clock.pass(10);
    await courier.run();
    expect(await states()).toEqual([['waiting', expect.stringMatching(/ECONNREFUSED/)]]);
    await api.store.clients.revoke(client, WHO);
    api.clock.pass(60);
    await courier.run();
    expect(await states()).toEqual([['needless', expect.any(String)]]);
  });

  it('is written with the entry: one that is refused leaves none', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { states } = await listen(api, receiver.url);
    const { id } = await api.ask();
    const browser = api.openBrowser();
    await browser.post(paths.handovers(id), { question: '', reach: '' }, '/return');
    expect(await states()).toEqual([['waiting', '']]);
  });
});

describe('the address of a webhook', () => {
  it.each([
    ['https://cases.example.gov.uk/front-door', undefined],
    ['http://127.0.0.1:8080/x', undefined],
    ['http://cases.example.gov.uk/', /https/],
    ['cases.example.gov.uk', /whole address/],
    ['https://user:secret@cases.example.gov.uk/', /user and password/],
  ])('%s', (url, words) => {
    if (words === undefined) expect(problemOfWebhook(url)).toBeUndefined();
    else expect(problemOfWebhook(url)).toMatch(words);
  });
});
