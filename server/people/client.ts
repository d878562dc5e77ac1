/** A case system that uses the interface: what it may do, and its token. A client belongs to one area and is made by its administrator. */
import { createHash } from 'node:crypto';

/** `read`: consultations and their records. `report`: case numbers and decisions. `open`: a consultation with what is known. */
export const CLIENT_RIGHTS = ['read', 'report', 'open'] as const;
export type ClientRight = (typeof CLIENT_RIGHTS)[number];

/** The row of the permissions for clients: what each call of the interface needs. A call that is missing here is not registered. */
export const CLIENT_PERMISSIONS = {
  'consultations.list': 'read',
  'consultation.read': 'read',
  'case number.report': 'report',
  'decision.report': 'report',
  'consultation.open': 'open',
} as const satisfies Record<string, ClientRight>;
export type ClientAction = keyof typeof CLIENT_PERMISSIONS;

/** As the log names it: beside the roles of people. */
export const CLIENT_ROLE = 'case system';

export interface Client {
  id: string;
  name: string;
  area: string;
  rights: ClientRight[];
  madeAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Where it hears of what happened; null: nowhere. */
  webhookUrl: string | null;
}

export function isClientRight(text: string): text is ClientRight {
  return (CLIENT_RIGHTS as readonly string[]).includes(text);
}

export function mayClient({ rights }: Pick<Client, 'rights'>, action: ClientAction): boolean {
  return rights.includes(CLIENT_PERMISSIONS[action]);
}

const TOKEN_BYTES = 32;
/** Tells a token from other secrets, for people and for programs that look for leaked ones. */
const PREFIX = 'frontdoor_';

export function makeClientToken(random: (bytes: number) => Buffer): string {
  return PREFIX + random(TOKEN_BYTES).toString('base64url');
}

/** What the database knows. The token has 256 random bits, so that a plain hash cannot be guessed. Undefined for what is no token. */
export function hashClientToken(token: string): string | undefined {
  if (!/^frontdoor_[\w-]{43}$/.test(token)) return undefined;
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * Over https; without it only to this machine, for trials. `allows`: whether a webhook may go to this host, if that can be told without looking
 * up its name. Undefined when it is fine.
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
