/**
 * Which client is calling, whether it may, and how often. Every call names its action; the table in `people/client.ts`
 * decides.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { Who } from '../../consultation/desk-happening.ts';
import {
  CLIENT_PERMISSIONS,
  CLIENT_ROLE,
  type Client,
  type ClientAction,
  hashClientToken,
  mayClient,
} from '../../people/client.ts';
import type { CallLimit } from '../../store/clients.ts';
import type { Env, Services } from '../kit/services.ts';
import { ApiProblem } from './problem.ts';

/**
 * For each client and minute, across all servers: a case system that asks every second stays far below it. A server
 * reserves some calls at once in the database, because counting each call separately would cost a commit. Calls that
 * another server has reserved and not used stay with that server.
 */
const LIMIT: CallLimit = { most: 300, atOnce: 20 };
const MINUTE_MS = 60_000;

export interface ApiEnv extends Env {
  Variables: Env['Variables'] & { client: Client };
}

export function createAllow({ store, clock }: Pick<Services, 'store' | 'clock'>) {
  const count = createCallCount({ store, clock });
  return (action: ClientAction): MiddlewareHandler<ApiEnv> =>
    async (c, next) => {
      const client = await authenticate(store, c);
      await count(client.id);
      if (!mayClient(client, action))
        throw new ApiProblem(
          'not-allowed',
          `This call needs the right "${CLIENT_PERMISSIONS[action]}", and the client "${client.name}" has: ${client.rights.join(', ')}`,
        );
      c.set('client', client);
      await next();
    };
}

interface Minute {
  /** In milliseconds since 1970. */
  until: number;
  left: number;
  /** Whether the database has none left either. */
  isUsedUp: boolean;
}

function createCallCount({ store, clock }: Pick<Services, 'store' | 'clock'>) {
  const minutes = new Map<string, Promise<Minute>>();

  /** Counts one call, unless the minute is used up. Simultaneous calls wait for the same answer from the database. */
  async function countIn(client: string): Promise<Minute> {
    for (;;) {
      const under = minutes.get(client);
      const known = await under;
      const isNow = known !== undefined && known.until > clock().getTime();
      if (isNow && known.isUsedUp) return known;
      if (isNow && known.left > 0) {
        known.left--;
        return known;
      }
      if (minutes.get(client) !== under) continue;
      const taking = takeMinute(store, client);
      minutes.set(client, taking);
      taking.catch(() => minutes.delete(client));
    }
  }

  return async function count(client: string): Promise<void> {
    const minute = await countIn(client);
    if (minute.isUsedUp) throw describeUsedUp(Math.ceil((minute.until - clock().getTime()) / 1000));
  };
}

/** Reserves calls of the present minute for this server. */
async function takeMinute({ clients }: Services['store'], client: string): Promise<Minute> {
  const { since, taken } = await clients.takeCalls(client, LIMIT);
  return { until: Date.parse(since) + MINUTE_MS, left: taken, isUsedUp: taken === 0 };
}

function describeUsedUp(seconds: number): ApiProblem {
  const message = `More than ${LIMIT.most} calls in a minute. Wait ${seconds} seconds`;
  return new ApiProblem('too-many', message, { 'Retry-After': String(seconds) });
}

/** The same answer for every invalid token, so that it does not reveal whether the token ever existed. */
async function authenticate(store: Services['store'], c: Context<ApiEnv>): Promise<Client> {
  const given = c.req.header('Authorization');
  const token = /^Bearer (\S+)$/i.exec(given ?? '')?.[1];
  const hash = token === undefined ? undefined : hashClientToken(token);
  const client = hash === undefined ? undefined : await store.clients.findByToken(hash);
  if (client !== undefined) return client;
  const came =
    given === undefined ? 'There is no Authorization header' : 'The token is not valid, was revoked, or has expired';
  throw new ApiProblem(
    'not-signed-in',
    `${came}. Send "Authorization: Bearer <token>" with the token that the administrator was shown`,
    {
      'WWW-Authenticate': 'Bearer',
    },
  );
}

/** The client, in the form in which entries and the access log name it. */
export function whoIsClient(c: Context<ApiEnv>): Who {
  const { id, name } = c.get('client');
  return { id, name, role: CLIENT_ROLE };
}
