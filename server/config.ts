/** Environment → Config, once; every variable that is wrong is named, all of them together. */
import { join } from 'node:path';
import type { MailConfig } from './mail/sender.ts';
import type { OrganisationConfig } from './people/organisation.ts';
import { readSettings, type Settings } from './settings.ts';

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  flowsDir: string;
  /** Key that signs the heads of the log, and the file that they are written to: better on another disk than the database. */
  keyFile: string;
  headsFile: string;
  /** Why the database is older than its heads: a backup was restored. */
  restored?: string;
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

/** Its message has a line for each setting that is wrong. */
export class ConfigProblem extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = readSettings(env);
  if ('problems' in read) throw new ConfigProblem(read.problems.join('\n'));
  const { settings } = read;
  const mail = mailOf(settings);
  const organisation = organisationOf(settings);
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    flowsDir: settings.FLOWS_DIR ?? join(import.meta.dirname, '..', 'flows'),
    keyFile: settings.AUDIT_KEY_FILE ?? join(settings.DATA_DIR, 'audit-key.pem'),
    headsFile: settings.AUDIT_HEADS ?? join(settings.DATA_DIR, 'audit-heads.jsonl'),
    secure: settings.SECURE_COOKIES,
    figuresFloor: settings.FIGURES_FLOOR,
    ...(mail !== undefined && { mail }),
    ...(settings.RESTORED !== undefined && { restored: settings.RESTORED }),
    ...(settings.PUBLIC_URL !== undefined && { publicUrl: settings.PUBLIC_URL }),
    ...(settings.ADDRESS_HEADER !== undefined && { addressHeader: settings.ADDRESS_HEADER }),
    ...(organisation !== undefined && { organisation }),
  };
}

function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_TO: to }: Settings): MailConfig | undefined {
  return smtpUrl === undefined || from === undefined || to === undefined ? undefined : { smtpUrl, from, to };
}

function organisationOf(settings: Settings): OrganisationConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    name: settings.OIDC_NAME,
    roleClaim: settings.OIDC_ROLE_CLAIM,
    areaClaim: settings.OIDC_AREA_CLAIM,
    roles: settings.OIDC_ROLES,
    areas: settings.OIDC_AREAS,
    acr: settings.OIDC_ACR,
    insecure: settings.OIDC_INSECURE,
  };
}

/** The address under which a browser on this machine opens what listens there. */
export function addressToOpen(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
