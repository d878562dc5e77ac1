/** Text: as a person typed it, and as a sentence begins. */

/** In characters: the most that a long text may have. */
export const LONGEST_TEXT = 20_000;

/** One kind of line end; control characters that no person typed become a visible mark, so that nothing is dropped unseen. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .trim();
}

/** With a capital letter at its start; the rest stays as it is. */
export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** It says something: a full stop or a dash alone does not. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** A reason in words: more than one, of more than a letter. */
export function isInWords(text: string): boolean {
  return (text.match(/[\p{L}\p{M}’']{2,}/gu) ?? []).length > 1;
}

/** Letters that no accent is taken from, and that are written plainly by whoever does not have them. */
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

/** As names and words are compared: small letters without accents, Łukasz as Lukasz, O’Brien as OBrien. */
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
