/**
 * The fonts of the PDF: Noto, one file for each script. Only the scripts that a record uses are opened, and only the
 * letters that it uses are embedded. A build copies the files beside the program, so that it does not need the
 * packages, which contain many more.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

export type Weight = 'regular' | 'bold';

export interface Slice {
  /** The package, and the file's name up to the weight. */
  family: string;
  name: string;
  /** Scripts whose letters change with their neighbours keep their shaping tables. Other scripts are set four times as fast without them. */
  shaped: boolean;
  /** Symbols have no bold letters. */
  onlyRegular: boolean;
  /** The letters that need this font. */
  letters: RegExp;
}

const SHAPED = { shaped: true };
const SIGNS = { onlyRegular: true };

/** The first slice that has a letter is used. To add a script, add its package and a line here. */
export const SLICES: readonly Slice[] = [
  slice('noto-sans', 'latin', /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u),
  slice('noto-sans', 'latin-ext', /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u),
  slice('noto-sans', 'vietnamese', /[\p{Script=Latin}\p{Script=Inherited}]/u),
  slice('noto-sans', 'cyrillic', /[\p{Script=Cyrillic}\p{Script=Common}]/u),
  slice('noto-sans', 'cyrillic-ext', /[\p{Script=Cyrillic}]/u),
  slice('noto-sans', 'greek', /[\p{Script=Greek}]/u),
  slice('noto-sans', 'greek-ext', /[\p{Script=Greek}]/u),
  slice('noto-sans-arabic', 'arabic', /[\p{Script=Arabic}]/u, SHAPED),
  slice('noto-sans-hebrew', 'hebrew', /[\p{Script=Hebrew}]/u, SHAPED),
  slice('noto-sans', 'devanagari', /[\p{Script_Extensions=Devanagari}]/u, SHAPED),
  slice('noto-sans-bengali', 'bengali', /[\p{Script_Extensions=Bengali}]/u, SHAPED),
  slice('noto-sans-gurmukhi', 'gurmukhi', /[\p{Script_Extensions=Gurmukhi}]/u, SHAPED),
  slice('noto-sans-gujarati', 'gujarati', /[\p{Script_Extensions=Gujarati}]/u, SHAPED),
  slice('noto-sans-tamil', 'tamil', /[\p{Script_Extensions=Tamil}]/u, SHAPED),
  slice('noto-sans-ethiopic', 'ethiopic', /[\p{Script=Ethiopic}]/u),
  slice('noto-sans-math', 'latin', /[\p{Math}\p{So}]/u, SIGNS),
  slice('noto-sans-symbols-2', 'symbols', /[\p{Math}\p{So}]/u, SIGNS),
  slice('noto-emoji', 'emoji', /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u, SHAPED),
  slice(
    'noto-sans-sc',
    'chinese-simplified',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u,
  ),
];

function slice(
  family: string,
  part: string,
  letters: RegExp,
  { shaped = false, onlyRegular = false }: Partial<Slice> = {},
): Slice {
  return { family, name: `${family}-${part}`, letters, shaped, onlyRegular };
}

const WEIGHTS = { regular: 400, bold: 700 } as const;
const require = createRequire(import.meta.url);
/** Where a build puts the files. */
const BUILT = join(import.meta.dirname, 'fonts');
const opened = new Map<string, Buffer>();

/** Throws if the file cannot be found. */
export function openSlice({ family, name, shaped, onlyRegular }: Slice, weight: Weight): Buffer {
  const file = fileOf(name, onlyRegular ? 'regular' : weight);
  const known = opened.get(file);
  if (known !== undefined) return known;
  const built = join(BUILT, file);
  const path = existsSync(built) ? built : pathInPackage(family, file);
  const font = unpackWoff(readFileSync(path), shaped ? [] : SHAPING_TABLES);
  opened.set(file, font);
  return font;
}

/** For a build: the path of each file that can be opened. */
export function fontFiles(): { file: string; path: string }[] {
  return SLICES.flatMap(({ family, name, onlyRegular }) =>
    (onlyRegular ? (['regular'] as const) : (['regular', 'bold'] as const)).map((weight) => {
      const file = fileOf(name, weight);
      return { file, path: pathInPackage(family, file) };
    }),
  );
}

function fileOf(name: string, weight: Weight): string {
  return `${name}-${WEIGHTS[weight]}-normal.woff`;
}

function pathInPackage(family: string, file: string): string {
  return require.resolve(`@fontsource/${family}/files/${file}`);
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
