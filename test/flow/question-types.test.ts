/** No place may forget a question type: tests what the type checker cannot see. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { Question } from '../../server/flow/flow.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import type { QuestionTypeRules } from '../../server/flow/question-types/question-type.ts';
import { QUESTION_TYPES, type QuestionType, rulesOf } from '../../server/flow/question-types/question-types.ts';
import { describeAnswer, isStillAnswer, readAnswer } from '../../server/flow/walk/answer.ts';
import { ANSWER_INPUTS, AnswerFields } from '../../views/question/answer-inputs.tsx';
import { everyTypeFiles } from '../web/every-type.ts';
import { Random } from './second/random.ts';
import { randomTown } from './second/random-town.ts';
import { TODAY } from './small-content.ts';

function questionsIn(files: readonly ContentFile[]): Question[] {
  const flows = [...loadLibrary([...files], TODAY).library.areas.values()].flatMap((area) => [...area.flows.values()]);
  return flows.flatMap((flow) => Object.values(flow.questions));
}

const missingFrom = (types: Iterable<string>) => {
  const found = new Set(types);
  return QUESTION_TYPES.filter((type) => !found.has(type));
};

const questions = questionsIn(everyTypeFiles);

describe('every type of question', () => {
  it('is in the flow that is walked page by page', () => {
    expect(missingFrom(questions.map(({ type }) => type))).toEqual([]);
  });

  it('would be missed there if it were removed', () => {
    const withoutDate = everyTypeFiles.map((file) => ({
      ...file,
      text: file.text.replace(/type: date\n(.*\n)*? {4}unknown/, 'type: short text\n    unknown'),
    }));
    expect(missingFrom(questionsIn(withoutDate).map(({ type }) => type))).toEqual(['date']);
  });

  it('is known to the second interpreter, which does not use this table', () => {
    const towns = Array.from({ length: 30 }, (_, seed) => randomTown(new Random(seed)));
    const met = JSON.stringify(towns).matchAll(/type: ([a-z ]+)\\n/g);
    expect(missingFrom([...met].map(([, type = '']) => type))).toEqual([]);
  });

  it('needs rules and inputs to compile', () => {
    const { date: _input, ...inputs } = ANSWER_INPUTS;
    // @ts-expect-error the inputs of dates are missing
    const incomplete: Record<QuestionType, unknown> = inputs;
    expect(Object.keys(incomplete).length).toBe(QUESTION_TYPES.length - 1);
  });
});

describe.each(questions.map((question) => [question.type, question] as const))(
  'a question of the type %s',
  (_, question) => {
    const rules: QuestionTypeRules = rulesOf(question);
    const proved = rules.several
      ? question.options.map(({ id }) => [id])
      : rules.answersToProve(question, new Set([3]));

    it('can be given every answer that the proof tries', () => {
      expect(proved.length).toBeGreaterThan(0);
      for (const answer of [...proved, 'unknown']) {
        const reading = readAnswer(question, answer, TODAY);
        expect(reading).toEqual({ ok: true, answer: rules.several ? [answer].flat() : answer });
        expect(isStillAnswer(question, answer)).toBe(true);
      }
    });

    it('describes every answer in words, each differently', () => {
      const described = [...proved, 'unknown'].map((answer) => describeAnswer(question, answer).join());
      expect(new Set(described).size).toBe(proved.length + 1);
      for (const words of described) expect(words).toMatch(/[A-Za-z0-9]/);
    });

    it('asks for an answer if nothing was entered, and names "I don’t know"', () => {
      const reading = readAnswer(question, '', TODAY);
      expect(reading).toMatchObject({ ok: false, message: expect.stringContaining(question.unknown.label) });
    });

    it('is asked in fields with its name, one of them "I don’t know"', () => {
      const html = String(AnswerFields({ question, given: [] }));
      const fields = [...html.matchAll(/<(?:input|textarea)[^>]* name="([^"]*)"/g)].map(([, name]) => name);
      expect(fields.length).toBeGreaterThan(1);
      expect(new Set(fields)).toEqual(new Set([question.id]));
      expect(html).toMatch(/value="unknown"/);
    });
  },
);
