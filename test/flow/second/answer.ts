/**
 * The words of an answer to a question; undefined if they do not answer it. Follows `flows/README.md`, "The questions".
 */
import { type Branch, branch, type Tree, wording } from './content.ts';

export function readGiven(question: Branch, given: string | string[] | undefined, today: string): string[] | undefined {
  if (given === undefined) return undefined;
  const words = Array.isArray(given) ? given : [given];
  if (words.length === 1 && words[0] === 'unknown') return words;
  if (question.type === 'several of') return isChecklist(question, words) ? inOrder(question, words) : undefined;
  const [word] = words;
  if (words.length !== 1 || word === undefined) return undefined;
  return isOneAnswer(question, word, today) ? [word] : undefined;
}

export function optionIds(question: Branch): string[] {
  const own = Object.keys(branch(question.options));
  const grouped = Object.values(branch(question.groups)).flatMap((group) => Object.keys(branch(branch(group).options)));
  return question.type === 'yes or no' ? ['yes', 'no'] : [...own, ...grouped];
}

/** "None of these" has to be alone; an empty page is not an answer. */
function isChecklist(question: Branch, words: readonly string[]): boolean {
  if (words.includes('none')) return words.length === 1 && question.none !== undefined;
  const known = [...optionIds(question), 'unknown'];
  return words.length > 0 && words.every((word) => known.includes(word));
}

function inOrder(question: Branch, words: readonly string[]): string[] {
  return [...optionIds(question), 'none', 'unknown'].filter((word) => words.includes(word));
}

function isOneAnswer(question: Branch, word: string, today: string): boolean {
  if (question.type === 'number') return isNumberWithin(question, word);
  if (question.type === 'date') return isDayWithin(question, word, today);
  if (question.type === 'short text' || question.type === 'long text') return word.trim() !== '';
  return optionIds(question).includes(word);
}

function isNumberWithin(question: Branch, word: string): boolean {
  const value = Number(word);
  return /^-?\d+$/.test(word) && value >= Number(question.from) && value <= Number(question.to);
}

function isDayWithin(question: Branch, word: string, today: string): boolean {
  const day = (limit: Tree | undefined) => (wording(limit) === 'today' ? today : wording(limit));
  const [least, most] = [day(question['not before']), day(question['not after'])];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(word) && isOnCalendar(word);
  return isDay && (least === undefined || word >= least) && (most === undefined || word <= most);
}

function isOnCalendar(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day;
}
