/** Reads what the tests need from a PDF's bytes: objects, the text of each page, and the structure tree. */
import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  /** All objects, including the catalogue, in their source form. */
  objects: Map<number, string>;
  pages: { text: string; codes: string[]; actual: string[] }[];
  /** Types of the structure elements, in the order of the tree: `Document`, `H1`, … */
  structure: string[];
  outline: string[];
  find(pattern: RegExp): string | undefined;
}

export function readPdf(bytes: Buffer): ReadPdf {
  const { objects, streams } = readObjects(bytes);
  const find = (pattern: RegExp) => [...objects.values()].find((body) => pattern.test(body));
  const get = (number: string | undefined) => objects.get(Number(number)) ?? '';
  const maps = new Map<string, Map<string, string>>();
  const mapOf = (font: string) => {
    const known = maps.get(font) ?? readUnicode(streams.get(Number(/\/ToUnicode (\d+)/.exec(get(font))?.[1])) ?? '');
    maps.set(font, known);
    return known;
  };
  const kids = /\/Kids \[([^\]]*)\]/.exec(find(/\/Type \/Pages/) ?? '')?.[1] ?? '';
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, page]) => {
    const body = get(page);
    const resources = get(/\/Resources (\d+)/.exec(body)?.[1]);
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font = '']) => [name, mapOf(font)]),
    );
    return readPage(streams.get(Number(/\/Contents (\d+)/.exec(body)?.[1])) ?? '', fonts);
  });
  return { objects, pages, structure: readStructure(get, find), outline: readOutline(objects), find };
}

function readObjects(bytes: Buffer) {
  const [objects, streams] = [new Map<number, string>(), new Map<number, string>()];
  const text = bytes.toString('latin1');
  for (const found of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const start = found.index + found[0].length;
    const [endObject, stream] = [text.indexOf('\nendobj', start), text.indexOf('\nstream\n', start)];
    const hasStream = stream !== -1 && stream < endObject;
    const body = text.slice(start, hasStream ? stream : endObject);
    objects.set(Number(found[1]), body);
    if (!hasStream) continue;
    const length = Number(/\/Length (\d+)/.exec(body)?.[1]);
    const raw = bytes.subarray(stream + 8, stream + 8 + length);
    streams.set(Number(found[1]), (body.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1'));
  }
  return { objects, streams };
}

/** `<0000> <0002> [<0041> <0042> <00430044>]` → for each glyph the letters that it stands for. */
function readUnicode(map: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = '', , list = ''] of map.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g))
    for (const [index, [, hex = '']] of [...list.matchAll(/<(\w*)>/g)].entries())
      letters.set((Number.parseInt(from, 16) + index).toString(16).padStart(4, '0'), fromHex(hex));
  return letters;
}

function fromHex(hex: string): string {
  const units = hex.match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}

function readPage(content: string, fonts: Map<string, Map<string, string>>) {
  let [text, map] = ['', new Map<string, string>()];
  const codes: string[] = [];
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<\w*>|[\s\d.-])*)\] TJ/g)) {
    if (font !== undefined) map = fonts.get(font) ?? new Map();
    if (shown === undefined) continue;
    const glyphs = [...shown.matchAll(/<(\w*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    codes.push(...glyphs);
    text += glyphs.map((glyph) => map.get(glyph) ?? '\ufffd').join('');
  }
  const actual = [...content.matchAll(/\/ActualText \(((?:\\.|[^\\)])*)\)/gs)].map(([, raw = '']) => readString(raw));
  return { text, codes, actual };
}

function readString(raw: string): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = Buffer.from(
    raw.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter),
    'latin1',
  );
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
}

function readStructure(get: (number: string | undefined) => string, find: ReadPdf['find']): string[] {
  const walk = (body: string): string[] => {
    const type = /\/S \/(\w+)/.exec(body)?.[1];
    const children = /\/K \[([\s\S]*?)\]\n?/.exec(body)?.[1] ?? '';
    const inner = [...children.matchAll(/(?<!\/Pg )\b(\d+) 0 R/g)].flatMap(([, child]) => walk(get(child)));
    return type === undefined ? inner : [type, ...inner];
  };
  return walk(find(/\/Type \/StructTreeRoot/) ?? '');
}

function readOutline(objects: Map<number, string>): string[] {
  return [...objects.values()]
    .filter((body) => body.includes('/Dest [') && body.includes('/Title ('))
    .map((body) => readString(/\/Title \(((?:\\.|[^\\)])*)\)/s.exec(body)?.[1] ?? ''));
}
