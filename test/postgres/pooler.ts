/**
 * A minimal connection pooler in transaction mode: a client that begins a transaction gets the first free session, and
 * returns it at the end.
 */
import { createServer, connect as open, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { listen } from './proxy.ts';

const READY = 'Z'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
const END = 'X'.charCodeAt(0);

interface Behind {
  socket: Socket;
  /** What the server sent when the session began. */
  greeting: Buffer;
  client: Socket | undefined;
}

/** Cuts the stream into messages: a letter, a length, and the rest. */
function createCutter(isMessage: (message: Buffer) => void) {
  let rest = Buffer.alloc(0);
  return (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
      const length = 1 + rest.readInt32BE(1);
      isMessage(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** Returns the address of the same database through the pooler. */
export async function startPooler(url: string, folder: string, ownFolder: string, size: number): Promise<string> {
  const all: Behind[] = [];
  const waiting: ((behind: Behind) => void)[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', async (startup) => {
      while (all.length < size) all.push(await begin(startup as Buffer));
      client.write(all[0]?.greeting ?? '');
      let mine: Promise<Behind> | undefined;
      client.on(
        'data',
        createCutter(async (message) => {
          if (message[0] === END) return;
          mine ??= take(client, () => {
            mine = undefined;
          });
          (await mine).socket.write(message);
        }),
      );
    });
  });

  function begin(startup: Buffer): Promise<Behind> {
    const socket = open(join(folder, '.s.PGSQL.5432'));
    socket.on('error', () => {}).write(startup);
    const behind: Behind = { socket, greeting: Buffer.alloc(0), client: undefined };
    return new Promise((resolve) => {
      let isGreeting = true;
      socket.on(
        'data',
        createCutter((message) => {
          if (isGreeting) behind.greeting = Buffer.concat([behind.greeting, message]);
          else behind.client?.write(message);
          if (message[0] !== READY) return;
          if (isGreeting) resolve(behind);
          else if (message[5] === IDLE) giveBack(behind);
          isGreeting = false;
        }),
      );
    });
  }

  const released = new Map<Behind, () => void>();
  function giveBack(behind: Behind): void {
    behind.client = undefined;
    released.get(behind)?.();
    waiting.shift()?.(behind);
  }
  async function take(client: Socket, whenReleased: () => void): Promise<Behind> {
    const free = all.find((behind) => behind.client === undefined && waiting.length === 0);
    const behind = free ?? (await new Promise<Behind>((resolve) => waiting.push(resolve)));
    behind.client = client;
    released.set(behind, whenReleased);
    return behind;
  }

  await listen(server, ownFolder);
  onTestFinished(() => {
    for (const { socket } of all) socket.destroy();
    server.close();
  });
  const through = new URL(url);
  through.hostname = encodeURIComponent(ownFolder);
  return through.href;
}
