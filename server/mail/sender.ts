/**
 * Sends mail by SMTP. `smtps:` uses TLS from the start. `smtp:` uses STARTTLS and sends nothing without it, except to
 * this machine itself, or with `?requireTLS=false` after the address. Certificates must be valid.
 */
import nodemailer from 'nodemailer';
import { isLoopback } from '../base/network.ts';
import type { MailWords } from './mail.ts';

export interface MailConfig {
  /** For example `smtps://user:password@mail.example.org`. */
  smtpUrl: string;
  from: string;
  /** Area id → address of its desk. */
  to: ReadonlyMap<string, string>;
}

export type Sending = 'sent' | { problem: string; forGood: boolean };

export interface Sender {
  send(to: string, messageId: string, words: MailWords): Promise<Sending>;
  /** Connects and signs in without sending anything. Throws the mail server's error. */
  check(): Promise<void>;
  close(): void;
}

const PATIENCE_MS = 20_000;

/** For message ids. */
function hostOf(from: string): string {
  const domain = from.split('@').at(-1);
  return domain?.replace(/[^\w.-]/g, '') ?? 'localhost';
}

export function createSender({ smtpUrl, from }: Pick<MailConfig, 'smtpUrl' | 'from'>): Sender {
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const transport = nodemailer.createTransport({
    url: withTls(smtpUrl),
    ...times,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = hostOf(from);
  return {
    async send(to, messageId, words) {
      try {
        await transport.sendMail({
          from,
          to,
          ...words,
          messageId: `<${messageId}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return 'sent';
      } catch (error) {
        return describeFailure(error);
      }
    },
    async check() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

/** A mail server elsewhere that offers no TLS gets no mail, unless the operator has allowed it. */
function withTls(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  const isHere = url.hostname === 'localhost' || isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (url.protocol === 'smtp:' && !isHere && !url.searchParams.has('requireTLS'))
    url.searchParams.set('requireTLS', 'true');
  return url.href;
}

interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  message?: string;
}

/** A 5xx reply about the mail itself is permanent; any other failure may be temporary. */
function describeFailure(error: unknown): Sending {
  const { code = '', responseCode = 0, response, message = 'failed' } = error as SmtpError;
  const forGood = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { problem: `${code} ${response ?? message}`.trim().replace(/\s+/g, ' ').slice(0, 200), forGood };
}
