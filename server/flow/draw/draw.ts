/**
 * A flow as ladders: its own, and one for each flow that it calls, drawn once and named by a letter. Each rung has a name that people can
 * refer to: 4 in the flow itself, B4 in a called one. If a Position is given, each rung shows whether it was taken.
 */

import { type AskStep, type Flow, getPart, getQuestion, type Part, type Step } from '../flow.ts';
import { describeAnswer } from '../walk/answer.ts';
import type { Position, Taken } from '../walk/walk.ts';
import { conditionLines, IN_BRIEF } from './describe-condition.ts';
import { textOf } from './map.ts';

export interface Rung {
  part: string;
  step: string;
  kind: Step['kind'];
  /** Such as 4 or B4. */
  name: string;
  text: string;
  /** The condition, one line for each requirement; empty if it has none. */
  when: string[];
  within?: string;
  /** The ladder that a call opens, such as B. */
  opens?: { part: string; letter: string };
  /** Whether the step ends the interview, or returns to the calling ladder. */
  leaves?: 'end' | 'return';
  /** The rung that "I don't know" leads to. */
  doubt?: { step: string; name: string; label: string };
  taken?: Taken;
  answer?: string[];
}

export interface Ladder {
  part: string;
  /** Empty for the flow itself. */
  letter: string;
  title: string;
  rungs: Rung[];
  /** Names of the rungs that call this ladder. */
  calledFrom: string[];
}

/** The flow itself first, then the called flows in order of their first call. */
export function drawLadders(flow: Flow, position?: Position): Ladder[] {
  const letters = lettersOf(flow);
  const drawing = { flow, letters, ...(position !== undefined && { position }) };
  const ladders = [...letters].map(([part, letter]) => ({
    part,
    letter,
    title: part === flow.id ? flow.title : getPart(flow, part).title,
    rungs: getPart(flow, part).steps.map((step) => createRung(drawing, getPart(flow, part), step)),
    calledFrom: [] as string[],
  }));
  for (const { rungs } of ladders)
    for (const { opens, name } of rungs) ladders.find(({ part }) => part === opens?.part)?.calledFrom.push(name);
  return ladders;
}

/** Part → its letter. */
function lettersOf(flow: Flow): Map<string, string> {
  const found = new Map([[flow.id, '']]);
  const visit = (id: string) => {
    for (const step of getPart(flow, id).steps) {
      if (step.kind !== 'call' || found.has(step.flow)) continue;
      found.set(step.flow, String.fromCharCode(64 + found.size));
      visit(step.flow);
    }
  };
  visit(flow.id);
  return found;
}

/** What is drawn: a flow, the letters of its parts, and how far somebody has walked it. */
interface Drawing {
  flow: Flow;
  letters: Map<string, string>;
  position?: Position;
}

function createRung({ flow, letters, position }: Drawing, part: Part, step: Step): Rung {
  const letter = letters.get(part.id) ?? '';
  const nameOf = (id: string) => `${letter}${part.steps.findIndex((other) => other.id === id) + 1}`;
  return {
    part: part.id,
    step: step.id,
    kind: step.kind,
    name: nameOf(step.id),
    text: textOf(flow, step),
    when: conditionLines(flow, step.when, IN_BRIEF),
    ...(step.kind === 'end' && { within: step.within, leaves: 'end' as const }),
    ...(step.kind === 'advise' && step.returns && { leaves: 'return' as const }),
    ...(step.kind === 'call' && { opens: { part: step.flow, letter: letters.get(step.flow) ?? '' } }),
    ...(step.kind === 'ask' && doubtOf(flow, step, nameOf)),
    ...(position !== undefined && takenOf(flow, position, part.id, step)),
  };
}

function doubtOf(flow: Flow, { question, leadsTo }: AskStep, nameOf: (id: string) => string) {
  if (leadsTo === undefined) return {};
  return { doubt: { step: leadsTo, name: nameOf(leadsTo), label: getQuestion(flow, question).unknown.label } };
}

/** A flow can be called more than once. The rung then shows the strongest of its states. */
const STRONGEST: Taken[] = ['here', 'taken', 'known', 'skipped', 'jumped over'];

function takenOf(flow: Flow, position: Position, part: string, step: Step): Partial<Rung> {
  const passed = position.path.filter((item) => item.part === part && item.step === step.id).map((item) => item.taken);
  const taken = STRONGEST.find((word) => passed.includes(word));
  if (taken === undefined) return {};
  const turn = position.turns.find((item) => step.kind === 'ask' && item.question === step.question);
  const isAnswered = turn !== undefined && (taken === 'taken' || taken === 'known');
  return { taken, ...(isAnswered && { answer: describeAnswer(getQuestion(flow, turn.question), turn.answer) }) };
}
