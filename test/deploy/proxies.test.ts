/** The sample configurations in `deploy/`, tried with the real programs where these are installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../server/app.ts';
import { paths } from '../../server/base/paths.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { limitServer } from '../../server/http-server.ts';
import { openApp } from '../web/app.ts';
import { Visitor } from '../web/visitor.ts';
import { openDoor } from '../web/walking.ts';

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

interface Where {
  folder: string;
  /** The port for readers, the port for readers without TLS, and that of Front Door. */
  at: number;
  plain: number;
  to: number;
  tls: boolean;
  /** False turns buffering off: data is passed on as it comes. */
  buffers: boolean;
}

/** A self-signed certificate and key for nginx; Caddy makes its own. */
function makeCertificate(folder: string): [certificate: string, key: string] {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  spawnSync('openssl', [...made, '-subj', '/CN=frontdoor.example.org', '-keyout', key, '-out', certificate]);
  return [certificate, key];
}

/** The sample's own server; without TLS, the same without its TLS lines. */
function nginxSite({ folder, at, plain, to, tls, buffers }: Where): string {
  const http = 'proxy_http_version 1.1;';
  const site = readFileSync(join(root, 'deploy', 'nginx.conf'), 'utf8')
    .replace(http, buffers ? http : `${http} proxy_buffering off; proxy_request_buffering off;`)
    .replace('FRONT_DOOR_PORT', String(to))
    .replace('PORT_80', `127.0.0.1:${plain}`)
    .replaceAll('SERVER_NAME', 'frontdoor.example.org');
  if (!tls) return site.replace('PORT_443 ssl http2', `127.0.0.1:${at}`).replace(/^ {2}ssl_.*$/gm, '');
  const [certificate, key] = makeCertificate(folder);
  return site
    .replace('PORT_443', `127.0.0.1:${at}`)
    .replace('CERTIFICATE;', `${certificate};`)
    .replace('CERTIFICATE_KEY', key);
}

const PROXIES: Record<string, (where: Where) => Promise<ChildProcess>> = {
  async nginx(where) {
    const { folder } = where;
    const site = nginxSite(where);
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const file = join(folder, 'nginx.conf');
    // If nginx is started by root, its workers run as nobody, who may not write long forms into the folder.
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    writeFileSync(
      file,
      `${user} daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${temp.join(' ')} ${site} }`,
    );
    return spawn('nginx', ['-c', file, '-p', folder, '-e', join(folder, 'error.log')], { stdio: 'ignore' });
  },
  async caddy({ folder, at, plain, to, tls, buffers }) {
    const site = readFileSync(join(root, 'deploy', 'Caddyfile'), 'utf8')
      .replace('transport http {', buffers ? 'transport http {' : 'flush_interval -1\n\t\ttransport http {')
      .replace('http://SERVER_NAME', `http://127.0.0.1:${plain}`)
      .replace('SERVER_NAME', `${tls ? 'https' : 'http'}://127.0.0.1:${at}`)
      .replace('FRONT_DOOR_PORT', String(to));
    const file = join(folder, 'Caddyfile');
    // A certificate by Caddy's own authority, which nobody has to trust.
    const own = 'local_certs\n\tskip_install_trust\n\tauto_https disable_redirects';
    writeFileSync(file, `{\n\tadmin off\n\t${tls ? own : ''}\n}\n${site}`);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'ignore', env });
  },
};

/** Over HTTP/2, as browsers do. Rejects if nothing is listening yet. */
function askOverTls(origin: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<{ headers: Record<string, unknown>; text: string; protocol: string }>((resolve, reject) => {
    const session = connect(origin, { rejectUnauthorized: false });
    session.on('error', reject);
    const method = body === '' ? 'GET' : 'POST';
    const stream = session.request({ ':path': path, ':method': method, ...headers });
    let text = '';
    let answered: Record<string, unknown> = {};
    stream.on('response', (given) => {
      answered = given;
    });
    stream.on('data', (part: Buffer) => {
      text += part.toString();
    });
    stream.on('error', reject);
    stream.on('end', () => {
      const protocol = (session.socket as TLSSocket).getProtocol?.() ?? '';
      session.close();
      resolve({ headers: answered, text, protocol });
    });
    if (body !== '') stream.end(body);
  });
}

/** `idleMs`: how long the server keeps an idle connection, if it should differ from that in service. */
async function openBehind(name: string, { tls = false, buffers = true, idleMs = 0 } = {}) {
  const opened = await openApp({ secure: tls });
  const app = createApp(opened.services);
  /**
   * Posts to this path are carried out, and the connection is cut before they are answered, as when the server stops in
   * the middle.
   */
  const lost = { path: '', posts: 0 };
  const fetchOrLose = async (request: Request, env: { incoming: IncomingMessage }) => {
    const response = await app.fetch(request, env);
    if (request.method !== 'POST' || new URL(request.url).pathname !== lost.path) return response;
    lost.posts++;
    env.incoming.socket.destroy();
    return response;
  };
  const listen = async (port: number) => {
    const server = createAdaptorServer({ fetch: fetchOrLose as never }) as Server;
    limitServer(server);
    if (idleMs > 0) server.keepAliveTimeout = idleMs;
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  const restart = async () => {
    await stop();
    server = await listen(port);
  };
  const [at, plain] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), `front-door-${name}-`));
  mkdirSync(folder, { recursive: true });
  const proxy = await PROXIES[name]?.({ folder, at, plain, to: port, tls, buffers });
  onTestFinished(async () => {
    await stop();
    proxy?.kill('SIGKILL');
    await new Promise((ended) => (proxy === undefined ? ended(undefined) : proxy.once('close', ended)));
    rmSync(folder, { recursive: true, force: true });
  });
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${at}`;
  const status = () =>
    tls
      ? askOverTls(origin, paths.ready()).then(({ headers }) => headers[':status'])
      : fetch(origin + paths.ready()).then((response) => response.status);
  await expect.poll(() => status().catch(() => 0), { timeout: 20_000 }).toBe(200);
  const countConnections = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  const withoutTls = `http://127.0.0.1:${plain}`;
  return { opened, origin, withoutTls, stop, restart, lost, countConnections };
}

const tokenIn = (html: string) => /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';

/**
 * Sends a form as the browser does through the proxy: the origin is what the reader sees, and Host is what the proxy
 * makes of it.
 */
async function search(origin: string, words: string, headers: Record<string, string>) {
  const page = await fetch(origin + paths.search());
  const cookie = (page.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const body = new URLSearchParams({ token: tokenIn(await page.text()), words });
  return fetch(origin + paths.search(), { method: 'POST', body, headers: { Cookie: cookie, ...headers } });
}

/** Requests from another address of this machine, as another reader would. */
function askFrom(
  origin: string,
  path: string,
  localAddress: string,
  { headers, body }: { headers: Record<string, string>; body?: string },
): Promise<{ status: number; text: string; cookie: string }> {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };
  const options = { localAddress, method: body === undefined ? 'GET' : 'POST', headers: { ...form, ...headers } };
  return new Promise((resolve, reject) => {
    const request = ask(origin + path, options, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => {
        text += part.toString();
      });
      const cookie = (response.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, cookie }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const withoutToken = (html: string) => html.replace(/name="token" value="[^"]+"/g, '');

/** A reader behind the proxy, who uses the host name that the proxy knows. */
const visitBehind = (origin: string) =>
  new Visitor((path, { headers, ...init }) => {
    const { Host: _host, ...others } = headers as Record<string, string>;
    return fetch(origin + path, {
      ...init,
      redirect: 'manual',
      headers: { 'Sec-Fetch-Site': 'same-origin', ...others },
    });
  });

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

  test('a form from another site is refused', async () => {
    const { opened, origin } = await openBehind(name);
    const theirs = 'feedfacefeedface';
    const refused = await search(origin, 'neglect', {
      'Sec-Fetch-Site': 'cross-site',
      Origin: 'https://evil.example',
      'X-Request-Id': theirs,
    });
    expect(refused.status).toBe(403);
    // The id in the log is the proxy's, not the reader's.
    expect(opened.log.join()).toMatch(/"request":"[0-9a-f-]{30,}"/);
    expect(opened.log.join()).not.toContain(theirs);
  }, 60_000);

  test('the reader who guesses is slowed down, whatever address they claim, and the proxy is not', async () => {
    const { opened, origin } = await openBehind(name);
    opened.services.signing.addressHeader = 'x-real-ip';
    const reference = makeReference('B', randomBytes);
    const guess = async (from: string) => {
      const written = `203.0.113.${Math.floor(Math.random() * 250)}`;
      const headers = { 'X-Real-IP': written, 'X-Forwarded-For': written, Forwarded: `for=${written}` };
      const page = await askFrom(origin, paths.return(), from, { headers });
      const token = tokenIn(page.text);
      const body = new URLSearchParams({ token, reference, code: 'kx3m-9tdw-hf6y-r4pc' });
      const cookie = page.cookie;
      return (await askFrom(origin, paths.return(), from, { headers: { ...headers, cookie }, body: String(body) }))
        .status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) statuses.push(await guess('127.0.0.2'));
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect(await guess('127.0.0.3')).toBe(422);
  }, 60_000);

  test('the proxy’s answers to a refused body and a missing server are not marked as ours', async () => {
    const { origin, stop } = await openBehind(name);
    const large = await search(origin, 'x'.repeat(1_500_000), { 'Sec-Fetch-Site': 'same-origin' });
    // Caddy 2.6 answers 502 if the body is too large.
    expect([413, 502]).toContain(large.status);
    // Our own server refuses it as well, and may be the first to answer.
    const isOurs = (await large.text()).includes('<html lang="en"');
    expect(large.headers.get('Front-Door')).toBe(isOurs ? 'yes' : null);
    await stop();
    const gone = await fetch(origin + paths.start());
    expect([gone.status, gone.headers.get('Front-Door')]).toEqual([502, null]);
  }, 60_000);

  test('a restart is not noticed by somebody who sends a form after it on the same connections', async () => {
    const { origin, restart } = await openBehind(name);
    const here = { 'Sec-Fetch-Site': 'same-origin' };
    for (let round = 0; round < 3; round++) {
      expect((await search(origin, 'neglect', here)).status).toBe(200);
      await restart();
    }
    expect((await search(origin, 'neglect', here)).status).toBe(200);
  }, 60_000);

  test('over TLS and HTTP/2, cookies belong to this host only, forms work, and nothing is served without TLS', async () => {
    const { origin, withoutTls, stop } = await openBehind(name, { tls: true });
    const page = await askOverTls(origin, paths.search());
    expect([page.headers[':status'], page.headers['front-door'], page.protocol]).toEqual([200, 'yes', 'TLSv1.3']);
    expect(page.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    const [cookie = ''] = page.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/^__Host-front_door=.*; Secure/);
    const body = new URLSearchParams({ token: tokenIn(page.text), words: 'neglect' }).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: cookie.split(';')[0] ?? '',
      'sec-fetch-site': 'same-origin',
    };
    const found = await askOverTls(origin, paths.search(), headers, body);
    expect([found.headers[':status'], found.text.includes('neglect')]).toEqual([200, true]);
    const lead = await fetch(withoutTls + paths.search(), { redirect: 'manual' });
    expect([lead.status, lead.headers.get('Location')]).toEqual([301, expect.stringMatching(/^https:.*\/search$/)]);
    const told = await fetch(withoutTls + paths.apiConsultations(), { redirect: 'manual' });
    expect([told.status, told.headers.get('Location')]).toEqual([403, null]);
    await stop();
    const gone = await askOverTls(origin, paths.search());
    expect([gone.headers[':status'], gone.headers['strict-transport-security']]).toEqual([
      502,
      'max-age=63072000; includeSubDomains',
    ]);
  }, 60_000);

  test.each([true, false])(
    'with buffers %s: long pages and long forms come through whole',
    async (buffers) => {
      const { opened, origin } = await openBehind(name, { buffers });
      const path = paths.flow('bury', 'level');
      const direct = (await opened.visit().go(path)).html;
      expect(direct.length).toBeGreaterThan(100_000);
      const page = await fetch(origin + path);
      expect([page.headers.get('Front-Door'), withoutToken(await page.text())]).toEqual(['yes', withoutToken(direct)]);
      const found = await search(origin, 'neglect '.repeat(2400), { 'Sec-Fetch-Site': 'same-origin' });
      expect([found.status, found.headers.get('Front-Door')]).toEqual([200, 'yes']);
    },
    60_000,
  );

  test('no form is sent on connections that the server has closed', async () => {
    const { origin, countConnections } = await openBehind(name, { idleMs: 100 });
    for (let round = 0; round < 3; round++) {
      const found = await search(origin, 'neglect', { 'Sec-Fetch-Site': 'same-origin' });
      expect([found.status, found.headers.get('Front-Door')]).toEqual([200, 'yes']);
      await expect.poll(countConnections, { timeout: 20_000 }).toBe(0);
    }
  }, 60_000);

  test('a form whose answer is lost in a restart is not repeated by the proxy, and repeating it by hand has one effect', async () => {
    const { opened, origin, lost } = await openBehind(name);
    const visitor = visitBehind(origin);
    const { url } = await openDoor(visitor, 'bury', 'level');
    const id = url.split('/')[2] ?? '';
    const form = (await visitor.go(paths.handover(id))).form(paths.handovers(id));
    const fields = { question: 'Is this one for you?', reach: '0161 496 0001' };
    const kinds = async () => ((await opened.store.log.read(id)) ?? []).map(({ what }) => what.kind);
    lost.path = paths.handovers(id);
    const first = await visitor.send(form, fields);
    // The answer is not marked as ours, so the page stays, says so and keeps what was typed: see
    // test/browser/foreign-answers.test.ts.
    expect([first.status, first.headers.get('Front-Door'), lost.posts]).toEqual([502, null, 1]);
    const written = await kinds();
    expect(written).toContain('handed over');
    lost.path = '';
    expect((await visitor.send(form, fields)).status).toBe(200);
    expect(await kinds()).toEqual(written);
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

  it('hides a clone’s git history and tests from the service', () => {
    const unit = readFileSync(join(root, 'deploy', 'front-door.service'), 'utf8');
    const of = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1]?.split(' ') ?? [];
    const [folder = ''] = of('WorkingDirectory');
    for (const hidden of ['.git', 'test']) expect(of('InaccessiblePaths')).toContain(`-${folder}/${hidden}`);
    // Nothing that it needs is excluded.
    for (const needed of ['dist', 'static', 'flows', 'node_modules'])
      expect(of('InaccessiblePaths').join(' ')).not.toContain(`${folder}/${needed}`);
  });
});
