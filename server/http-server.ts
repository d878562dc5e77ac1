/** How long the server waits for whom, and how it stops: a slow or half-sent request must hold up nobody else. */
import type { Server } from 'node:http';

/** Times in milliseconds. */
export const HTTP_LIMITS = {
  /** Longer than proxies keep idle connections (60 s): else they send a form into one that we are just closing, and show 502. */
  keepAlive: 75_000,
  headers: 20_000,
  /** A whole request, its body included. */
  request: 60_000,
  connections: 2000,
  /** After SIGTERM; systemd and container engines kill after 10 s. */
  stop: 8_000,
} as const;

export interface Stopping {
  /** Requests that were under way and could be finished. */
  finished: number;
  /** Those that had to be cut off. */
  cutOff: number;
}

/** Sets the limits; the answer stops the server: no new connections, what is under way is finished, what takes too long is cut off. */
export function limitServer(server: Server): () => Promise<Stopping> {
  server.keepAliveTimeout = HTTP_LIMITS.keepAlive;
  server.headersTimeout = HTTP_LIMITS.headers;
  server.requestTimeout = HTTP_LIMITS.request;
  server.maxConnections = HTTP_LIMITS.connections;
  let underWay = 0;
  server.on('request', (_request, response) => {
    underWay++;
    response.once('close', () => underWay--);
  });
  return () =>
    new Promise((resolve) => {
      const atFirst = underWay;
      let cutOff = 0;
      const giveUp = setTimeout(() => {
        cutOff = underWay;
        server.closeAllConnections();
      }, HTTP_LIMITS.stop);
      server.close(() => {
        clearTimeout(giveUp);
        resolve({ finished: atFirst - cutOff, cutOff });
      });
      server.closeIdleConnections();
    });
}
