/**
 * Writes curly quotes and dashes as character references. A single character outside Latin-1 makes V8 store the whole
 * page with two bytes per character, and copying, measuring and sending it then takes about twice as long.
 */

const NOT_LATIN_1 = /[^\0-\xff]/gu;
/** If a larger share of a text is outside Latin-1, as in Urdu, writing references would take longer than it saves. */
const MOST = 0.02;
const FEW = 5;

/** For HTML whose words stay the same for long. It must not contain a script or a style sheet. */
export function writeReferences(html: string): string {
  const found = html.match(NOT_LATIN_1)?.length ?? 0;
  if (found === 0 || (found > FEW && found > html.length * MOST)) return html;
  const written = html.replace(NOT_LATIN_1, (letter) => `&#${letter.codePointAt(0)};`);
  // V8 keeps two bytes per character for a text made from such a one, until it is read again.
  return Buffer.from(written, 'latin1').toString('latin1');
}

/** Turns the references back into characters. References for HTML's own signs, such as `&#39;`, are kept. */
export function readReferences(html: string): string {
  return html.replace(/&#(\d{3,6});/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
