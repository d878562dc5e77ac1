/** The code with which a person comes back to a consultation: shown once, kept as a hash. Randomness arrives as an argument. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** No two that are read for one another, and no vowels, so that no words come out. */
const ALPHABET = 'cdfhjkmnpqrtwxy34679';
/** 16 of 20 letters: 69 bits. */
const LENGTH = 16;
const GROUP = 4;
/** Bytes from here on would favour the first letters. */
const EVEN_BYTES = 256 - (256 % ALPHABET.length);

export type Random = (bytes: number) => Uint8Array;

/** Such as `kx3m-9tdw-hf6y-r4pc`. */
export function makeCode(random: Random): string {
  let letters = '';
  while (letters.length < LENGTH)
    for (const byte of random(LENGTH))
      if (byte < EVEN_BYTES && letters.length < LENGTH) letters += ALPHABET[byte % ALPHABET.length];
  return groupCode(letters);
}

/** As it was shown, however it was typed: blanks, hyphens and capitals do not count. Undefined when it can be no code. */
export function parseCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Dash}._]+/gu, '');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? groupCode(letters) : undefined;
}

/** No salt and no slow hash: what is hashed is random already. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

/** Takes the same time wherever the two differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function groupCode(letters: string): string {
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}
