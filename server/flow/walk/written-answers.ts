import type { Flow } from '../flow.ts';
import { didYouMean } from '../problem.ts';
import { type Answers, readAnswer } from './answer.ts';

/** Reads answers written in a case or a file, and lists those that cannot be read with what is wrong about each. */
export function readAnswers(flow: Flow, raw: Record<string, unknown>, today: string) {
  const answers: Record<string, Answers[string]> = {};
  const wrong: { id: string; message: string }[] = [];
  for (const [id, given] of Object.entries(raw)) {
    const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
    if (question === undefined) {
      wrong.push({
        id,
        message: `no question of "${flow.id}" is called "${id}".${didYouMean(id, Object.keys(flow.questions))}`,
      });
      continue;
    }
    const reading = readAnswer(question, given, today);
    if (reading.ok) answers[id] = reading.answer;
    else {
      const offered = question.options.map((option) => option.id);
      const words =
        offered.length > 0
          ? ` Offered are: ${[...offered, 'unknown', ...(question.none === undefined ? [] : ['none'])].join(', ')}.`
          : '';
      wrong.push({ id, message: `${JSON.stringify(given)} does not answer "${id}". ${reading.message}.${words}` });
    }
  }
  return { answers, wrong };
}
