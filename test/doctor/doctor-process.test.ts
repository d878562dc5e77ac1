/** `npm run doctor` as operators run it: with a real database, a real mail server, and the real app behind https. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../server/app.ts';
import { makeBackup } from '../../server/backup/backup.ts';
import { checkPackages } from '../../server/doctor/packages.ts';
import { databaseFile, openStore } from '../../server/store/store.ts';
import { hasOpenssl, makeCertificate } from '../certificate.ts';
import { openMailServer } from '../mail/mail-server.ts';
import { program, root } from '../running-server.ts';
import { makeFolder, openConsultation } from '../store/temporary.ts';
import { openApp } from '../web/app.ts';

/** Tests must not ask anybody on the internet. */
const NO_REGISTRY = { npm_config_registry: 'http://127.0.0.1:1' };

function runDoctor(env: Record<string, string>) {
  return new Promise<{ code: number | string | null; out: string; err: string }>((resolve) =>
    execFile(
      process.execPath,
      [program('doctor')],
      { cwd: root, env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...NO_REGISTRY, ...env } },
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    ),
  );
}

/** Answers as the npm registry does: package name → known weaknesses. */
async function openRegistry(known: Record<string, object[]>): Promise<string> {
  const server = createHttpServer((request, response) => {
    response.statusCode = request.url?.includes('advisories/bulk') ? 200 : 404;
    response.end(JSON.stringify(response.statusCode === 200 ? known : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const WEAKNESS = { id: 1, url: 'https://x.invalid', title: 'x', severity: 'high', vulnerable_versions: '<999' };

it('names what is bad and what to do, hides secrets, and changes nothing', async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'data'));
  chmodSync(join(folder, 'data'), 0o755);
  writeFileSync(join(folder, 'data', 'front-door.sqlite'), 'Dear diary, '.repeat(1000));
  const { code, out } = await runDoctor({
    DATA_DIR: join(folder, 'data'),
    npm_config_registry: await openRegistry({ zod: [WEAKNESS] }),
    PUBLIC_URL: 'http://127.0.0.1:1',
    SMTP_URL: 'smtp://desk:hush-hush@127.0.0.1:1',
    MAIL_FROM: 'front-door@example.org',
    MAIL_TO: 'bury=desk@example.org',
  });
  expect(code).toBe(1);
  expect(out).not.toContain('hush-hush');
  expect(out).toContain('SMTP_URL: given, and not shown');
  for (const words of [
    /BAD {3}rights: others can get into .*\n {6}to do: chmod 700/,
    /BAD {3}database: .*is damaged, or is no database/,
    /BAD {3}backup: there is none.*\n {6}to do: run npm run backup every night/,
    /BAD {3}public address: http:\/\/127\.0\.0\.1:1 is not reached/,
    /BAD {3}cookies: .*is not https/,
    /BAD {3}proxy: ADDRESS_HEADER is not set/,
    /BAD {3}mail: 127\.0\.0\.1:1: .*ECONNREFUSED/,
    /good {2}flows: \d+ flows of 3 areas/,
    /BAD {3}packages: known weaknesses of zod \(high\)\n {6}to do: .* within seven days/,
  ])
    expect(out).toMatch(words);
  expect(readFileSync(join(folder, 'data', 'front-door.sqlite'), 'utf8')).toContain('Dear diary');
}, 120_000);

it('does not call it good that the database is missing whose heads were signed', async () => {
  const folder = makeFolder();
  const [dataDir, headsFile] = [join(folder, 'data'), join(folder, 'elsewhere.jsonl')];
  mkdirSync(dataDir, { mode: 0o700 });
  const store = await openStore({ file: databaseFile(dataDir), headsFile, clock: () => new Date() });
  await openConsultation(store);
  // Signs the newest head.
  await store.close();
  rmSync(databaseFile(dataDir));
  const { code, out } = await runDoctor({ DATA_DIR: dataDir, AUDIT_HEADS: headsFile });
  expect(code).toBe(1);
  expect(out).toMatch(/BAD {3}database: There is no database .*heads of a database were signed up to line \d+/);
  expect(out).toContain('give DATABASE_URL');
}, 60_000);

it('reports a wrong setting as the server does', async () => {
  expect(await runDoctor({ PORT: 'eighty' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('PORT is "eighty"'),
  });
}, 120_000);

it.skipIf(!hasOpenssl())(
  'finds nothing bad if all is well, and says what expires soon',
  async () => {
    const opened = await openApp();
    await openConsultation(opened.store);
    await opened.store.checkpoints.write();
    const dataDir = dirname(opened.store.file);
    chmodSync(dataDir, 0o700);
    const folder = join(makeFolder(), 'backups');
    await makeBackup({
      database: { file: opened.store.file },
      folder,
      at: new Date(),
      recipients: [],
      keep: { days: 1, weeks: 0, months: 0 },
    });
    const { key, cert, file } = makeCertificate(10);
    const server = createAdaptorServer({
      fetch: createApp(opened.services).fetch,
      createServer,
      serverOptions: { key, cert },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const mails = await openMailServer();
    const { code, out } = await runDoctor({
      npm_config_registry: await openRegistry({}),
      DATA_DIR: dataDir,
      BACKUP_DIR: folder,
      PUBLIC_URL: `https://localhost:${(server.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: file,
      SECURE_COOKIES: 'yes',
      ADDRESS_HEADER: 'x-real-ip',
      SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
      MAIL_FROM: 'front-door@example.org',
      MAIL_TO: 'bury=desk@example.org',
    });
    expect(out).not.toContain('BAD');
    expect(code).toBe(0);
    for (const words of [
      /good {2}database: whole, 1 consultations/,
      /good {2}packages: of \d+ none has a known weakness/,
      /good {2}log: it is the one whose newest head was signed/,
      /good {2}public address: .* the answer is ours/,
      /LOOK {2}certificate of localhost: valid for 9 more days.*\n {6}to do: renew it/,
      /good {2}mail: 127\.0\.0\.1:\d+ takes mails/,
      /LOOK {2}backup key: it is not encrypted/,
    ])
      expect(out).toMatch(words);
    expect(mails.received).toEqual([]);
  },
  120_000,
);

it('reports that the registry cannot be reached, without counting it as a fault', async () => {
  expect(await checkPackages(makeFolder())).toMatchObject({ state: 'look', todo: expect.stringMatching(/npm audit/) });
});
