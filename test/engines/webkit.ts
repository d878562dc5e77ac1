/** WebKit, by WebKitWebDriver with its MiniBrowser: a stand-in for the browser of iPhones. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Engine, NotInstalled, untilItWorks, wait } from './engine.ts';
import { findProgram } from './find-program.ts';
import { freePort } from './firefox.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY = '/usr/bin/Xvfb';

export async function openWebkit(): Promise<Engine> {
  const browser = findProgram('/usr/lib', /^webkit2gtk-4\.[01]$/, 'MiniBrowser');
  if (!existsSync(DRIVER) || browser === undefined)
    throw new NotInstalled('WebKit is not installed, so its journeys were not walked. Install webkit2gtk-driver.');
  if (process.env.DISPLAY === undefined && !existsSync(DISPLAY))
    throw new NotInstalled('WebKit needs a screen, so its journeys were not walked. Install xvfb, or set DISPLAY.');
  const started: ChildProcess[] = [];
  const display = process.env.DISPLAY ?? ':97';
  if (process.env.DISPLAY === undefined)
    started.push(spawn(DISPLAY, [display, '-screen', '0', '390x844x24', '-nolisten', 'tcp'], { stdio: 'ignore' }));
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: display,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  started.push(spawn(DRIVER, [`--port=${port}`], { env, stdio: 'ignore' }));
  const stop = async () => {
    for (const child of started.reverse()) child.kill('SIGTERM');
    await wait(500);
  };
  try {
    const at = `http://127.0.0.1:${port}/session`;
    const options = { binary: browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = (await untilItWorks(() => post(at, { capabilities }))) as { sessionId: string };
    return {
      name: 'WebKit',
      go: async (url) => void (await post(`${at}/${sessionId}/url`, { url })),
      async evaluate(expression) {
        const script = `return JSON.stringify(${expression})`;
        const value = await post(`${at}/${sessionId}/execute/sync`, { script, args: [] });
        return typeof value === 'string' ? JSON.parse(value) : undefined;
      },
      async forget() {
        await fetch(`${at}/${sessionId}/cookie`, { method: 'DELETE' });
      },
      async close() {
        await fetch(`${at}/${sessionId}`, { method: 'DELETE' }).catch(() => undefined);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  const { value } = (await answer.json()) as { value: { message?: string } };
  if (!answer.ok) throw new Error(`WebKitWebDriver: ${value?.message ?? answer.status}`);
  return value;
}
