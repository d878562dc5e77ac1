/** The age at which a text is easy to read: the Flesch–Kincaid grade of its sentences plus five years. */
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const YEARS_BEFORE_SCHOOL = 5;

/** In years. Undefined if there are no sentences, only headings or names. */
export function readingAge(lines: readonly string[]): number | undefined {
  const sentences = sentencesOf(lines);
  if (sentences.length === 0) return undefined;
  const words = sentences.flatMap(wordsOf);
  const syllables = words.reduce((sum, word) => sum + syllable(word), 0);
  return fleschKincaid({ sentence: sentences.length, word: words.length, syllable: syllables }) + YEARS_BEFORE_SCHOOL;
}

export function hardestSentences(lines: readonly string[], most: number): [sentence: string, age: number][] {
  return sentencesOf(lines)
    .map((sentence): [string, number] => [sentence, readingAge([sentence]) ?? 0])
    .sort((a, b) => b[1] - a[1])
    .slice(0, most);
}

/** Only lines that end like a sentence: names, numbers and headings say nothing about how hard a text is to read. */
function sentencesOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.match(/[^.!?]+[.!?]/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length >= 3);
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/[^\p{L}’'-]+/u).filter((word) => /\p{L}/u.test(word));
}
