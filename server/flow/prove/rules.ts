/** Checks safety rules over every interview of a flow. */

import { appliesTo, appliesToInterview, breachesOf, type Demanded, type Rule } from '../check/safety.ts';
import { MARKS, type Topic } from '../marks.ts';
import { lacksTool, MANY, outcomeOf, SINGLE } from '../walk/outcome.ts';
import { type Formula, NEVER, TooLarge } from './diagram.ts';
import { type Example, exampleOf } from './example.ts';
import type { Interview } from './interview.ts';
import type { Known } from './known.ts';

export interface Verdict {
  rule: Rule;
  /** `vacuous`: the rule applies to no interview of this flow. */
  result: 'holds' | 'broken' | 'vacuous' | 'not proved';
  breach?: Breach;
}

export interface Breach extends Example {
  /** What is wrong with the outcome, in words. */
  wrong: string[];
}

export function judge(interview: Interview, rules: readonly Rule[]): Verdict[] {
  return rules.filter((rule) => appliesTo(rule, interview.flow)).map((rule) => judgeOne(interview, rule));
}

function judgeOne(interview: Interview, rule: Rule): Verdict {
  try {
    const { diagrams, known, ended } = interview;
    const applicable = diagrams.and(ended, known.holds(rule.whenever, ended));
    if (applicable === NEVER) return { rule, result: 'vacuous' };
    const broken = diagrams.and(
      applicable,
      diagrams.or(
        ...findMissing(known, rule.always ?? {}),
        ...findMissingTools(interview, rule.always ?? {}),
        ...findForbidden(known, rule.never ?? {}),
      ),
    );
    return broken === NEVER
      ? { rule, result: 'holds' }
      : { rule, result: 'broken', breach: showBreach(interview, rule, broken) };
  } catch (error) {
    if (error instanceof TooLarge) return { rule, result: 'not proved' };
    throw error;
  }
}

/**
 * The interviews in which something the rule demands is missing. A list must come out complete; a single topic must be one of its words.
 */
function findMissing(known: Known, always: Demanded): Formula[] {
  const { diagrams } = known;
  const level = always.level === undefined ? [] : [known.heights.level.atLeast(always.level)];
  const singles = SINGLE.filter((topic) => always[topic] !== undefined);
  const oneOf = singles.map((topic) =>
    diagrams.or(
      ...(always[topic] ?? []).flatMap((word) => [comesOut(known, topic, word), isReader(known, topic, word)]),
    ),
  );
  const each = MANY.flatMap((topic) => (always[topic] ?? []).map((id) => isHeard(known, topic, id)));
  const contacts = always['a contact of'];
  const contact = contacts === undefined ? [] : [diagrams.or(...contacts.map((id) => isHeard(known, 'contact', id)))];
  const partners = always['a step with'];
  const step = partners === undefined ? [] : [diagrams.or(...partners.map((id) => known['a step with'].of(id)))];
  const said = Object.entries(always['one of'] ?? {}).map(([group, words]) =>
    diagrams.or(...words.map((word) => known['one of'].of(`${group}: ${word}`))),
  );
  return [...level, ...oneOf, ...each, ...contact, ...step, ...said].map((demanded) => diagrams.not(demanded));
}

/** The interviews that end with an action that does not name the area's tool. */
function findMissingTools({ flow, visits }: Interview, always: Demanded): Formula[] {
  return (always['the tool for'] ?? []).flatMap((meaning) =>
    visits.flatMap(({ step, taken }) => (step.kind === 'end' && lacksTool(flow, step, meaning) ? [taken] : [])),
  );
}

/** Whether it comes out, or is left out only because it would send the readers to themselves. */
function isHeard(known: Known, topic: (typeof MANY)[number], id: string): Formula {
  return known.diagrams.or(known[topic].of(id), known.toReader.of(`${topic} ${id}`));
}

/** Whether the contact that has to come first is the reader. */
function isReader(known: Known, topic: (typeof SINGLE)[number], word: string): Formula {
  return topic === 'first contact' ? known.toReader.of(`contact ${word}`) : NEVER;
}

/** The interviews in which something the rule forbids comes out. */
function findForbidden(known: Known, never: Demanded): Formula[] {
  const level = never.level === undefined ? [] : [known.heights.level.atLeast(never.level)];
  const singles = SINGLE.flatMap((topic) => (never[topic] ?? []).map((word) => comesOut(known, topic, word)));
  const lists = MANY.flatMap((topic) => (never[topic] ?? []).map((id) => known[topic].of(id)));
  const said = Object.entries(never['one of'] ?? {}).flatMap(([group, words]) =>
    words.map((word) => known['one of'].of(`${group}: ${word}`)),
  );
  const readers = (never.to ?? []).map((reader) => known.to.of(reader));
  return [...level, ...singles, ...lists, ...said, ...readers];
}

function comesOut(known: Known, topic: (typeof SINGLE)[number], word: string): Formula {
  return isTopic(topic) ? known.isStrongest(topic, word) : known[topic].of(word);
}

function isTopic(topic: (typeof SINGLE)[number]): topic is Topic {
  return topic in MARKS;
}

/**
 * Replays the example through the walk, which is independent of the diagrams. If the walk does not break the rule, the prover itself is
 * wrong.
 */
function showBreach(interview: Interview, rule: Rule, broken: Formula): Breach {
  const { flow } = interview;
  const example = exampleOf(interview, broken);
  const wrong = appliesToInterview(rule, flow, example.position)
    ? breachesOf(rule, outcomeOf(flow, example.position))
    : [];
  if (wrong.length === 0)
    throw new Error(
      `the prover disagrees with the walk of ${flow.id} about the rule ${rule.id}: ${JSON.stringify(example.answers)}`,
    );
  return { ...example, wrong };
}
