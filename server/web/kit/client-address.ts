import type { Context } from 'hono';
import { networkOf } from '../../base/network.ts';
import type { Env, Services } from './services.ts';

/**
 * The address of the reader, for every limit that counts by address: what our own proxy wrote into its header, where one is configured
 * (the last of several, since a reader can send the others), or else where the connection comes from. Empty when neither is known.
 */
export function clientAddress({ signing: { addressHeader } }: Pick<Services, 'signing'>, c: Context<Env>): string {
  const forwarded = addressHeader === undefined ? '' : (c.req.header(addressHeader)?.split(',').at(-1)?.trim() ?? '');
  return networkOf(forwarded === '' ? (c.env?.incoming?.socket.remoteAddress ?? '') : forwarded);
}
