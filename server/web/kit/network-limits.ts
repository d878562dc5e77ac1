/** Limits how much can be done without an account, counted by the reader's network. */
import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../../base/network.ts';
import { createNetworkLimit, NETWORK_LIMITS, type Rate } from '../../base/network-limits.ts';
import { clientAddress } from './client-address.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

export type NetworkLimits = (c: Context<Env>, kind: keyof typeof NETWORK_LIMITS) => boolean;

/**
 * Returns whether the request may continue. There is one for the whole app, because consultations and conversations
 * share a network's limit. Behind a proxy that does not name the reader, everybody has the same address, so nobody is
 * limited.
 */
export function createNetworkLimits(services: Services): NetworkLimits {
  const clock = () => services.clock().getTime();
  const { servers = 1 } = services;
  // Several servers take a network's requests in turn, so each allows only its share.
  const limitOf = ({ atOnce, aMinute }: Rate) =>
    createNetworkLimit({ atOnce: Math.ceil(atOnce / servers), aMinute: aMinute / servers }, clock);
  const limits = new Map(Object.entries(NETWORK_LIMITS).map(([kind, rate]) => [kind, limitOf(rate)]));
  return (c, kind) => {
    const network = clientAddress(services, c);
    return isLoopback(network) || (limits.get(kind)?.mayGoOn(network) ?? false);
  };
}

/** For all forms of a consultation, since they need no account. A new form is limited automatically. */
export function slowSending(mayGoOn: NetworkLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'POST' && !mayGoOn(c, 'sending')) throw new WebProblem('too fast');
    await next();
  };
}

export const TOO_FAST =
  'Very much was sent from your network in a short time, so this was not sent. Wait a minute and press the button again. ' +
  'If a child may be in danger, do not wait: ring';
