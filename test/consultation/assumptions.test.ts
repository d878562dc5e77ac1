/** What Front Door assumes for "I don't know" is always shown as an assumption, never as an answer. */

import { describe, expect, it } from 'vitest';
import { describeResult, type Reason } from '../../server/consultation/result.ts';
import { pastTurns } from '../../server/consultation/transcript.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import { getQuestion, type Question } from '../../server/flow/flow.ts';
import { isUnknown } from '../../server/flow/walk/answer.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { ANSWERS, FLOW, makeRecord } from '../export/sample.ts';
import { loadReal } from '../real-content.ts';

const TODAY = CONTENT_DAY;
const library = loadReal();
/** Every worked case with an assumption, and its result. */
const assuming = [...library.areas.values()].flatMap(({ flows }) =>
  [...flows.values()].flatMap((flow) =>
    walkCases(library, flow, TODAY).flatMap(({ answers, position }) => {
      const doubted = position.turns.filter(
        ({ question, answer }) => isUnknown(answer) && getQuestion(flow, question).unknown.countsAs !== undefined,
      );
      if (doubted.length === 0) return [];
      return [
        {
          flow,
          position,
          doubted,
          result: describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY }),
        },
      ];
    }),
  ),
);

function allReasons({ result }: (typeof assuming)[number]): Reason[] {
  const stands = [result.level?.stand, ...Object.values(result.topics)];
  return [
    ...result.why,
    ...stands.flatMap((stand) => [stand, ...(stand?.weaker ?? [])]).flatMap((one) => one?.reasons ?? []),
  ];
}

describe('assumptions in the worked cases of the real content', () => {
  it('appear in many cases', () => {
    expect(assuming.length).toBeGreaterThan(50);
  });

  it('are listed in the result, once for each question', () => {
    for (const { doubted, result } of assuming)
      expect(result.assumptions.map(({ question }) => question.id)).toEqual(doubted.map(({ question }) => question));
  });

  it('are never shown as the reader’s answer', () => {
    for (const one of assuming)
      for (const { question, answer, assumed } of allReasons(one)) {
        const turn = one.doubted.find((doubt) => doubt.question === question?.id);
        if (question === undefined || turn === undefined || Array.isArray(turn.answer)) continue;
        expect(answer).toBe(question.unknown.label);
        if (assumed !== undefined) expect(assumed).toContain('its own assumption, not your answer');
      }
  });

  it('are shown with their answer in the transcript, and with no other', () => {
    for (const { flow, position, doubted } of assuming) {
      const told = pastTurns(flow, position).filter(({ assumed }) => assumed !== undefined);
      expect(told.map(({ question }) => question.id)).toEqual(doubted.map(({ question }) => question));
    }
  });
});

describe('the record of a consultation in which "I don’t know" counted as yes', () => {
  const harm = FLOW.questions.harm as Question;
  const flow = {
    ...FLOW,
    questions: { ...FLOW.questions, harm: { ...harm, unknown: { label: 'I don’t know', countsAs: 'yes' } } },
  };
  const record = makeRecord(
    ANSWERS.map((one) => (one.kind === 'answered' && one.question === 'harm' ? { ...one, answer: 'unknown' } : one)),
    flow,
  );
  const said = 'Front Door treats “I don’t know” here as “Yes”: its own assumption, not your answer';

  it('says so in the text export: beside the answer, beside the reason, and separately', () => {
    const text = toText(record).replace(/\s+/g, ' ');
    // The text export uses straight quotation marks; inside a word, the apostrophe stays as it was typed.
    const plain = said.replace(/[“”]/g, '"');
    expect(text.split(plain).length - 1).toBeGreaterThanOrEqual(3);
    expect(text).not.toContain('Is the child at risk of significant harm? Yes');
  });

  it('says so in the JSON export, without changing the answer', () => {
    const { answers, advised } = toJson(record);
    expect(answers[0]).toMatchObject({ id: 'harm', answer: ['I don’t know'], unknown: true, assumed: said });
    expect(advised?.assumptions).toEqual([{ question: 'Is the child at risk of significant harm?', text: said }]);
    expect(advised?.why[0]).toMatchObject({ answer: 'I don’t know', assumed: said });
  });
});
