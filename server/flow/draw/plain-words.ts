/** Describes a flow in words: every step with all its details. The text version of the drawing. */

import { type Flow, getPart, getQuestion, type Step } from '../flow.ts';
import { conditionLines } from './describe-condition.ts';
import { describeMarks } from './describe-marks.ts';
import { drawLadders, type Ladder, type Rung } from './draw.ts';
import { describeQuestion, type QuestionDescription } from './question-in-words.ts';

export interface StepInWords {
  /** The id of the element on the page. */
  id: string;
  rung: Rung;
  when: string[];
  text: string;
  /** For an end: the text below the action. */
  more?: string;
  question?: QuestionDescription;
  marks: string[];
  contacts: string[];
  cite: string[];
  law?: string;
}

export interface LadderInWords extends Ladder {
  id: string;
  steps: StepInWords[];
}

export function describeInPlainWords(flow: Flow, ladders = drawLadders(flow)): LadderInWords[] {
  return ladders.map((ladder) => {
    const { steps } = getPart(flow, ladder.part);
    const described = steps.map((step, index) => describeStep(flow, step, ladder.rungs[index] as Rung));
    return { ...ladder, id: ladderId(ladder.part), steps: described };
  });
}

export function ladderId(part: string): string {
  return `ladder-${part}`;
}

export function stepId({ part, step }: { part: string; step: string }): string {
  return `step-${part}-${step}`;
}

function describeStep(flow: Flow, step: Step, rung: Rung): StepInWords {
  const base = {
    id: stepId(rung),
    rung,
    when: conditionLines(flow, step.when),
    ...(step.law !== undefined && { law: step.law }),
  };
  const none = { marks: [], contacts: [], cite: [] };
  switch (step.kind) {
    case 'ask': {
      const question = getQuestion(flow, step.question);
      return {
        ...base,
        ...none,
        text: question.text,
        cite: question.cite,
        question: describeQuestion(flow, question, rung),
      };
    }
    case 'call':
      return { ...base, ...none, text: rung.text, cite: getPart(flow, step.flow).cite };
    case 'say':
      return { ...base, ...none, text: step.text, cite: step.cite };
    default: {
      const contacts = step.contacts.map((id) => flow.contacts[id]?.name ?? id);
      const more = step.kind === 'end' && step.text !== undefined ? { more: step.text } : {};
      return { ...base, ...more, text: rung.text, marks: describeMarks(flow, step), contacts, cite: step.cite };
    }
  }
}
