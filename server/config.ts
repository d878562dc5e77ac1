/** Environment → Config, once; a variable that is wrong is named. */
import { join } from 'node:path';
import type { MailConfig } from './mail/sender.ts';
import type { OrganisationConfig } from './people/organisation.ts';
import { isRole, ROLES, type Role } from './people/person.ts';

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  flowsDir: string;
  /** Key that signs the heads of the log, and the file that they are written to: better on another disk than the database. */
  keyFile: string;
  headsFile: string;
  /** True when readers come over https: cookies are then sent over https alone. */
  secure: boolean;
  /** Such as `https://frontdoor.example.org`: where passkeys belong to, and where the organisation sends people back to. */
  publicUrl?: string;
  /** Header in which a proxy of ours gives the browser's address, such as `x-real-ip`. Only with such a proxy: others could write it. */
  addressHeader?: string;
  /** Numbers from 1 to below it are hidden in the figures. */
  figuresFloor: number;
  /** How desks are told that a consultation waits; undefined: not by mail. */
  mail?: MailConfig;
  /** Where people sign in with their organisation. */
  organisation?: OrganisationConfig;
}

export class ConfigProblem extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: readPort(env.PORT ?? '3000'),
    host: env.HOST ?? '127.0.0.1',
    dataDir: env.DATA_DIR ?? 'data',
    flowsDir: env.FLOWS_DIR ?? join(import.meta.dirname, '..', 'flows'),
    keyFile: env.AUDIT_KEY_FILE ?? join(env.DATA_DIR ?? 'data', 'audit-key.pem'),
    headsFile: env.AUDIT_HEADS ?? join(env.DATA_DIR ?? 'data', 'audit-heads.jsonl'),
    secure: readYesNo('SECURE_COOKIES', env.SECURE_COOKIES ?? 'no'),
    figuresFloor: readFloor(env.FIGURES_FLOOR ?? '5'),
    ...(env.SMTP_URL !== undefined && { mail: readMail(env, env.SMTP_URL) }),
    ...(env.PUBLIC_URL !== undefined && { publicUrl: readOrigin('PUBLIC_URL', env.PUBLIC_URL) }),
    ...(env.ADDRESS_HEADER !== undefined && { addressHeader: env.ADDRESS_HEADER }),
    ...(env.OIDC_ISSUER !== undefined && { organisation: readOrganisation(env, env.OIDC_ISSUER) }),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigProblem(
    `PORT is "${text}". Give a number from 0 to 65535, such as PORT=3000 (0 takes any free one).`,
  );
}

/** With less than 3 the only small number would be 1: then hiding it tells it. */
function readFloor(text: string): number {
  const floor = Number(text);
  if (/^\d+$/.test(text) && floor >= 3 && floor <= 100) return floor;
  throw new ConfigProblem(`FIGURES_FLOOR is "${text}". Give a number from 3 to 100, such as FIGURES_FLOOR=5.`);
}

function readYesNo(name: string, text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new ConfigProblem(`${name} is "${text}". Give yes or no.`);
}

function readOrigin(name: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new ConfigProblem(`${name} is "${text}". Give an address such as https://frontdoor.example.org`);
}

function readOrganisation(env: NodeJS.ProcessEnv, issuer: string): OrganisationConfig {
  readOrigin('OIDC_ISSUER', issuer);
  if (env.PUBLIC_URL === undefined)
    throw new ConfigProblem('OIDC_ISSUER is given, and PUBLIC_URL is not. It needs both');
  return {
    issuer,
    clientId: getGiven(env, 'OIDC_CLIENT_ID'),
    clientSecret: getGiven(env, 'OIDC_CLIENT_SECRET'),
    name: env.OIDC_NAME ?? 'Sign in with your organisation',
    roleClaim: env.OIDC_ROLE_CLAIM ?? 'roles',
    areaClaim: env.OIDC_AREA_CLAIM ?? 'area',
    roles: readRoles('OIDC_ROLES', env.OIDC_ROLES ?? ''),
    areas: new Map(readPairs('OIDC_AREAS', env.OIDC_AREAS ?? 'bury=bury, bolton=bolton, stockport=stockport')),
    acr: env.OIDC_ACR,
    insecure: readYesNo('OIDC_INSECURE', env.OIDC_INSECURE ?? 'no'),
  };
}

/** The password in the address is not said again. */
function readMail(env: NodeJS.ProcessEnv, smtpUrl: string): MailConfig {
  if (!URL.canParse(smtpUrl) || !/^smtps?:$/.test(new URL(smtpUrl).protocol))
    throw new ConfigProblem(
      'SMTP_URL is no address of a mail server. Give one such as smtps://user:password@mail.example.org',
    );
  const from = getGiven(env, 'MAIL_FROM', 'SMTP_URL');
  const to = new Map(readPairs('MAIL_TO', getGiven(env, 'MAIL_TO', 'SMTP_URL')));
  for (const address of [from.replace(/^.*<(.*)>$/, '$1'), ...to.values()])
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address))
      throw new ConfigProblem(
        `MAIL_FROM or MAIL_TO has "${address}". Give e-mail addresses, such as MAIL_TO="bury=duty@example.org"`,
      );
  return { smtpUrl, from, to };
}

function getGiven(env: NodeJS.ProcessEnv, name: string, because = 'OIDC_ISSUER'): string {
  const text = env[name];
  if (text === undefined || text === '')
    throw new ConfigProblem(`${name} is missing. ${because} is given, so it is needed`);
  return text;
}

/** `FD-Duty=duty worker, FD-Lead=safeguarding lead` */
function readPairs(name: string, text: string): [string, string][] {
  return text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [theirs = '', ours = ''] = pair.split('=').map((part) => part.trim());
      if (theirs === '' || ours === '')
        throw new ConfigProblem(`${name} has "${pair}". Give pairs: their word=our word, …`);
      return [theirs, ours];
    });
}

function readRoles(name: string, text: string): Map<string, Role> {
  return new Map(
    readPairs(name, text).map(([theirs, ours]) => {
      if (!isRole(ours)) throw new ConfigProblem(`${name} has the role "${ours}". There are: ${ROLES.join(', ')}`);
      return [theirs, ours];
    }),
  );
}
