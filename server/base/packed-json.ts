/**
 * Plain data as JSON in which large equal parts stand once. Read again, each of them is one object, which takes a fraction of the time and
 * memory of reading them all. For data that nobody changes: its hash stands in the first line, and what does not fit it is refused.
 */
import { createHash } from 'node:crypto';

type Kind = 'object' | 'list' | 'map';

/** `nested`: the positions of the items that are parts themselves, given by their numbers. */
type Shape = [kind: Kind, keys: readonly string[], nested: 'all' | readonly number[]];

interface Packed {
  shapes: Shape[];
  /** Each begins with the number of its shape; its items follow. A part comes after those in it, and the whole comes last. */
  parts: [shape: number, ...items: unknown[]][];
}

/**
 * In characters. What is shorter stays an object of its own wherever it stands: it saves little, and the same few words, such as an option
 * "Yes", may mean something else there.
 */
const WORTH_SHARING = 200;

class Part {
  readonly kind: Kind;
  readonly keys: readonly string[];
  readonly items: readonly unknown[];
  constructor(kind: Kind, keys: readonly string[], items: readonly unknown[]) {
    this.kind = kind;
    this.keys = keys;
    this.items = items;
  }
}

/** Objects, lists and maps of text, numbers, booleans and null. Fields that are undefined or named `leftOut` do not come back. */
export function pack(value: object, leftOut?: string): string {
  const packed: Packed = { shapes: [], parts: [] };
  const put = createPut(packed);
  put(share(value, leftOut));
  const json = JSON.stringify(packed);
  return `${hashOf(json)}\n${json}`;
}

/** Makes parts of the value, and one part of those that are equal. */
function share(value: object, leftOut: string | undefined): Part {
  const known = new Map<string, { part: Part; text: string }>();
  /** `text`: equal for equal values. */
  const visit = (whole: object): { part: Part; text: string } => {
    const { kind, keys, items } = describe(whole, leftOut);
    const visited = items.map((item) => (isNested(item) ? visit(item) : { part: item, text: JSON.stringify(item) }));
    const text = `${kind} ${JSON.stringify(keys)} [${visited.map((one) => one.text).join()}]`;
    const parts = visited.map(({ part }) => part);
    const made = { part: new Part(kind, keys, parts), text };
    if (text.length < WORTH_SHARING) return made;
    const found = known.get(text) ?? { part: made.part, text: `#${known.size}` };
    known.set(text, found);
    return found;
  };
  return visit(value).part;
}

function describe(value: object, leftOut: string | undefined): Pick<Part, keyof Part> {
  if (Array.isArray(value)) return { kind: 'list', keys: [], items: value };
  if (value instanceof Map) return { kind: 'map', keys: [], items: [...value].flat(1) };
  const fields = Object.entries(value).filter(([key, item]) => item !== undefined && key !== leftOut);
  return { kind: 'object', keys: fields.map(([key]) => key), items: fields.map(([, item]) => item) };
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function createPut({ shapes, parts }: Packed) {
  const shapesKnown = new Map<string, number>();
  const partsKnown = new Map<Part, number>();
  const shapeOf = (shape: Shape): number => {
    const key = JSON.stringify(shape);
    const found = shapesKnown.get(key) ?? shapes.push(shape) - 1;
    shapesKnown.set(key, found);
    return found;
  };
  /** Returns the part's number. */
  return function put(part: Part): number {
    const known = partsKnown.get(part);
    if (known !== undefined) return known;
    const nested = part.items.flatMap((item, position) => (item instanceof Part ? [position] : []));
    const items = part.items.map((item) => (item instanceof Part ? put(item) : item));
    const all = nested.length > 0 && nested.length === items.length;
    const number = parts.push([shapeOf([part.kind, part.keys, all ? 'all' : nested]), ...items]) - 1;
    partsKnown.set(part, number);
    return number;
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What was packed. Throws unless the text is to the letter what `pack` wrote. */
export function unpack(text: string): unknown {
  const end = text.indexOf('\n');
  const json = text.slice(end + 1);
  if (text.slice(0, end) !== hashOf(json)) throw new Error('the packed text is not what was written: its hash differs');
  const { shapes, parts } = JSON.parse(json) as Packed;
  const made: unknown[] = [];
  for (const [number, ...items] of parts) {
    const [kind, keys, nested] = shapes[number] as Shape;
    if (nested === 'all') for (let at = 0; at < items.length; at++) items[at] = made[items[at] as number];
    else for (const at of nested) items[at] = made[items[at] as number];
    made.push(build(kind, keys, items));
  }
  return made.at(-1);
}

function build(kind: Kind, keys: readonly string[], items: unknown[]): unknown {
  if (kind === 'list') return items;
  if (kind === 'object') return Object.fromEntries(keys.map((key, position) => [key, items[position]]));
  const map = new Map<unknown, unknown>();
  for (let at = 0; at < items.length; at += 2) map.set(items[at], items[at + 1]);
  return map;
}
