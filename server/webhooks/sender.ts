/** Sends what clients are to be told, signed as Standard Webhooks has it (https://www.standardwebhooks.com). */
import { Webhook } from 'standardwebhooks';
import type { Outgoing } from '../store/deliveries.ts';

/** `problem`: for whoever looks after the client; nothing of a child. */
export type Sent = 'sent' | { problem: string };

export interface WebhookSender {
  /** `secret`: not sealed any more, such as `whsec_…`. */
  send(delivery: Outgoing, secret: string, body: string, at: Date): Promise<Sent>;
}

/** A receiver that takes longer is tried again: it should take the call at once, and work later. */
const PATIENCE_MS = 10_000;

export function createWebhookSender({ patienceMs = PATIENCE_MS } = {}): WebhookSender {
  return {
    async send({ id, url }, secret, body, at) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(patienceMs),
          headers: {
            'Content-Type': 'application/json',
            'User-Agent': 'Front-Door',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': new Webhook(secret).sign(id, at, body),
          },
          body,
        });
        // What it says is of no interest, and could be large.
        await response.body?.cancel();
        return response.ok ? 'sent' : { problem: `it answered with ${response.status}` };
      } catch (error) {
        return { problem: describeFailure(error as Error & { cause?: { code?: string; message?: string } }) };
      }
    },
  };
}

function describeFailure({ name, message, cause }: Error & { cause?: { code?: string; message?: string } }): string {
  if (name === 'TimeoutError') return 'it did not answer in time';
  return (cause?.code ?? cause?.message ?? message).slice(0, 200);
}
