/** Several servers on one database that are asked in turn. */
import type { Hono } from 'hono';
import { createApp } from '../../server/app.ts';
import type { Env, Services } from '../../server/web/kit/services.ts';
import { openTemporary } from '../store/temporary.ts';
import { createServices } from './services.ts';

/** How many servers a test has unless it says so itself; `npm run test:two-servers` gives every test two. */
export const SERVERS = Number(process.env.TEST_SERVERS ?? 1);

/**
 * The app with these services, and further ones with the same keys and their own stores. `file`: the database of all.
 */
export async function openInTurn(services: Services, servers: number, file: string): Promise<Hono<Env>> {
  const { library, clock, log, signing, secure } = services;
  const others = Array.from({ length: servers - 1 }, async () => {
    const store = await openTemporary({ file, clock });
    return createApp(createServices({ library, store, clock, log, signing, secure, servers }));
  });
  return inTurn([createApp(services), ...(await Promise.all(others))]);
}

/**
 * The servers as one app, in the order of the Thue–Morse sequence. Strictly in turn, the page would always come from
 * one of two servers, and its form would always go to the other. In this order, of any three requests one goes to a
 * different server than the others.
 */
function inTurn(apps: readonly Hono<Env>[]): Hono<Env> {
  const [first] = apps;
  if (first === undefined) throw new Error('there is no app');
  let turn = 0;
  const onesIn = (count: number) => count.toString(2).replaceAll('0', '').length;
  const next = () => apps[onesIn(turn++) % apps.length] ?? first;
  const one: Pick<Hono<Env>, 'request' | 'fetch'> = {
    request: (...asked) => next().request(...asked),
    fetch: (...asked) => next().fetch(...asked),
  };
  return Object.assign(Object.create(first) as Hono<Env>, one);
}
