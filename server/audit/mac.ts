/**
 * Message authentication codes (HMAC-SHA-256, RFC 2104): whoever can write to the database and does not have the key of the audit can put nothing
 * into it that is taken for ours. Each purpose has a key of its own, made from the private key that signs the heads (HKDF, RFC 5869).
 */
import { createHmac, createPrivateKey, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';

const PURPOSES = {
  /** Each line of the chain, by its hash. */
  line: 'lines of the log',
  /** A browser and a consultation that it may see. */
  holder: 'holders of consultations',
  /** A session of the desk: whose it is, with which role, in which area. */
  session: 'sessions of the desk',
  returnCode: 'return codes',
  invitation: 'invitations',
  recoveryCode: 'recovery codes',
  /** Of the interface: what it may do, and where it is told. */
  client: 'clients of the interface',
  /** A field of a sheet that is being written. */
  sheetField: 'fields of sheets',
  /** Addresses and accounts at which somebody guesses: all servers must know them again, and the database must not tell them. */
  attempt: 'attempts to guess',
  /** How many conversations of the public ended where, in a week. */
  tally: 'counts of conversations',
  /** What the rows of a table come to. */
  rowSum: 'sums of rows',
  /** A browser without an account: when it came, and when it was seen last. */
  browser: 'browsers without an account',
  /** Which consultations were erased, for whoever restores a backup from before. */
  erased: 'what was erased',
  /** Content that a start has checked and proved, kept for the next one. */
  library: 'proved libraries',
} as const;

export type Purpose = keyof typeof PURPOSES;

export interface Mac {
  make(...facts: readonly string[]): string;
  /** `mac`: as it is stored; null where none was made. */
  fits(mac: string | null | undefined, ...facts: readonly string[]): boolean;
  /** All 256 bits, as a number to add up: for many of them that come to a sum, 132 would be too few. */
  number(...facts: readonly string[]): bigint;
}

export type Macs = { readonly [One in Purpose]: Mac };

/** 132 bits. */
const LETTERS = 22;
const KEY_BYTES = 32;

/** `key`: the private key of the audit. */
export function createMacs(key: KeyObject): Macs {
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  const purposes = Object.entries(PURPOSES).map(([name, info]) => [name, createMac(bytes, info)]);
  return Object.fromEntries(purposes) as Macs;
}

/** From a file with the private key. Undefined if it holds the public one alone, as an auditor has it. */
export function readMacs(pem: Buffer): Macs | undefined {
  try {
    return createMacs(createPrivateKey(pem));
  } catch {
    return undefined;
  }
}

const MOST_REMEMBERED = 2000;

/** The same, for what each step of an interview checks again: what has once been found to fit is not worked out anew. */
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
