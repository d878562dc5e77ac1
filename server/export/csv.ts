/**
 * CSV as in RFC 4180, with a byte order mark so that Excel reads it as UTF-8. A cell that a spreadsheet would run as a formula gets a
 * leading apostrophe, so that it is shown as text.
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

/** Numbers are our own and never formulas, even with a minus sign. */
function toCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell ?? '';
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
