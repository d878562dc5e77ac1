/** The sample configurations in `deploy/`, tried with the real programs where these are installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../server/app.ts';
import { paths } from '../../server/base/paths.ts';
import { limitServer } from '../../server/http-server.ts';
import { openApp } from '../web/app.ts';

const root = join(import.meta.dirname, '..', '..');
const isThere = (program: string) => spawnSync('which', [program]).status === 0;
const NOT_THERE = 'is not installed: its sample configuration is not tried here';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

type Start = (folder: string, at: number, to: number) => ChildProcess;

const PROXIES: Record<string, Start> = {
  nginx(folder, at, to) {
    const site = readFileSync(join(root, 'deploy', 'nginx.conf'), 'utf8')
      .replace('FRONT_DOOR_PORT', String(to))
      .replace('LISTEN', `127.0.0.1:${at}`)
      .replace('SERVER_NAME', 'frontdoor.example.org');
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const file = join(folder, 'nginx.conf');
    writeFileSync(
      file,
      `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${temp.join(' ')} ${site} }`,
    );
    return spawn('nginx', ['-c', file, '-p', folder, '-e', join(folder, 'error.log')], { stdio: 'ignore' });
  },
  caddy(folder, at, to) {
    const site = readFileSync(join(root, 'deploy', 'Caddyfile'), 'utf8')
      .replace('SERVER_NAME', `http://127.0.0.1:${at}`)
      .replace('FRONT_DOOR_PORT', String(to));
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, `{\n\tadmin off\n}\n${site}`);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'ignore', env });
  },
};

async function openBehind(name: string) {
  const opened = await openApp();
  const app = createApp(opened.services);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  limitServer(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  const at = await freePort();
  const folder = mkdtempSync(join(tmpdir(), `front-door-${name}-`));
  mkdirSync(folder, { recursive: true });
  const proxy = PROXIES[name]?.(folder, at, port);
  onTestFinished(async () => {
    await stop();
    proxy?.kill('SIGKILL');
    await new Promise((ended) => (proxy === undefined ? ended(undefined) : proxy.once('close', ended)));
    rmSync(folder, { recursive: true, force: true });
  });
  const origin = `http://127.0.0.1:${at}`;
  await expect
    .poll(
      () =>
        fetch(origin + paths.ready()).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
  return { opened, origin, stop };
}

const tokenIn = (html: string) => /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** A form as the browser sends it through the proxy: it names the origin that the reader sees, and Host is what the proxy makes of it. */
async function search(origin: string, words: string, headers: Record<string, string>) {
  const page = await fetch(origin + paths.search());
  const cookie = (page.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const body = new URLSearchParams({ token: tokenIn(await page.text()), words });
  return fetch(origin + paths.search(), { method: 'POST', body, headers: { Cookie: cookie, ...headers } });
}

describe.each(Object.keys(PROXIES))('behind %s', (name) => {
  const test = isThere(name) ? it : it.skip;

  test('pages, styles and forms come through, compressed, and marked as ours', async () => {
    const { opened, origin } = await openBehind(name);
    const page = await fetch(origin + paths.start(), { headers: { 'Accept-Encoding': 'gzip' } });
    expect([page.status, page.headers.get('Front-Door'), page.headers.get('Content-Encoding')]).toEqual([
      200,
      'yes',
      'gzip',
    ]);
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    const styles = await fetch(origin + opened.services.assets.styles);
    expect([styles.status, styles.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    const found = await search(origin, 'neglect', {
      'Sec-Fetch-Site': 'same-origin',
      Origin: 'https://frontdoor.example.org',
    });
    expect(found.status).toBe(200);
    expect(opened.log).toEqual([]);
  }, 60_000);

  test('a form of another site is refused', async () => {
    const { origin } = await openBehind(name);
    const refused = await search(origin, 'neglect', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' });
    expect(refused.status).toBe(403);
  }, 60_000);

  test('a body that the proxy refuses, and a server that is gone, are not marked as ours', async () => {
    const { origin, stop } = await openBehind(name);
    const large = await search(origin, 'x'.repeat(1_500_000), { 'Sec-Fetch-Site': 'same-origin' });
    // Caddy 2.6 says 502 for what is too large.
    expect([413, 502]).toContain(large.status);
    expect(large.headers.get('Front-Door')).toBeNull();
    await stop();
    const gone = await fetch(origin + paths.start());
    expect([gone.status, gone.headers.get('Front-Door')]).toEqual([502, null]);
  }, 60_000);

  if (!isThere(name)) it.skip(`${name} ${NOT_THERE}`, () => {});
});

describe('the systemd unit', () => {
  const test = isThere('systemd-analyze') ? it : it.skip;

  test('is valid, and exposed at most 2.0', () => {
    const unit = join(root, 'deploy', 'front-door.service');
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=20', unit], {
      encoding: 'utf8',
    });
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeLessThanOrEqual(2);
  });
});
