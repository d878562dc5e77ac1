/**
 * The table of all possible outcomes of a flow, stored beside it so that a change of content shows as a change of outcomes. There is one
 * row for each end with its level and words. A row gives what all its interviews have in common, the shortest of them, their share of all
 * combinations of answers, and a fingerprint, which changes whenever any single combination moves to another row.
 */
import type { EndStep, Flow } from '../flow.ts';
import { forEachTopic, MARKS, TOPICS, wordsFor } from '../marks.ts';
import { describeClauses } from './clauses.ts';
import { describeExample } from './describe-answers.ts';
import { type Formula, NEVER } from './diagram.ts';
import { exampleOf } from './example.ts';
import { type Interview, runInterview } from './interview.ts';
import { MARK_TOPICS, type MarkTopic } from './known.ts';
import { fingerprintOf, shareOf } from './paths.ts';

/** Nobody reads a longer table. Topics that would make it longer are summarised in each row. */
const MOST_ROWS = 80;
const SPLIT_BY: readonly MarkTopic[] = ['level', ...TOPICS.toSorted((a, b) => MARKS[a].rank - MARKS[b].rank)];

export interface OutcomeRow {
  end: string;
  /** For each topic: the ranks it can have here, from strongest to weakest. 0 means no mark. */
  heights: Record<MarkTopic, number[]>;
  formula: Formula;
  share: number;
}

/** Grouped by end in the order of the steps, the strongest first. */
export function findRows(interview: Interview, most: number = MOST_ROWS): OutcomeRow[] {
  const { diagrams, known } = interview;
  let formulas = known.end.ids().map((end) => ({ end, formula: known.end.of(end) }));
  for (const topic of SPLIT_BY) {
    const split = formulas.flatMap(({ end, formula }) =>
      heightsIn(interview, formula, topic).map((height) => ({
        end,
        formula: diagrams.and(formula, known.heights[topic].exactly(height)),
      })),
    );
    if (split.length <= most) formulas = split;
  }
  const chances = chancesOf(interview);
  return formulas.map((row) => ({
    ...row,
    heights: heightsOf(interview, row.formula),
    share: shareOf(diagrams, row.formula, chances),
  }));
}

function heightsOf(interview: Interview, formula: Formula): Record<MarkTopic, number[]> {
  const of = (topic: MarkTopic) => heightsIn(interview, formula, topic);
  return { level: of('level'), ...forEachTopic(of) };
}

function heightsIn({ diagrams, known }: Interview, formula: Formula, topic: MarkTopic): number[] {
  const { top } = known.heights[topic];
  const all = Array.from({ length: top + 1 }, (_, index) => top - index);
  return all.filter((height) => diagrams.and(formula, known.heights[topic].exactly(height)) !== NEVER);
}

function chancesOf({ known }: Interview): number[] {
  const chances: number[] = [];
  for (const { variables } of known.facts.values()) for (const { id, chance } of variables) chances[id] = chance;
  return chances;
}

/** The flow must not run off its end. Throws TooLarge. */
export function outcomesOf(flow: Flow): string {
  const interview = runInterview(flow, []);
  const rows = findRows(interview);
  const ends = [...new Set(rows.map((row) => row.end))];
  const lines = [
    `# ${flow.area.id}/${flow.id}: what can come out. Made by "npm run prove"; do not edit.`,
    `# ${rows.length} outcomes at ${ends.length} ends. A share is of all combinations of answers, not of people.`,
    ...ends.flatMap((end) =>
      describeEnd(
        interview,
        end,
        rows.filter((row) => row.end === end),
      ),
    ),
    '',
    '# What else comes out, and what is asked.',
    ...describeRest(interview),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whatever all rows of an end have in common is given once, in its heading. */
function describeEnd(interview: Interview, end: string, rows: OutcomeRow[]): string[] {
  const steps = interview.visits.map((visit) => visit.step);
  const step = steps.find((found): found is EndStep => found.kind === 'end' && found.id === end);
  const clauses = describeClauses(interview, interview.known.end.of(end));
  return [
    '',
    `${end} (${step?.within})`,
    ...clauses.map((clause) => `  always: ${clause}`),
    ...rows.flatMap((row) => describeRow(interview, row, clauses)),
  ];
}

function describeRow(interview: Interview, { heights, formula }: OutcomeRow, said: string[]): string[] {
  const words = MARK_TOPICS.flatMap((topic) => describeHeights(topic, heights[topic]));
  const clauses = describeClauses(interview, formula).filter((clause) => !said.includes(clause));
  return [
    `  - ${words.join(', ') || 'nothing stands'}   ${describeSize(interview, formula)}`,
    ...(clauses.length > 0 ? [`    always: ${clauses.join('; ')}`] : []),
    `    such as: ${describeExample(exampleOf(interview, formula))}`,
  ];
}

function describeHeights(topic: MarkTopic, heights: number[]): string[] {
  if (heights.length === 1 && heights[0] === 0) return [];
  const words = heights.map((height) => (topic === 'level' ? height : wordsFor(topic)[height - 1]) || 'nothing');
  return [`${topic}${topic === 'level' ? ' ' : ': '}${words.join(' or ')}`];
}

function describeRest(interview: Interview): string[] {
  const { known } = interview;
  const standing = MARK_TOPICS.flatMap((topic) =>
    heightsIn(interview, interview.ended, topic).map((height) => {
      const word = describeHeights(topic, [height])[0] ?? `${topic}: nothing`;
      return `${word}   ${describeSize(interview, known.heights[topic].exactly(height))}`;
    }),
  );
  const topics = ['next', 'record', 'advice', 'first contact', 'contact', 'asked'] as const;
  const ids = topics.flatMap((topic) =>
    known[topic].ids().flatMap((id) => {
      const formula = known[topic].of(id);
      // Except for its first contact, every contact of an end is a second choice, unless the first is left out.
      if (topic === 'first contact' && formula === NEVER) return [];
      return [`${topic} ${id}${describeFacts(interview.flow, topic, id)}   ${describeSize(interview, formula)}`];
    }),
  );
  return [...standing, ...ids];
}

/**
 * The time of a next step and how to reach a contact. No answer leads to these, so a slip in one of them would
 * otherwise not show.
 */
function describeFacts(flow: Flow, topic: string, id: string): string {
  const step = topic === 'next' ? flow.next[id] : undefined;
  const contact = topic === 'contact' ? flow.contacts[id] : undefined;
  const facts = [
    step?.within,
    step?.with === undefined ? undefined : `with ${step.with}`,
    ...(contact?.phones ?? []).map(({ number }) => number),
    contact?.email,
    contact?.web,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}

function describeSize(interview: Interview, formula: Formula): string {
  const { diagrams } = interview;
  const share = describeShare(shareOf(diagrams, formula, chancesOf(interview)));
  return `[${share}, ${fingerprintOf(diagrams, formula, namesOf(interview))}]`;
}

function namesOf({ known }: Interview): string[] {
  const names: string[] = [];
  for (const { variables } of known.facts.values()) for (const { id, name } of variables) names[id] = name;
  return names;
}

const WITH_COMMAS = new Intl.NumberFormat('en-GB');

/** `all`, `never`, `92 %`, `1 in 30,000`. */
export function describeShare(share: number): string {
  if (share === 0) return 'never';
  if (share === 1) return 'all';
  if (share >= 0.095) return `${Math.min(99, Math.round(share * 100))} %`;
  const one = Number((1 / share).toPrecision(2));
  return `1 in ${one < 1e9 ? WITH_COMMAS.format(one) : one.toExponential(0).replace('e+', 'e')}`;
}
