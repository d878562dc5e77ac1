/** A limit of connections that takes its place from who waits, never from who is being answered. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * When all places are taken, a new connection takes that of the one that has been idle for longest: first those that have sent no request yet, then
 * those kept alive between two requests, then those that are still sending theirs. Without this, whoever opens many connections and says nothing
 * would keep everybody else out.
 */
export function limitConnections(server: Server, most: number): void {
  const open = new Set<Socket>();
  // In the order in which they came there: the first has waited longest.
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
      // The next request on it may have begun already.
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
