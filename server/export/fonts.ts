/**
 * The fonts of the PDF: Noto Sans, one file per script. Only the scripts that a record uses are opened, and only the letters that it uses
 * are embedded.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

export type Weight = 'regular' | 'bold';

export interface Slice {
  name: string;
  /** Scripts whose letters change with their neighbours keep their shaping tables. Other scripts are set four times as fast without them. */
  shaped: boolean;
  /** The letters that need this font. */
  letters: RegExp;
}

/** The first slice with a letter is used. To add a script, add its package and a line here. */
export const SLICES: readonly Slice[] = [
  slice('noto-sans', 'latin', /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u),
  slice('noto-sans', 'latin-ext', /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u),
  slice('noto-sans', 'vietnamese', /[\p{Script=Latin}\p{Script=Inherited}]/u),
  slice('noto-sans', 'cyrillic', /[\p{Script=Cyrillic}\p{Script=Common}]/u),
  slice('noto-sans', 'cyrillic-ext', /[\p{Script=Cyrillic}]/u),
  slice('noto-sans', 'greek', /[\p{Script=Greek}]/u),
  slice('noto-sans', 'greek-ext', /[\p{Script=Greek}]/u),
  slice('noto-sans-arabic', 'arabic', /[\p{Script=Arabic}]/u, true),
  slice('noto-sans', 'devanagari', /[\p{Script=Devanagari}]/u, true),
];

function slice(family: string, part: string, letters: RegExp, shaped = false): Slice {
  return { name: `@fontsource/${family}/files/${family}-${part}`, letters, shaped };
}

const WEIGHTS = { regular: 400, bold: 700 } as const;
const require = createRequire(import.meta.url);
const opened = new Map<string, Buffer>();

export function openSlice({ name, shaped }: Slice, weight: Weight): Buffer {
  const path = `${name}-${WEIGHTS[weight]}-normal.woff`;
  const known = opened.get(path);
  if (known !== undefined) return known;
  const font = unpackWoff(readFileSync(require.resolve(path)), shaped ? [] : SHAPING_TABLES);
  opened.set(path, font);
  return font;
}

const SHAPING_TABLES = ['GSUB', 'GPOS', 'GDEF', 'kern'];
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const FONT_HEADER = 12;
const FONT_ENTRY = 16;

/** Unpacks a WOFF font once, rather than for every letter. Field layout: W3C WOFF 1.0, and OpenType "Table directory". */
function unpackWoff(woff: Buffer, without: readonly string[]): Buffer {
  const count = woff.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, index) => readEntry(woff, WOFF_HEADER + WOFF_ENTRY * index));
  const tables = entries.filter((entry) => !without.includes(entry.tag));
  const header = Buffer.alloc(FONT_HEADER + FONT_ENTRY * tables.length);
  const power = Math.floor(Math.log2(tables.length));
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(FONT_ENTRY * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(FONT_ENTRY * (tables.length - 2 ** power), 10);
  const parts: Buffer[] = [header];
  let at = header.length;
  for (const [index, { tag, sum, data }] of tables.entries()) {
    const entry = FONT_HEADER + FONT_ENTRY * index;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(sum, entry + 4);
    header.writeUInt32BE(at, entry + 8);
    header.writeUInt32BE(data.length, entry + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    at += data.length + padding.length;
  }
  return Buffer.concat(parts);
}

function readEntry(woff: Buffer, at: number) {
  const [offset, packed, unpacked] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)];
  const raw = woff.subarray(offset, offset + packed);
  return {
    tag: woff.toString('latin1', at, at + 4),
    sum: woff.readUInt32BE(at + 16),
    data: packed === unpacked ? raw : inflateSync(raw),
  };
}
