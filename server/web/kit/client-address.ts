import type { Context } from 'hono';
import { networkOf } from '../../base/network.ts';
import type { Env, Services } from './services.ts';

/**
 * The reader's address, for every limit that counts by address. If a proxy header is configured, it is the last value
 * in that header, since a reader can send the earlier ones; otherwise it is the address of the connection. Empty if
 * neither is known.
 */
export function clientAddress({ signing: { addressHeader } }: Pick<Services, 'signing'>, c: Context<Env>): string {
  const forwarded = addressHeader === undefined ? '' : (c.req.header(addressHeader)?.split(',').at(-1)?.trim() ?? '');
  return networkOf(forwarded === '' ? (c.env?.incoming?.socket.remoteAddress ?? '') : forwarded);
}
