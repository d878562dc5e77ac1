/**
 * The contents of invented consultations. The same number always gives the same contents, so that a search can look for
 * a name that exists.
 */

import type { Happening } from '../../../server/consultation/entry.ts';
import type { KeptField } from '../../../server/consultation/handover-sheet.ts';
import { DESK_DECISIONS } from '../../../server/flow/desk-decisions.ts';
import type { Flow, Question } from '../../../server/flow/flow.ts';
import { type Answer, type Answers, readAnswer } from '../../../server/flow/walk/answer.ts';
import { walk } from '../../../server/flow/walk/walk.ts';
import { Random } from '../../flow/second/random.ts';

const AGENCIES = ['Elm School', 'Oak Surgery', 'Ash Youth Club', 'Birch Nursery', 'Rowan College'];
const PARTS = 'ka lo mi ren du sta vel tor pi san gre fu hol bex wim dra nol tis par cul'.split(' ');
/** Surnames begin otherwise than the words of texts: in a language, few words are the beginning of many others. */
const SURNAME_PARTS = 'ha jo ke lin mar nor os per quil ro'.split(' ');
/** One in this many names a second child. */
const HOUSEHOLD_EVERY = 10;
/** One in this many has the most common name. */
const COMMON_EVERY = 1000;
const COMMON = 'Mohammed Khan';
const JOURNEYS = 60;
const QUESTIONS = { fewest: 7, most: 11 };
const DAY = '2026-11-22';

/** The same word for the same number; there are 8,000. */
export function word(number: number): string {
  const part = (digit: number) => PARTS[Math.floor(number / digit) % PARTS.length] ?? '';
  return `${part(1)}${part(20)}${part(400)}`;
}

/** Spreads out consecutive numbers. */
const spread = (number: number, by: number) => (Math.imul(number + 1, by) >>> 0) % 160_000;

/** Among a million consultations there are some 920,000 names: most children are named once, some two or three times. */
export function childOf(number: number): string {
  if (number % COMMON_EVERY === 7) return COMMON;
  const surname = spread(number, 2_654_435_761);
  return `${word(spread(number, 40_503) % 400)} ${SURNAME_PARTS[surname % 10]}${word(Math.floor(surname / 10))}`;
}

const sentence = (number: number) =>
  Array.from({ length: 14 }, (_, index) =>
    index === 5 && number % 4 === 0 ? 'phone' : word(number * 17 + index * 331),
  ).join(' ');

/** Answers that walk through the questions, each set to its end. */
export function makeJourneys(flow: Flow): Happening[][] {
  const journeys: Happening[][] = [];
  for (let seed = 1; journeys.length < JOURNEYS; seed++) {
    const journey = walkAtRandom(flow, new Random(seed));
    if (journey.length >= QUESTIONS.fewest && journey.length <= QUESTIONS.most) journeys.push(journey);
    if (seed > JOURNEYS * 200)
      throw new Error(`${flow.id} has too few ways of ${QUESTIONS.fewest} to ${QUESTIONS.most}`);
  }
  return journeys;
}

function walkAtRandom(flow: Flow, random: Random): Happening[] {
  const answers: Record<string, Answer> = {};
  const given: Happening[] = [];
  for (;;) {
    const { at } = walk(flow, answers as Answers);
    if (at.kind === 'end') return given;
    const answer = answerAtRandom(at.question, random);
    answers[at.question.id] = answer;
    given.push({ kind: 'answered', question: at.question.id, answer });
  }
}

function answerAtRandom(question: Question, random: Random): Answer {
  const ids = question.options.map(({ id }) => id);
  const raw = ids.length > 0 ? random.pick(ids) : random.pick([String(random.whole(1, 16)), '2026-11-20', 'At school']);
  const reading = readAnswer(question, raw, DAY);
  return reading.ok ? reading.answer : 'unknown';
}

export interface Kind {
  /** Its number among all consultations. */
  number: number;
  closed: boolean;
}

/** Everything after `opened`: with the entries that open it, twenty entries for a closed consultation. */
export function happeningsOf({ number, closed }: Kind, journeys: readonly Happening[][]): Happening[] {
  const journey = journeys[spread(number, 7919) % journeys.length] ?? [];
  const agency = AGENCIES[number % AGENCIES.length] ?? '';
  const deadlines = [{ id: 'answer', do: 'Answer', who: 'the desk', by: '2026-11-25' }];
  const asker = { name: `${word(number)} Smith`, role: 'teacher', agency, contact: '0161 496 0001' };
  const noted = (index: number): Happening => ({ kind: 'noted', text: sentence(number * 5 + index) });
  return [
    ...journey,
    { kind: 'asker named', asker },
    { kind: 'child named', known: 'yes', name: childOf(number) },
    { kind: 'consent recorded', consent: 'given', reason: sentence(number * 5) },
    { kind: 'decided', asAdvised: 'yes', decision: sentence(number + 7), reason: '' },
    { kind: 'handed over', question: sentence(number + 3), reach: '0161 496 0001', urgent: 'no', deadlines },
    ...(closed || number % 3 > 0 ? [{ kind: 'claimed' } as const] : []),
    ...(number % HOUSEHOLD_EVERY === 0 ? [sibling(number)] : []),
    noted(1),
    noted(2),
    ...(closed ? close(number) : []),
  ];
}

/** The fields of a hand-over sheet that somebody changed. */
export function sheetOf({ number }: Kind): KeptField[] {
  const field = (name: string, value: string): KeptField => ({ field: name, value, filled: '', writer: word(number) });
  return [
    field('child_name', childOf(number)),
    field('seen', sentence(number * 5 + 3)),
    field('said_by_child', sentence(number * 5 + 4)),
    field('opinion_strengths', sentence(number * 5 + 6)),
  ];
}

function sibling(number: number): Happening {
  return {
    kind: 'household child recorded',
    child: 'child_6',
    name: childOf(number * 3 + 1),
    age: String(number % 17),
    level: 1 + (number % 4),
    levelWords: `Level ${1 + (number % 4)}`,
    outcome: '',
    outcomeWords: '',
    note: sentence(number * 5 + 9),
  };
}

function close(number: number): Happening[] {
  const outcome = DESK_DECISIONS[number % DESK_DECISIONS.length] ?? 'advice_only';
  const facts = {
    words: outcome,
    reason: sentence(number),
    decidedBy: 'A. Manager',
    level: 1 + (number % 4),
    advised: '',
  };
  // Without this, an urgent consultation would stay in the queue.
  const told = {
    spokeTo: `${word(number)} Jones`,
    when: `${DAY}T07:00:00.000Z`,
    reference: '',
    toldBy: 'desk' as const,
  };
  return [
    { kind: 'told', ...told },
    { kind: 'outcome recorded', outcome, ...facts, deadlines: [] },
    { kind: 'referrer answered', how: 'by telephone', answer: sentence(number + 1) },
  ];
}
