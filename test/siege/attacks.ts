/**
 * What somebody without an account can do to a server, each as hard as one machine can. Each attack reports its result
 * in words.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Browser, hidden, type Reply } from '../bench/browser.ts';
import type { Protection } from './besieged.ts';

/** The header in which a proxy writes the reader's address: this machine's own address is never limited. */
export const ADDRESS_HEADER = 'x-real-ip';
/** Each attack comes from its own network. */
let flooders = 0;
const newFlooder = () => `203.0.113.${++flooders}`;
const from = (address: string) => ({ [ADDRESS_HEADER]: address });

export interface Target {
  port: number;
  seconds: number;
  /** 1 for a full siege; less for a short one. */
  share: number;
  /** The address from which a flood comes. */
  flooder: string;
}

export const createTarget = (port: number, { seconds, share }: Pick<Target, 'seconds' | 'share'>): Target => ({
  port,
  seconds,
  share,
  flooder: newFlooder(),
});

export interface Attack {
  name: string;
  /** The protection against it. */
  protection: Protection;
  /** What the attack needs and does not measure: it is done before the clock starts. */
  prepare?(target: Target): Promise<unknown>;
  run(target: Target, prepared: unknown): Promise<string>;
}

const fields = (page: string, more: Record<string, string>): [string, string][] =>
  Object.entries({ token: hidden(page, 'token'), ...more });

/**
 * Repeats the request from many browsers at once, at least `least` times even on a slow machine, and counts the answers
 * by status.
 */
async function flood(
  target: Target,
  { atOnce, least }: { atOnce: number; least: number },
  make: (browser: Browser, count: number) => Promise<Reply>,
) {
  const statuses = new Map<string, number>();
  const until = performance.now() + target.seconds * 1000;
  let made = 0;
  const one = async (number: number) => {
    const browser = new Browser(target.port, from(target.flooder));
    for (let count = number; performance.now() < until || made < least; count += atOnce) {
      made++;
      const status = await make(browser, count).then(
        (reply) => String(reply.status),
        () => 'cut off',
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    browser.close();
  };
  await Promise.all(Array.from({ length: Math.ceil(atOnce * target.share) }, (_, number) => one(number)));
  return statuses;
}

const count = (statuses: Map<string, number>, ...wanted: string[]) =>
  wanted.reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);

async function openConsultation(browser: Browser): Promise<Reply> {
  const doors = await browser.get('/areas/bury');
  return browser.post('/consultations', fields(doors.body, { area: 'bury', flow: 'level' }));
}

async function openedId(browser: Browser): Promise<string> {
  const { headers } = await openConsultation(browser);
  return headers.location?.split('/')[2] ?? '';
}

const largeBodies: Attack = {
  name: 'bodies of 20 MB, 20 at once',
  protection: 'limit of a body',
  async run(target) {
    const body = new URLSearchParams({ words: 'x'.repeat(20_000_000 * target.share) }).toString();
    const statuses = await flood(target, { atOnce: 20, least: 4 }, (browser) =>
      browser.post('/search', [['words', body]]),
    );
    return `${count(statuses, '413', 'cut off')} refused, ${count(statuses, '200', '403')} read to the end`;
  },
};

const consultations: Attack = {
  name: 'new consultations, 50 at once',
  protection: 'rate limits by network',
  async run(target) {
    const statuses = await flood(target, { atOnce: 50, least: 160 }, openConsultation);
    return `${count(statuses, '303')} opened, ${count(statuses, '429')} told to wait`;
  },
};

const questions: Attack = {
  name: 'questions to the desk, 20 at once',
  protection: 'rate limits by network',
  prepare: async ({ port, share, flooder }) => {
    const browsers = Array.from({ length: Math.ceil(20 * share) }, () => new Browser(port, from(flooder)));
    return Promise.all(browsers.map(async (browser) => ({ browser, id: await openedId(browser) })));
  },
  async run(target, prepared) {
    const people = prepared as { browser: Browser; id: string }[];
    const statuses = await flood(target, { atOnce: 20, least: 50 }, async (_, number) => {
      const { browser, id } = people[number % people.length] ?? (people[0] as (typeof people)[number]);
      const page = await browser.get(`/consultations/${id}/handover`);
      const asked = { question: `A question that nobody has, ${number}`, reach: '0161 496 0000' };
      return browser.post(`/consultations/${id}/handovers`, fields(page.body, asked));
    });
    return `${count(statuses, '200', '303')} on the queue, ${count(statuses, '422', '429')} told to wait`;
  },
};

const conversations: Attack = {
  name: 'conversations of the public, 50 at once',
  protection: 'rate limits by network',
  async prepare({ port }) {
    const child = new Browser(port, from('198.51.100.7'));
    const start = await child.get('/talk?for=child');
    await child.post('/talk', fields(start.body, { reader: 'child' }));
    const { body } = await openTalk(child);
    await child.post(
      '/talk/answers',
      fields(body, {
        question: hidden(body, 'question'),
        seen: hidden(body, 'seen'),
        [hidden(body, 'question')]: 'safe',
      }),
      true,
    );
    return child;
  },
  async run(target, child) {
    const statuses = await flood(target, { atOnce: 50, least: 160 }, async () => {
      const browser = new Browser(target.port, from(target.flooder));
      const start = await browser.get('/talk?for=public');
      const reply = await browser.post('/talk', fields(start.body, { reader: 'public' }));
      browser.close();
      return reply;
    });
    const { body } = await openTalk(child as Browser);
    const isThere = body.includes('child_help') ? 'still there' : 'gone';
    return `${count(statuses, '303')} begun, ${count(statuses, '429')} told to wait; the child’s own is ${isThere}`;
  },
};

async function openTalk(browser: Browser): Promise<Reply> {
  const first = await browser.get('/talk');
  return first.status === 303 ? browser.get((first.headers.location ?? '').replace(/#.*/, '')) : first;
}

const signIns: Attack = {
  name: '400 sign-ins at once',
  protection: 'end of the queue of sign-ins',
  async run({ port, share }) {
    const trySignIn = async (number: number) => {
      const browser = new Browser(port, from(`203.0.${number % 250}.${Math.floor(number / 250)}`));
      const page = await browser.get('/sign-in');
      const guess = { email: `nobody${number}@example.gov.uk`, password: 'a guess of a password', code: '123456' };
      const reply = await browser.post('/sign-in', fields(page.body, guess));
      browser.close();
      return reply;
    };
    const guesses = Array.from({ length: Math.ceil(400 * share) }, (_, number) => trySignIn(number));
    await wait(500 * share);
    const own = await trySignIn(-1 + 100_000);
    const replies = await Promise.all(guesses);
    const refused = replies.filter(({ status }) => status === 503).length;
    const told = own.status === 503 ? 'is told at once to try again' : 'is answered';
    return `${refused} told at once to try again; somebody who comes then ${told} after ${(own.ms / 1000).toFixed(1)} s`;
  },
};

const pdfs: Attack = {
  name: '20 PDFs of a long record at once',
  protection: 'thread for PDFs',
  async prepare({ port, share, flooder }) {
    const browser = new Browser(port, from(flooder));
    const id = await openedId(browser);
    for (let note = 0; note < Math.ceil(5 * share); note++) {
      const page = await browser.get(`/consultations/${id}/record`);
      await browser.post(`/consultations/${id}/notes`, fields(page.body, { text: 'every word of it '.repeat(1150) }));
    }
    return { browser, id };
  },
  async run({ share }, prepared) {
    const { browser, id } = prepared as { browser: Browser; id: string };
    const replies = await Promise.all(
      Array.from({ length: Math.ceil(20 * share) + 3 }, () => browser.fork().get(`/consultations/${id}/record.pdf`)),
    );
    const made = replies.filter(({ status }) => status === 200);
    const last = Math.max(...made.map(({ ms }) => ms));
    return `${made.length} made, the last after ${(last / 1000).toFixed(1)} s; ${replies.length - made.length} told to try again`;
  },
};

/** Opens connections and holds them. Counts those that are still open after the given time. */
async function holdConnections(target: Target, many: number, say: string) {
  const sockets: Socket[] = Array.from({ length: Math.ceil(many * target.share) }, () => {
    const socket = connect({ host: '127.0.0.1', port: target.port }, () => socket.write(say));
    // Without reading, the end of a connection is not noticed.
    return socket.resume().on('error', () => {});
  });
  await wait(target.seconds * 1000);
  const open = sockets.filter(({ readyState }) => readyState === 'open').length;
  return { sockets, open };
}

const end = (sockets: Socket[]) => {
  for (const socket of sockets) socket.destroy();
};

const connections: Attack = {
  name: '3,000 connections that say nothing',
  protection: 'limits of connections',
  async run(target) {
    const { sockets, open } = await holdConnections(target, 3000, '');
    end(sockets);
    return `${open} of ${sockets.length} open`;
  },
};

const HALF =
  'POST /search HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n' +
  'Content-Length: 1000\r\n\r\nhalf';

const slowBodies: Attack = {
  name: '500 bodies that never end',
  protection: 'limits of connections',
  async run(target) {
    const long = target.share < 1 ? target : { ...target, seconds: 95 };
    const { sockets, open } = await holdConnections(long, 500, HALF);
    end(sockets);
    return `${open} of ${sockets.length} still held after ${long.seconds} s`;
  },
};

export const ATTACKS: readonly Attack[] = [
  largeBodies,
  consultations,
  questions,
  conversations,
  signIns,
  pdfs,
  connections,
  slowBodies,
];

/** An incomplete request that hangs on while the server is told to stop. */
export function hangOn(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port }, () => socket.write(HALF));
  return socket.on('error', () => {});
}
