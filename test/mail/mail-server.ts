/** A real local SMTP server that can be stopped and started again. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface Received {
  to: string[];
  text: string;
  secure: boolean;
}

export interface MailServer {
  port: number;
  received: Received[];
  close(): Promise<void>;
}

export interface MailServerOptions extends SMTPServerOptions {
  port?: number;
  /** Status code with which it refuses recipients, such as 550. */
  refuse?: number;
  /** Called when a mail has come in, before it is acknowledged. */
  onMail?: () => Promise<void>;
}

export async function openMailServer({
  port = 0,
  refuse,
  onMail,
  ...options
}: MailServerOptions = {}): Promise<MailServer> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuse === undefined ? null : Object.assign(new Error('No such desk here'), { responseCode: refuse })),
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, text: Buffer.concat(pieces).toString(), secure: session.secure });
        await onMail?.();
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => server.close(() => resolve()));
    return closing;
  };
  onTestFinished(close);
  return { port: (server.server.address() as AddressInfo).port, received, close };
}
