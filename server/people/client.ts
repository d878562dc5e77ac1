/**
 * A case system that uses the interface: its rights and its token. A client belongs to one area and is created by that
 * area's administrator.
 */
import { createHash } from 'node:crypto';

/**
 * `read`: consultations and their records. `report`: case numbers and decisions. `open`: a new consultation with what
 * is already known.
 */
export const CLIENT_RIGHTS = ['read', 'report', 'open'] as const;
export type ClientRight = (typeof CLIENT_RIGHTS)[number];

/** Call of the interface → the right that it needs. A call that is missing here is not registered. */
export const CLIENT_PERMISSIONS = {
  'consultations.list': 'read',
  'consultation.read': 'read',
  'case number.report': 'report',
  'decision.report': 'report',
  'consultation.open': 'open',
} as const satisfies Record<string, ClientRight>;
export type ClientAction = keyof typeof CLIENT_PERMISSIONS;

/** The role under which a client appears in the log, beside the roles of people. */
export const CLIENT_ROLE = 'case system';

export interface Client {
  id: string;
  name: string;
  area: string;
  rights: ClientRight[];
  madeAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Where webhooks are sent; null for none. */
  webhookUrl: string | null;
}

export function isClientRight(text: string): text is ClientRight {
  return (CLIENT_RIGHTS as readonly string[]).includes(text);
}

export function mayClient({ rights }: Pick<Client, 'rights'>, action: ClientAction): boolean {
  return rights.includes(CLIENT_PERMISSIONS[action]);
}

const TOKEN_BYTES = 32;
/** Distinguishes a token from other secrets, for people and for programs that look for leaked ones. */
const PREFIX = 'frontdoor_';

export function makeClientToken(random: (bytes: number) => Buffer): string {
  return PREFIX + random(TOKEN_BYTES).toString('base64url');
}

/**
 * The hash of a token, as it is stored. The token has 256 random bits, so a plain hash cannot be guessed. Undefined if
 * the text is not a token.
 */
export function hashClientToken(token: string): string | undefined {
  if (!/^frontdoor_[\w-]{43}$/.test(token)) return undefined;
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * What is wrong with a webhook's address; undefined if nothing is. It has to use https, except for addresses on this
 * machine, for trials. `allows`: whether a webhook may call this host, if that can be told without looking up its name.
 */
export function problemOfWebhook(url: string, allows: (host: string) => boolean | undefined): string | undefined {
  if (!URL.canParse(url) || url.length > 500)
    return 'Give the whole address, such as https://cases.example.gov.uk/front-door';
  const { protocol, hostname, username, password } = new URL(url);
  if (allows(hostname) === false)
    return 'Give an address on the internet. Whoever runs Front Door can allow one inside the network';
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return 'Give an address that begins with https://';
  return username + password === '' ? undefined : 'Leave user and password out of the address: each call is signed';
}
