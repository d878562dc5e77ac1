/** Text that a person typed. */

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
