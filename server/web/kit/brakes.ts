/** The brakes on what anybody can do without an account, by the network of the reader. */
import type { Context, MiddlewareHandler } from 'hono';
import { BRAKES, createBrake } from '../../base/brake.ts';
import { isLoopback } from '../../base/network.ts';
import { clientAddress } from './client-address.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

export type Brakes = (c: Context<Env>, kind: keyof typeof BRAKES) => boolean;

/** Returns whether the request may go on. Behind a proxy that says nothing of the reader everybody has one address: then nobody is slowed. */
export function createBrakes(services: Services): Brakes {
  const clock = () => services.clock().getTime();
  const brakes = {
    opening: createBrake(BRAKES.opening, clock),
    asking: createBrake(BRAKES.asking, clock),
    sending: createBrake(BRAKES.sending, clock),
    writing: createBrake(BRAKES.writing, clock),
  };
  return (c, kind) => {
    const network = clientAddress(services, c);
    return isLoopback(network) || brakes[kind].mayGoOn(network);
  };
}

/** For all forms of a consultation, which need no account: a new one is braked without anybody having to think of it. */
export function slowSending(services: Services): MiddlewareHandler<Env> {
  const mayGoOn = createBrakes(services);
  return async (c, next) => {
    if (c.req.method === 'POST' && !mayGoOn(c, 'sending')) throw new WebProblem('too fast');
    await next();
  };
}

export const TOO_FAST =
  'Very much was sent from your network in a short time, so this was not sent. Wait a minute and press the button again. ' +
  'If a child may be in danger, do not wait: ring';
