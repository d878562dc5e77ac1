/** Runs the worked cases: each is walked, and its outcome is compared with what must, and must not, come out. */

import type { Flow } from '../flow.ts';
import type { Located } from '../language/content.ts';
import { type Path, problemIn } from '../language/read.ts';
import type { WorkedCase } from '../language/schema.ts';
import type { Problem } from '../problem.ts';
import type { Answers } from '../walk/answer.ts';
import { compareExactly, compareOutcome, outcomeOf } from '../walk/outcome.ts';
import { type Position, walk } from '../walk/walk.ts';
import { readCase } from '../walk/written-answers.ts';

export interface CaseRun {
  position?: Position;
  answers: Answers;
  problems: Problem[];
}

/** Walks the case and compares its outcome. `today` is an ISO date. `position` is undefined if an answer cannot be read. */
export function runCase(flow: Flow, located: Located<WorkedCase>, today: string): CaseRun {
  const { value } = located;
  const problem: Report = (path, message) => ({
    ...problemIn(located.document, [...located.path, ...path], `case "${located.id}": ${message}`),
    cause: 'case',
  });
  const read = readCase(flow, value.answers, today);
  if (read.wrong.length > 0)
    return { answers: read.answers, problems: read.wrong.map(({ id, message }) => problem(['answers', id], message)) };
  const position = walk(flow, read.answers);
  const unfit = checkAnswers(located, position, problem);
  if (unfit.length > 0) return { position, answers: read.answers, problems: unfit };
  return { position, answers: read.answers, problems: checkOutcome(flow, value, position, problem) };
}

type Report = (path: Path, message: string) => Problem;

/** The case must answer exactly the questions that are asked, in the order of asking. */
function checkAnswers({ value }: Located<WorkedCase>, position: Position, problem: Report): Problem[] {
  const problems: Problem[] = [];
  if (position.at.kind === 'question')
    problems.push(
      problem(
        ['answers'],
        `the answer to "${position.at.question.id}" is missing. It is asked in ${position.at.part}.`,
      ),
    );
  for (const id of position.unused)
    problems.push(problem(['answers', id], `"${id}" is answered, but never asked on this path. Take it out.`));
  // A case may leave out a question with its usual answer.
  const asked = position.turns.map((turn) => turn.question).filter((id) => Object.hasOwn(value.answers, id));
  if (problems.length === 0 && asked.join() !== Object.keys(value.answers).join())
    problems.push(problem(['answers'], `write the answers in the order of asking: ${asked.join(', ')}.`));
  return problems;
}

function checkOutcome(flow: Flow, value: WorkedCase, position: Position, problem: Report): Problem[] {
  const outcome = outcomeOf(flow, position);
  const must = compareOutcome(outcome, value.must ?? {}, true).map((message) => problem(['must'], `${message}.`));
  const mustNot = compareOutcome(outcome, value['must not'] ?? {}, false).map((message) =>
    problem(['must not'], `${message}.`),
  );
  const times = compareTimes(flow, outcome.next, value.must?.times ?? {}).map((message) =>
    problem(['must', 'times'], `${message}.`),
  );
  const exactly = compareExactly(outcome, value.exactly ?? {}).map((message) => problem(['exactly'], `${message}.`));
  return [...must, ...times, ...mustNot, ...exactly];
}

/** Compares the deadlines of next steps with those in the timetable. */
function compareTimes(flow: Flow, actual: ReadonlySet<string>, times: Readonly<Record<string, string>>): string[] {
  return Object.entries(times).flatMap(([id, wanted]) => {
    if (!actual.has(id)) return [`next "${id}" is missing`];
    const time = flow.next[id]?.within ?? 'no set time';
    return time === wanted ? [] : [`the time of next "${id}" is "${time}", and must be "${wanted}"`];
  });
}
