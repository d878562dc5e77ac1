import type { Flow } from '../flow.ts';
import { didYouMean } from '../problem.ts';
import { type Answers, readAnswer } from './answer.ts';
import { walk } from './walk.ts';

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

/** Like `readAnswers`, for a worked case: a question that the case leaves out has its usual answer, if there is one. */
export function readCase(flow: Flow, raw: Record<string, unknown>, today: string) {
  const { answers, wrong } = readAnswers(flow, raw, today);
  return { answers: wrong.length > 0 ? answers : withUsualAnswers(flow, answers), wrong };
}

function withUsualAnswers(flow: Flow, given: Answers): Answers {
  let answers = given;
  for (;;) {
    const { at, turns } = walk(flow, answers);
    if (at.kind === 'end' || at.question.usual === undefined || Object.hasOwn(answers, at.question.id))
      return inOrder(
        answers,
        turns.map(({ question }) => question),
      );
    answers = { ...answers, [at.question.id]: at.question.usual };
  }
}

/** In the order in which they are asked, followed by answers that nobody asked for. */
function inOrder(answers: Answers, asked: readonly string[]): Answers {
  const ids = [...asked, ...Object.keys(answers).filter((id) => !asked.includes(id))];
  return Object.fromEntries(ids.flatMap((id) => (answers[id] === undefined ? [] : [[id, answers[id]] as const])));
}
