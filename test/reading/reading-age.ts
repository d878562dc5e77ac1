/** How old one has to be to read a text with ease: the Flesch–Kincaid grade of its sentences, and five years. */
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const YEARS_BEFORE_SCHOOL = 5;

/** Undefined for a line that is no sentence, such as a heading or a name. */
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

/** Only what ends like a sentence counts: names, numbers and headings say nothing about how hard it is to read. */
function sentencesOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.match(/[^.!?]+[.!?]/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length >= 3);
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/[^\p{L}’'-]+/u).filter((word) => /\p{L}/u.test(word));
}
