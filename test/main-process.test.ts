/** The server as a process: its messages when it cannot start, and how it stops. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'front-door-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  said: string;
}

/** Runs the server until it ends. Calls `onOpen` with its URL once it is listening. */
function run(env: Record<string, string>, onOpen?: (address: string, stop: () => void) => unknown): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
  });
  let said = '';
  const hear = (text: Buffer) => {
    said += text.toString();
    const address = /open at (http:\S+)/.exec(said)?.[1];
    if (address === undefined || onOpen === undefined) return;
    const tell = onOpen;
    onOpen = undefined;
    tell(address, () => child.kill('SIGTERM'));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

describe('the server process', () => {
  it('names the wrong setting', async () => {
    const { code, said } = await run({ PORT: 'eighty' });
    expect(code).toBe(1);
    expect(said).toContain('PORT is "eighty". Give a number from 0 to 65535');
  }, 120_000);

  it('says where the database cannot be opened', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, said } = await run({ DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(said).toContain('cannot be opened for writing');
    expect(said).toContain('set DATA_DIR to another folder');
  }, 120_000);

  it('does not start with a broken flow, and says where it is broken', async () => {
    const flows = join(folder, 'broken');
    cpSync(join(root, 'flows'), flows, { recursive: true });
    const level = join(flows, 'bury', 'level.yaml');
    writeFileSync(level, readFileSync(level, 'utf8').replace('- call: danger', '- call: dangr'));
    const { code, said } = await run({ FLOWS_DIR: flows });
    expect(code).toBe(1);
    expect(said).toMatch(/flows\/bury\/level\.yaml:\d+:\d+: no flow is called "dangr". Did you mean "danger"/);
    expect(said).toContain('does not start on them');
  }, 120_000);

  it('does not start with a flow that breaks a safety rule, and shows the path to the breach', async () => {
    const flows = join(folder, 'unsafe');
    cpSync(join(root, 'flows'), flows, { recursive: true });
    const safety = join(flows, 'bolton', 'safety.yaml');
    const rule =
      '\n  planted:\n    says: Nobody is ever asked about danger\n    whenever: {}\n    never: { asked: immediate_danger }\n    cite: BO 21\n';
    writeFileSync(safety, readFileSync(safety, 'utf8') + rule);
    const { code, said } = await run({ FLOWS_DIR: flows });
    expect(code).toBe(1);
    expect(said).toContain('BROKEN: rule "planted"');
    expect(said).toContain('does not start on them');
  }, 120_000);

  it('listens, and stops cleanly when it is asked to', async () => {
    let status = 0;
    const { code, said } = await run({}, (address, stop) => {
      void fetch(address).then((response) => {
        status = response.status;
        stop();
      });
    });
    expect(said).toContain('Front Door is open at http://127.0.0.1:');
    expect(status).toBe(200);
    expect(code).toBe(0);
  }, 120_000);

  it('does not echo TRACE, and refuses an ambiguous request', async () => {
    const answers: string[] = [];
    const requests = [
      'TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: told\r\nConnection: close\r\n\r\n',
      'POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
      'POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef',
      'POST /search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\nX-Bad: a\rb\r\n\r\n',
    ];
    const ask = (port: number, request: string) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect({ host: '127.0.0.1', port }, () => socket.write(request));
        socket.on('data', (part) => {
          answer += part.toString();
        });
        socket.on('error', () => resolve(answer));
        socket.on('close', () => resolve(answer));
      });
    await run({}, async (address, stop) => {
      for (const request of requests) answers.push(await ask(Number(new URL(address).port), request));
      stop();
    });
    expect(answers.map((answer) => answer.split('\r\n')[0])).toEqual([
      'HTTP/1.1 404 Not Found',
      ...Array.from({ length: 4 }, () => 'HTTP/1.1 400 Bad Request'),
    ]);
    expect(answers.join()).not.toContain('told');
  }, 120_000);

  it('stops despite an incomplete request, lets twenty requests in progress finish, and logs what it did', async () => {
    const answers: string[] = [];
    const { code, said } = await run({}, async (address, stop) => {
      const { hostname, port } = new URL(address);
      const at = { host: hostname, port: Number(port) };
      const type = 'Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin';
      const half = `POST /search HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`;
      // "100 Continue" tells that the server has the request and is waiting for the rest.
      const underWay = await Promise.all(Array.from({ length: 21 }, () => begin(at, half)));
      const [hanging, ...others] = underWay;
      hanging?.write('words');
      stop();
      while (await isOpen(at)) await wait(20);
      for (const socket of others) {
        socket.on('data', (part) => answers.push(String(part).split(' ', 2)[1] ?? ''));
        socket.write('words=abc');
      }
    });
    expect(code).toBe(0);
    expect(said).toMatch(/"finished":20,"cutOff":1,"message":"stopped"/);
    expect(answers.filter((status) => /^[2-4]\d\d$/.test(status))).toHaveLength(20);
    expect(said).not.toContain('unexpected error');
  }, 120_000);
});

interface At {
  host: string;
  port: number;
}

/** Sends the beginning of a request, and returns the connection once the server has answered something. */
function begin(at: At, text: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(at, () => socket.write(text));
    socket.on('error', () => {});
    socket.once('data', () => resolve(socket));
  });
}

function isOpen(at: At): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, () => resolve(socket.destroy().destroyed));
    socket.on('error', () => resolve(false));
  });
}
