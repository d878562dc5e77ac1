/**
 * A language other than English for the doors for the public and children: the translated sentences, and who answers
 * for them.
 */

export interface Language {
  /** BCP 47, such as `ur`. */
  id: string;
  /** The language's name in the language itself. */
  name: string;
  englishName: string;
  direction: 'ltr' | 'rtl';
  /** Who signed the translation, and when (ISO date). Undefined while nobody has. */
  signed?: { by: string; on: string };
  /** English sentence, as `plainly` writes it → its translation. Both may contain the gaps listed in `GAPS`. */
  sentences: Readonly<Record<string, string>>;
}

/**
 * What may fill a gap in a sentence, such as `Question {n} of about {m}`. A gap with another name takes any text, which
 * is translated as well.
 */
const GAPS: Readonly<Record<string, string>> = {
  n: '\\d[\\d ]*',
  m: '\\d+',
  day: '(?:[A-Z][a-z]+day )?\\d{1,2} [A-Z][a-z]+ \\d{4}',
};
const GAP = /\{(\w+)\}/g;

export function gapsIn(sentence: string): string[] {
  return [...sentence.matchAll(GAP)].map(([, name = '']) => name).sort();
}

/** One spelling for what looks the same: plain spaces and curly apostrophes, as on the pages. */
export function plainly(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll("'", '’').trim();
}

/** `Are you safe? Say so.` → two sentences. */
export function sentencesIn(text: string): string[] {
  return plainly(text).split(/(?<=[.!?])\s+(?=[\p{Lu}“])/u);
}

/** A piece of a text. `english` is set if there is no translation for it. */
export interface Piece {
  words: string;
  english: boolean;
}

export type Translate = (text: string) => Piece[];

const translators = new WeakMap<Language, Translate>();

/**
 * Translates a text as a whole if the table contains it, and otherwise sentence by sentence. What has no translation
 * stays in English.
 */
export function translatorOf(language: Language): Translate {
  const known = translators.get(language) ?? createTranslator(language);
  translators.set(language, known);
  return known;
}

function createTranslator(language: Language): Translate {
  const { sentences } = language;
  const patterns = Object.entries(sentences)
    .filter(([english]) => gapsIn(english).length > 0)
    .map(([english, translation]) => ({ matches: patternOf(english), translation }));
  const fill = (sentence: string): string | undefined => {
    for (const { matches, translation } of patterns) {
      const found = matches.exec(sentence)?.groups;
      if (found === undefined) continue;
      return translation.replace(GAP, (_, name: string) => fillGap(name, found[name] ?? ''));
    }
    return undefined;
  };
  const fillGap = (name: string, words: string): string => {
    if (name === 'day') return describeDayIn(language, words);
    return Object.hasOwn(GAPS, name) ? words : textOf(translate(words));
  };
  /** Several answers in one line: if one has no translation, the whole line stays in English. */
  const list = (text: string): string | undefined => {
    const items = text.split('; ').map((item) => sentences[item]);
    return items.length < 2 || items.includes(undefined) ? undefined : items.join('; ');
  };
  const whole = (text: string): string | undefined =>
    Object.hasOwn(sentences, text) ? sentences[text] : (fill(text) ?? list(text));
  const translate = (text: string): Piece[] => {
    const plain = plainly(text);
    const all = whole(plain);
    if (all !== undefined) return [{ words: all, english: false }];
    return sentencesIn(plain).map((sentence) => {
      const words = whole(sentence);
      return words === undefined ? { words: sentence, english: hasWords(sentence) } : { words, english: false };
    });
  };
  return translate;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ words }) => words).join(' ');
}

/** Numbers and signs are the same in every language. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text);
}

function patternOf(english: string): RegExp {
  const source = english
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(GAP, (_, name: string) => `(?<${name}>${GAPS[name] ?? '.+?'})`);
  return new RegExp(`^${source}$`, 'u');
}

/** A day such as `Thursday 26 November 2026` in the language, with the digits used on telephones. */
function describeDayIn({ id }: Language, words: string): string {
  const day = Date.parse(`${words.replace(/^\D+/, '')} UTC`);
  if (Number.isNaN(day)) return words;
  return new Intl.DateTimeFormat(`${id}-u-nu-latn-ca-gregory`, {
    ...(/^\D/.test(words) && { weekday: 'long' }),
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(day);
}
