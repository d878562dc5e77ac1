/** Finds doors by words. It ranks what it finds and decides nothing; the words go nowhere. */
import MiniSearch from 'minisearch';
import type { Library } from '../check/library.ts';
import type { Reader } from '../flow.ts';
import { NATIONAL } from '../words.ts';
import { plain, stem, tokensOf } from './search-words.ts';
import { collectWays, type Way, type WayText } from './ways.ts';

export interface Found {
  /** Best first. */
  ways: Way[];
  /** 999 and the lines for a crisis stand above what is found. */
  danger: boolean;
  /** Who seems to ask; undefined when nothing tells. */
  reader?: Reader;
  /** The area that was chosen before or is named in the words. */
  area?: string;
  /** A place that is named and not covered. */
  elsewhere?: string;
}

interface Index {
  ways: Map<string, WayText>;
  engine: MiniSearch<WayText>;
  /** Stems of every word that stands somewhere. */
  vocabulary: Set<string>;
  /** The words themselves, to find what was meant by one that is misspelt. */
  speller: MiniSearch<{ id: string }>;
  /** The author's words and phrases, by way. */
  phrases: Map<string, string[]>;
}

const MOST_FOUND = 8;
/** Of the best: what is weaker has nothing to do with the words. */
const WEAKEST = 0.25;
const MOST_WORDS = 12;
const BOOST = { everyday: 4, titles: 3, terms: 0.5, options: 0.1 };
/** A phrase of the author's that was typed as it stands says more than its words. */
const PHRASE = 0.6;
const SINGLE_WORD = 0.25;
/** The readers are told apart by what they say of themselves, so that says much. */
const OTHER_READER = 0.25;

const indexes = new WeakMap<Library, Index>();

/** `area`: the one that was chosen already, if any. */
export function searchWays(library: Library, words: string, area?: string): Found {
  const { readers, danger = [], elsewhere = [] } = library.searching ?? {};
  const text = plain(words);
  const named = [...library.areas.values()].find(
    ({ facts }) => facts.id !== NATIONAL && contains(text, plain(facts.name)),
  );
  const chosen = named?.facts.id ?? area;
  const reader = (['child', 'public', 'professional'] as const).find((known) =>
    readers?.[known]?.some((phrase) => contains(text, plain(phrase))),
  );
  const place = elsewhere.find((name) => contains(text, plain(name)));
  // The name of an area has done its work.
  const rest = named === undefined ? text : text.replace(plain(named.facts.name), ' ');
  return {
    ways: rank(library, rest, reader, chosen),
    danger: danger.some((phrase) => contains(text, plain(phrase))),
    ...(reader !== undefined && { reader }),
    ...(chosen !== undefined && { area: chosen }),
    ...(place !== undefined && { elsewhere: place }),
  };
}

function rank(library: Library, text: string, reader: Reader | undefined, area: string | undefined): Way[] {
  const index = indexOf(library);
  const asked = [...new Set(tokensOf(replaceSynonyms(library, text)))].slice(0, MOST_WORDS);
  const spelt = asked.map((word) => spell(index, word));
  const hits = index.engine.search(spelt.join(' '), { boost: BOOST, bm25: { k: 1.2, b: 0.3, d: 0.5 } });
  const ranked = hits
    .flatMap(({ id, score }) => {
      const way = index.ways.get(id);
      if (way === undefined || !isIn(way, area)) return [];
      const fit = reader === undefined || way.reader === reader ? 1 : OTHER_READER;
      return [{ way, points: score * fit * (1 + phrasePoints(index, way, text)) }];
    })
    .sort((a, b) => b.points - a.points);
  const best = ranked[0]?.points ?? 0;
  const found = ranked.filter(({ points }) => points >= best * WEAKEST).map(({ way }) => way);
  return putOwnDoorFirst(index, found, reader).slice(0, MOST_FOUND).map(toWay);
}

/** Whoever is a child or a member of the public has one door, and it is theirs whatever else their words would find. */
function putOwnDoorFirst({ ways }: Index, found: WayText[], reader: Reader | undefined): WayText[] {
  if (reader === undefined || reader === 'professional') return found;
  const own = [...ways.values()].find((way) => way.reader === reader);
  return own === undefined ? found : [own, ...found.filter((way) => way !== own)];
}

function isIn({ areas, reader }: WayText, area: string | undefined): boolean {
  return area === undefined || reader !== 'professional' || areas.some((one) => one.area === area);
}

function toWay({ flow, reader, title, help, areas }: WayText): Way {
  return { flow, reader, title, ...(help !== undefined && { help }), areas };
}

/** Up to two of the author's phrases count. */
function phrasePoints({ phrases }: Index, { id }: WayText, text: string): number {
  const found = (phrases.get(id) ?? []).filter((phrase) => contains(text, phrase));
  const points = found.map((phrase) => (phrase.includes(' ') ? PHRASE : SINGLE_WORD)).sort((a, b) => b - a);
  return points.slice(0, 2).reduce((sum, one) => sum + one, 0);
}

/** A word that stands nowhere is read as the nearest that does: one slip in a short word, two in a long one. */
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
  const engine = new MiniSearch<WayText>({
    fields: Object.keys(BOOST),
    tokenize: (text) => tokensOf(replaceSynonyms(library, plain(text))),
    processTerm: stem,
  });
  const texts = collectWays(library);
  engine.addAll(texts);
  const vocabulary = new Set(
    texts.flatMap((way) =>
      [way.everyday, way.titles, way.terms].flatMap((text) => tokensOf(replaceSynonyms(library, plain(text)))),
    ),
  );
  const speller = new MiniSearch<{ id: string }>({ fields: ['id'] });
  speller.addAll([...vocabulary].map((id) => ({ id })));
  const index = {
    ways: new Map(texts.map((way) => [way.id, way])),
    engine,
    speller,
    vocabulary: new Set([...vocabulary].map(stem)),
    phrases: new Map(texts.map(({ id, everyday }) => [id, [...new Set(everyday.split('|').map(plain))]])),
  };
  indexes.set(library, index);
  return index;
}
