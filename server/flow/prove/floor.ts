/**
 * What the floor demands in addition to its rules: danger is asked about first, no two lines contradict each other, and
 * every end suits its reader.
 */

import type { ExclusiveGroup } from '../check/floor.ts';
import type { EndStep, Flow } from '../flow.ts';
import { MARKS, TOPICS, wordsFor } from '../marks.ts';
import { ownEndsOf } from '../walk/acts-themselves.ts';
import { describeExample } from './describe-answers.ts';
import { ALWAYS, type Formula, NEVER } from './diagram.ts';
import { type Example, exampleOf } from './example.ts';
import type { Fault } from './fault.ts';
import type { Interview } from './interview.ts';
import type { Known } from './known.ts';

/** Two lines in one result that must not come together. */
export interface Contradiction {
  group: string;
  /** Such as `next "referral_form" (channel: in writing)`. */
  lines: [string, string];
  example: Example;
}

export interface FloorOfFlow {
  groups: readonly ExclusiveGroup[];
  firstAsked: readonly string[];
}

export function findContradictions(interview: Interview, groups: readonly ExclusiveGroup[]): Contradiction[] {
  return groups.flatMap((group) => contradictionsOf(interview, group));
}

/** The number of word pairs that were compared: pairs of which both words are possible. */
export function countExcluded(interview: Interview, groups: readonly ExclusiveGroup[]): number {
  return groups.reduce((sum, { id, words }) => {
    const used = words.filter((word) => usesOf(interview, id, word).some(({ formula }) => formula !== NEVER)).length;
    return sum + (used * (used - 1)) / 2;
  }, 0);
}

interface WordUse {
  name: string;
  formula: Formula;
}

/** One example for each pair of words: the first two lines with these words that can appear together. */
function contradictionsOf(interview: Interview, { id, words }: ExclusiveGroup): Contradiction[] {
  const { diagrams, ended } = interview;
  const pairs = words.flatMap((word, index) => words.slice(index + 1).map((other) => [word, other] as const));
  return pairs.flatMap(([word, other]) => {
    for (const one of usesOf(interview, id, word))
      for (const two of usesOf(interview, id, other)) {
        const both = diagrams.and(ended, one.formula, two.formula);
        if (both === NEVER) continue;
        const lines: [string, string] = [`${one.name} (${id}: ${word})`, `${two.name} (${id}: ${other})`];
        return [{ group: id, lines, example: exampleOf(interview, both) }];
      }
    return [];
  });
}

/** Everything that uses the word: lines, the marks about parents, consent and the police, and the time of the end. */
function usesOf({ lines, known }: Interview, group: string, word: string): WordUse[] {
  const inLines = lines
    .filter(({ line }) => line.oneOf?.[group] === word)
    .map(({ kind, id, formula }) => ({ name: `${kind} "${id}"`, formula }));
  const inMarks = useInMarks(known, group, word);
  const time = group === 'time' ? [{ name: 'the time of the end', formula: known.within.of(word) }] : [];
  return [...inMarks, ...time, ...inLines];
}

function useInMarks(known: Known, group: string, word: string): WordUse[] {
  const topic = TOPICS.find((one) => one === group);
  if (topic === undefined || !wordsFor(topic).includes(word)) return [];
  return [{ name: MARKS[topic].subject, formula: known.isStrongest(topic, word) }];
}

/** Breaches of the floor that are not about the outcome. */
export function findFloorFaults(interview: Interview, { firstAsked }: FloorOfFlow): Fault[] {
  return [...findLateDanger(interview, firstAsked), ...findStrandedEnds(interview), ...findUnaskedReaders(interview)];
}

function findLateDanger({ flow, visits }: Interview, firstAsked: readonly string[]): Fault[] {
  if (firstAsked.length === 0) return [];
  const first = visits.find(({ step }) => step.kind === 'ask');
  const asked = first?.step.kind === 'ask' ? flow.questions[first.step.question] : undefined;
  const means = asked?.means?.some(({ meaning }) => firstAsked.includes(meaning)) ?? false;
  if (means && first?.taken === ALWAYS) return [];
  const names = firstAsked.map((id) => nameOf(flow, id)).join(' or ');
  const message =
    asked === undefined || !means
      ? `the first question does not ask about danger. Everybody is asked first whether ${names.toLowerCase()}: begin with "- call: danger", or with a question of which an answer has "means: [${firstAsked.join(', ')}]".`
      : `"${asked.id}" is not asked of everybody. Take its "when" out: whoever opens this door is asked first whether ${names.toLowerCase()}.`;
  return [
    { part: first?.part ?? flow.id, ...(first !== undefined && { step: first.step.id }), message, kind: 'error' },
  ];
}

function nameOf(flow: Flow, meaning: string): string {
  return flow.meanings?.[meaning]?.says ?? meaning.replaceAll('_', ' ');
}

/** An end cannot be left out. It must make sense for everybody who reaches it, and so must at least one of its contacts. */
function findStrandedEnds(interview: Interview): Fault[] {
  const { flow, diagrams, known, visits, ended } = interview;
  return visits.flatMap(({ part, step, taken }): Fault[] => {
    if (step.kind !== 'end') return [];
    const reached = diagrams.and(taken, ended);
    const acting = diagrams.or(...ownEndsOf(flow, step).map(({ reader }) => known.means.of(reader)));
    const senseless = diagrams.butNot(reached, diagrams.or(acting, known.makesSense(step, ended)));
    const alone = diagrams.butNot(reached, contactsLeft(interview, step));
    const fault = (message: string): Fault => ({ part, step: step.id, message, kind: 'error' });
    return [
      ...(senseless === NEVER
        ? []
        : [
            fault(
              `the end comes out where its "only with" does not hold, or for the reader whom it is "to": ${describeExampleOf(interview, senseless)}.`,
            ),
          ]),
      ...(alone === NEVER
        ? []
        : [fault(`no contact of this end is left: ${describeExampleOf(interview, alone)}. Add one that fits.`)]),
    ];
  });
}

/** The interviews in which at least one contact of the end remains, as the end reads for its reader. */
function contactsLeft({ flow, diagrams, known, ended }: Interview, end: EndStep): Formula {
  const left = (ids: readonly string[]) => diagrams.or(...ids.map((id) => known.makesSense(flow.contacts[id], ended)));
  const own = ownEndsOf(flow, end).map((one) => diagrams.and(known.means.of(one.reader), left(one.end.contacts)));
  return diagrams.or(left(end.contacts), ...own);
}

/**
 * Finds lines that send readers to somebody who may be themselves, although they were not asked whether they are that
 * person, so that the line could not be left out.
 */
function findUnaskedReaders(interview: Interview): Fault[] {
  const { flow, diagrams, known, lines, ended } = interview;
  if (flow.reader !== 'professional') return [];
  const readers = [...new Set(lines.flatMap(({ line }) => line.to ?? []))];
  return readers.flatMap((reader): Fault[] => {
    const asking = Object.values(flow.questions).filter(({ means }) =>
      means?.some(({ meaning }) => meaning === reader),
    );
    const asked = diagrams.or(...asking.map(({ id }) => known.asked.of(id)));
    const to = lines.filter(({ line }) => line.to?.includes(reader));
    const found = to.find(({ formula }) => diagrams.butNot(diagrams.and(formula, ended), asked) !== NEVER);
    if (found === undefined) return [];
    const example = describeExampleOf(interview, diagrams.butNot(diagrams.and(found.formula, ended), asked));
    const message =
      `${found.kind} "${found.id}" sends the reader to somebody who may be the reader (${nameOf(flow, reader)}), and nobody has asked: ` +
      `${example}. Ask it before: "- call: danger" does, and so does "- call: about_you".`;
    return [{ part: flow.id, message, kind: 'error' }];
  });
}

function describeExampleOf(interview: Interview, formula: Formula): string {
  return describeExample(exampleOf(interview, formula));
}
