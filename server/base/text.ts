/** Cleaning and checking text that people type. */

/** Most characters that a long text may have. */
export const LONGEST_TEXT = 20_000;

/** Appended to the beginning of a word, it sorts after every word that begins so. */
export const LAST_LETTER = '\u{10FFFF}';

/** Unifies line ends, and replaces control characters by a visible mark, so that nothing disappears unnoticed. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .trim();
}

/** A label in front of what it names: with a colon, unless it ends a sentence by itself, as a question does. */
export function endLabel(label: string): string {
  return /[?.:]$/.test(label) ? label : `${label}:`;
}

/** Makes the first letter a capital and changes nothing else. */
export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether the text has any content: a full stop or a dash alone does not count. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Whether a reason has at least two words of more than one letter. */
export function isInWords(text: string): boolean {
  return (text.match(/[\p{L}\p{M}’']{2,}/gu) ?? []).length > 1;
}

/** Letters that Unicode does not decompose, with the plain spelling that people use without such a keyboard. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};
const APOSTROPHE = /(?<=\p{L})['’‘ʼ`](?=\p{L})/gu;

/**
 * The form in which names and words are compared: lower case and without accents, so Łukasz becomes lukasz and O’Brien
 * becomes obrien.
 */
export function foldLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(APOSTROPHE, '')
    .replace(/[łøđðþßæœı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** The words of a text, folded. */
export function foldedWords(text: string): string[] {
  return foldLetters(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
