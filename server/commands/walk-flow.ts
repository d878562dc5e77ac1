/**
 * `npm run -s flow -- AREA/FLOW`: walks through a flow in the terminal. With `--answers FILE.json --json`: prints where those answers lead,
 * as one JSON object. An invalid answer gives an error message and exit code 1.
 */

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { localDay } from '../base/days.ts';
import { describePosition } from '../consultation/position-json.ts';
import { loadLibrary } from '../flow/check/library.ts';
import type { Flow, Question } from '../flow/flow.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, didYouMean, hasErrors } from '../flow/problem.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answers, readAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';
import { readAnswers } from '../flow/walk/written-answers.ts';
import { flowsFolder } from './flows-folder.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const today = localDay(new Date());

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      answers: { type: 'string' },
      json: { type: 'boolean', default: false },
      flows: { type: 'string' },
    },
  });
  const flow = findFlow(flowsFolder(values.flows), positionals[0]);
  const answers = values.answers === undefined ? {} : readAnswersFile(flow, values.answers);
  if (values.json) console.log(JSON.stringify(describePosition(flow, walk(flow, answers), today), undefined, 2));
  else await converse(flow, answers);
}

function findFlow(root: string, name: string | undefined): Flow {
  const { library, problems } = loadLibrary(readFolder(root), today);
  // Problems in other areas do not matter here.
  const own = problems.filter(
    ({ file }) => !name?.includes('/') || file.match(`^flows/(${name.split('/')[0]}|national)/`),
  );
  if (hasErrors(own)) throw new Error(own.map(describeProblem).join('\n'));
  const known = new Map(
    [...library.areas].flatMap(([area, { flows }]) => [...flows].map(([id, flow]) => [`${area}/${id}`, flow] as const)),
  );
  if (name === undefined) throw new Error(`Name a flow: ${[...known.keys()].join(', ')}.`);
  // The area can be left out if only one area has a flow of this name.
  const named = [...known].filter(([key]) => key === name || key.endsWith(`/${name}`));
  const [only] = named;
  if (named.length === 1 && only !== undefined) return only[1];
  if (named.length > 1)
    throw new Error(`More than one area has "${name}". Say which: ${named.map(([key]) => key).join(', ')}.`);
  throw new Error(
    `No flow is called "${name}".${didYouMean(name, known.keys())} There are: ${[...known.keys()].join(', ')}.`,
  );
}

function readAnswersFile(flow: Flow, file: string): Answers {
  const raw = parseObject(file);
  const { answers, wrong } = readAnswers(flow, raw, today);
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => `${file}: ${message}`).join('\n'));
  return answers;
}

function parseObject(file: string): Record<string, unknown> {
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (raw !== null && typeof raw === 'object' && !Array.isArray(raw)) return raw as Record<string, unknown>;
  } catch (error) {
    throw new Error(
      `${file} cannot be read as JSON: ${(error as Error).message}. Write {"question_id": "option_id", …}.`,
    );
  }
  throw new Error(`${file} holds no object. Write {"question_id": "option_id", …}.`);
}

async function converse(flow: Flow, given: Answers): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const lines = terminal[Symbol.asyncIterator]();
  const answers: Record<string, Answers[string]> = { ...given };
  console.log(`${flow.title} (${flow.area.name}). In danger now: 999.\n`);
  for (let position = walk(flow, answers); ; position = walk(flow, answers)) {
    for (const remark of position.remarks) console.log(`${remark.text}\n`);
    if (position.at.kind === 'end') {
      console.log(JSON.stringify(describePosition(flow, position, today), undefined, 2));
      break;
    }
    const { question } = position.at;
    showQuestion(question);
    const { value: line, done } = await lines.next();
    if (done) break;
    const reading = readAnswer(question, choose(question, line), today);
    if (reading.ok) answers[question.id] = reading.answer;
    else console.log(`${reading.message}.\n`);
  }
  terminal.close();
}

function choicesOf(question: Question): { id: string; text: string }[] {
  const none = question.none === undefined ? [] : [{ id: 'none', text: question.none }];
  return [...question.options, ...none, { id: 'unknown', text: question.unknown.label }];
}

function showQuestion(question: Question): void {
  console.log(`${question.text}\n  (${question.why})`);
  for (const [index, choice] of choicesOf(question).entries()) console.log(`  ${index + 1}  ${choice.text}`);
  const many = rulesOf(question).several ? 'numbers, with blanks between' : 'a number';
  console.log(question.options.length > 0 ? `Type ${many}:` : 'Type your answer, or "unknown":');
}

/** Converts typed numbers from the list to ids. */
function choose(question: Question, line: string): string | string[] {
  if (question.options.length === 0) return line;
  const choices = choicesOf(question);
  return line
    .trim()
    .split(/[\s,]+/)
    .map((word) => choices[Number(word) - 1]?.id ?? word);
}

try {
  await main();
} catch (error) {
  reportFailure(error);
}
