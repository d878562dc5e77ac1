/** The real server, run from `dist`, and a client that uses it over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { paths } from '../server/base/paths.ts';
import { formToken } from '../server/web/kit/form-token.ts';
import { COOKIE } from '../server/web/kit/session.ts';
import { keepLibrary, lendLibrary } from './proved-library.ts';

export const root = join(import.meta.dirname, '..');
export const program = (name: string) => join(root, 'dist', `${name}.js`);

export interface RunningServer {
  origin: string;
  child: ChildProcess;
  /** Everything that it has printed so far. */
  said(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface Start {
  env: Record<string, string>;
  /** A command that ends by running the server; by default just the server. */
  command?: readonly string[];
}

/** Throws with the server's output if it does not start. */
export async function startServer({
  env,
  command = [process.execPath, program('main')],
}: Start): Promise<RunningServer> {
  const [first = '', ...rest] = command;
  if (env.DATA_DIR !== undefined) lendLibrary(env.DATA_DIR);
  const settings = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0', ...env };
  const child = spawn(first, rest, { cwd: root, env: settings });
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      const address = /open at (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  if (env.DATA_DIR !== undefined) keepLibrary(env.DATA_DIR);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  onTestFinished(() => stop('SIGKILL'));
  return { origin, child, said: () => said, stop };
}

export interface Answer {
  status: number;
  location: string;
  text: string;
}

/** A browser with one connection, which is kept open. */
export function openVisitor({ origin }: Pick<RunningServer, 'origin'>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const token = randomBytes(32).toString('base64url');
  const send = (method: string, path: string, fields?: Record<string, string>) =>
    new Promise<Answer>((resolve, reject) => {
      const body = fields && new URLSearchParams({ token: formToken(token), ...fields }).toString();
      const headers = {
        Cookie: `${COOKIE}=${token}`,
        Accept: 'text/html',
        ...(body !== undefined && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(body),
          'Sec-Fetch-Site': 'same-origin',
        }),
      };
      const sent = request(origin + path, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('latin1').on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', text }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const get = (path: string) => send('GET', path);
  const post = (path: string, fields: Record<string, string>) => send('POST', path, fields);
  return {
    get,
    post,
    /** Begins a consultation and returns its id. */
    async begin(): Promise<string> {
      const { status, location, text } = await post(paths.consultations(), { area: 'bury', flow: 'level' });
      const id = location.split('/')[2];
      if (id === undefined) throw new Error(`no consultation was begun: ${status} ${text.slice(0, 500)}`);
      return id;
    },
    note: (id: string, text: string) => post(paths.addition(id, 'notes'), { text }),
    async ready(): Promise<Record<string, boolean>> {
      return JSON.parse((await get(paths.ready())).text);
    },
  };
}
