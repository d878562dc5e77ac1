/** The return code for a consultation: shown once and stored as a hash. Callers pass in the source of randomness. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** No letters that look alike, and no vowels, so that codes never form words. */
const ALPHABET = 'cdfhjkmnpqrtwxy34679';
/** 16 letters out of 20: 69 bits. */
const LENGTH = 16;
const GROUP = 4;
/** Bytes from here on are skipped: they would make the first letters more likely. */
const EVEN_BYTES = 256 - (256 % ALPHABET.length);

export type Random = (bytes: number) => Uint8Array;

/** Makes a code such as `kx3m-9tdw-hf6y-r4pc`. */
export function makeCode(random: Random): string {
  let letters = '';
  while (letters.length < LENGTH)
    for (const byte of random(LENGTH))
      if (byte < EVEN_BYTES && letters.length < LENGTH) letters += ALPHABET[byte % ALPHABET.length];
  return groupCode(letters);
}

/** Normalises a typed code, ignoring spaces, hyphens and capitals. Undefined if it cannot be a code. */
export function parseCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Dash}._]+/gu, '');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? groupCode(letters) : undefined;
}

/**
 * The hash in which a code is handed to the store. Codes are random, so they need no slow hash. The store keeps a keyed
 * hash of it if the code is valid for days.
 */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

/** Compares in constant time. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function groupCode(letters: string): string {
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}
