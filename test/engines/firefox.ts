/** Firefox, by WebDriver BiDi, which it speaks itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, NotInstalled, untilItWorks, wait } from './engine.ts';

const PLACES = [
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

interface Reply {
  id?: number;
  type: string;
  result?: Record<string, unknown>;
  message?: string;
}

export async function openFirefox(): Promise<Engine> {
  const program = PLACES.find((path) => path !== undefined && existsSync(path));
  if (program === undefined)
    throw new NotInstalled(
      'Firefox is not installed, so its journeys were not walked. Install firefox-esr, or set FIREFOX_PATH.',
    );
  const profile = mkdtempSync(join(tmpdir(), 'front-door-firefox-'));
  const port = await freePort();
  const args = ['--headless', '--no-remote', '--profile', profile, `--remote-debugging-port=${port}`, 'about:blank'];
  const child = spawn(program, args, { stdio: 'ignore' });
  try {
    const send = await connect(port);
    await send('session.new', { capabilities: {} });
    const { context } = await send('browsingContext.create', { type: 'tab' });
    return {
      name: 'Firefox',
      go: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      async evaluate(expression) {
        const script = { expression: `JSON.stringify(${expression})`, target: { context }, awaitPromise: true };
        const { result } = (await send('script.evaluate', script)) as { result?: { value?: string } };
        return result?.value === undefined ? undefined : JSON.parse(result.value);
      },
      forget: async () => void (await send('storage.deleteCookies', {})),
      close: () => end(child, profile),
    };
  } catch (error) {
    await end(child, profile);
    throw error;
  }
}

async function end(child: ChildProcess, profile: string): Promise<void> {
  child.kill('SIGTERM');
  await Promise.race([new Promise((resolve) => child.once('exit', resolve)), wait(5000)]);
  if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

async function connect(port: number): Promise<Send> {
  const socket = await untilItWorks(() => open(`ws://127.0.0.1:${port}/session`));
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ type, result = {}, message }) => {
        waiting.delete(id);
        if (type === 'error') reject(new Error(`${method}: ${message}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}

function open(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => reject(new Error(`nothing listens at ${url}`)), { once: true });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
