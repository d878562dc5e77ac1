/**
 * Rules for passwords: at least 15 characters, and none that are widely used. Any characters are allowed, spaces included.
 */
import { COMMON_PASSWORDS, KEY_RUNS, SERVICE_WORDS } from './weak-passwords.ts';

const SHORTEST = 15;
/** In characters. Keeps hashing cheap. */
const LONGEST = 200;
/** How many characters a password must have in addition to names and known words. */
const FEWEST_OWN = 4;

/** Unicode normalisation: the same password typed on different keyboards gives the same text. */
export function normalisePassword(typed: string): string {
  return typed.normalize('NFKC');
}

interface Chooser {
  name: string;
  email: string;
}

/** The most common leaked passwords, in lower case. They are read only when they are needed. */
export type ReadLeaked = () => Promise<readonly string[]>;

/** What is wrong with the password, as a message for the person. Undefined if it is acceptable. */
export async function checkPassword(
  typed: string,
  { name, email }: Chooser,
  readLeaked: ReadLeaked,
): Promise<string | undefined> {
  const password = normalisePassword(typed);
  const length = [...password].length;
  if (length < SHORTEST)
    return `The password needs ${SHORTEST} characters or more. Four words in a row are a good start`;
  if (length > LONGEST) return `The password may have ${LONGEST} characters at most`;
  if (isCommon(password)) return 'That password is one that many people use. Choose another';
  if (isMadeOf(password, [...wordsOf(name), ...wordsOf(email), ...SERVICE_WORDS]))
    return 'That password is made of your name or of words of this service. Choose another';
  if (isOneOrTwo(password, new Set(await readLeaked())))
    return 'That password is one that many people use, or two of them. Choose another';
  return undefined;
}

const READ_AS: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Lower case, without spaces and punctuation. */
function reduce(text: string): string {
  return text.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, '');
}

/** Replaces digits by the letters that people use them for. */
function readDigits(text: string): string {
  return reduce(readAsLetters(text.toLowerCase()));
}

function readAsLetters(text: string): string {
  return [...text].map((letter) => READ_AS[letter] ?? letter).join('');
}

function isCommon(password: string): boolean {
  const forms = [reduce(password), readDigits(password)];
  const bare = forms.map((form) => form.replace(/\d+$/, ''));
  return [...forms, ...bare].some((form) => COMMON_PASSWORDS.has(form)) || isRepeated(password) || isRun(password);
}

/** Whether it is a common password, or two of them in a row, with or without digits and punctuation at the end. */
function isOneOrTwo(password: string, common: ReadonlySet<string>): boolean {
  const lower = password.toLowerCase();
  // Other symbols are not part of common habits: a turtle makes a password rarer.
  const joined = lower.replace(/[\s!-/:-@[-`{-~]+/g, '');
  const forms = new Set([lower, joined, readAsLetters(joined)].flatMap((form) => [form, withoutEnd(form)]));
  return [...forms].some((form) => {
    const places = Array.from({ length: form.length + 1 }, (_, place) => place);
    const isCommonOrEmpty = (part: string) => part === '' || common.has(part);
    return form !== '' && places.some((at) => isCommonOrEmpty(form.slice(0, at)) && isCommonOrEmpty(form.slice(at)));
  });
}

function withoutEnd(text: string): string {
  return text.replace(/[^\p{Letter}]+$/u, '');
}

/** One to five characters repeated. */
function isRepeated(password: string): boolean {
  return /^(.{1,5}?)\1+(.{0,4})$/su.test(password.toLowerCase());
}

/** Made only of runs of neighbouring keys. */
function isRun(password: string): boolean {
  let rest = password.toLowerCase();
  const runs = [...KEY_RUNS, ...KEY_RUNS.map((run) => [...run].reverse().join(''))];
  while (rest !== '') {
    const taken = longestRun(rest, runs);
    if (taken < 4) return false;
    rest = rest.slice(taken);
  }
  return true;
}

function longestRun(text: string, runs: string[]): number {
  let length = text.length;
  while (length > 0 && !runs.some((run) => run.includes(text.slice(0, length)))) length--;
  return length;
}

function wordsOf(text: string): string[] {
  return text
    .split(/[^\p{Letter}]+/u)
    .filter((word) => word.length > 2)
    .map((word) => word.toLowerCase());
}

function isMadeOf(password: string, words: string[]): boolean {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  const forms = [reduce(password), readDigits(password)];
  return forms.some((form) => {
    const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ' '), form);
    return rest.replace(/[\d\s]+/g, '').length < FEWEST_OWN;
  });
}
