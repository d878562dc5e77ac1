/**
 * CSV as RFC 4180 has it, with the mark that tells Excel it is UTF-8. A cell that a spreadsheet would run as a formula gets an apostrophe
 * before it: spreadsheets then show it as text.
 */
const BOM = '\ufeff';
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

export type Cell = string | number | undefined;

export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return BOM + rows.map(toCsvLine).join('');
}

export function toCsvLine(cells: readonly Cell[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

export const CSV_START = BOM;

/** A number of ours is no formula, a minus before it or not. */
function toCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell ?? '';
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
