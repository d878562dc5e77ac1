/** What to say on the telephone: only real answers, each once, and a blank where there is none. */
import { describe, expect, it } from 'vitest';
import {
  CALL_TOPICS,
  type CallScript,
  topicOfMeaning,
  writeCallScript,
} from '../../server/consultation/call-script.ts';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { describeResult } from '../../server/consultation/result.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { type Answers, describeAnswer } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { ID, makeAnswers, makeConsultation, makeFlow, TODAY } from '../views/sample.ts';
import { realLibrary } from '../web/app.ts';

function scriptOf(flow: Flow, answers: Answers, more: Happening[] = []): CallScript {
  const position = walk(flow, answers);
  const result = describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY });
  return writeCallScript({ flow, position, consultation: makeConsultation({}, more), result });
}

function said(script: CallScript, topic: (typeof CALL_TOPICS)[number]): string[] {
  return script.lines.find((line) => line.topic === topic)?.said.map(({ words }) => words) ?? [];
}

const professional = [...realLibrary.areas.values()]
  .flatMap(({ flows }) => [...flows.values()])
  .filter(({ reader }) => reader === 'professional');
/** National flows are tested once rather than for every council. */
const everywhere = new Set(realLibrary.areas.get('national')?.flows.keys());
const worked = professional
  .filter((flow) => flow.area.id === 'bury' || !everywhere.has(flow.id))
  .flatMap((flow) =>
    walkCases(realLibrary, flow, TODAY)
      .filter(({ position }) => position.at.kind === 'end')
      .map(({ id, answers, position }) => {
        const result = describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY });
        const script = writeCallScript({ flow, position, consultation: makeConsultation({}), result });
        return { name: `${flow.area.id}/${flow.id} ${id}`, flow, answers, result, script };
      }),
  );

describe('the words for the telephone', () => {
  it('come in the order in which a front door asks, whatever was answered', () => {
    for (const { script } of worked) expect(script.lines.map(({ topic }) => topic)).toEqual([...CALL_TOPICS]);
  });

  it('include the ticks that led to the result, and a gap where nothing was answered', () => {
    const script = scriptOf(makeFlow(), makeAnswers());
    expect(said(script, 'concern')).toContain('Option first; Option second');
    expect(said(script, 'concern')).toContain('A question about words? What I saw.');
    for (const topic of ['urgency', 'others', 'source', 'told', 'whereabouts', 'caller'] as const)
      expect(said(script, topic), topic).toEqual([]);
  });

  it('say doubt as doubt, and never as the answer that it counts as', () => {
    for (const { name, flow, answers, script } of worked) {
      const spoken = script.lines.flatMap((line) => line.said);
      for (const [id, answer] of Object.entries(answers)) {
        const question = flow.questions[id];
        if (answer !== 'unknown' || question?.unknown.countsAs === undefined) continue;
        const assumed = describeAnswer(question, question.unknown.countsAs).join();
        const words = spoken.filter((statement) => statement.question === question.text).map((one) => one.words);
        expect(words.join(), name).not.toContain(assumed);
      }
    }
  });

  it('put the next meeting with the person under urgency, and a social worker under who knows', () => {
    for (const [question, topic] of [
      ['with_them_next', 'urgency'],
      ['open_to_social_care', 'told'],
    ] as const) {
      const asked = worked.filter(({ answers }) => answers[question] !== undefined);
      expect(asked.length).toBeGreaterThan(20);
      for (const { name, flow, script } of asked) {
        const lines = script.lines.filter((line) =>
          line.said.some((one) => one.question === flow.questions[question]?.text),
        );
        expect(
          lines.map((line) => line.topic).filter((one) => one !== topic),
          name,
        ).toEqual([]);
      }
    }
  });

  it('say every answer once', () => {
    for (const { name, script } of worked) {
      const spoken = script.lines.flatMap((line) => line.said.map(({ words }) => words));
      expect(new Set(spoken).size, name).toBe(spoken.length);
    }
  });

  it('name the danger first asked for in every worked case', () => {
    expect(worked.length).toBeGreaterThan(1000);
    const silent = worked.filter(({ script }) => said(script, 'urgency').length === 0);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('include what the record says about the caller and who was told', () => {
    const script = scriptOf(makeFlow(), makeAnswers(), [
      { kind: 'told', spokeTo: 'A. Worker', when: 'today', reference: '' },
      { kind: 'parents recorded', parents: 'not told', reason: 'It is not safe.' },
      { kind: 'asker named', asker: { name: 'Pat', role: 'Teacher', agency: '', contact: '0161 496 0003' } },
    ]);
    expect(said(script, 'told')).toEqual([
      'I have told A. Worker, today',
      'The parents were not told. It is not safe.',
    ]);
    expect(said(script, 'caller')).toEqual(['I am Pat, Teacher, 0161 496 0003']);
  });

  it('mention the police only if they may need to know', () => {
    for (const { name, result, script } of worked) {
      const { topics, howSoon } = result;
      const { police } = topics;
      const matter = howSoon === 'emergency' || police?.word === 'report' || police?.word === 'consider';
      expect(script.police !== undefined, name).toBe(matter);
    }
  });

  it('name the level, unless only doubt set it', () => {
    const flow = makeFlow();
    expect(said(scriptOf(flow, makeAnswers()), 'harm')).toEqual([
      'I went through the guidance of Bury, and it came to: Three',
    ]);
    const signs = flow.questions.signs;
    if (signs === undefined) throw new Error('the sample has no signs');
    signs.unknown = { ...signs.unknown, level: 4 };
    expect(said(scriptOf(flow, { ...makeAnswers(), signs: ['unknown'] }), 'harm')).toEqual([]);
  });
});

describe('the topics of meanings', () => {
  it('are defined for each meaning in the content', () => {
    const meanings = professional.flatMap((flow) => Object.values(flow.meanings ?? {}));
    expect(meanings.length).toBeGreaterThan(100);
    expect(meanings.filter(({ id, kind }) => topicOfMeaning(id, kind) === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('are reported missing for a circumstance without one', () => {
    expect(topicOfMeaning('a_new_one', ['circumstance'])).toBeUndefined();
    expect(topicOfMeaning('a_new_one', ['harm'])).toBe('concern');
  });
});

it('works for older consultations, too', () => {
  const flow = makeFlow();
  const { meanings, ...old } = flow;
  expect(meanings).toBeUndefined();
  const consultation = readConsultation(ID, makeConsultation(makeAnswers()).entries);
  expect(consultation.answers).toEqual(makeAnswers());
  expect(scriptOf(old, consultation.answers).lines).toHaveLength(CALL_TOPICS.length);
});
