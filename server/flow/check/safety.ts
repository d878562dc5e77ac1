/** Safety rules: what must always, or must never, come out of an interview. See `flows/README.md`, "The other files". */

import { type Condition, type Flow, getQuestion, type Reader } from '../flow.ts';
import type { Expected } from '../language/schema.ts';
import { holds, toFact } from '../walk/condition.ts';
import { MANY, type Outcome, SINGLE } from '../walk/outcome.ts';
import type { Position } from '../walk/walk.ts';

/** What a rule demands or forbids. Only floor rules use `a contact of`, `a step with`, `the tool for` and `to`. */
export type Demanded = Expected & {
  /** At least one of these contacts. */
  'a contact of'?: string[] | undefined;
  /** At least one next step that has a time and one of these contacts. */
  'a step with'?: string[] | undefined;
  /** Meanings. If the area has a tool for one, the action must name it, unless something has to be done at once. */
  'the tool for'?: string[] | undefined;
  /** Meanings of the kind `reader`: no line may send these readers to themselves. */
  to?: string[] | undefined;
};

export interface Rule {
  id: string;
  says: string;
  /** Undefined means every flow of the area. */
  flows?: string[];
  /** Undefined means every reader. */
  readers?: Reader[];
  /** Whether it is a national rule written in meanings, which applies in every area. */
  isFloor?: true;
  whenever: Condition;
  always?: Demanded;
  never?: Demanded;
  cite: string[];
  at: { file: string; line: number; column: number };
}

/** The rule with national contacts replaced by the area's own. */
export function withOwnContacts(rule: Rule, own: Readonly<Record<string, string>>): Rule {
  if (![rule.always, rule.never].some((expected) => namesOneOf(expected, own))) return rule;
  return {
    ...rule,
    ...(rule.always !== undefined && { always: replaceContacts(rule.always, own) }),
    ...(rule.never !== undefined && { never: replaceContacts(rule.never, own) }),
  };
}

const CONTACT_TOPICS = ['contact', 'first contact'] as const;

function namesOneOf(expected: Expected | undefined, own: Readonly<Record<string, string>>): boolean {
  return CONTACT_TOPICS.some((topic) => expected?.[topic]?.some((id) => Object.hasOwn(own, id)));
}

function replaceContacts(expected: Expected, own: Readonly<Record<string, string>>): Expected {
  const replaced = CONTACT_TOPICS.flatMap((topic) => {
    const ids = expected[topic];
    return ids === undefined ? [] : [[topic, ids.map((id) => own[id] ?? id)] as const];
  });
  return { ...expected, ...Object.fromEntries(replaced) };
}

export function appliesTo({ flows, readers }: Rule, flow: Pick<Flow, 'id' | 'reader'>): boolean {
  return (flows === undefined || flows.includes(flow.id)) && (readers === undefined || readers.includes(flow.reader));
}

/** Whether the rule applies to this interview: its `whenever` holds for everything known at the end. */
export function appliesToInterview(rule: Rule, flow: Flow, position: Position): boolean {
  const facts = new Map(
    position.turns.map((turn) => [turn.question, toFact(getQuestion(flow, turn.question), turn.answer)] as const),
  );
  return holds(rule.whenever, {
    facts,
    level: position.standing.level,
    strongest: position.standing,
    means: new Set(position.means),
  });
}

/** What the rule demands and the outcome lacks, or forbids and the outcome has, in words. Empty if the rule is kept. */
export function breachesOf(rule: Rule, outcome: Outcome): string[] {
  return [...findMissing(rule.always ?? {}, outcome), ...findForbidden(rule.never ?? {}, outcome)];
}

/** A list must come out complete; a single topic must be one of the words; the level must be at least the given one. */
function findMissing(always: Demanded, outcome: Outcome): string[] {
  const level = always.level !== undefined && outcome.level < always.level;
  const single = SINGLE.filter(
    (topic) =>
      always[topic] !== undefined &&
      !isOneOf(outcome[topic], always[topic]) &&
      !isFirstTheReader(topic, always, outcome),
  );
  const many = MANY.flatMap((topic) =>
    (always[topic] ?? [])
      .filter((id) => !outcome[topic].has(id) && !outcome.toReader.has(`${topic} ${id}`))
      .map((id) => `${topic} "${id}" is missing`),
  );
  return [
    ...(level ? [`level is ${outcome.level}, and must be at least ${always.level}`] : []),
    ...single.map(
      (topic) => `${topic} is "${outcome[topic] ?? 'not settled'}", and must be "${always[topic]?.join('" or "')}"`,
    ),
    ...many,
    ...findMissingLines(always, outcome),
  ];
}

/** If the person to be told first is the reader, nobody has to be told. */
function isFirstTheReader(topic: (typeof SINGLE)[number], always: Demanded, { toReader }: Outcome): boolean {
  return topic === 'first contact' && (always[topic] ?? []).some((id) => toReader.has(`contact ${id}`));
}

function findMissingLines(always: Demanded, outcome: Outcome): string[] {
  const contacts = always['a contact of'] ?? [];
  const contact =
    contacts.length > 0 && !contacts.some((id) => outcome.contact.has(id) || outcome.toReader.has(`contact ${id}`));
  const partners = always['a step with'] ?? [];
  const step = partners.length > 0 && !partners.some((id) => outcome['a step with'].has(id));
  const words = Object.entries(always['one of'] ?? {}).filter(
    ([group, said]) => !said.some((word) => outcome['one of'].has(`${group}: ${word}`)),
  );
  return [
    ...(contact ? [`none of these contacts comes out: ${contacts.join(', ')}`] : []),
    ...(step ? [`no next step with a time is done with one of these contacts: ${partners.join(', ')}`] : []),
    ...(always['the tool for'] ?? [])
      .filter((meaning) => outcome['no tool for'].has(meaning))
      .map((meaning) => `the action does not name the area's tool for ${meaning.replaceAll('_', ' ')}`),
    ...words.map(([group, said]) => `no line says "${group}: ${said.join(' or ')}"`),
  ];
}

function findForbiddenLines(never: Demanded, outcome: Outcome): string[] {
  const words = Object.entries(never['one of'] ?? {}).flatMap(([group, said]) =>
    said.filter((word) => outcome['one of'].has(`${group}: ${word}`)).map((word) => `${group}: ${word}`),
  );
  const readers = (never.to ?? []).filter((reader) => outcome.to.has(reader));
  return [
    ...words.map((word) => `a line says "${word}", which must not come out`),
    ...readers.map((reader) => `a line is to "${reader}", which must not come out`),
  ];
}

function findForbidden(never: Demanded, outcome: Outcome): string[] {
  const level = never.level !== undefined && outcome.level >= never.level;
  const single = SINGLE.filter((topic) => isOneOf(outcome[topic], never[topic]));
  const many = MANY.flatMap((topic) =>
    (never[topic] ?? []).filter((id) => outcome[topic].has(id)).map((id) => `${topic} "${id}" must not come out`),
  );
  return [
    ...(level ? [`level is ${outcome.level}, and must be lower than ${never.level}`] : []),
    ...single.map((topic) => `${topic} must not be "${outcome[topic]}"`),
    ...many,
    ...findForbiddenLines(never, outcome),
  ];
}

function isOneOf(word: string | undefined, words: readonly string[] | undefined): boolean {
  return word !== undefined && (words ?? []).includes(word);
}
