/** Which words stand behind which door: read once from the flows. */

import type { Door, Library } from '../check/library.ts';
import type { Flow } from '../flow.ts';
import { NATIONAL } from '../words.ts';
import { stem, tokensOf } from './search-words.ts';

/** How much it says about a door that a word stands there. */
const WEIGHTS = { words: 9, title: 6, area: 5, terms: 4, questions: 3, options: 2, texts: 1 } as const;
type Field = keyof typeof WEIGHTS;

export interface Entry {
  door: Door;
  /** Stem → the best weight that it has in this door, and the word as it stands there. */
  stems: Map<string, { weight: number; shown: string }>;
  /** All text, for words that stand beside each other. */
  phrases: string;
}

export interface Index {
  entries: Entry[];
  /** Stem → in how many doors it stands. */
  spread: Map<string, number>;
  /** Every word that stands somewhere, for what is misspelt. */
  words: Set<string>;
}

const indexes = new WeakMap<Library, Index>();

export function indexOf(library: Library): Index {
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
