/** Runs one interview through both interpreters and shows where they differ. */

import type { Flow } from '../../../server/flow/flow.ts';
import type { Answers } from '../../../server/flow/walk/answer.ts';
import { type Position, type Remark, walk } from '../../../server/flow/walk/walk.ts';
import { readAnswers } from '../../../server/flow/walk/written-answers.ts';
import { type Given, type SecondInterpreter, type SecondWalk, show } from './interpreter.ts';

export interface Disagreement {
  flow: string;
  given: Given;
  what: string;
  first: string;
  second: string;
}

/** The result of `walk` in the form of the second interpreter. */
export function wordsOf(position: Position): SecondWalk {
  const { at, turns, path, findings, advice, doubts, standing, unused } = position;
  const ids = (said: readonly Remark[]) => said.map((remark) => remark.step);
  return {
    at:
      at.kind === 'end'
        ? show('end', at.end.id, at.part, at.end.action, at.end.text, at.end.contacts)
        : show('question', at.question.id, at.part),
    turns: turns.map((turn) =>
      show(turn.part, turn.question, [turn.answer].flat(), ids(turn.remarks), turn.alreadyAnswered),
    ),
    open: show(ids(position.remarks), position.alreadyAnswered),
    path: path.map((step) => show(step.part, step.kind, step.step, step.taken)),
    findings: findings.map(({ topic, value, origin, cite }) =>
      show(topic, value, [origin.part, origin.step, origin.option].filter(Boolean).join(' '), cite),
    ),
    advice: advice.map((one) => show(one.part, one.step, one.text, one.contacts)),
    doubts: doubts.map(({ question, ask, text, whoKnows }) =>
      show(question, ask === undefined ? [] : [ask], text, whoKnows),
    ),
    standing,
    means: [...position.means].sort(),
    leftOut: [...position.leftOut].sort(),
    unused,
  };
}

/** Undefined if both agree on everything. */
export function compare(
  flow: Flow,
  second: SecondInterpreter,
  given: Given,
  today: string,
): { position: Position; answers: Answers; disagreement?: Disagreement } {
  const { answers } = readAnswers(flow, given, today);
  const position = walk(flow, answers);
  const [ours, theirs] = [wordsOf(position), second.walk(given)];
  const name = `${flow.area.id}/${flow.id}`;
  for (const what of Object.keys(ours) as (keyof SecondWalk)[]) {
    const [first, other] = [asText(ours[what]), asText(theirs[what])];
    if (first !== other) return { position, answers, disagreement: { flow: name, given, what, first, second: other } };
  }
  return { position, answers };
}

function asText(said: SecondWalk[keyof SecondWalk]): string {
  if (typeof said === 'string') return said;
  if (Array.isArray(said)) return said.join('\n');
  return show(said.level, said.parents, said.consent, said.police);
}
