/**
 * The reference of a consultation, for reading out on the telephone: the area's letter, eight digits in pairs and a check digit, such as
 * `B 48 29 17 35 2`. It is random and gives no access by itself.
 */
import type { Random } from './code.ts';

const DIGITS = 8;
/** Bytes from here on are skipped: they would make low digits more likely. */
const EVEN_BYTES = 250;

/** Quasigroup of the Damm algorithm: it detects every single wrong digit and every swap of neighbouring digits. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** `letter`: the area's letter, from A to Z. */
export function makeReference(letter: string, random: Random): string {
  if (!/^[A-Z]$/.test(letter)) throw new Error(`a reference begins with one letter from A to Z, not with "${letter}"`);
  let digits = '';
  while (digits.length < DIGITS)
    for (const byte of random(DIGITS)) if (byte < EVEN_BYTES && digits.length < DIGITS) digits += byte % 10;
  return layOut(letter, digits + checkDigit(letter, digits));
}

/**
 * Normalises a typed reference: spaces, hyphens, small letters, the letter o for 0, and l or i for 1 are accepted. Undefined if it is not a
 * valid reference, as after most typing mistakes.
 */
export function parseReference(typed: string): string | undefined {
  const [first = '', ...rest] = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}./_]+/gu, '');
  const digits = rest.join('').replaceAll('O', '0').replace(/[LI|]/g, '1');
  if (!/^[A-Z]$/.test(first) || !/^\d{9}$/.test(digits)) return undefined;
  return checkDigit(first, digits.slice(0, DIGITS)) === digits.slice(DIGITS) ? layOut(first, digits) : undefined;
}

/** Includes the letter, as its place in the alphabet. */
function checkDigit(letter: string, digits: string): string {
  const place = String(letter.charCodeAt(0) - 64).padStart(2, '0');
  return String([...place, ...digits].reduce((interim, digit) => DAMM[interim]?.[Number(digit)] ?? 0, 0));
}

function layOut(letter: string, digits: string): string {
  return [letter, ...(digits.match(/\d{1,2}/g) ?? [])].join(' ');
}
