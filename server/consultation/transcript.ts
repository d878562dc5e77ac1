/** The turns of an interview, as the reader sees them. */

import { type Definition, type Flow, getPart, getQuestion, type Question } from '../flow/flow.ts';
import { type Answer, describeAnswer, isUnknown } from '../flow/walk/answer.ts';
import { oncePerAnswer } from '../flow/walk/per-answer.ts';
import type { Position, Remark } from '../flow/walk/walk.ts';
import { assumedFor, describeAssumption } from './assumption.ts';
import { type Citation, citationsOf } from './citation.ts';

export interface PastTurn {
  question: Question;
  /** The answer in the words that the reader saw, one string per tick. */
  answer: string[];
  unknown: boolean;
  /** What Front Door assumes for "I don't know": a sentence without its full stop. */
  assumed?: string;
  remarks: ShownRemark[];
  alreadyAnswered: AlreadyAnswered[];
}

export interface ShownRemark {
  text: string;
  citations: Citation[];
}

/** A question that was not asked again because its answer was already known. */
export interface AlreadyAnswered {
  question: Question;
  answer: string[];
}

/** The open question, and what is shown beside it. */
export interface OpenTurn {
  question: Question;
  /** Title of its part of the interview. */
  part: string;
  citations: Citation[];
  definitions: Definition[];
  remarks: ShownRemark[];
  alreadyAnswered: AlreadyAnswered[];
}

export function pastTurns(flow: Flow, position: Position): PastTurn[] {
  return position.turns.map((turn) => {
    const plain = plainTurn(getQuestion(flow, turn.question), turn.answer);
    if (turn.remarks.length === 0 && turn.alreadyAnswered.length === 0) return plain;
    return {
      ...plain,
      remarks: turn.remarks.map((remark) => describeRemark(flow, remark)),
      alreadyAnswered: alreadyAnswered(flow, position, turn.alreadyAnswered),
    };
  });
}

/**
 * A turn with nothing shown before it. Everybody who chose the same shares one object, so that pages render it once.
 */
const plainTurn = oncePerAnswer(
  (question, answer): PastTurn => ({
    question,
    answer: describeAnswer(question, answer),
    unknown: isUnknown(answer),
    ...describeAssumed(question, answer),
    remarks: [],
    alreadyAnswered: [],
  }),
);

export function describeAssumed(question: Question, answer: Answer): { assumed?: string } {
  const assumed = assumedFor(question, answer);
  return assumed === undefined ? {} : { assumed: describeAssumption(question, assumed) };
}

/** Undefined at an end. */
export function openTurn(flow: Flow, position: Position): OpenTurn | undefined {
  const { at } = position;
  if (at.kind === 'end') return undefined;
  return {
    ...describeQuestion(flow, at.question, at.part),
    remarks: position.remarks.map((remark) => describeRemark(flow, remark)),
    alreadyAnswered: alreadyAnswered(flow, position, position.alreadyAnswered),
  };
}

/** An answered question, opened again to change its answer. */
export function turnToChange(flow: Flow, position: Position, question: string): OpenTurn | undefined {
  const turn = position.turns.find((past) => past.question === question);
  if (turn === undefined) return undefined;
  return {
    ...describeQuestion(flow, getQuestion(flow, question), turn.part),
    remarks: turn.remarks.map((remark) => describeRemark(flow, remark)),
    alreadyAnswered: [],
  };
}

function describeQuestion(flow: Flow, question: Question, part: string) {
  const { title } = getPart(flow, part);
  const ofFlow = described.get(flow) ?? new Map<string, QuestionBeside>();
  const beside = ofFlow.get(question.id) ?? {
    citations: citationsOf(flow, question.cite),
    definitions: question.define.map((term) => flow.definitions[term]).filter((entry) => entry !== undefined),
  };
  described.set(flow, ofFlow.set(question.id, beside));
  return { question, part: title, ...beside };
}

type QuestionBeside = Pick<OpenTurn, 'citations' | 'definitions'>;

/** Question id → description, for each version. */
const described = new WeakMap<Flow, Map<string, QuestionBeside>>();

function describeRemark(flow: Flow, remark: Remark): ShownRemark {
  return { text: remark.text, citations: citationsOf(flow, remark.cite) };
}

function alreadyAnswered(flow: Flow, position: Position, questions: string[]): AlreadyAnswered[] {
  return [...new Set(questions)].map((id) => {
    const question = getQuestion(flow, id);
    const answer = position.turns.find((turn) => turn.question === id)?.answer as Answer;
    return { question, answer: describeAnswer(question, answer) };
  });
}
