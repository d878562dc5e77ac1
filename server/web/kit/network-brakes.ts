/** The brakes on what anybody can do without an account, by the network of the reader. */
import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../../base/network.ts';
import { BRAKES, createNetworkBrake, type NetworkBrakeLimits } from '../../base/network-brake.ts';
import { clientAddress } from './client-address.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

export type NetworkBrakes = (c: Context<Env>, kind: keyof typeof BRAKES) => boolean;

/**
 * Returns whether the request may go on. One for the whole app: consultations and conversations share what one network may open. Behind a proxy
 * that says nothing of the reader everybody has one address: then nobody is slowed.
 */
export function createNetworkBrakes(services: Services): NetworkBrakes {
  const clock = () => services.clock().getTime();
  const { servers = 1 } = services;
  // Several servers get the requests of a network in turn: each slows them down after its share.
  const brakeOf = ({ atOnce, aMinute }: NetworkBrakeLimits) =>
    createNetworkBrake({ atOnce: Math.ceil(atOnce / servers), aMinute: aMinute / servers }, clock);
  const brakes = {
    opening: brakeOf(BRAKES.opening),
    asking: brakeOf(BRAKES.asking),
    sending: brakeOf(BRAKES.sending),
    writing: brakeOf(BRAKES.writing),
  };
  return (c, kind) => {
    const network = clientAddress(services, c);
    return isLoopback(network) || brakes[kind].mayGoOn(network);
  };
}

/** For all forms of a consultation, which need no account: a new one is braked without anybody having to think of it. */
export function slowSending(mayGoOn: NetworkBrakes): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'POST' && !mayGoOn(c, 'sending')) throw new WebProblem('too fast');
    await next();
  };
}

export const TOO_FAST =
  'Very much was sent from your network in a short time, so this was not sent. Wait a minute and press the button again. ' +
  'If a child may be in danger, do not wait: ring';
