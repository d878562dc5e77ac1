/** Finds doors by words, in the flows' own text. It ranks what it finds and decides nothing; the words go nowhere. */
import type { Door, Library } from '../check/library.ts';
import { type Entry, type Index, indexOf } from './search-index.ts';
import { closest, stem, tokensOf } from './search-words.ts';

export interface FoundDoor {
  door: Door;
  /** Words of the flow that were found, as they stand there. */
  found: string[];
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
