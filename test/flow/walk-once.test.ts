/** Compares what the walk caches with the same computed afresh. */

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import type { Flow, Question } from '../../server/flow/flow.ts';
import { type Answer, isStillAnswer } from '../../server/flow/walk/answer.ts';
import { readStored } from '../../server/flow/walk/answer-read.ts';
import { meaningsOf, toFact } from '../../server/flow/walk/condition.ts';
import { walk, walkToOutcome } from '../../server/flow/walk/walk.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { loadReal } from '../real-content.ts';
import { isShort, someOf } from '../short-form.ts';

const library = loadReal();
const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);

/** Every option alone, every pair of ticks, what a text box may contain, and answers that fit nowhere. */
function answersTo({ type, options }: Question): Answer[] {
  const ids = options.map(({ id }) => id);
  const alone = [...ids, 'unknown', 'none', 'never offered', 'Sam said so', '2026-03-27', 12, 13, 99_999];
  if (type !== 'several of') return [...alone, ['unknown'], ids];
  const pairs = ids.slice(0, 8).flatMap((one) => ids.slice(0, 8).map((other) => [one, other]));
  return [...alone, ...alone.map((one) => [String(one)]), ...pairs, [...ids, 'unknown'], ['none', ...ids]];
}

function readAfresh(question: Question, answer: Answer) {
  if (!isStillAnswer(question, answer)) return undefined;
  const fact = toFact(question, answer);
  const options = question.options.filter(({ id }) => fact.options.has(id));
  return { fact, meanings: meaningsOf(question, answer), options };
}

function endOf(flow: Flow, answers: Parameters<typeof walk>[1]) {
  const { at, standing } = walk(flow, answers);
  return { level: standing.level, ...(at.kind === 'end' && { action: at.end.action, text: at.end.text }) };
}

describe('an answer that is read again', () => {
  it('gives the same result as at first, whatever was read in between', () => {
    const questions = new Set(someOf(flows, 9).flatMap((flow) => Object.values(flow.questions)));
    expect(questions.size).toBeGreaterThan(isShort ? 20 : 50);
    // Compared without `expect`, which takes far longer than reading the answer.
    const others = [...questions].flatMap((question) =>
      ['first', 'again'].flatMap((round) =>
        answersTo(question)
          .filter((answer) => !isDeepStrictEqual(readStored(question, answer), readAfresh(question, answer)))
          .map((answer) => `${question.id}, ${answer}, ${round}`),
      ),
    );
    expect(others).toEqual([]);
  });

  it('is cached for a choice, and not for typed words', () => {
    const [choice] = flows.flatMap((flow) => Object.values(flow.questions)).filter(({ type }) => type === 'yes or no');
    const written = { ...choice, type: 'long text', options: [] } as unknown as Question;
    expect(readStored(choice as Question, 'yes')).toBe(readStored(choice as Question, 'yes'));
    expect(readStored(written, 'Sam said so')?.fact.unknown).toBe(false);
    expect(readStored(written, 'Sam said so')).not.toBe(readStored(written, 'Sam said so'));
  });
});

describe('a walk without a trace', () => {
  it('ends where the whole walk ends, after every answer of every worked case', () => {
    let ends = 0;
    const others: object[] = [];
    for (const flow of someOf(flows, 9))
      for (const { answers } of walkCases(library, flow, CONTENT_DAY)) {
        const given = Object.entries(answers);
        for (let count = 0; count <= given.length; count++) {
          const soFar = Object.fromEntries(given.slice(0, count));
          const { level, end } = walkToOutcome(flow, soFar);
          const found = { level, ...(end !== undefined && { action: end.action, text: end.text }) };
          if (!isDeepStrictEqual(found, endOf(flow, soFar))) others.push({ flow: flow.id, soFar, found });
          if (end !== undefined) ends++;
        }
      }
    expect(others).toEqual([]);
    expect(ends).toBeGreaterThan(isShort ? 20 : 100);
  });
});
