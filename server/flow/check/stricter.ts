/**
 * Checks that what an area changes in a national flow (`stricter.yaml`) is stricter than the national content, and
 * lists these changes for readers.
 */

import type { Compiler } from '../language/compile.ts';
import type { FlowContent, Located } from '../language/content.ts';
import { type Path, problemIn } from '../language/read.ts';
import type { RawStricter } from '../language/schema.ts';
import type { Scope } from '../language/scope.ts';
import { strictWords } from '../language/stricter.ts';
import { strength, TOPICS, type Topic } from '../marks.ts';
import { NATIONAL } from '../national.ts';
import { didYouMean, type Message, type Problem } from '../problem.ts';

/** One step of a national flow at which the area is stricter. */
export interface Stricter {
  flow: string;
  step: string;
  /** For example `within: at once`. */
  words: string[];
  why: string;
  cite: string[];
}

type Step = FlowContent['steps'][number];

export function compileStricter(scope: Scope, compiler: Compiler): Stricter[] {
  return [...scope.own.stricter.values()].flatMap((located) =>
    Object.entries(located.value).map(([step, stricter]) => ({
      flow: located.id,
      step,
      words: Object.entries(strictWords(stricter)).map(([key, word]) => `${key}: ${word}`),
      why: stricter.why,
      cite: compiler.cite(stricter.cite, located, [step, 'cite']),
    })),
  );
}

export function checkStricter({ own, national }: Scope): Problem[] {
  return [...own.stricter.values()].flatMap((located) => {
    const at = (path: Path, message: Message) => problemIn(located.document, [...located.path, ...path], message);
    if (own.folder === NATIONAL)
      return [at([], 'this file is for an area. The nation says in its flows how strict they are.')];
    const flow = national?.flows.get(located.id);
    if (flow === undefined || own.flows.has(located.id))
      return [at([], describeMissingFlow(located, [...(national?.flows.keys() ?? [])], own.flows.has(located.id)))];
    return Object.entries(located.value).flatMap(([id, stricter]) => {
      const step = flow.steps.find((one) => one.id === id);
      if (step === undefined || (step.kind !== 'end' && step.kind !== 'advise'))
        return [at([id], describeMissingStep(flow, id))];
      return looserWords(step, stricter).map(([key, message]) => at([id, key], message));
    });
  });
}

function describeMissingFlow({ id }: Located<unknown>, known: string[], isOwn: boolean): Message {
  if (isOwn) return `"${id}" is a flow of this area. Say in the flow itself how strict it is.`;
  return {
    missing: `no national flow is called "${id}".${didYouMean(id, known)} Only the nation's flows are tightened here.`,
  };
}

function describeMissingStep(flow: FlowContent, id: string): Message {
  const known = flow.steps.filter(({ kind }) => kind === 'end' || kind === 'advise').map((step) => step.id);
  return { missing: `"${flow.id}" has no end and no advice "${id}".${didYouMean(id, known)}` };
}

/** Each key whose word is not stricter than the national one, with the message. */
function looserWords(step: Step, stricter: RawStricter): [string, string][] {
  const words = Object.entries(strictWords(stricter));
  if (words.length === 0) return [['why', `say what is stricter: within, level, ${TOPICS.join(', ')}.`]];
  const national: Record<string, unknown> = step.value;
  return words.flatMap(([key, word]): [string, string][] => {
    if (key === 'within' && step.kind !== 'end') return [[key, 'only an end has a time.']];
    const [ours, theirs] = [rank(key, word), rank(key, national[key])];
    if (ours > theirs) return [];
    const compared =
      ours === theirs ? 'says the same as the nation. Take it out' : `is weaker than the nation's "${national[key]}"`;
    return [[key, `"${key}: ${word}" ${compared}. An area can be stricter, never weaker.`]];
  });
}

const UNITS = ['hour', 'day', 'working day', 'week', 'month'];

/** The higher, the stricter. A missing word ranks lowest. */
function rank(key: string, word: unknown): number {
  if (key === 'within') return soonness(String(word ?? ''));
  if (key === 'level') return word === 'highest' ? 10 : Number(word ?? 0);
  return strength(key as Topic, word === undefined ? undefined : String(word));
}

/** Orders times: at once, today, those with a number from the shortest to the longest, and no set time. */
function soonness(within: string): number {
  if (within === 'at once') return 0;
  if (within === 'today') return -1;
  const [, number, unit] = /^(\d+) (.+?)s?$/.exec(within) ?? [];
  if (number === undefined || unit === undefined) return Number.NEGATIVE_INFINITY;
  const hours = [1, 24, 24, 168, 730][UNITS.indexOf(unit)] ?? 730;
  return -1 - Number(number) * hours;
}
