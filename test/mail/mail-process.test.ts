/** The server is killed while the mail server is down and started again: the mail is still delivered. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { Browser } from '../bench/browser.ts';
import { makeFolder } from '../store/temporary.ts';
import { openMailServer } from './mail-server.ts';

const root = join(import.meta.dirname, '..', '..');

function start(env: Record<string, string>): Promise<{ port: number; child: ChildProcess; said: () => string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text.toString();
      const port = /127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (said.includes('open at') && port !== undefined) resolve({ port: Number(port), child, said: () => said });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(said)));
  });
}

async function waitUntil(is: () => boolean): Promise<void> {
  for (let tried = 0; !is() && tried < 300; tried++) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(is()).toBe(true);
}

it('an acknowledged handover is told by mail, though the mail server was down and the process was killed', async () => {
  const gone = await openMailServer();
  await gone.close();
  const env = {
    DATA_DIR: join(makeFolder(), 'data'),
    SMTP_URL: `smtp://127.0.0.1:${gone.port}`,
    MAIL_FROM: 'front-door@gm.example',
    MAIL_TO: 'bury=duty@bury.example',
  };
  const first = await start(env);
  const browser = new Browser(first.port);
  const token = async (path: string) => /name="token" value="([^"]+)"/.exec((await browser.get(path)).body)?.[1] ?? '';
  const opened = await browser.post(paths.consultations(), [
    ['token', await token('/areas/bury')],
    ['area', 'bury'],
    ['flow', 'level'],
  ]);
  const id = String(opened.headers.location).split('/')[2] ?? '';
  const asked = await browser.post(paths.handovers(id), [
    ['token', await token(paths.handover(id))],
    ['question', 'She is hungry'],
    ['reach', '0161 496 0001'],
  ]);
  expect(asked.status).toBe(303);
  browser.close();
  await waitUntil(() => first.said().includes('"tries":1,"problem"'));
  expect(first.said()).not.toContain('hungry');
  first.child.kill('SIGKILL');
  const mended = await openMailServer({ port: gone.port });
  const second = await start(env);
  await waitUntil(() => mended.received.length > 0);
  expect(mended.received[0]?.text).toContain('A consultation waits, reference B ');
  const ended = new Promise((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(mended.received).toHaveLength(1);
}, 180_000);
