/**
 * What case systems are told: written with the entry, signed, retried and replayed; received by a real server in the
 * test.
 */
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { problemOfWebhook } from '../../server/people/client.ts';
import { createCourier } from '../../server/webhooks/courier.ts';
import { createReach, type Reach } from '../../server/webhooks/reach.ts';
import { createWebhookSender } from '../../server/webhooks/sender.ts';
import { hasOpenssl, makeCertificate } from '../certificate.ts';
import { someOf } from '../short-form.ts';
import { openRaw } from '../store/temporary.ts';
import { type Api, openApi } from '../web/api/client.ts';
import { logInto } from '../web/services.ts';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
}

/** `answer`: handles a call; accepts it by default. `tls`: serves https with this certificate. */
async function openReceiver(answer?: RequestListener, tls?: { key: Buffer; cert: Buffer }) {
  const received: Received[] = [];
  const receive: RequestListener = (request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, text });
      if (answer === undefined) response.end();
      else answer(request, response);
    });
  };
  const server = tls === undefined ? createServer(receive) : createTlsServer(tls, receive);
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

/** The receivers in these tests are on this machine. */
const REACH = createReach(['127.0.0.0/8']);

async function listen(
  api: Api,
  url: string,
  { patienceMs = 10_000, area = 'bury', reach = REACH }: { patienceMs?: number; area?: string; reach?: Reach } = {},
) {
  const { id, call } = await api.makeClient(['read', 'open'], area);
  const client = await api.store.clients.find(id);
  if (client === undefined) throw new Error('no client');
  const { seal } = api.services.signing;
  await api.store.clients.setWebhook(client, { url, secret: seal.close(SECRET) }, WHO);
  const lines: string[] = [];
  const courier = createCourier({
    deliveries: api.store.deliveries,
    sender: createWebhookSender(reach, { patienceMs }),
    openSecret: (sealed) => seal.open(sealed),
    hrefOf: (reference) => paths.apiConsultation(reference.replaceAll(' ', '')),
    clock: api.clock,
    log: logInto(lines, api.clock),
  });
  const states = async () => (await api.store.deliveries.listOf(id, 10)).map(({ state, problem }) => [state, problem]);
  return { id, call, client, courier, lines, states };
}

describe('a webhook', () => {
  it('says what happened: signed, with the reference and no personal data', async () => {
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
    // When it was sent, to the second. The library's own check refuses anything older than five minutes by the real
    // clock.
    const at = Number(headers['webhook-timestamp']) * 1000;
    expect(at).toBe(Math.floor(sentAt.getTime() / 1000) * 1000);
    const signed = new Webhook(SECRET).sign(headers['webhook-id'] ?? '', new Date(at), first?.text ?? '');
    expect(headers['webhook-signature']).toBe(signed);
    expect(await states()).toEqual([
      ['sent', ''],
      ['sent', ''],
    ]);
  });

  it('is not sent to an address that somebody put into the database', async () => {
    const api = await openApi();
    const [receiver, theirs] = [await openReceiver(), await openReceiver()];
    const { client, courier, states } = await listen(api, receiver.url);
    openRaw(api.store.file).prepare('update clients set webhook_url = ?').run(theirs.url);
    await api.ask('Is it?');
    await courier.run();
    expect([theirs.received, await states()]).toEqual([[], [['needless', '']]]);
    // A later change of ours does not make it valid either.
    await api.store.clients.setWebhook(client, { url: theirs.url, secret: 'x' }, WHO);
    await api.ask('And this?');
    await courier.run();
    expect(theirs.received).toEqual([]);
  });

  it('is sent for the client’s own area only, and not for what the client itself wrote', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { courier, call } = await listen(api, receiver.url);
    await api.ask('Elsewhere?', 'bolton');
    const body = { flow: 'level', question: 'By us?', reach: '0161 496 0002' };
    expect((await call('POST', paths.apiConsultations(), { body })).status).toBe(201);
    await courier.run();
    expect(receiver.received).toEqual([]);
  });

  const failures: [string, RequestListener, RegExp][] = [
    ['fails', (_request, response) => void response.writeHead(500).end(), /answered with 500/],
    ['is slow', () => {}, /did not answer in time/],
    [
      'sends it elsewhere',
      (_request, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      /answered with 302/,
    ],
  ];
  it.each(someOf(failures, 2))(
    'is tried again with growing delays if the receiver %s, then given up, and can be sent again by hand',
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

  it('waits while nothing answers or TLS is invalid, and is needless once the client is revoked', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { courier, states, client } = await listen(api, receiver.url.replace('http:', 'https:'));
    await api.ask();
    await courier.run();
    expect(await states()).toEqual([['waiting', expect.stringMatching(/does not speak TLS/)]]);
    await receiver.close();
    api.clock.pass(10);
    await courier.run();
    expect(await states()).toEqual([['waiting', expect.stringMatching(/nobody answers there \(ECONNREFUSED\)/)]]);
    await api.store.clients.revoke(client, WHO);
    api.clock.pass(60);
    await courier.run();
    expect(await states()).toEqual([['needless', expect.any(String)]]);
  });

  it('is written with the entry: a refused one leaves none', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    const { states } = await listen(api, receiver.url);
    const { id } = await api.ask();
    const browser = api.openBrowser();
    await browser.post(paths.handovers(id), { question: '', reach: '' }, '/return');
    expect(await states()).toEqual([['waiting', '']]);
  });
});

it.skipIf(!hasOpenssl())('a webhook is not sent to a receiver without a valid certificate', async () => {
  const api = await openApi();
  const receiver = await openReceiver(undefined, makeCertificate(10));
  const { courier, states } = await listen(api, receiver.url.replace('http://127.0.0.1', 'https://localhost'));
  await api.ask();
  await courier.run();
  expect(await states()).toEqual([['waiting', expect.stringMatching(/certificate.*nobody vouches for it/)]]);
  expect(receiver.received).toEqual([]);
});

describe('inside the network', () => {
  it.each(['127.0.0.1', 'localhost'])('a webhook to %s is not sent unless its network is allowed', async (host) => {
    const api = await openApi();
    const receiver = await openReceiver();
    const url = receiver.url.replace('127.0.0.1', host);
    const { courier, states } = await listen(api, url, { reach: createReach(['10.0.0.0/8']) });
    await api.ask();
    await courier.run();
    expect(await states()).toEqual([
      ['waiting', expect.stringMatching(/^(127\.0\.0\.1|localhost) leads into the network: .*WEBHOOK_NETWORKS$/)],
    ]);
    expect(receiver.received).toEqual([]);
  });

  it('the checked address is called, and the name is not looked up again', async () => {
    const api = await openApi();
    const receiver = await openReceiver();
    // No other name server knows this name, so a second lookup would find nothing.
    const found: string[] = [];
    const reach: Reach = {
      ...REACH,
      find: (host) => {
        found.push(host);
        return REACH.find('127.0.0.1');
      },
    };
    const { courier, states } = await listen(api, receiver.url.replace('127.0.0.1', 'cases.invalid'), { reach });
    await api.ask();
    await courier.run();
    expect(await states()).toEqual([['sent', '']]);
    expect(found).toEqual(['cases.invalid']);
    expect(receiver.received[0]?.headers.host).toMatch(/^cases\.invalid:\d+$/);
  });

  it.each([
    ['an address of the internet', ['93.184.216.34', '2606:2800:220:1::1'], true],
    ['this machine', ['127.0.0.1', '127.8.9.1', '0.0.0.0', '[::1]', '::', 'localhost'], false],
    ['a private network', ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fd12::1'], false],
    ['this network alone, such as a cloud’s own service', ['169.254.169.254', 'fe80::1'], false],
    [
      'an IPv4 address in another form',
      ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::'],
      false,
    ],
    ['many machines, or nobody', ['224.0.0.1', '255.255.255.255', 'ff02::1', '192.0.2.1', '2001:db8::1'], false],
  ])('is not allowed: %s', (_what, hosts, isAllowed) => {
    const reach = createReach([]);
    expect(hosts.map((host) => [host, reach.allows(host)])).toEqual(hosts.map((host) => [host, isAllowed]));
  });

  it('an allowed network is accepted, and no other', () => {
    const reach = createReach(['10.20.0.0/16', 'fd12:3456::/32']);
    const hosts = ['10.20.3.4', '10.21.3.4', 'fd12:3456:7::1', 'fd12:3457::1', 'cases.example.gov.uk'];
    expect(hosts.map((host) => reach.allows(host))).toEqual([true, false, true, false, undefined]);
  });
});

describe('the address of a webhook', () => {
  it.each([
    ['https://cases.example.gov.uk/front-door', undefined],
    ['http://127.0.0.1:8080/x', undefined],
    ['https://10.0.0.7/', /on the internet.*Whoever runs/],
    ['https://167772167/', /on the internet/],
    ['https://[fd00::1]/', /on the internet/],
    ['http://cases.example.gov.uk/', /https/],
    ['cases.example.gov.uk', /whole address/],
    ['https://user:secret@cases.example.gov.uk/', /user and password/],
  ])('%s', (url, words) => {
    if (words === undefined) expect(problemOfWebhook(url, REACH.allows)).toBeUndefined();
    else expect(problemOfWebhook(url, REACH.allows)).toMatch(words);
  });
});
