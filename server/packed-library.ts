/** The library as packed JSON, in three parts: what a start needs, what the first page needs, and the worked cases. */
import type { Library, LibraryArea } from './flow/check/library.ts';
import { pack, unpackLater } from './packed-json.ts';

export interface KeptLibrary {
  library: Library;
  /** Reads what the first page would have to wait for. Call it once the server is listening. */
  readAhead(): void;
}

/** Not stored: source positions are large, and only authors need them. */
const LEFT_OUT = 'content';

/** Small, and read at once. It names the fields that are read later. */
interface AtStart {
  withdrawn: Library['withdrawn'];
  fields: string[];
  areas: ReadonlyMap<string, { facts: LibraryArea['facts']; fields: string[] }>;
}

/** Nearly all of the content. */
interface Later {
  fields: Omit<Library, 'withdrawn' | 'areas'>;
  areas: ReadonlyMap<string, Omit<LibraryArea, 'facts' | 'cases'>>;
}

/** A quarter of the content, needed by only some pages. */
type Cases = ReadonlyMap<string, LibraryArea['cases']>;

export function packLibrary({ areas, withdrawn, ...fields }: Library): string {
  const ofEach = <Part>(pick: (area: LibraryArea) => Part) =>
    new Map([...areas].map(([id, area]) => [id, pick(area)] as const));
  const later: Later = { fields, areas: ofEach(({ facts: _, cases: __, ...area }) => area) };
  const start: AtStart = {
    withdrawn,
    fields: namesIn(fields),
    areas: ofEach(({ facts, cases: _, ...area }) => ({ facts, fields: namesIn(area) })),
  };
  const cases: Cases = ofEach((area) => area.cases);
  return [pack(start, LEFT_OUT), pack(later, LEFT_OUT), pack(cases)].join('\n');
}

function namesIn(fields: object): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined || name === LEFT_OUT ? [] : name));
}

/** Throws unless all three parts are exactly what `packLibrary` wrote. It parses only the first. */
export function unpackLibrary(packed: Buffer): KeptLibrary {
  const [start, later, cases] = splitPacked(packed).map(unpackLater);
  if (start === undefined || later === undefined || cases === undefined) throw new Error('the kept library is cut off');
  const { withdrawn, fields, areas: known } = start() as AtStart;
  const readLater = later as () => Later;
  const areas = new Map([...known].map(([id, { facts }]) => [id, { facts } as LibraryArea]));
  const library: Library = { withdrawn, areas };
  const deferred = createDeferred();
  deferred.add(library, fields, () => readLater().fields);
  for (const [id, area] of areas) {
    deferred.add(area, known.get(id)?.fields ?? [], () => readLater().areas.get(id) ?? {});
    createDeferred().add(area, ['cases'], () => ({ cases: (cases() as Cases).get(id) }));
  }
  return { library, readAhead: deferred.settle };
}

/** Fields that are read when first used, or all at once. After that they are plain fields. */
function createDeferred() {
  const all: (() => void)[] = [];
  return {
    add(target: object, names: readonly string[], read: () => object): void {
      for (const name of names) {
        const get = () => (read() as Record<string, unknown>)[name];
        Object.defineProperty(target, name, { enumerable: true, configurable: true, get });
        all.push(() => Object.defineProperty(target, name, { enumerable: true, value: get() }));
      }
    },
    settle(): void {
      for (const settleOne of all.splice(0)) settleOne();
    },
  };
}

/**
 * The hashes of all parts. A MAC over these covers everything, because `unpackLibrary` checks the rest against them.
 */
export function hashesIn(packed: Buffer): string {
  return splitPacked(packed)
    .map((part) => part.toString('latin1', 0, part.indexOf('\n')))
    .join(' ');
}

/** Each part is a line with a hash, followed by a line of JSON. */
function splitPacked(packed: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from < packed.length; ) {
    const end = packed.indexOf('\n', packed.indexOf('\n', from) + 1);
    parts.push(packed.subarray(from, end === -1 ? packed.length : end));
    from = end === -1 ? packed.length : end + 1;
  }
  return parts;
}
