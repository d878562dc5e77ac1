/** The outcome of an interview as sets of ids, as cases and safety rules refer to it. */
import { type EndStep, type Flow, getPart, type Line, type NextStep } from '../flow.ts';
import type { Expected } from '../language/schema.ts';
import { TOPICS, type Topic } from '../marks.ts';
import type { Position } from './walk.ts';

export interface Outcome extends Partial<Record<Topic, string>> {
  level: number;
  /** Undefined while a question is open. */
  end?: string;
  /** The time limit of the end. */
  within?: string;
  /** The contact that the end recommends first. */
  'first contact'?: string;
  next: ReadonlySet<string>;
  record: ReadonlySet<string>;
  contact: ReadonlySet<string>;
  advice: ReadonlySet<string>;
  asked: ReadonlySet<string>;
  /** Exclusive words on the lines of the result, such as `channel: in writing`. */
  'one of': ReadonlySet<string>;
  /** Contacts of the next steps that have a time. */
  'a step with': ReadonlySet<string>;
  /** Meanings for which the area has a tool that the action does not name, although nothing is to be done at once. */
  'no tool for': ReadonlySet<string>;
  /** Kinds of reader to whom some line sends the readers themselves. */
  to: ReadonlySet<string>;
  /**
   * What is left out because it would send the readers to themselves, such as `contact mash`. A rule that demands it
   * counts as met.
   */
  toReader: ReadonlySet<string>;
}

export const SINGLE = ['end', 'within', 'first contact', ...TOPICS] as const;
export const MANY = ['next', 'record', 'contact', 'advice', 'asked'] as const;

export function outcomeOf(flow: Flow, position: Position): Outcome {
  const marks = (topic: string) =>
    new Set(position.findings.filter((finding) => finding.topic === topic).map((finding) => String(finding.value)));
  const next = marks('next');
  const contacts = [
    ...(position.at.kind === 'end' ? position.at.end.contacts : []),
    ...[...position.advice, ...position.outranked].flatMap((advice) => advice.contacts),
    ...position.doubts.map((doubt) => doubt.ask),
    ...[...next].map((id) => flow.next[id]?.with),
  ].filter((id) => id !== undefined);
  return {
    ...position.standing,
    ...(position.at.kind === 'end' && summariseEnd(position.at.end)),
    next,
    record: marks('record'),
    contact: new Set(contacts),
    advice: new Set(position.advice.map((advice) => advice.step)),
    asked: new Set(position.turns.map((turn) => turn.question)),
    ...summariseLines(flow, position, [...contacts]),
    'no tool for': new Set(position.at.kind === 'end' ? toolsNotNamed(flow, position.at) : []),
    'a step with': new Set([...next].flatMap((id) => timedPartnerOf(flow.next[id]) ?? [])),
    toReader: new Set(position.toReader),
  };
}

/** Based on the end as it is written, whoever reads it. */
function toolsNotNamed(flow: Flow, { part, end }: { part: string; end: EndStep }): string[] {
  const written = getPart(flow, part).steps.find((step): step is EndStep => step.kind === 'end' && step.id === end.id);
  return Object.keys(flow.area.tools ?? {}).filter((meaning) => lacksTool(flow, written ?? end, meaning));
}

/**
 * Whether the action does not name the area's tool for the meaning. Something that has to be done at once comes before
 * any tool.
 */
export function lacksTool({ area }: Flow, { action, within }: EndStep, meaning: string): boolean {
  const tool = area.tools?.[meaning];
  return tool !== undefined && within !== 'at once' && !action.includes(tool);
}

/** The contact of the step. Undefined if the step has no time. */
export function timedPartnerOf(step: NextStep | undefined): string | undefined {
  return step?.within === undefined ? undefined : step.with;
}

/** The exclusive words of all lines in the result, and the readers to whom they are. */
function summariseLines(flow: Flow, position: Position, contacts: string[]): Pick<Outcome, 'one of' | 'to'> {
  const { at, advice, findings } = position;
  const lines: (Line | undefined)[] = [
    ...(at.kind === 'end' ? [at.end] : []),
    ...advice.map(({ marks }) => marks),
    ...findings.map(({ topic, value }) =>
      topic === 'next' ? flow.next[value] : topic === 'record' ? flow.record[value] : undefined,
    ),
    ...contacts.map((id) => flow.contacts[id]),
  ];
  const words = lines.flatMap((line) => Object.entries(line?.oneOf ?? {}).map(([group, word]) => `${group}: ${word}`));
  return { 'one of': new Set(words), to: new Set(lines.flatMap((line) => line?.to ?? [])) };
}

function summariseEnd({ id, within, contacts: [first] }: EndStep): Pick<Outcome, 'end' | 'within' | 'first contact'> {
  return { end: id, within, ...(first !== undefined && { 'first contact': first }) };
}

/** Describes where a list differs from the expected one, ignoring order. Empty if all lists match. */
export function compareExactly(outcome: Outcome, exactly: Partial<Record<(typeof MANY)[number], string[]>>): string[] {
  return MANY.flatMap((topic) => {
    const wanted = exactly[topic];
    if (wanted === undefined) return [];
    const missing = wanted.filter((id) => !outcome[topic].has(id)).map((id) => `"${id}" is missing`);
    const more = [...outcome[topic]].filter((id) => !wanted.includes(id)).map((id) => `"${id}" comes out too`);
    return missing.length + more.length === 0 ? [] : [`${topic}: ${[...missing, ...more].join(', ')}`];
  });
}

/** Describes which expectations fail. `wanted` is true for `must` and false for `must not`. */
export function compareOutcome(outcome: Outcome, expected: Expected, wanted: boolean): string[] {
  const found: string[] = [];
  if (expected.level !== undefined && (outcome.level === expected.level) !== wanted)
    found.push(
      wanted ? `level is ${outcome.level}, and must be ${expected.level}` : `level must not be ${expected.level}`,
    );
  for (const topic of SINGLE) {
    const words = expected[topic] as string[] | undefined;
    if (words === undefined) continue;
    const actual = outcome[topic] ?? 'not settled';
    if (words.includes(actual) !== wanted)
      found.push(`${topic} is "${actual}", and must ${wanted ? '' : 'not '}be "${words.join('" or "')}"`);
  }
  for (const topic of MANY)
    for (const id of expected[topic] ?? [])
      if (outcome[topic].has(id) !== wanted)
        found.push(
          wanted
            ? `${topic} "${id}" is missing (there are: ${[...outcome[topic]].join(', ') || 'none'})`
            : `${topic} "${id}" must not come out`,
        );
  return found;
}
