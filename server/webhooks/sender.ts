/** Sends webhook deliveries, signed as in Standard Webhooks (https://www.standardwebhooks.com). */
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { OutgoingDelivery } from '../store/deliveries.ts';
import type { Address, Reach } from './reach.ts';

/** `problem`: for the person who looks after the client; it contains nothing about a child. */
export type Sent = 'sent' | { problem: string };

export interface WebhookSender {
  /** `secret`: the opened secret, such as `whsec_…`. */
  send(delivery: OutgoingDelivery, secret: string, body: string, at: Date): Promise<Sent>;
}

/**
 * A receiver that takes longer is tried again later. Receivers should accept the call at once and do their work
 * afterwards.
 */
const PATIENCE_MS = 10_000;

export function createWebhookSender(reach: Reach, { patienceMs = PATIENCE_MS } = {}): WebhookSender {
  return {
    async send({ id, url }, secret, body, at) {
      const signal = AbortSignal.timeout(patienceMs);
      try {
        const headers = {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'User-Agent': 'Front-Door',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, body),
        };
        const addresses = await inTime(reach.find(new URL(url).hostname), signal);
        const status = await post(new URL(url), { addresses, headers, body, signal });
        return status >= 200 && status < 300 ? 'sent' : { problem: `it answered with ${status}` };
      } catch (error) {
        return { problem: signal.aborted ? 'it did not answer in time' : describeFailure(error as Error) };
      }
    },
  };
}

/** The lookup of a name cannot be stopped, but we need not wait for it. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

interface Call {
  addresses: readonly Address[];
  headers: Record<string, string | number>;
  body: string;
  signal: AbortSignal;
}

/**
 * Connects only to these addresses; the name is not looked up again. Returns the status. Redirects are not followed.
 */
function post(url: URL, { addresses, headers, body, signal }: Call): Promise<number> {
  const lookup: LookupFunction = (_host, { all }, done) => {
    const [first] = addresses;
    if (all === true || first === undefined) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };
  const start = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const request = start(url, { method: 'POST', agent: false, headers, lookup, signal });
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      // The response is not needed, and could be large.
      response.on('error', () => {}).destroy();
    });
    request.end(body);
  });
}

const FAILURES: Record<string, string> = {
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'it hung up',
  ENOTFOUND: 'there is no machine of that name',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'there is no way to it',
  EPROTO: 'it does not speak TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is its own, and nobody vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody that is trusted vouches for its certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody that is trusted vouches for its certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function describeFailure({ code, message }: NodeJS.ErrnoException): string {
  const words = FAILURES[code ?? ''];
  return (words === undefined ? (code ?? message) : `${words} (${code})`).slice(0, 200);
}
