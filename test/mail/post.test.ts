/** Mails to the desk, through a real database and a real SMTP server. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { createPost } from '../../server/mail/post.ts';
import { createSender } from '../../server/mail/sender.ts';
import type { Store } from '../../server/store/store.ts';
import { openStore } from '../../server/store/store.ts';
import { createClock, makeFile, openConsultation, openRaw, openTemporary } from '../store/temporary.ts';
import { logInto } from '../web/services.ts';
import { openMailServer } from './mail-server.ts';

const who = { id: 'a', name: 'Amina Shah', role: 'duty worker' };
const DESK = 'duty@bury.example';
const hasMail = (area: string) => area === 'bury';

function asked(clock: () => Date): Happening {
  const by = new Date(clock().getTime() + 3_600_000).toISOString();
  const claim = { id: 'claim', do: 'Claim it', who: 'the desk', by };
  return { kind: 'handed over', question: 'Sam Lee is hungry', reach: '0161', urgent: 'no', deadlines: [claim] };
}

function ask(store: Store, clock: () => Date, area = 'bury') {
  return openConsultation(store, {
    area,
    version: 'v1',
    also: [{ kind: 'child named', known: 'yes', name: 'Sam Lee' }, asked(clock)],
  });
}

/** `smtpUrl`: may contain a query, such as `?requireTLS=true`. */
function openPost(store: Store, clock: () => Date, smtpUrl: string, to = DESK) {
  const config = { smtpUrl, from: 'Front Door <front-door@gm.example>', to: new Map([['bury', to]]) };
  const logged: string[] = [];
  const post = createPost({
    mails: store.mails,
    sender: createSender(config),
    config,
    clock,
    areas: new Map([['bury', 'Bury']]),
    desk: 'https://front-door.example/desk',
    log: logInto(logged, clock),
  });
  return { ...post, logged };
}

const urlOf = (port: number, scheme = 'smtp', query = '') => `${scheme}://127.0.0.1:${port}/${query}`;

it('tells the desk of the area once, with the reference, and nothing of the child or of who asked', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const server = await openMailServer();
  const post = openPost(store, clock, urlOf(server.port));
  const { reference } = await ask(store, clock);
  await ask(store, clock, 'bolton');
  for (let round = 0; round < 3; round++) await post.run();
  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail?.to).toEqual([DESK]);
  expect(mail?.text).toContain(`A consultation waits, reference ${reference}.`);
  expect(mail?.text).toContain('https://front-door.example/desk');
  expect(mail?.text).not.toMatch(/Sam|hungry|0161/);
  expect(await store.mails.openOf('bury')).toEqual([]);
  await post.stop();
});

it('is queued together with the handover or not at all, and only if the area has an address', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const { id } = await store.consultations.open({
    area: 'bury',
    flow: 'level',
    version: 'v1',
    by: 'professional',
    makeReference: () => makeReference('B', randomBytes),
  });
  openRaw(store.file).exec(`create trigger refuse before insert on mails begin select raise(abort, 'no room'); end`);
  await expect(store.log.decide(id, () => [asked(clock)], 'professional')).rejects.toThrow('no room');
  expect(await store.log.read(id)).toHaveLength(1);
});

it('nothing is lost while the mail server is down: it is tried again with growing delays, and sent once it is up', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const first = await openMailServer();
  const { port } = first;
  await first.close();
  const post = openPost(store, clock, urlOf(port));
  await ask(store, clock);
  const delays: number[] = [];
  for (let round = 0; round < 4; round++) {
    await post.run();
    const [mail] = await store.mails.openOf('bury');
    expect(mail).toMatchObject({ state: 'waiting', tries: round + 1 });
    expect(mail?.problem).toContain('ECONN');
    delays.push((Date.parse(mail?.next_at ?? '') - clock().getTime()) / 60_000);
    clock.pass(delays.at(-1) ?? 0);
  }
  expect(delays).toEqual([0.25, 1, 2, 5]);
  const second = await openMailServer({ port });
  await post.run();
  expect(second.received).toHaveLength(1);
  expect(await store.mails.openOf('bury')).toEqual([]);
  expect(post.logged.join()).not.toMatch(/Sam|duty@/);
  await post.stop();
});

it('a permanently refused recipient fails at once, is shown, and can be tried again by hand', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const refusing = await openMailServer({ refuse: 550 });
  const post = openPost(store, clock, urlOf(refusing.port));
  await ask(store, clock);
  await post.run();
  const [failed] = await store.mails.openOf('bury');
  expect(failed).toMatchObject({ state: 'failed', tries: 1 });
  expect(failed?.problem).toContain('No such desk here');
  expect(await store.mails.tryAgain('bolton', failed?.number ?? 0)).toBe(false);
  await refusing.close();
  const mended = await openMailServer({ port: refusing.port });
  expect(await store.mails.tryAgain('bury', failed?.number ?? 0)).toBe(true);
  await post.run();
  expect(mended.received).toHaveLength(1);
  await post.stop();
});

it('a temporary refusal (450) is tried again', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const busy = await openMailServer({ refuse: 450 });
  const post = openPost(store, clock, urlOf(busy.port));
  await ask(store, clock);
  await post.run();
  expect(await store.mails.openOf('bury')).toMatchObject([{ state: 'waiting', tries: 1 }]);
  await post.stop();
});

it('uses TLS as the URL says, and refuses a self-signed certificate', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const send = async (url: string) => {
    clock.pass(5);
    await ask(store, clock);
    const post = openPost(store, clock, url);
    await post.run();
    await post.stop();
    return (await store.mails.openOf('bury')).at(-1)?.problem;
  };
  const open = { disabledCommands: ['AUTH'] };
  const [plain, whole, offered] = [
    await openMailServer(),
    await openMailServer({ secure: true, ...open }),
    await openMailServer(open),
  ];
  expect(await send(urlOf(plain.port))).toBeUndefined();
  expect(await send(urlOf(plain.port, 'smtp', '?requireTLS=true'))).toMatch(/TLS/);
  // By an address that is not recognised as this machine.
  const elsewhere = (query = '') => urlOf(plain.port, 'smtp', query).replace('127.0.0.1', '0.0.0.0');
  expect(await send(elsewhere())).toMatch(/TLS/);
  expect(await send(elsewhere('?requireTLS=false'))).toBeUndefined();
  expect(await send(urlOf(whole.port, 'smtps'))).toMatch(/certificate/i);
  expect(await send(urlOf(offered.port))).toMatch(/certificate/i);
  expect([whole.received.length, offered.received.length]).toEqual([0, 0]);
  await send(urlOf(whole.port, 'smtps', '?tls.rejectUnauthorized=false'));
  await send(urlOf(offered.port, 'smtp', '?tls.rejectUnauthorized=false'));
  expect([plain, whole, offered].map(({ received }) => received.at(-1)?.secure)).toEqual([false, true, true]);
}, 60_000);

it('after a restart, waiting mail is sent, sent mail is not, and mail in progress may come twice with the same id', async () => {
  const clock = createClock();
  const file = makeFile();
  const before = await openStore({ file, clock, hasMail });
  await ask(before, clock);
  await ask(before, clock);
  const taken = await before.mails.take(5);
  // A sender took it and then died, so nobody knows whether it was sent.
  await before.close();
  const store = await openTemporary({ file, clock, hasMail });
  const server = await openMailServer();
  const post = openPost(store, clock, urlOf(server.port));
  await post.run();
  expect(server.received).toHaveLength(1);
  clock.pass(5);
  for (let round = 0; round < 3; round++) await post.run();
  expect(server.received).toHaveLength(2);
  expect(server.received[1]?.text).toContain(`Message-ID: <${taken?.message_id}@gm.example>`);
  await post.stop();
});

it('two senders at once send each mail once', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const server = await openMailServer();
  for (let index = 0; index < 8; index++) await ask(store, clock);
  const posts = [openPost(store, clock, urlOf(server.port)), openPost(store, clock, urlOf(server.port))];
  await Promise.all(posts.map((post) => post.run()));
  expect(new Set(server.received.map(({ text }) => /Message-ID: (.*)/.exec(text)?.[1])).size).toBe(8);
  expect(server.received).toHaveLength(8);
  for (const post of posts) await post.stop();
});

it('mails again after it is handed back, and once if it is unclaimed too long, but not if somebody has claimed it', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  const server = await openMailServer();
  const post = openPost(store, clock, urlOf(server.port));
  const { id } = await ask(store, clock);
  await store.log.decide(id, () => [{ kind: 'claimed' }], { by: 'duty worker', who });
  await post.run();
  expect(server.received).toHaveLength(0);
  await store.log.decide(id, () => [{ kind: 'handed back', reason: '' }], { by: 'duty worker', who });
  await post.run();
  expect(server.received).toHaveLength(1);
  clock.pass(61);
  for (let round = 0; round < 3; round++) await post.run();
  expect(server.received).toHaveLength(2);
  expect(server.received[1]?.text).toContain('has waited too long');
  await post.stop();
});

it('stopping finishes the mail in progress, which is not sent again', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail });
  let arrived = () => {};
  const onItsWay = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const onMail = async () => {
    arrived();
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  const server = await openMailServer({ onMail });
  await ask(store, clock);
  await ask(store, clock);
  const post = openPost(store, clock, urlOf(server.port));
  void post.run();
  await onItsWay;
  await post.stop();
  expect(await store.mails.openOf('bury')).toHaveLength(1);
  const next = openPost(store, clock, urlOf(server.port));
  await next.run();
  expect(server.received).toHaveLength(2);
  await next.stop();
});
