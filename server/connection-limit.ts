/**
 * Limits the number of connections. When there are too many, it closes one that is waiting, never one that is being
 * answered.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * When the limit is reached, a new connection replaces the one that has been idle longest: first those that have sent
 * no request yet, then those kept alive between two requests, then those that are still sending theirs. Otherwise
 * somebody could keep everybody else out by opening many connections and sending nothing.
 */
export function limitConnections(server: Server, most: number): void {
  const open = new Set<Socket>();
  // In the order in which they began to wait: the first has waited longest.
  const silent = new Set<Socket>();
  const keptAlive = new Set<Socket>();
  const sending = new Map<Socket, IncomingMessage>();

  function forget(socket: Socket): void {
    for (const places of [open, silent, keptAlive, sending]) places.delete(socket);
  }

  function makeRoom(): boolean {
    const waiting = first(silent) ?? first(keptAlive) ?? first(stillSending(sending));
    if (waiting === undefined) return false;
    forget(waiting);
    waiting.destroy();
    return true;
  }

  server.on('connection', (socket: Socket) => {
    if (open.size >= most && !makeRoom()) return void socket.destroy();
    open.add(socket);
    silent.add(socket);
    socket.once('close', () => forget(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    silent.delete(socket);
    keptAlive.delete(socket);
    sending.set(socket, request);
    response.once('close', () => {
      // The next request on this connection may have begun already.
      if (sending.get(socket) !== request) return;
      sending.delete(socket);
      if (!socket.destroyed) keptAlive.add(socket);
    });
  });
}

function first<Value>(values: Iterable<Value>): Value | undefined {
  for (const value of values) return value;
  return undefined;
}

function* stillSending(requests: ReadonlyMap<Socket, IncomingMessage>): Iterable<Socket> {
  for (const [socket, request] of requests) if (!request.complete) yield socket;
}
