/** A minimal browser for the benchmark: one connection, its cookies, forms read from the page. Plain `http` keeps its own cost low. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  ms: number;
}

export class Browser {
  private readonly cookies = new Map<string, string>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly port: number;
  private readonly always: Record<string, string>;

  /** Bytes received, including headers. */
  received = 0;

  /** `always`: headers of every request, such as the address that a proxy would write. */
  constructor(port: number, always: Record<string, string> = {}) {
    this.port = port;
    this.always = always;
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }

  /** With `part`, sends a form as htmx does, and gets a part of a page back. */
  post(path: string, fields: [string, string][], part = false): Promise<Reply> {
    const body = new URLSearchParams(fields).toString();
    return this.send('POST', path, body, part ? { 'HX-Request': 'true' } : {});
  }

  /** The same person on a separate connection. */
  fork(): Browser {
    const other = new Browser(this.port, this.always);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  close(): void {
    this.agent.destroy();
  }

  private take(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    this.cookies.set(name, value);
  }

  private send(method: string, path: string, body = '', more: Record<string, string> = {}): Promise<Reply> {
    const began = performance.now();
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...this.always,
      ...more,
      ...(cookie !== '' && { Cookie: cookie }),
      ...(method === 'POST' && {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body),
      }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { port: this.port, host: '127.0.0.1', path, method, headers, agent: this.agent },
        (response) => {
          const { socket } = response;
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            for (const line of response.headers['set-cookie'] ?? []) this.take(line);
            this.received = socket.bytesRead;
            const ms = performance.now() - began;
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
              ms,
            });
          });
        },
      );
      sent.on('error', reject);
      sent.on('socket', hearErrors);
      sent.end(body);
    });
  }
}

/**
 * A server that refuses a large body closes the connection while we are still writing, and after its answer no request
 * listens to the socket any more.
 */
function hearErrors(socket: Socket): void {
  if (!socket.listeners('error').includes(ignore)) socket.on('error', ignore);
}

const ignore = () => {};

export function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}
