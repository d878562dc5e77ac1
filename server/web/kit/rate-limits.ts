/** The rate limits on what anybody can do without an account, by the network of the reader. */
import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../../base/network.ts';
import { createRateLimit, RATE_LIMITS, type Rate } from '../../base/rate-limits.ts';
import { clientAddress } from './client-address.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

export type RateLimits = (c: Context<Env>, kind: keyof typeof RATE_LIMITS) => boolean;

/**
 * Returns whether the request may go on. One for the whole app: consultations and conversations share what one network may open. Behind a proxy
 * that says nothing of the reader everybody has one address: then nobody is slowed.
 */
export function createRateLimits(services: Services): RateLimits {
  const clock = () => services.clock().getTime();
  const { servers = 1 } = services;
  // Several servers get the requests of a network in turn: each slows them down after its share.
  const limitOf = ({ atOnce, aMinute }: Rate) =>
    createRateLimit({ atOnce: Math.ceil(atOnce / servers), aMinute: aMinute / servers }, clock);
  const limits = new Map(Object.entries(RATE_LIMITS).map(([kind, rate]) => [kind, limitOf(rate)]));
  return (c, kind) => {
    const network = clientAddress(services, c);
    return isLoopback(network) || (limits.get(kind)?.mayGoOn(network) ?? false);
  };
}

/** For all forms of a consultation, which need no account: a new form is limited without anybody having to think of it. */
export function slowSending(mayGoOn: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'POST' && !mayGoOn(c, 'sending')) throw new WebProblem('too fast');
    await next();
  };
}

export const TOO_FAST =
  'Very much was sent from your network in a short time, so this was not sent. Wait a minute and press the button again. ' +
  'If a child may be in danger, do not wait: ring';
