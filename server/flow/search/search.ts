/** Finds doors by words. It ranks the results and decides nothing. The words are not stored or sent anywhere from here. */
import MiniSearch from 'minisearch';
import type { Library } from '../check/library.ts';
import type { Reader } from '../flow.ts';
import { NATIONAL } from '../national.ts';
import { ANOTHER_PLACE, collectDoors, type FoundDoor, type IndexedDoor } from './found-doors.ts';
import { plain, stem, tokensOf } from './search-words.ts';

export interface Found {
  /** Best first. */
  doors: FoundDoor[];
  /** Whether to show 999 and the crisis lines above the results. */
  danger: boolean;
  /** Who seems to be asking; undefined if the words do not show it. */
  reader?: Reader;
  /** The area chosen before, or named in the words. */
  area?: string;
  /** A place named in the words that no area covers. */
  elsewhere?: string;
}

interface Index {
  doors: Map<string, IndexedDoor>;
  engine: MiniSearch<IndexedDoor>;
  /** Stems of every word in the index. */
  vocabulary: Set<string>;
  /** The same words as an index of their own, to correct misspelt words. */
  speller: MiniSearch<{ id: string }>;
  /** The author's words and phrases for each door. */
  phrases: Map<string, string[]>;
}

const MOST_FOUND = 8;
/** Minimum score, as a fraction of the best. Weaker results are unrelated. */
const WEAKEST = 0.25;
const MOST_WORDS = 12;
const BOOST = { everyday: 4, titles: 3, terms: 0.5, options: 0.1 };
/** Bonus for a phrase that was typed exactly as the author wrote it. */
const PHRASE = 0.6;
const SINGLE_WORD = 0.25;
/** Bonus when nothing else was typed. */
const ALL_THAT_WAS_TYPED = 2;
/** Factor for doors meant for another reader. */
const OTHER_READER = 0.25;

const indexes = new WeakMap<Library, Index>();

/** `area`: the area already chosen, if any. */
export function searchDoors(library: Library, words: string, area?: string): Found {
  const { readers, danger = [], elsewhere = [] } = library.searching ?? {};
  const text = plain(words);
  const named = [...library.areas.values()].find(
    ({ facts }) => facts.id !== NATIONAL && contains(text, plain(facts.name)),
  );
  const chosen = named?.facts.id ?? area;
  const reader = whoAsks(text, readers ?? {});
  const place = elsewhere.find((name) => contains(text, plain(name)));
  // The area's name has been used and should not match anything else.
  const rest = named === undefined ? text : text.replace(plain(named.facts.name), ' ');
  const found = rank(library, rest, reader, chosen);
  return {
    doors: place === undefined || chosen !== undefined ? found : elsewhereFirst(library, found, reader),
    danger: danger.some((phrase) => contains(text, plain(phrase))),
    ...(reader !== undefined && { reader }),
    ...(chosen !== undefined && { area: chosen }),
    ...(place !== undefined && { elsewhere: place }),
  };
}

/**
 * Whose phrase fits best: "my friend is pregnant" tells more than "my friend". If two tell the same, the child's comes
 * first.
 */
function whoAsks(text: string, readers: Partial<Record<Reader, string[]>>): Reader | undefined {
  const fits = (['child', 'public', 'professional'] as const).map((reader) => {
    const found = (readers[reader] ?? []).map(plain).filter((phrase) => contains(text, phrase));
    return { reader, length: Math.max(0, ...found.map((phrase) => phrase.split(' ').length)) };
  });
  const most = Math.max(...fits.map(({ length }) => length));
  return most === 0 ? undefined : fits.find(({ length }) => length === most)?.reader;
}

function rank(library: Library, text: string, reader: Reader | undefined, area: string | undefined): FoundDoor[] {
  const index = indexOf(library);
  const usual = replaceSynonyms(library, text);
  const asked = [...new Set(tokensOf(usual))].slice(0, MOST_WORDS);
  const spelt = asked.map((word) => spell(index, word));
  const hits = index.engine.search(spelt.join(' '), { boost: BOOST, bm25: { k: 1.2, b: 0.3, d: 0.5 } });
  const ranked = hits
    .flatMap(({ id, score }) => {
      const door = index.doors.get(id);
      if (door === undefined || !isIn(door, area)) return [];
      const fit = reader === undefined || door.reader === reader ? 1 : OTHER_READER;
      return [{ door, points: score * fit * (1 + phrasePoints(index, door, [text, usual])) }];
    })
    .sort((a, b) => b.points - a.points);
  const best = ranked[0]?.points ?? 0;
  const found = ranked.filter(({ points }) => points >= best * WEAKEST).map(({ door }) => door);
  return putOwnDoorFirst(index, found, reader).slice(0, MOST_FOUND).map(toFoundDoor);
}

/** A child or a member of the public has only one door. It comes first, whatever else the words match. */
function putOwnDoorFirst({ doors }: Index, found: IndexedDoor[], reader: Reader | undefined): IndexedDoor[] {
  if (reader === undefined || reader === 'professional') return found;
  const own = [...doors.values()].find((door) => door.reader === reader);
  return own === undefined ? found : [own, ...found.filter((door) => door !== own)];
}

/**
 * If the words name a place that no area covers, the door that finds its council comes before the areas' doors.
 * Children and the public keep their own door first.
 */
function elsewhereFirst(library: Library, found: FoundDoor[], reader: Reader | undefined): FoundDoor[] {
  const way = indexOf(library).doors.get(ANOTHER_PLACE);
  if (way === undefined || reader === 'child' || reader === 'public') return found;
  return [toFoundDoor(way), ...found.filter(({ flow }) => flow !== ANOTHER_PLACE)].slice(0, MOST_FOUND);
}

function isIn({ flow, areas, reader }: IndexedDoor, area: string | undefined): boolean {
  const isEverywhere = area === undefined || reader !== 'professional' || flow === ANOTHER_PLACE;
  return isEverywhere || areas.some((one) => one.area === area);
}

function toFoundDoor({ flow, reader, title, help, areas }: IndexedDoor): FoundDoor {
  return { flow, reader, title, ...(help !== undefined && { help }), areas };
}

/** At most two of the author's phrases count. */
function phrasePoints({ phrases }: Index, { id }: IndexedDoor, texts: readonly string[]): number {
  const known = phrases.get(id) ?? [];
  if (texts.some((text) => known.includes(text))) return ALL_THAT_WAS_TYPED;
  const found = known.filter((phrase) => texts.some((text) => contains(text, phrase)));
  const points = found.map((phrase) => (phrase.includes(' ') ? PHRASE : SINGLE_WORD)).sort((a, b) => b - a);
  return points.slice(0, 2).reduce((sum, one) => sum + one, 0);
}

/** Corrects an unknown word to the nearest known one: one mistake in a short word, two in a long one. */
function spell({ vocabulary, speller }: Index, word: string): string {
  if (word.length < 4 || vocabulary.has(stem(word))) return word;
  const [begun] = speller.search(word, { prefix: true });
  if (begun !== undefined) return begun.id;
  if (word.length < 5) return word;
  const [near] = speller.search(word, { fuzzy: word.length < 8 ? 1 : 2 });
  return near?.id ?? word;
}

/** Whole words only: "sale" is not in "wholesale". */
function contains(text: string, phrase: string): boolean {
  return phrase !== '' && ` ${text} `.includes(` ${phrase} `);
}

function replaceSynonyms(library: Library, text: string): string {
  let replaced = ` ${text} `;
  for (const [from, to] of Object.entries(library.searching?.synonyms ?? {}))
    replaced = replaced.replaceAll(` ${plain(from)} `, ` ${plain(to)} `);
  return replaced.trim();
}

function indexOf(library: Library): Index {
  const known = indexes.get(library);
  if (known !== undefined) return known;
  const engine = new MiniSearch<IndexedDoor>({
    fields: Object.keys(BOOST),
    tokenize: (text) => tokensOf(replaceSynonyms(library, plain(text))),
    processTerm: stem,
  });
  const texts = collectDoors(library);
  engine.addAll(texts);
  const vocabulary = new Set(
    texts.flatMap((door) =>
      [door.everyday, door.titles, door.terms].flatMap((text) => tokensOf(replaceSynonyms(library, plain(text)))),
    ),
  );
  const speller = new MiniSearch<{ id: string }>({ fields: ['id'] });
  speller.addAll([...vocabulary].map((id) => ({ id })));
  const index = {
    doors: new Map(texts.map((door) => [door.id, door])),
    engine,
    speller,
    vocabulary: new Set([...vocabulary].map(stem)),
    phrases: new Map(texts.map(({ id, everyday }) => [id, [...new Set(everyday.split('|').map(plain))]])),
  };
  indexes.set(library, index);
  return index;
}
