import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressToOpen, ConfigProblem, readConfig } from '../server/config.ts';
import { settingsTable } from '../server/settings.ts';

function problemOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message;
    throw error;
  }
  return '';
}

const MAIL = { SMTP_URL: 'smtps://user:hush@mail.example', MAIL_FROM: 'fd@gm.example', MAIL_TO: 'bury=d@bury.example' };
const ORGANISATION = {
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_CLIENT_ID: 'front-door',
  OIDC_CLIENT_SECRET: 'hush',
  PUBLIC_URL: 'https://frontdoor.example.org/',
};

describe('a setting that is wrong is named, with what came, what was expected, and an example', () => {
  it.each([
    [{ PORT: 'eighty' }, 'PORT is "eighty". Give a number from 0 to 65535, such as PORT=3000.'],
    [
      { DATABASE_URL: 'postgres://u:hush@db.example/fd?sslmode=reqire' },
      'DATABASE_URL cannot be used. Give the address of a PostgreSQL database, such as DATABASE_URL=postgres://user:password@db.example.org/front_door.',
    ],
    [{ PORT: '65536' }, 'PORT is "65536". Give a number from 0 to 65535, such as PORT=3000.'],
    [{ PORT: '-1' }, 'PORT is "-1". Give a number from 0 to 65535, such as PORT=3000.'],
    [
      { METRICS_ADDRESS: '9464' },
      'METRICS_ADDRESS is "9464". Give an address of this machine and a port, such as METRICS_ADDRESS=127.0.0.1:9464.',
    ],
    [
      { METRICS_ADDRESS: '127.0.0.1:65535', SERVERS: '2' },
      'METRICS_ADDRESS has the port 65535, and 2 servers need that and 1 after it. Give an address of this machine and a port, such as METRICS_ADDRESS=127.0.0.1:9464.',
    ],
    [
      { METRICS_ADDRESS: '0.0.0.0:3000' },
      'METRICS_ADDRESS takes the port 3000, and PORT is 3000. Give an address of this machine and a port, such as METRICS_ADDRESS=127.0.0.1:9464.',
    ],
    [
      { METRICS_ADDRESS: '127.0.0.1:2999', SERVERS: '2' },
      'METRICS_ADDRESS takes the ports 2999 to 3000, one for each server, and PORT is 3000. Give an address of this machine and a port, such as METRICS_ADDRESS=127.0.0.1:9464.',
    ],
    [
      { BACKUP_KEEP: '14 days, 4 fortnights' },
      'BACKUP_KEEP has "4 fortnights". Give numbers of days, weeks and months, such as BACKUP_KEEP="14 days, 4 weeks, 3 months".',
    ],
    [
      { BACKUP_RECIPIENTS: 'AGE-SECRET-KEY-1' },
      'BACKUP_RECIPIENTS has "AGE-SECRET-KEY-1". Give public keys of age, such as BACKUP_RECIPIENTS=age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p.',
    ],
    [
      { WEBHOOK_NETWORKS: '10.20.0.0/16, intranet' },
      'WEBHOOK_NETWORKS has "intranet". Give networks with the length of their prefix, such as WEBHOOK_NETWORKS=10.20.0.0/16.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud". Give one of debug, info, warn, error, such as LOG_LEVEL=debug.'],
    [{ FIGURES_FLOOR: '2' }, 'FIGURES_FLOOR is "2". Give a number from 3 to 100, such as FIGURES_FLOOR=5.'],
    [{ SECURE_COOKIES: 'true' }, 'SECURE_COOKIES is "true". Give yes or no, such as SECURE_COOKIES=yes.'],
    [
      { PUBLIC_URL: 'frontdoor.example.org' },
      'PUBLIC_URL is "frontdoor.example.org". Give an address that begins with https:// or http://, such as PUBLIC_URL=https://frontdoor.example.org.',
    ],
    [
      { ADDRESS_HEADER: 'X-Real-IP: 1' },
      'ADDRESS_HEADER is "X-Real-IP: 1". Give the name of a header, such as ADDRESS_HEADER=x-real-ip.',
    ],
    [
      { ...MAIL, MAIL_TO: 'bury=d@bury.example, bolton=nobody' },
      'MAIL_TO has "nobody". Give an email address for each area, such as MAIL_TO="bury=duty@example.org, bolton=desk@example.org".',
    ],
    [
      { ...MAIL, MAIL_FROM: 'Front Door' },
      'MAIL_FROM is "Front Door". Give an email address, such as MAIL_FROM="Front Door <front-door@example.org>".',
    ],
    [
      { ...ORGANISATION, OIDC_ROLES: 'FD-Duty=king' },
      'OIDC_ROLES has the role "king". Give pairs of their word and one of ours (duty worker, operational manager, specialist worker, safeguarding lead, administrator), such as OIDC_ROLES="FD-Duty=duty worker, FD-Exploitation=specialist worker".',
    ],
    [
      { ...ORGANISATION, OIDC_AREAS: 'Bury' },
      'OIDC_AREAS has "Bury". Give pairs of their word and an area, such as OIDC_AREAS="Bury Council=bury, Bolton Council=bolton".',
    ],
    [
      { ...ORGANISATION, PUBLIC_URL: undefined },
      'PUBLIC_URL is missing. OIDC_ISSUER is given, so it is needed. Give an address that begins with https:// or http://, such as PUBLIC_URL=https://frontdoor.example.org.',
    ],
    [
      { ...ORGANISATION, OIDC_CLIENT_ID: '' },
      'OIDC_CLIENT_ID is missing. OIDC_ISSUER is given, so it is needed. Give the name that the organisation gave, such as OIDC_CLIENT_ID=front-door.',
    ],
  ])('%j', (env: Record<string, string | undefined>, problem) => expect(problemOf(env)).toBe(problem));

  it('all wrong settings are reported together', () => {
    const lines = problemOf({ PORT: 'x', FIGURES_FLOOR: 'y', SMTP_URL: 'smtp://mail.example' }).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'FIGURES_FLOOR', 'MAIL_FROM', 'MAIL_TO']);
  });

  it('a secret is not printed in the message', () => {
    const problem = problemOf({ ...MAIL, SMTP_URL: 'http://user:hush@mail.example' });
    expect(problem).toMatch(/^SMTP_URL cannot be used\. Give the address of a mail server/);
    expect(problem).not.toContain('hush');
  });
});

it('without settings everything has its default, and an empty one counts as unset', () => {
  const config = readConfig({ PORT: '', PUBLIC_URL: '' });
  expect(config).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: 'data',
    flowsDir: join(import.meta.dirname, '..', 'flows'),
    keyFile: join('data', 'audit-key.pem'),
    headsFile: join('data', 'audit-heads.jsonl'),
    secure: false,
    figuresFloor: 5,
    servers: 1,
    webhookNetworks: [],
    backup: { folder: join('data', 'backups'), keep: { days: 14, weeks: 4, months: 0 }, recipients: [] },
    logLevel: 'info',
  });
});

it('cookies are limited to https if readers use https, unless a setting says otherwise', () => {
  expect(readConfig({ PUBLIC_URL: 'https://frontdoor.example.org' }).secure).toBe(true);
  expect(readConfig({ PUBLIC_URL: 'http://frontdoor.example.org' }).secure).toBe(false);
  expect(readConfig({ PUBLIC_URL: 'https://frontdoor.example.org', SECURE_COOKIES: 'no' }).secure).toBe(false);
  expect(readConfig({ SECURE_COOKIES: 'yes' }).secure).toBe(true);
});

it('every given setting is read', () => {
  const env = {
    ...MAIL,
    ...ORGANISATION,
    PORT: '80',
    DATA_DIR: '/data',
    SECURE_COOKIES: 'yes',
    OIDC_ROLES: 'D=duty worker',
  };
  const config = readConfig(env);
  expect(config).toMatchObject({ port: 80, secure: true, publicUrl: 'https://frontdoor.example.org' });
  expect(config.keyFile).toBe(join('/data', 'audit-key.pem'));
  expect(config.mail?.to).toEqual(new Map([['bury', 'd@bury.example']]));
  expect(config.organisation).toMatchObject({ clientId: 'front-door', roles: new Map([['D', 'duty worker']]) });
});

it('the README’s table of settings is up to date', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  expect(readme, 'renew it with: npm run settings -- --write').toContain(`\n${settingsTable()}\n`);
});

it.each(['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'])(
  'the address printed for HOST=%s can be opened',
  async (host) => {
    const server = createServer((_, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = addressToOpen(host, (server.address() as AddressInfo).port);
    const text = await (await fetch(address)).text();
    await new Promise((resolve) => server.close(resolve));
    expect(text).toBe('here');
  },
);
