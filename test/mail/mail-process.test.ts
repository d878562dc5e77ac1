/** The server is killed and restarted while the mail server is down: the mail is still delivered. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { Browser } from '../bench/browser.ts';
import { startServer } from '../running-server.ts';
import { makeFolder } from '../store/temporary.ts';
import { openMailServer } from './mail-server.ts';

async function waitUntil(is: () => boolean): Promise<void> {
  for (let tried = 0; !is() && tried < 300; tried++) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(is()).toBe(true);
}

it('an acknowledged handover is mailed although the mail server was down and the process was killed', async () => {
  const gone = await openMailServer();
  await gone.close();
  const env = {
    DATA_DIR: join(makeFolder(), 'data'),
    SMTP_URL: `smtp://127.0.0.1:${gone.port}`,
    MAIL_FROM: 'front-door@gm.example',
    MAIL_TO: 'bury=duty@bury.example',
  };
  const first = await startServer({ env });
  const browser = new Browser(Number(new URL(first.origin).port));
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
  await first.stop('SIGKILL');
  const mended = await openMailServer({ port: gone.port });
  const second = await startServer({ env });
  await waitUntil(() => mended.received.length > 0);
  expect(mended.received[0]?.text).toContain('A consultation waits, reference B ');
  const ended = new Promise((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(mended.received).toHaveLength(1);
}, 180_000);
