/** Describes conditions in plain English, for safeguarding leads who review a flow. */
import type { Condition, Flow, OfFact, Question } from '../flow.ts';
import { MARKS } from '../marks.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { shorten } from './shorten.ts';

/** How much of the wording to show. A drawing has little room; the description beside it shows everything. */
export interface Brevity {
  question: number;
  option: number;
  /** Number of options to name before "or 4 more". */
  options: number;
}

const IN_FULL: Brevity = { question: 400, option: 400, options: 100 };
export const IN_BRIEF: Brevity = { question: 60, option: 44, options: 3 };

/** One line for each requirement; all of them must hold. Empty if there is no condition. */
export function conditionLines(flow: Flow, condition: Condition | undefined, brevity = IN_FULL): string[] {
  if (condition === undefined) return [];
  if (condition.kind !== 'all') return [describeCondition(flow, condition, brevity)];
  return condition.of.map((part) => describeCondition(flow, part, brevity));
}

export function describeCondition(flow: Flow, condition: Condition, brevity = IN_FULL): string {
  const inner = (part: Condition) => describeCondition(flow, part, brevity);
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? 'always' : joinParts(condition.of, inner, 'and');
    case 'any':
      return condition.of.length === 0 ? 'never' : joinParts(condition.of, inner, 'or');
    case 'no':
      return `none of these holds: ${condition.of.map(inner).join('; ')}`;
    case 'count':
      return `at least ${condition.min} of these hold: ${condition.of.map(inner).join('; ')}`;
    case 'level':
      return `the ${flow.area.scaleName.split(',')[0]?.toLowerCase()} is ${describeRange(condition)}`;
    case 'means':
      return describeMeanings(flow, condition);
    case 'stands':
      return `${MARKS[condition.topic].subject} is ${list(condition.values.map(quote), 'or')}`;
    default:
      return describeFact(askedAs(flow, condition.fact), condition, brevity);
  }
}

/** What a description of a condition needs to know about its question. */
type Asked = Pick<Question, 'text' | 'type' | 'none' | 'unit'> & {
  unknown: { label: string };
  options: { id: string; text: string }[];
};

/** A called flow may read a question that only some of its callers ask. If nobody asks it here, only its id is known. */
function askedAs(flow: Flow, fact: string): Asked {
  const question = Object.hasOwn(flow.questions, fact) ? flow.questions[fact] : undefined;
  const text = `${fact.replaceAll('_', ' ')} (never asked here)`;
  return question ?? { text, type: 'one of', unknown: { label: 'I don’t know' }, options: [] };
}

/** Nested lists are bracketed, so that "and" and "or" are unambiguous. */
function joinParts(parts: Condition[], inner: (part: Condition) => string, word: 'and' | 'or'): string {
  const texts = parts.map((part) => {
    const mixed = (part.kind === 'all' || part.kind === 'any') && part.of.length > 1;
    return mixed ? `(${inner(part)})` : inner(part);
  });
  return texts.join(`, ${word} `);
}

export function meaningInWords(flow: Flow, id: string): string {
  return flow.meanings?.[id]?.says ?? id.replaceAll('_', ' ');
}

function describeMeanings(flow: Flow, { how, meanings }: Extract<Condition, { kind: 'means' }>): string {
  const named = (word: 'and' | 'or') =>
    list(
      meanings.map((id) => quote(meaningInWords(flow, id))),
      word,
    );
  if (how === 'none') return `no answer means ${named('or')}`;
  return `the answers mean ${named(how === 'all' ? 'and' : 'or')}`;
}

function describeFact(question: Asked, condition: OfFact, brevity: Brevity): string {
  const asked = quote(shorten(question.text, brevity.question));
  switch (condition.kind) {
    case 'unknown':
      return `the answer to ${asked} is ${quote(question.unknown.label)}`;
    case 'none ticked':
      return `${quote(question.none ?? 'None of these')} is ticked at ${asked}`;
    case 'range':
      return `the answer to ${asked} is ${describeRange(condition)}${question.unit === undefined ? '' : ` ${question.unit}`}`;
    case 'ticks':
      return describeTicks(question, asked, condition, brevity);
    case 'is':
      return describeChoice(question, asked, condition, brevity);
  }
}

function describeChoice(
  question: Asked,
  asked: string,
  { how, options }: Extract<OfFact, { kind: 'is' }>,
  brevity: Brevity,
): string {
  const named = (word: 'and' | 'or') => namedOptions(question, options, word, brevity);
  if (!rulesOf(question).several)
    return how === 'none'
      ? `the answer to ${asked} is known, and is not ${named('or')}`
      : `the answer to ${asked} is ${named('or')}`;
  if (how === 'none')
    return `at ${asked}, ${options.length === 1 ? `${named('or')} is not ticked` : `none of these is ticked: ${named('and')}`}`;
  const word = how === 'all' ? 'and' : 'or';
  return `at ${asked}, ${named(word)} ${how === 'all' && options.length > 1 ? 'are' : 'is'} ticked`;
}

function describeTicks(
  question: Asked,
  asked: string,
  condition: Extract<OfFact, { kind: 'ticks' }>,
  brevity: Brevity,
): string {
  const everything =
    question.options.length > 0 && question.options.every((option) => condition.of.includes(option.id));
  const of = everything ? '' : ` of these are ticked: ${namedOptions(question, condition.of, 'and', brevity)}`;
  const count = describeRange(condition);
  if (!everything) return `at ${asked}, ${count}${of}`;
  return count === 'at least 1' ? `something is ticked at ${asked}` : `${count} are ticked at ${asked}`;
}

function namedOptions(question: Asked, ids: string[], word: 'and' | 'or', brevity: Brevity): string {
  const texts = ids.map((id) => quote(shorten(optionText(question, id), brevity.option)));
  if (texts.length <= brevity.options + 1) return list(texts, word);
  return `${texts.slice(0, brevity.options).join(', ')} ${word} ${texts.length - brevity.options} more`;
}

export function optionText(question: Pick<Asked, 'options'>, id: string): string {
  return question.options.find((option) => option.id === id)?.text ?? id.replaceAll('_', ' ');
}

function describeRange({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && min === max) return String(min);
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}

function quote(text: string): string {
  return `“${text}”`;
}

function list(items: string[], word: 'and' | 'or'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
