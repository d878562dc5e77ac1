/** Sends waiting webhook deliveries in the background. */
import { type BackgroundWork, createBackgroundWork, startBackgroundWork } from '../base/background.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Deliveries, OutgoingDelivery } from '../store/deliveries.ts';
import type { WebhookSender } from './sender.ts';

interface CourierParts {
  deliveries: Deliveries;
  sender: WebhookSender;
  /** Opens a sealed secret; undefined if the key has changed. */
  openSecret: (sealed: string) => string | undefined;
  /** URL of the consultation in the interface. */
  hrefOf: (reference: string) => string;
  clock: () => Date;
  log: Logger;
}

const SENDING_MINUTES = 1;
const EVERY_MS = 2000;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/**
 * How long to wait after each failed attempt, as Standard Webhooks advises. After the last, it is given up, and can be
 * sent again by hand.
 */
const DELAYS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

export function createCourier(parts: CourierParts): BackgroundWork {
  return createBackgroundWork(async () => {
    const delivery = await parts.deliveries.take(SENDING_MINUTES);
    if (delivery !== undefined) await deliver(parts, delivery);
    return delivery !== undefined;
  });
}

async function deliver(
  { deliveries, sender, openSecret, hrefOf, clock, log }: CourierParts,
  delivery: OutgoingDelivery,
) {
  const { number, tries, event: type, made_at: timestamp, area, reference } = delivery;
  const secret = openSecret(delivery.secret);
  const body = JSON.stringify({ type, timestamp, data: { area, reference, href: hrefOf(reference) } });
  const sent =
    secret === undefined
      ? { problem: 'its secret cannot be read: the key has changed. Set the address again' }
      : await sender.send(delivery, secret, body, clock());
  if (sent === 'sent') return deliveries.settle(number, 'sent');
  log.warn('a webhook was not delivered', { delivery: number, tries, problem: sent.problem });
  const delay = DELAYS_MS[tries - 1];
  if (delay === undefined) return deliveries.settle(number, 'failed', sent.problem);
  return deliveries.putOff(number, new Date(clock().getTime() + delay).toISOString(), sent.problem);
}

/** Returns a function that stops it. */
export function startCourier(courier: BackgroundWork, log: Logger): () => Promise<void> {
  return startBackgroundWork(courier, EVERY_MS, (error) => log.error('webhooks', { problem: String(error) }));
}
