/**
 * Message authentication codes (HMAC-SHA-256, RFC 2104). Somebody who can write to the database, but does not have the
 * audit key, cannot insert anything that passes for ours. Each purpose has its own key, derived from the private key
 * that signs checkpoints (HKDF, RFC 5869).
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { parsePrivateKey } from './key-file.ts';

const PURPOSES = {
  /** A line of the chain, by its hash. */
  line: 'lines of the log',
  /** A browser, and a consultation that it may see. */
  holder: 'holders of consultations',
  /** A session at the desk: whose it is, and its role and area. */
  session: 'sessions of the desk',
  returnCode: 'return codes',
  invitation: 'invitations',
  recoveryCode: 'recovery codes',
  /** A client of the interface: its rights, and to where webhooks are sent. */
  client: 'clients of the interface',
  /** A field of a hand-over sheet that is being written. */
  handoverSheetField: 'fields of sheets',
  /**
   * Addresses and accounts at which somebody is guessing. All servers have to recognise them, but the database must not
   * reveal them.
   */
  attempt: 'attempts to guess',
  /** How many conversations of the public reached which end in a week. */
  tally: 'counts of conversations',
  /** The sum over the rows of a table. */
  rowSum: 'sums of rows',
  /** A session without an account: when it began, and when it was last used. */
  browser: 'browsers without an account',
  /** The list of erased consultations, for the restore of an earlier backup. */
  erased: 'what was erased',
  /** Content that a start has checked and proved, cached for the next start. */
  library: 'proved libraries',
} as const;

export type Purpose = keyof typeof PURPOSES;

export interface Mac {
  make(...facts: readonly string[]): string;
  /** `mac`: as it is stored; null if there is none. */
  fits(mac: string | null | undefined, ...facts: readonly string[]): boolean;
  /** All 256 bits, as a number for adding up: for a sum of many, 132 bits would be too few. */
  number(...facts: readonly string[]): bigint;
}

export type Macs = { readonly [One in Purpose]: Mac };

/** 132 bits. */
const LETTERS = 22;
const KEY_BYTES = 32;

const made = new WeakMap<KeyObject, Macs>();

/** `key`: the private audit key. A start asks four times; the keys for all purposes are derived only once. */
export function createMacs(key: KeyObject): Macs {
  const known = made.get(key);
  if (known !== undefined) return known;
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  const purposes = Object.entries(PURPOSES).map(([name, info]) => [name, createMac(bytes, info)]);
  const macs = Object.fromEntries(purposes) as Macs;
  made.set(key, macs);
  return macs;
}

/** From a file with the private key. Undefined if it contains only the public key, as auditors have it. */
export function readMacs(pem: Buffer): Macs | undefined {
  try {
    return createMacs(parsePrivateKey(pem));
  } catch {
    return undefined;
  }
}

const MOST_REMEMBERED = 2000;

/** The same MACs, for what each step of an interview checks again: a result that was once right is remembered. */
export function rememberFits(mac: Mac): Mac {
  const fitted = new Set<string>();
  return {
    ...mac,
    fits(made, ...facts) {
      const asked = JSON.stringify([made, ...facts]);
      if (fitted.has(asked)) return true;
      if (!mac.fits(made, ...facts)) return false;
      if (fitted.size >= MOST_REMEMBERED) fitted.clear();
      fitted.add(asked);
      return true;
    },
  };
}

function createMac(bytes: Buffer, info: string): Mac {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', bytes, '', `front door ${info}`, KEY_BYTES)));
  const digest = (facts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(facts));
  const make = (...facts: readonly string[]) => digest(facts).digest('base64url').slice(0, LETTERS);
  return {
    make,
    number: (...facts) => BigInt(`0x${digest(facts).digest('hex')}`),
    fits(mac, ...facts) {
      if (mac?.length !== LETTERS) return false;
      return timingSafeEqual(Buffer.from(mac), Buffer.from(make(...facts)));
    },
  };
}
