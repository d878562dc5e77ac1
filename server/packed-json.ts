/**
 * Plain data as JSON in which large equal parts are stored only once. When it is read, each of them becomes one object,
 * which takes a fraction of the time and memory. For data that nobody changes. The first line has a hash, and text that
 * does not match it is refused.
 */
import { createHash } from 'node:crypto';

type Key = string | number;

interface Packed {
  /** The whole, followed by each part that appears in several places. Where a part belongs, there is a 0. */
  parts: unknown[];
  /** Which part belongs where in another; they are put in place after everything was read. */
  links: [within: number, places: Places][];
  /** Lists of pairs that become maps, outer ones first. */
  maps: [within: number, ...path: Key[]][];
}

/** Field or index → the number of the part that belongs there, or the places further inside. */
interface Places {
  [key: string]: number | Places;
}

/**
 * In characters. Shorter values are stored wherever they appear: sharing them would save little, and the same few
 * words, such as an option "Yes", may mean something else there.
 */
const WORTH_SHARING = 200;

/** Equal values share one part. */
class Part {
  /** Plain data that contains parts. */
  readonly value: unknown;
  uses = 0;
  number: number | undefined;
  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * Accepts objects, lists and maps of text, numbers, booleans and null. Fields that are undefined or named `leftOut` are
 * not stored. Throws at a field called `__proto__`.
 */
export function pack(value: object, leftOut?: string): string {
  const whole = takeApart(value, leftOut);
  countUses(whole, new Set());
  const packed: Packed = { parts: [], links: [], maps: [] };
  put(packed, whole);
  const json = escapeLetters(JSON.stringify(packed));
  return `${hashOf(json)}\n${json}`;
}

/** Without characters that need two bytes, V8 reads the text in half the time and memory. */
function escapeLetters(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Replaces large equal values by one part. */
function takeApart(value: object, leftOut: string | undefined): Part {
  const known = new Map<string, { item: Part; text: string }>();
  /** `text` is equal for equal values. */
  const visit = (item: unknown): { item: unknown; text: string } => {
    if (typeof item !== 'object' || item === null) return { item, text: JSON.stringify(item) };
    if (item instanceof Map) {
      const pairs = [...item].map((pair) => pair.map(visit));
      const map = new Map(pairs.map(([key, one]) => [key?.item, one?.item]));
      return { item: map, text: `map [${pairs.map((pair) => pair.map(({ text }) => text)).join()}]` };
    }
    const visited = fieldsOf(item, leftOut).map(([key, one]) => [key, visit(one)] as const);
    const text = `${Array.isArray(item) ? 'list' : 'object'} {${visited.map(([key, one]) => `${JSON.stringify(key)}:${one.text}`).join()}}`;
    const items = visited.map(([key, one]) => [key, one.item] as const);
    const made = Array.isArray(item) ? items.map(([, one]) => one) : Object.fromEntries(items);
    if (text.length < WORTH_SHARING) return { item: made, text };
    const found = known.get(text) ?? { item: new Part(made), text: `#${known.size}` };
    known.set(text, found);
    return found;
  };
  return new Part(visit(value).item);
}

function fieldsOf(value: object, leftOut: string | undefined): [string, unknown][] {
  if (Object.hasOwn(value, '__proto__')) throw new Error('a field called __proto__ cannot be packed');
  return Object.entries(value).filter(([key, item]) => item !== undefined && key !== leftOut);
}

/** The contents of each part count once, however often the part is used. */
function countUses(item: unknown, seen: Set<Part>): void {
  if (item instanceof Part) {
    item.uses++;
    if (!seen.has(item)) countUses(item.value, seen.add(item));
  } else if (item instanceof Map) for (const one of item.values()) countUses(one, seen);
  else if (typeof item === 'object' && item !== null) for (const one of Object.values(item)) countUses(one, seen);
}

/** Returns the part's number. */
function put(packed: Packed, part: Part): number {
  if (part.number !== undefined) return part.number;
  const number = packed.parts.push(0) - 1;
  part.number = number;
  const places: Places = {};
  const plain = (item: unknown, path: Key[]): unknown => {
    if (item instanceof Part) {
      if (item.uses < 2) return plain(item.value, path);
      addPlace(places, path, put(packed, item));
      return 0;
    }
    if (item instanceof Map) {
      packed.maps.push([number, ...path]);
      return [...item].map(([key, one], index) => [key, plain(one, [...path, index, 1])]);
    }
    if (Array.isArray(item)) return item.map((one, index) => plain(one, [...path, index]));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, one]) => [key, plain(one, [...path, key])]));
  };
  packed.parts[number] = plain(part.value, []);
  if (Object.keys(places).length > 0) packed.links.push([number, places]);
  return number;
}

function addPlace(places: Places, path: readonly Key[], part: number): void {
  let at = places;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Places;
  }
  at[path[path.length - 1] as Key] = part;
}

/** The data that was packed. Throws if the text is not exactly what `pack` wrote. */
export function unpack(text: string): unknown {
  return unpackLater(Buffer.from(text))();
}

/**
 * Like `unpack`, for data that may never be needed: throws at once if the text is wrong, but parses it only when first
 * called.
 */
export function unpackLater(packed: Uint8Array): () => unknown {
  const bytes = Buffer.from(packed);
  const end = bytes.indexOf('\n');
  const json = bytes.subarray(end + 1);
  if (bytes.toString('latin1', 0, end) !== hashOf(json))
    throw new Error('the packed text is not what was written: its hash differs');
  let read: { value: unknown } | undefined;
  return () => {
    read ??= { value: readPacked(json.toString('latin1')) };
    return read.value;
  };
}

function readPacked(json: string): unknown {
  const { parts, links, maps } = JSON.parse(json) as Packed;
  const putAt = (at: Record<Key, unknown>, places: Places): void => {
    for (const [key, place] of Object.entries(places))
      if (typeof place === 'number') at[key] = parts[place];
      else putAt(at[key] as Record<Key, unknown>, place);
  };
  for (const [within, places] of links) putAt(parts[within] as Record<Key, unknown>, places);
  // Inner ones first, because afterwards the lists that lead to them are maps.
  for (const path of maps.reverse()) {
    let at = parts as unknown as Record<Key, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<Key, unknown>;
    const last = path[path.length - 1] as Key;
    at[last] = new Map(at[last] as [unknown, unknown][]);
  }
  return parts[0];
}
