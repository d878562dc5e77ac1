/** Which client calls, whether it may, and how often. Every call names its action; the table in `people/client.ts` decides. */
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
import type { Env, Services } from '../kit/services.ts';
import { ApiProblem } from './problem.ts';

/** For each client in a minute: a case system that asks every second stays far below it. */
const MOST_CALLS = 300;
const MINUTE_MS = 60_000;

export interface ApiEnv extends Env {
  Variables: Env['Variables'] & { client: Client };
}

export function createAllow({ store, clock }: Pick<Services, 'store' | 'clock'>) {
  const calls = new Map<string, { since: number; count: number }>();
  function count(client: string): void {
    const now = clock().getTime();
    const known = calls.get(client);
    const window = known !== undefined && now - known.since < MINUTE_MS ? known : { since: now, count: 0 };
    window.count++;
    calls.set(client, window);
    if (window.count <= MOST_CALLS) return;
    const seconds = Math.ceil((window.since + MINUTE_MS - now) / 1000);
    throw new ApiProblem('too-many', `More than ${MOST_CALLS} calls in a minute. Wait ${seconds} seconds`, {
      'Retry-After': String(seconds),
    });
  }
  return (action: ClientAction): MiddlewareHandler<ApiEnv> =>
    async (c, next) => {
      const client = await authenticate(store, c);
      count(client.id);
      if (!mayClient(client, action))
        throw new ApiProblem(
          'not-allowed',
          `This call needs the right "${CLIENT_PERMISSIONS[action]}", and the client "${client.name}" has: ${client.rights.join(', ')}`,
        );
      c.set('client', client);
      await next();
    };
}

/** One answer for every token that is not valid: it does not say whether there ever was such a one. */
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

/** As entries and the access log name it. */
export function whoIsClient(c: Context<ApiEnv>): Who {
  const { id, name } = c.get('client');
  return { id, name, role: CLIENT_ROLE };
}
