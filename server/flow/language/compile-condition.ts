/** Compiles a condition from YAML. Anything that cannot be understood is reported with the path of the wrong word. */
import type { Condition } from '../flow.ts';
import { MEANING_KINDS, type MeaningKind } from '../language-words.ts';
import { MARKS, type Topic, wordsFor } from '../marks.ts';
import { didYouMean, type Message } from '../problem.ts';
import { type QuestionType, rulesOf } from '../question-types/question-types.ts';
import type { Path } from './read.ts';

/** What the compiler needs to know about a question to check a condition on it. */
export interface QuestionFacts {
  type: QuestionType;
  options: string[];
}

export interface ConditionContext {
  findQuestion: (id: string) => QuestionFacts | undefined;
  questions: () => string[];
  meanings: () => string[];
  /** Empty if the meaning does not exist. */
  kindsOf: (meaning: string) => MeaningKind[];
  nameMeaning: (meaning: string) => void;
  levels: number;
  report: (path: Path, message: Message) => void;
}

const NEVER: Condition = { kind: 'any', of: [] };
const LISTS = { 'any of': 'any', 'all of': 'all', 'none of': 'no' } as const;

/** `raw` is `{}` for a condition that always holds. */
export function compileCondition(raw: unknown, context: ConditionContext, path: Path = [], depth = 0): Condition {
  if (!isBlock(raw)) {
    context.report(path, 'a condition is "fact: option", or a block of such lines.');
    return NEVER;
  }
  if (depth > 2) context.report(path, 'conditions stand at most two deep. Make a called flow of the inner one.');
  if ('of' in raw) return compileCount(raw, context, path, depth);
  const parts = Object.entries(raw).map((line) => compileLine(line, context, [...path, line[0]], depth));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts };
}

function isBlock(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function compileCount(raw: Record<string, unknown>, context: ConditionContext, path: Path, depth: number): Condition {
  const min = wholeNumber(raw['at least']);
  const extra = Object.keys(raw).filter((key) => key !== 'of' && key !== 'at least');
  if (min === undefined || extra.length > 0)
    context.report(path, 'a list under "of" needs "at least: number" beside it, and nothing else.');
  return { kind: 'count', min: min ?? 1, of: compileList(raw.of, context, [...path, 'of'], depth) };
}

function compileList(raw: unknown, context: ConditionContext, path: Path, depth: number): Condition[] {
  if (Array.isArray(raw)) return raw.map((item, index) => compileCondition(item, context, [...path, index], depth + 1));
  context.report(path, 'a list of conditions is wanted here, each with "- " before it.');
  return [];
}

function compileLine([key, value]: [string, unknown], context: ConditionContext, path: Path, depth: number): Condition {
  const list = Object.hasOwn(LISTS, key) ? LISTS[key as keyof typeof LISTS] : undefined;
  if (list !== undefined) return { kind: list, of: compileList(value, context, path, depth) };
  if (key === 'level') return compileLevel(value, context, path);
  if (key === 'means') return compileMeaning(value, context, path);
  if (Object.hasOwn(MARKS, key)) return compileTopic(key as Topic, value, context, path);
  const question = context.findQuestion(key);
  if (question === undefined) {
    context.report(path, { missing: `no question is called "${key}".${didYouMean(key, context.questions())}` });
    return NEVER;
  }
  return compileFact({ id: key, question, context }, value, path);
}

function compileLevel(value: unknown, context: ConditionContext, path: Path): Condition {
  const exact = wholeNumber(value);
  const range = isBlock(value) ? readRange(value, ['at least', 'at most']) : undefined;
  const found = exact !== undefined ? { min: exact, max: exact } : range;
  const numbers = [found?.min, found?.max].filter((number) => number !== undefined);
  if (found === undefined || numbers.length === 0 || numbers.some((number) => number < 0 || number > context.levels))
    context.report(path, `a level is a number from 1 to ${context.levels}, or { at least: … }, or { at most: … }.`);
  return { kind: 'level', ...found };
}

/** `means: neglect`, `means: { any of: [...] }`, `all of`, `none of`, or `means: { of kind: crime }`. */
function compileMeaning(value: unknown, context: ConditionContext, path: Path): Condition {
  if (typeof value === 'string') return { kind: 'means', how: 'any', meanings: knownMeanings([value], context, path) };
  const block = isBlock(value) ? value : {};
  const known = [...Object.keys(HOW), 'of kind'];
  const wrong = Object.keys(block).filter((key) => !known.includes(key));
  if (wrong.length > 0 || Object.keys(block).length === 0)
    context.report(path, `"means" needs a meaning, or a block of: ${known.join(', ')}.`);
  const lists = Object.entries(HOW).flatMap(([key, how]): Condition[] => {
    if (block[key] === undefined) return [];
    return [{ kind: 'means', how, meanings: knownMeanings([block[key]].flat().map(String), context, [...path, key]) }];
  });
  const kinds =
    block['of kind'] === undefined ? [] : [ofKind(asWritten(block['of kind']), context, [...path, 'of kind'])];
  const parts = [...lists, ...kinds];
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts };
}

function knownMeanings(names: string[], context: ConditionContext, path: Path): string[] {
  for (const name of names)
    if (context.kindsOf(name).length > 0) context.nameMeaning(name);
    else
      context.report(path, {
        missing: `no meaning is called "${name}".${didYouMean(name, context.meanings())} The meanings stand in national/meanings.yaml.`,
      });
  return names;
}

function ofKind(kind: string, context: ConditionContext, path: Path): Condition {
  if (!(MEANING_KINDS as readonly string[]).includes(kind))
    context.report(
      path,
      `"${kind}" is no kind of meaning.${didYouMean(kind, MEANING_KINDS)} Use: ${MEANING_KINDS.join(', ')}.`,
    );
  const meanings = context.meanings().filter((name) => context.kindsOf(name).some((one) => one === kind));
  return { kind: 'means', how: 'any', meanings };
}

function compileTopic(topic: Topic, value: unknown, context: ConditionContext, path: Path): Condition {
  if (isBlock(value) && !Array.isArray(value['any of'])) {
    context.report(path, `${topic} needs a word, or { any of: […] }. Use: ${wordsFor(topic).join(', ')}.`);
    return NEVER;
  }
  const values = isBlock(value) && Array.isArray(value['any of']) ? value['any of'].map(asWritten) : [asWritten(value)];
  for (const word of values)
    if (!wordsFor(topic).includes(word))
      context.report(path, `"${word}" is not a word for ${topic}. Use: ${wordsFor(topic).join(', ')}.`);
  return { kind: 'stands', topic, values };
}

/** How a value would look in the file, for a message: a list or block where a word was expected. */
function asWritten(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A question that a condition refers to. */
interface AskedAbout {
  id: string;
  question: QuestionFacts;
  context: ConditionContext;
}

function compileFact(about: AskedAbout, value: unknown, path: Path): Condition {
  const { id, context } = about;
  if (typeof value === 'string') return compileWord(about, value, path);
  if (!isBlock(value)) {
    context.report(path, `"${id}" needs an option, or { any of: […] }.`);
    return NEVER;
  }
  const known = ['any of', 'all of', 'none of', 'at least', 'at most', 'of'];
  for (const key of Object.keys(value))
    if (!known.includes(key))
      context.report(
        [...path, key],
        `"${key}" is no key here.${didYouMean(key, known)} Known are: ${known.join(', ')}.`,
      );
  const parts = [...compileOptionLists(about, value, path), ...compileRange(about, value, path)];
  if (parts.length === 0) context.report(path, `"${id}" needs an option, or { any of: […] }.`);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts };
}

function compileWord(about: AskedAbout, word: string, path: Path): Condition {
  const { id: fact, question } = about;
  if (word === 'unknown') return { kind: 'unknown', fact };
  if (word === 'none' && rulesOf(question).several) return { kind: 'none ticked', fact };
  if (rulesOf(question).numeric && wholeNumber(word) !== undefined)
    return { kind: 'range', fact, min: Number(word), max: Number(word) };
  checkOption(about, word, path);
  return { kind: 'is', fact, how: 'any', options: [word] };
}

function checkOption({ id, question, context }: AskedAbout, option: string, path: Path): void {
  if (question.options.includes(option)) return;
  if (question.options.length === 0) {
    context.report(
      path,
      `"${id}" is a ${question.type}: a condition can only ask whether it is unknown, or for a number its size.`,
    );
  } else
    context.report(path, {
      missing: `"${id}" has no option "${option}".${didYouMean(option, question.options)} It has: ${question.options.join(', ')}.`,
    });
}

const HOW = { 'any of': 'any', 'all of': 'all', 'none of': 'none' } as const;

function compileOptionLists(about: AskedAbout, value: Record<string, unknown>, path: Path): Condition[] {
  const parts: Condition[] = [];
  for (const [key, how] of Object.entries(HOW)) {
    if (value[key] === undefined) continue;
    const words = (Array.isArray(value[key]) ? value[key] : [value[key]]).map(String);
    const special: string[] = how === 'any' ? words.filter((word) => word === 'unknown' || word === 'none') : [];
    const options = words.filter((word) => !special.includes(word));
    for (const option of options) checkOption(about, option, [...path, key]);
    const is: Condition[] = options.length > 0 ? [{ kind: 'is', fact: about.id, how, options }] : [];
    const others = special.map((word) => compileWord(about, word, [...path, key]));
    parts.push(others.length === 0 && is[0] !== undefined ? is[0] : { kind: 'any', of: [...is, ...others] });
  }
  return parts;
}

function compileRange(about: AskedAbout, value: Record<string, unknown>, path: Path): Condition[] {
  const { id: fact, question, context } = about;
  if (value['at least'] === undefined && value['at most'] === undefined) return [];
  const range = readRange(value, ['at least', 'at most']);
  const { numeric, several } = rulesOf(question);
  if (range === undefined || (!numeric && !several)) {
    context.report(path, '"at least" and "at most" take a whole number, for the ticks of a checklist or for a number.');
    return [];
  }
  if (numeric) return [{ kind: 'range', fact, ...range }];
  if (range.min === 0)
    context.report([...path, 'at least'], '"at least: 0" holds whatever is ticked, and even in doubt. Begin with 1.');
  const of = Array.isArray(value.of) ? value.of.map(String) : question.options;
  for (const option of of) checkOption(about, option, [...path, 'of']);
  return [{ kind: 'ticks', fact, ...range, of }];
}

function readRange(
  value: Record<string, unknown>,
  [least, most]: [string, string],
): { min?: number; max?: number } | undefined {
  const min = wholeNumber(value[least]);
  const max = wholeNumber(value[most]);
  if ((value[least] !== undefined && min === undefined) || (value[most] !== undefined && max === undefined))
    return undefined;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
