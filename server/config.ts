/** Reads the configuration from the environment at start-up, and reports all invalid variables together. */
import { join } from 'node:path';
import type { KeepCounts } from './backup/rotation.ts';
import type { MailConfig } from './mail/sender.ts';
import type { LogLevel } from './monitoring/logger.ts';
import type { OrganisationConfig } from './people/organisation.ts';
import { readSettings, type Settings } from './settings.ts';

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** URL of a PostgreSQL database to use instead of SQLite. */
  databaseUrl?: string;
  flowsDir: string;
  /** The key that signs checkpoints of the log, and the file they are written to. Better on another disk than the database. */
  keyFile: string;
  headsFile: string;
  /** Why the database is older than its checkpoints: a backup was restored. */
  restored?: string;
  /** Why people.key is another one than before. */
  peopleKeyReplaced?: string;
  /** True if the service is reached over https: cookies are then limited to https. */
  secure: boolean;
  /** For example `https://frontdoor.example.org`. Passkeys belong to this origin, and single sign-on returns to it. */
  publicUrl?: string;
  /** Header with the browser's address, set by our own proxy, such as `x-real-ip`. Without such a proxy anybody could forge it. */
  addressHeader?: string;
  /** Where metrics are served; undefined if they are not. */
  metricsAddress?: { host: string; port: number };
  logLevel: LogLevel;
  /** Smallest number above 0 that the figures show; smaller ones are hidden. */
  figuresFloor: number;
  /** How many server processes serve the port together. */
  servers: number;
  /** Networks inside the organisation that webhooks may reach, such as `10.20.0.0/16`. */
  webhookNetworks: readonly string[];
  backup: { folder: string; keep: KeepCounts; recipients: readonly string[] };
  /** Mail to the desks about waiting consultations. Undefined: no mail is sent. */
  mail?: MailConfig;
  /** Single sign-on, if configured. */
  organisation?: OrganisationConfig;
}

/** The message has one line per invalid setting. */
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
    secure: settings.SECURE_COOKIES ?? settings.PUBLIC_URL?.startsWith('https:') ?? false,
    figuresFloor: settings.FIGURES_FLOOR,
    servers: settings.SERVERS,
    webhookNetworks: settings.WEBHOOK_NETWORKS ?? [],
    backup: backupOf(settings),
    logLevel: settings.LOG_LEVEL,
    ...(settings.DATABASE_URL !== undefined && { databaseUrl: settings.DATABASE_URL }),
    ...(settings.METRICS_ADDRESS !== undefined && { metricsAddress: settings.METRICS_ADDRESS }),
    ...(mail !== undefined && { mail }),
    ...(settings.RESTORED !== undefined && { restored: settings.RESTORED }),
    ...(settings.PEOPLE_KEY_REPLACED !== undefined && { peopleKeyReplaced: settings.PEOPLE_KEY_REPLACED }),
    ...(settings.PUBLIC_URL !== undefined && { publicUrl: settings.PUBLIC_URL }),
    ...(settings.ADDRESS_HEADER !== undefined && { addressHeader: settings.ADDRESS_HEADER }),
    ...(organisation !== undefined && { organisation }),
  };
}

function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_TO: to }: Settings): MailConfig | undefined {
  return smtpUrl === undefined || from === undefined || to === undefined ? undefined : { smtpUrl, from, to };
}

function backupOf(settings: Settings): Config['backup'] {
  return {
    folder: settings.BACKUP_DIR ?? join(settings.DATA_DIR, 'backups'),
    keep: settings.BACKUP_KEEP,
    recipients: settings.BACKUP_RECIPIENTS ?? [],
  };
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
    maxAgeMinutes: settings.OIDC_MAX_AGE,
    insecure: settings.OIDC_INSECURE,
  };
}

/** The URL to open in a browser on this machine. */
export function addressToOpen(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
