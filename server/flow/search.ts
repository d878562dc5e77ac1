/** Finds doors by words, in the flows' own text. It ranks what it finds and decides nothing; the words go nowhere. */
import type { Flow } from './flow.ts';
import { type Door, type Library, NATIONAL } from './library.ts';
import { closest, stem, tokensOf } from './search-words.ts';

export interface FoundDoor {
  door: Door;
  /** Words of the flow that were found, as they stand there. */
  found: string[];
}

/** How much it says about a door that a word stands there. */
const WEIGHTS = { words: 9, title: 6, area: 5, terms: 4, questions: 3, options: 2, texts: 1 } as const;
type Field = keyof typeof WEIGHTS;

interface Entry {
  door: Door;
  /** Stem → the best weight that it has in this door, and the word as it stands there. */
  stems: Map<string, { weight: number; shown: string }>;
  /** All text, for words that stand beside each other. */
  phrases: string;
}

interface Index {
  entries: Entry[];
  /** Stem → in how many doors it stands. */
  spread: Map<string, number>;
  /** Every word that stands somewhere, for what is misspelt. */
  words: Set<string>;
}

const MOST_FOUND = 12;
/** Of the best: what is weaker has nothing to do with the words. */
const WEAKEST = 0.2;
const MOST_WORDS = 12;

/** Best first. */
export function searchDoors(library: Library, words: string): FoundDoor[] {
  const index = indexOf(library);
  const asked = [...new Set(tokensOf(words))].slice(0, MOST_WORDS);
  const meant = asked.map((word) => meaningsOf(index, word)).filter((meanings) => meanings.size > 0);
  const ranked = index.entries
    .map((entry) => ({ entry, ...score(index, entry, meant, words) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const best = ranked[0]?.points ?? 0;
  return ranked
    .filter(({ points }) => points >= best * WEAKEST)
    .slice(0, MOST_FOUND)
    .map(({ entry, found }) => ({ door: entry.door, found }));
}

/** The stems of the flows that a typed word may mean, each with how sure that is. A near miss counts only when nothing else fits. */
function meaningsOf({ spread, words }: Index, word: string): Map<string, number> {
  const asked = stem(word);
  if (spread.has(asked)) return new Map([[asked, 1]]);
  const begun = [...spread.keys()].filter((known) => word.length >= 3 && known.startsWith(asked));
  if (begun.length > 0) return new Map(begun.map((known) => [known, 0.8]));
  return new Map(closest(word, words).map((known) => [stem(known), 0.6]));
}

function score(index: Index, entry: Entry, meant: Map<string, number>[], words: string) {
  const found = new Set<string>();
  let points = 0;
  let hits = 0;
  for (const meanings of meant) {
    let best = 0;
    for (const [known, sure] of meanings) {
      const hit = entry.stems.get(known);
      if (hit === undefined) continue;
      found.add(hit.shown);
      best = Math.max(best, hit.weight * sure * rarity(index, known));
    }
    points += best;
    if (best > 0) hits++;
  }
  const phrase = tokensOf(words).join(' ');
  const together = phrase.includes(' ') && entry.phrases.includes(` ${phrase} `);
  const share = hits / Math.max(1, meant.length);
  return { points: points * share * (together ? 1.5 : 1), found: together ? [phrase] : [...found] };
}

/** A word that stands behind every door tells none apart; it still counts a little. */
function rarity({ entries, spread }: Index, word: string): number {
  return 0.2 + Math.log((entries.length + 1) / (spread.get(word) ?? 1));
}

const indexes = new WeakMap<Library, Index>();

function indexOf(library: Library): Index {
  const known = indexes.get(library);
  if (known !== undefined) return known;
  const entries = [...library.areas.values()].flatMap(({ doors, flows }) =>
    doors.filter(isOffered).flatMap((door) => {
      const flow = flows.get(door.flow);
      return flow === undefined ? [] : [readDoor(door, flow)];
    }),
  );
  const spread = new Map<string, number>();
  for (const word of entries.flatMap(({ stems }) => [...stems.keys()])) spread.set(word, (spread.get(word) ?? 0) + 1);
  const words = new Set(entries.flatMap(({ phrases }) => phrases.split(/[ |]+/)));
  const index = { entries, spread, words };
  indexes.set(library, index);
  return index;
}

/** What holds everywhere stands behind a door of each area, too; only the public and children come in by the national one. */
function isOffered(door: Door): boolean {
  return door.area !== NATIONAL || door.reader !== 'professional';
}

function readDoor(door: Door, flow: Flow): Entry {
  const entry: Entry = { door, stems: new Map(), phrases: '' };
  const fields = Object.entries(textsOf(door, flow)) as [Field, (string | undefined)[]][];
  for (const [field, texts] of fields)
    for (const text of texts) if (text !== undefined) addText(entry, text, WEIGHTS[field]);
  return entry;
}

function textsOf(door: Door, flow: Flow): Record<Field, (string | undefined)[]> {
  const questions = Object.values(flow.questions);
  const parts = Object.values(flow.parts);
  const definitions = Object.values(flow.definitions);
  return {
    words: door.words,
    title: [door.title, door.help],
    area: [flow.area.name],
    terms: [...definitions.flatMap(({ term, also }) => [term, ...also]), ...parts.map((part) => part.title)],
    questions: questions.map((question) => question.text),
    options: questions.flatMap(({ options }) => options.flatMap(({ text, help }) => [text, help])),
    texts: [
      ...definitions.map((definition) => definition.text),
      ...questions.map((question) => question.help),
      ...parts.flatMap(({ steps }) =>
        steps.map((step) => (step.kind === 'end' ? step.action : 'text' in step ? step.text : undefined)),
      ),
    ],
  };
}

function addText(entry: Entry, text: string, weight: number): void {
  const tokens = tokensOf(text);
  entry.phrases += ` ${tokens.join(' ')} |`;
  for (const token of tokens) {
    const key = stem(token);
    if ((entry.stems.get(key)?.weight ?? 0) < weight) entry.stems.set(key, { weight, shown: token });
  }
}
