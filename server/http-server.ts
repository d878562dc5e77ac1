/** Time limits of the HTTP server and its shutdown: a slow or incomplete request must not hold up anybody else. */
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { limitConnections } from './connection-limit.ts';

/** In milliseconds. */
const HTTP_LIMITS = {
  /** Longer than proxies keep idle connections (60 s): otherwise they may send a form on a connection we are closing, and show 502. */
  keepAlive: 75_000,
  headers: 20_000,
  /** For a whole request including its body. */
  request: 60_000,
  connections: 2000,
  /** Grace period after SIGTERM. Container engines kill after 10 s. */
  stop: 6_000,
  /**
   * How long after SIGTERM a request on an open connection is still answered: the browser may have sent it at that
   * moment.
   */
  lastRequests: 1_000,
} as const;

/**
 * Node joins the headers with a text body, which copies the whole page once more. Here they are passed to the socket as
 * two texts, still in one write.
 */
export class ResponseInTwoParts<Request extends IncomingMessage> extends ServerResponse<Request> {
  override end(...given: unknown[]): this {
    const [body] = given;
    // Node counts the headers as sent as soon as it knows them.
    if (typeof body !== 'string' || !this.headersSent)
      return super.end(...(given as Parameters<ServerResponse['end']>));
    this.cork();
    this.flushHeaders();
    // Text that is all ASCII is copied as it is, instead of character by character.
    return super.end(body, Buffer.byteLength(body) === body.length ? 'latin1' : 'utf8');
  }
}

export interface Stopping {
  /** Number of requests in progress that were completed. */
  finished: number;
  /** Number of requests that had to be cut off. */
  cutOff: number;
}

/** Sets the limits. Returns a function that stops the server: it refuses new connections and completes requests within the grace period. */
export function limitServer(server: Server): () => Promise<Stopping> {
  server.keepAliveTimeout = HTTP_LIMITS.keepAlive;
  server.headersTimeout = HTTP_LIMITS.headers;
  server.requestTimeout = HTTP_LIMITS.request;
  limitConnections(server, HTTP_LIMITS.connections);
  let underWay = 0;
  let stopping = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    underWay++;
    response.once('close', () => underWay--);
    if (stopping) response.setHeader('Connection', 'close');
  });
  return () =>
    new Promise((resolve) => {
      stopping = true;
      const atFirst = underWay;
      let cutOff = 0;
      const closeIdle = setTimeout(() => server.closeIdleConnections(), HTTP_LIMITS.lastRequests);
      const giveUp = setTimeout(() => {
        cutOff = underWay;
        server.closeAllConnections();
      }, HTTP_LIMITS.stop);
      // `close` of the HTTP server would close idle connections at once, so that of the plain server is used.
      NetServer.prototype.close.call(server, () => {
        clearTimeout(closeIdle);
        clearTimeout(giveUp);
        resolve({ finished: atFirst - cutOff, cutOff });
      });
    });
}
