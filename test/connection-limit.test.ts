import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { limitConnections } from '../server/connection-limit.ts';

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const HALF_A_FORM = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf';
const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** A server with three places. It answers a GET when `answer` is called, and a form once all of it has come. */
async function threePlaces() {
  const waiting: ServerResponse[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    if (request.method === 'GET') waiting.push(response);
    else request.resume().on('end', () => response.end('saved'));
  });
  limitConnections(server, 3);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ended.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const seen = () => new Promise((resolve) => server.once('connection', resolve));
  const asked = () => new Promise((resolve) => server.once('request', resolve));
  /** Opens a connection and waits until the server has received what it sends. */
  async function open(says = ''): Promise<Connection> {
    const arrived = Promise.all([seen(), ...(says === '' ? [] : [asked()])]);
    const socket = connect({ host: '127.0.0.1', port });
    const connection = watch(socket);
    socket.write(says);
    await Promise.race([arrived, connection.closed]);
    return connection;
  }
  return { open, answer: () => waiting.shift()?.end('here you are') };
}

interface Connection {
  socket: Socket;
  closed: Promise<void>;
  heard(): string;
}

function watch(socket: Socket): Connection {
  let text = '';
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket
    .on('error', () => {})
    .on('data', (part: Buffer) => {
      text += part.toString();
    });
  ended.push(() => socket.destroy());
  return { socket, closed, heard: () => text };
}

const hears = (connection: Connection, words: string) =>
  expect.poll(() => connection.heard(), { timeout: 5000 }).toContain(words);

describe('when the limit is reached', () => {
  it('accepts a new connection instead of the one that has been silent longest', async () => {
    const { open, answer } = await threePlaces();
    const underWay = await open(GET);
    const [oldest, newer] = [await open(), await open()];
    const newcomer = await open(GET);
    await oldest.closed;
    answer();
    answer();
    await hears(underWay, 'here you are');
    await hears(newcomer, 'here you are');
    expect(newer.socket.readyState).toBe('open');
  });

  it('keeps a connection between two requests rather than a silent one', async () => {
    const { open, answer } = await threePlaces();
    const between = await open(GET);
    answer();
    await hears(between, 'here you are');
    const silent = await open();
    await open(GET);
    await open(GET);
    await silent.closed;
    expect(between.socket.readyState).toBe('open');
    await open(GET);
    await between.closed;
  });

  it('drops a form that is still being sent only if nobody is idle', async () => {
    const { open, answer } = await threePlaces();
    const half = await open(HALF_A_FORM);
    const silent = await open();
    const asking = await open(GET);
    await open(GET);
    await silent.closed;
    expect(half.socket.readyState).toBe('open');
    await open(GET);
    await half.closed;
    answer();
    await hears(asking, 'here you are');
  });

  it('never cuts off a connection that is being answered, so the new one is refused', async () => {
    const { open, answer } = await threePlaces();
    const underWay = [await open(GET), await open(GET), await open(GET)];
    const newcomer = await open(GET);
    await newcomer.closed;
    for (const connection of underWay) {
      answer();
      await hears(connection, 'here you are');
    }
  });

  it('accepts new connections again once one has closed', async () => {
    const { open, answer } = await threePlaces();
    const leaving = [await open(GET), await open(GET), await open(GET)];
    leaving[0]?.socket.destroy();
    await leaving[0]?.closed;
    const answerOf = async () => {
      const newcomer = await open(GET);
      for (let count = 0; count < 4; count++) answer();
      await Promise.race([newcomer.closed, once(newcomer.socket, 'data')]);
      return newcomer.heard();
    };
    await expect.poll(answerOf, { timeout: 5000 }).toContain('here you are');
  });
});
