/** Describes a proof for the terminal. */

import type { Flow } from '../flow.ts';
import { PROTECTIVE_TOPICS } from '../marks.ts';
import type { Answers } from '../walk/answer.ts';
import { describeInWords } from './describe-answers.ts';
import type { Replay } from './example.ts';
import type { Fault } from './fault.ts';
import type { Proof, Size } from './prove.ts';
import type { Verdict } from './rules.ts';
import type { Weakening } from './strength.ts';

/** Where a fault is written, such as `flows/bury/level.yaml:24:5`. */
export type PlaceOf = (fault: Fault) => string | undefined;

/** `milliseconds`: how long it took, measured by the caller. */
export function describeProof(proof: Proof, milliseconds?: number, placeOf: PlaceOf = () => undefined): string {
  const { flow, size, givenUp } = proof;
  const took = milliseconds === undefined ? '' : `, ${Math.round(milliseconds)} ms`;
  const lines = [
    `${flow.area.id}/${flow.id}: ${countRules(proof)}${size === undefined ? '' : `; ${describeSize(size)}`}${took}`,
    ...(givenUp === undefined
      ? []
      : [`  NOT PROVED: the proof was given up, ${givenUp}. Make the flow simpler, or two of it.`]),
    ...proof.rules.flatMap((verdict) => describeVerdict(proof, verdict)),
    ...describeFloor(proof, placeOf),
    ...proof.faults.map((fault) => `  ${describeFault(fault, placeOf(fault))}`),
    ...proof.falls.flatMap((fall) => describeFall(flow, fall)),
    ...proof.riskyDoubts.flatMap((doubt) => describeDoubt(flow, doubt)),
    ...(proof.floor?.definite.timid ?? []).flatMap((answer) => describeTimid(flow, answer)),
    ...(proof.unwatchedDoubts.length === 0
      ? []
      : [`  no rule and no case looks at "I don't know" to: ${proof.unwatchedDoubts.join(', ')}`]),
  ];
  return lines.join('\n');
}

export function describeFault({ kind, part, step, message }: Fault, place?: string): string {
  return `${place === undefined ? '' : `${place}: `}${kind} in ${part}${step === undefined ? '' : `, step ${step}`}: ${message}`;
}

function countRules({ rules }: Proof): string {
  const holding = rules.filter(({ result }) => result === 'holds').length;
  const silent = rules.filter(({ result }) => result === 'vacuous').length;
  return `${holding} of ${rules.length} rules hold${silent === 0 ? '' : `, ${silent} speak of nothing here`}`;
}

function describeSize({ steps, questions, combinations, nodes }: Size): string {
  return `${steps} steps, ${questions} questions, ${describeNumber(combinations)} combinations of answers, ${nodes} nodes`;
}

/** A number of more than nine digits is shown as a power of ten. */
export function describeNumber(number: bigint): string {
  const digits = String(number);
  return digits.length <= 9 ? Number(number).toLocaleString('en-GB') : `about 10^${digits.length - 1}`;
}

function describeFloor(proof: Proof, placeOf: PlaceOf): string[] {
  const { flow, floor } = proof;
  if (floor === undefined) return [];
  return [
    ...floor.faults.map((fault) => {
      const { part, step, message } = fault;
      const place = placeOf(fault);
      return `  BROKEN: the floor, in ${part}${step === undefined ? '' : `, step ${step}`}${place === undefined ? '' : ` (${place})`}: ${message}`;
    }),
    ...floor.doubts.flatMap(({ problem, example }) => [
      `  BROKEN: out of doubt ${problem}, at the end "${example.end.id}", when:`,
      ...describeInWords(flow, example).map((line) => `      ${line}`),
      `    by way of: ${describePath(example)}`,
    ]),
    ...floor.contradictions.flatMap(({ group, lines: [one, other], example }) => [
      `  BROKEN: one result says two things about "${group}": ${one} beside ${other}, when:`,
      ...describeInWords(flow, example).map((line) => `      ${line}`),
      `    by way of: ${describePath(example)}`,
      '    Say "only with" of one of them, or let them not come out together.',
    ]),
  ];
}

function describeVerdict(proof: Proof, { rule, result, breach }: Verdict): string[] {
  const { flow } = proof;
  const place = `"${rule.id}" (${rule.at.file}:${rule.at.line})`;
  if (result === 'not proved') return [`  NOT PROVED: rule ${place}: the proof grew too large`];
  if (result === 'vacuous' && rule.flows !== undefined)
    return [`  warning: rule ${place} names this flow, and speaks of none of its interviews`];
  if (breach === undefined) return [];
  return [
    `  BROKEN: rule ${place}: ${rule.says}`,
    `    ${breach.wrong.join('; ')}, at the end "${breach.end.id}", when:`,
    ...describeInWords(flow, breach).map((line) => `      ${line}`),
    `    by way of: ${describePath(breach)}`,
    '    to keep it as a case:',
    ...describeAsCase(breach.answers).map((line) => `      ${line}`),
  ];
}

/** The path that was taken: advice, calls and the end, without the questions. */
function describePath({ position }: Replay): string {
  const done = position.path.filter(({ kind, taken }) => taken === 'taken' && kind !== 'ask' && kind !== 'say');
  return done.map(({ part, step }) => `${part}/${step}`).join(' → ');
}

/** In the format of `cases.yaml`. */
function describeAsCase(answers: Answers): string[] {
  const lines = Object.entries(answers).map(
    ([id, answer]) => `  ${id}: ${Array.isArray(answer) ? `[${answer.join(', ')}]` : answer}`,
  );
  return ['answers:', ...lines];
}

function describeFall(flow: Flow, fall: Weakening): string[] {
  return [
    `  WEAKER: "${fall.question}": remark more gives less ${fall.measure}:`,
    ...describePair(flow, fall),
    '    If a source says that it may, name the option under "order exceptions".',
  ];
}

function describeDoubt(flow: Flow, doubt: Weakening): string[] {
  return [
    `  look at "${doubt.question}": "I don't know" gives less ${doubt.measure} than any answer that is known:`,
    ...describePair(flow, doubt),
  ];
}

function describeTimid(flow: Flow, answer: Weakening): string[] {
  return [
    `  BROKEN: "${answer.question}": a definite answer gives ${answer.measure === 'time' ? 'a later time' : `less ${answer.measure}`} than "I don't know". Mend it, or say "weaker than doubt because":`,
    ...describePair(flow, answer),
  ];
}

function describePair(flow: Flow, { question, before, after, matters }: Weakening): string[] {
  const both = [before, after].map(({ answers, end, position }) => {
    const { level } = position.standing;
    const marks = PROTECTIVE_TOPICS.map((topic) => `, ${topic}: ${position.standing[topic] ?? 'nothing'}`).join('');
    return `      ${[answers[question] ?? 'not asked'].flat().join(' + ')} → ${end.id}, level ${level}${marks}`;
  });
  // If only one of the two interviews asks a question, its answer is shown too.
  const { [question]: _different, ...answers } = { ...before.answers, ...after.answers };
  return [...both, ...describeInWords(flow, { answers, matters }).map((line) => `      with ${line}`)];
}
