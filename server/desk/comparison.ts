/** Compares before and after new information: which answers changed, and what changed in the result. Pure. */

import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { adviseSoFar, describeAction } from '../consultation/provisional-advice.ts';
import type { Flow } from '../flow/flow.ts';
import { MARKS, TOPICS } from '../flow/marks.ts';
import { type Answers, describeAnswer, isSameAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';

export interface Compared {
  name: string;
  before: string;
  after: string;
  changed: boolean;
}

export interface Comparison {
  answers: Compared[];
  results: Compared[];
}

const NONE = 'Nothing';
const NOT_ASKED = 'Not asked';

/** `number`: the number of the entry that brought the new information. */
export function compareSince(flow: Flow, entries: readonly Entry[], number: number): Comparison {
  const before = readConsultation('', entries.slice(0, number - 1)).answers;
  const after = readConsultation('', entries).answers;
  const [old, now] = [walk(flow, before), walk(flow, after)];
  const asked = [...new Set([...old.turns, ...now.turns].map((turn) => turn.question))];
  return {
    answers: asked.map((id) => {
      const name = flow.questions[id]?.text ?? id;
      const words = (answers: Answers, position: typeof old) => describe(flow, answers, position, id);
      const same = isSame(before, after, id) && isAsked(old, id) === isAsked(now, id);
      return { name, before: words(before, old), after: words(after, now), changed: !same };
    }),
    results: compareResults(flow, [before, old], [after, now]),
  };
}

type Position = ReturnType<typeof walk>;
type Then = [answers: Answers, position: Position];

function isAsked({ turns }: Position, id: string): boolean {
  return turns.some((turn) => turn.question === id);
}

function isSame(before: Answers, after: Answers, id: string): boolean {
  const [a, b] = [before[id], after[id]];
  return a === b || (a !== undefined && b !== undefined && isSameAnswer(a, b));
}

function describe(flow: Flow, answers: Answers, position: Position, id: string): string {
  const question = flow.questions[id];
  const answer = answers[id];
  if (question === undefined || answer === undefined || !isAsked(position, id)) return NOT_ASKED;
  return describeAnswer(question, answer).join('; ');
}

function compareResults(flow: Flow, [before, old]: Then, [after, now]: Then): Compared[] {
  const line = (name: string, read: (position: Position) => string | undefined) => {
    const [then, since] = [read(old) ?? NONE, read(now) ?? NONE];
    return { name, before: then, after: since, changed: then !== since };
  };
  const advised = (position: Position, answers: Answers) => {
    const advice = adviseSoFar(flow, answers, position);
    if (advice === undefined) return NONE;
    return describeAction(advice);
  };
  const [advisedBefore, advisedNow] = [advised(old, before), advised(now, after)];
  return [
    { name: 'Advised', before: advisedBefore, after: advisedNow, changed: advisedBefore !== advisedNow },
    line(flow.area.scaleName, ({ standing }) => flow.area.scale[standing.level - 1]),
    ...TOPICS.map((topic) => line(MARKS[topic].name, ({ standing }) => standing[topic])),
  ];
}
