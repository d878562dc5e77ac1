/**
 * Random interviews: answered question by question, then with an earlier answer changed, then with answers that nobody
 * asked for.
 */

import type { Flow, Question } from '../../../server/flow/flow.ts';
import type { QuestionType } from '../../../server/flow/question-types/question-types.ts';
import { walk } from '../../../server/flow/walk/walk.ts';
import { readAnswers } from '../../../server/flow/walk/written-answers.ts';
import { compare, type Disagreement } from './compare.ts';
import type { Given, SecondInterpreter } from './interpreter.ts';
import type { Random } from './random.ts';

const MOST_TRIES = 500;
/** The share of steps before the end at which the two are compared as well. */
const HALFWAY = 0.1;

/** The disagreements of one interview; one is enough. */
export function walkAtRandom(
  flow: Flow,
  second: SecondInterpreter,
  random: Random,
  today: string,
): Disagreement | undefined {
  const doubtful = random.pick([0.05, 0.2, 0.6]);
  const given: Record<string, Given[string]> = random.chance(0.2) ? answerAnything(flow, random, doubtful) : {};
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { at } = walk(flow, readAnswers(flow, given, today).answers);
    if (at.kind === 'end' || random.chance(HALFWAY)) {
      const { disagreement } = compare(flow, second, given, today);
      if (disagreement !== undefined) return disagreement;
    }
    if (at.kind === 'end') return compare(flow, second, { ...given, ...changeOne(flow, random) }, today).disagreement;
    given[at.question.id] = answerOf(at.question, random, doubtful);
  }
  throw new Error(`no end is reached in ${flow.id}`);
}

/** Another answer to one of the questions; unchanged in a flow without questions. */
function changeOne(flow: Flow, random: Random): Given {
  const ids = Object.keys(flow.questions);
  if (ids.length === 0) return {};
  const changed = random.pick(ids);
  return { [changed]: answerOf(flow.questions[changed] as Question, random, 0.3) };
}

function answerAnything(flow: Flow, random: Random, doubtful: number): Record<string, Given[string]> {
  const questions = random.some(Object.values(flow.questions), 0.3);
  return Object.fromEntries(questions.map((question) => [question.id, answerOf(question, random, doubtful)]));
}

/** Now and then something that is not an answer at all, so the question stays open. */
function answerOf(question: Question, random: Random, doubtful: number): string | string[] {
  const ids = question.options.map((option) => option.id);
  if (random.chance(0.02))
    return random.pick<string | string[]>(['', [], ...(ids.length > 0 ? ['nonsense', ['none', 'x']] : [])]);
  if (question.type === 'several of') return ticks(ids, random, doubtful);
  if (random.chance(doubtful)) return 'unknown';
  return ANSWERS[question.type](question, random);
}

const pickOption = ({ options }: Question, random: Random) => random.pick(options.map(({ id }) => id));
const pickText = (_: Question, random: Random) => random.pick(['Something', ' two words ']).trim();

/** An answer of each type, some of them outside its bounds. */
const ANSWERS: Record<Exclude<QuestionType, 'several of'>, (question: Question, random: Random) => string> = {
  'yes or no': pickOption,
  'one of': pickOption,
  'short text': pickText,
  'long text': pickText,
  number: ({ from = 0, to = 99 }, random) => String(random.whole(from - 1, to + 1)),
  date: (_, random) => random.pick(['2020-02-20', '2026-11-22', '2999-01-01', '2021-02-29', '1999-12-31']),
};

function ticks(ids: readonly string[], random: Random, doubtful: number): string[] {
  const ticked = random.some(ids, random.pick([0, 0.1, 0.3, 0.8]));
  const doubt = random.chance(doubtful) ? ['unknown'] : [];
  return ticked.length + doubt.length === 0 ? ['none'] : random.shuffle([...ticked, ...doubt]);
}
