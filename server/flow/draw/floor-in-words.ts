/** Describes the floor in words: when each rule applies, what it demands and what it forbids. */
import type { Floor } from '../check/floor.ts';
import type { Demanded, Rule } from '../check/safety.ts';
import type { Flow, Meaning, Reader } from '../flow.ts';
import { forEachTopic, MARKS } from '../marks.ts';
import { describeCondition } from './describe-condition.ts';

export interface FloorRuleInWords {
  id: string;
  says: string;
  /** Undefined: every reader. */
  readers?: string;
  whenever: string;
  always: string[];
  never: string[];
  cite: string[];
}

const READERS: Record<Reader, string> = { professional: 'professionals', public: 'the public', child: 'children' };

/** `flow`: any flow of the area; it provides the names of levels and contacts. */
export function describeFloorRules({ rules, meanings }: Floor, flow: Flow): FloorRuleInWords[] {
  const entries = Object.entries(meanings).map(
    ([id, says]) => [id, { id, says, kind: [], cite: [] }] as [string, Meaning],
  );
  const flowWithMeanings = { ...flow, meanings: Object.fromEntries(entries) };
  return rules.map((rule) => ({
    id: rule.id,
    says: rule.says,
    ...readersOf(rule),
    whenever: describeCondition(flowWithMeanings, rule.whenever),
    always: describeDemand(rule.always ?? {}),
    never: describeDemand(rule.never ?? {}),
    cite: rule.cite,
  }));
}

function readersOf({ readers = [] }: Rule): { readers?: string } {
  if (readers.length === Object.keys(READERS).length) return {};
  return { readers: readers.map((reader) => READERS[reader]).join(' and ') };
}

const NAMES: Record<string, string> = {
  ...forEachTopic((topic) => MARKS[topic].name),
  within: 'Time',
  contact: 'Contact',
  'first contact': 'First contact',
  'a contact of': 'One of these contacts',
  'a step with': 'A next step with a time, done with',
  'the tool for': 'The action names the area’s tool for',
  to: 'A line that sends the reader to',
};

function describeDemand({ level, 'one of': exclusive, ...rest }: Demanded): string[] {
  const words = Object.entries(rest).flatMap(([key, value]) =>
    Array.isArray(value) ? [`${NAMES[key] ?? key}: ${value.map((one) => one.replaceAll('_', ' ')).join(' or ')}`] : [],
  );
  const groups = Object.entries(exclusive ?? {}).map(
    ([group, one]) => `A line that says “${group}: ${one.join(' or ')}”`,
  );
  return [...(level === undefined ? [] : ['Level: the highest']), ...words, ...groups];
}
