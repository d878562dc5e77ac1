/** Several servers on one database, which are asked in turn. */
import type { Hono } from 'hono';
import { createApp } from '../../server/app.ts';
import type { Env, Services } from '../../server/web/kit/services.ts';
import { openTemporary } from '../store/temporary.ts';
import { createServices } from './services.ts';

/** How many servers a test has that does not say so itself; `npm run test:two-servers` gives two to every one. */
export const SERVERS = Number(process.env.TEST_SERVERS ?? 1);

/** The app of these services, and others beside it, with the same keys and with stores of their own. `file`: the database of all. */
export async function openInTurn(services: Services, servers: number, file: string): Promise<Hono<Env>> {
  const { library, clock, log, signing, secure } = services;
  const others = Array.from({ length: servers - 1 }, async () => {
    const store = await openTemporary({ file, clock });
    return createApp(createServices({ library, store, clock, log, signing, secure, servers }));
  });
  return inTurn([createApp(services), ...(await Promise.all(others))]);
}

/**
 * The servers as one app. The order is that of Thue and Morse: strictly in turn, the page would always come from one of two, and what is sent from
 * it would always go to the other. Of any three requests one goes to another server than the rest.
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
