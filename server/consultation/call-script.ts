/**
 * What to say on the telephone, in the order in which a front door asks (Sefton's procedures of 2018, 3.8 and 5.6). It contains only the
 * reader's own answers, never an assumption made for "I don't know". Topics without an answer are blanks to fill in by hand. Pure.
 */
import { type Flow, getQuestion, type Question } from '../flow/flow.ts';
import { TOPICS_OF_CALL, type TopicOfCall } from '../flow/handover-sheet.ts';
import type { Topic } from '../flow/marks.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answer, describeAnswer } from '../flow/walk/answer.ts';
import { meaningsOf } from '../flow/walk/condition.ts';
import type { Position } from '../flow/walk/walk.ts';
import type { Consultation } from './consultation.ts';
import { listDoneAboutMarks } from './done-about-marks.ts';
import { describeNextHours } from './next-hours.ts';
import type { Result } from './result.ts';

/** The topics that a front door asks about, in order. */
export const CALL_TOPICS = TOPICS_OF_CALL;
export type CallTopic = TopicOfCall;

export interface Statement {
  words: string;
  /** The question that it answers. Undefined for statements from the record or the result. */
  question?: string;
}

export interface CallLine {
  topic: CallTopic;
  said: Statement[];
}

export interface CallScript {
  lines: CallLine[];
  /** Undefined if there is no reason to involve the police. */
  police?: PoliceCall;
}

export interface PoliceCall {
  /** True: call 999. False: call the number for reports. */
  emergency: boolean;
  /** Answers that may point to a crime. */
  said: Statement[];
}

export interface CallParts {
  flow: Flow;
  position: Position;
  consultation: Pick<Consultation, 'asker' | 'tellings' | 'nextHours' | Topic>;
  result: Result;
}

/** Topics of single meanings; they take precedence over `CALL_TOPIC_OF_KIND`. */
const CALL_TOPIC_OF_MEANING: Readonly<Record<string, CallTopic>> = {
  significant_harm: 'harm',
  brother_or_sister_harmed: 'others',
  danger_now: 'urgency',
  danger_reported: 'urgency',
  danger_in_doubt: 'urgency',
  still_at_risk: 'others',
  unborn: 'concern',
  not_yet_moving: 'concern',
  under_13: 'concern',
  under_16: 'concern',
  aged_16_or_17: 'concern',
  alone_at_16_or_17: 'concern',
  age_not_known: 'concern',
  is_an_adult: 'concern',
  disabled: 'concern',
  no_particular_child: 'concern',
  no_suspicion: 'concern',
  no_trusted_adult: 'concern',
  parents_report: 'source',
  child_reports: 'source',
  child_asks_for_silence: 'told',
  help_refused: 'told',
  telling_brings_harm: 'told',
  telling_is_safe: 'told',
  own_manager_is_the_worry: 'caller',
  has_social_worker: 'told',
  agreement_given: 'told',
  agreement_refused: 'told',
  agreement_not_asked: 'told',
  agreement_not_safe_to_ask: 'told',
};

const CALL_TOPIC_OF_KIND: Readonly<Record<string, CallTopic>> = {
  harm: 'concern',
  crime: 'concern',
  who: 'others',
  care: 'whereabouts',
  reader: 'caller',
};

/** The topic under which a meaning is said. Undefined if neither table above lists it. */
export function topicOfMeaning(id: string, kinds: readonly string[]): CallTopic | undefined {
  if (Object.hasOwn(CALL_TOPIC_OF_MEANING, id)) return CALL_TOPIC_OF_MEANING[id];
  const kind = kinds.find((name) => Object.hasOwn(CALL_TOPIC_OF_KIND, name));
  return kind === undefined ? undefined : CALL_TOPIC_OF_KIND[kind];
}

export function writeCallScript(parts: CallParts): CallScript {
  const answered = statementsOf(parts.flow, parts.position);
  const recorded = recordedStatements(parts);
  const lines = CALL_TOPICS.map((topic): CallLine => {
    const own = answered.filter((statement) => statement.topic === topic);
    return { topic, said: [...joinTicks(own), ...recorded[topic]] };
  });
  const police = policeCall(parts.result, joinTicks(answered.filter(({ crime }) => crime)));
  return { lines, ...(police !== undefined && { police }) };
}

interface Placed extends Statement {
  topic: CallTopic;
  crime: boolean;
}

/** The answers that are worth mentioning, each under one topic. */
function statementsOf(flow: Flow, { turns, findings }: Position): Placed[] {
  const weighed = findings.filter(({ topic }) => topic !== 'next' && topic !== 'record');
  return turns.flatMap((turn) => {
    const question = getQuestion(flow, turn.question);
    const ticks = Array.isArray(turn.answer) ? turn.answer.map((tick): Answer => [tick]) : [turn.answer];
    return ticks.flatMap((answer) => {
      const led = weighed.some(({ origin }) => origin.question === question.id && origin.option === String(answer));
      return placeAnswer(flow, question, answer, led || question.type.endsWith('text') ? 'concern' : undefined);
    });
  });
}

/** `otherwise`: the topic to use if neither the answer nor the question has one. */
function placeAnswer(flow: Flow, question: Question, answer: Answer, otherwise: CallTopic | undefined): Placed[] {
  const meanings = meaningsOf(question, answer);
  const topics = meanings.map((id) => callTopicOf(flow, question, id));
  const topic = CALL_TOPICS.find((name) => topics.includes(name)) ?? usualTopic(flow, question) ?? otherwise;
  const words = wordsFor(question, answer);
  if (topic === undefined || words === undefined) return [];
  if (meanings.length === 0 && !SAYS_NO.has(topic) && isDenied(question, answer)) return [];
  const crime = meanings.some((id) => flow.meanings?.[id]?.kind.includes('crime'));
  return [{ words, question: question.text, topic, crime }];
}

/**
 * For a person who may do harm again, the ticks name the other children; a separate question asks how soon they will
 * meet.
 */
function callTopicOf(flow: Flow, question: Question, meaning: string): CallTopic | undefined {
  if (meaning === 'still_at_risk' && !rulesOf(question).several) return 'urgency';
  return topicOfMeaning(meaning, flow.meanings?.[meaning]?.kind ?? []);
}

/** The first topic of any answer to the question. */
function usualTopic(flow: Flow, question: Question): CallTopic | undefined {
  const topics = (question.means ?? []).map(({ meaning }) => callTopicOf(flow, question, meaning));
  return CALL_TOPICS.find((name) => topics.includes(name));
}

/** Topics that the front door asks about in any case, so "no" is worth mentioning. */
const SAYS_NO: ReadonlySet<CallTopic> = new Set(['urgency', 'told', 'whereabouts']);

function isDenied(question: Question, answer: Answer): boolean {
  return /^no\b/i.test(describeAnswer(question, answer).join());
}

/**
 * A tick is a sentence by itself; any other answer needs its question. Undefined for "None of these", and for "I don't
 * know" to a whole checklist.
 */
function wordsFor(question: Question, answer: Answer): string | undefined {
  const value = String(answer);
  const { several } = rulesOf(question);
  if (several) return value === 'none' || value === 'unknown' ? undefined : describeAnswer(question, answer).join();
  if (value === 'unknown') return `I do not know: ${question.text}`;
  return `${question.text} ${describeAnswer(question, answer).join()}`;
}

/** Statements from the record, and the level that the reader's answers led to. */
function recordedStatements({ flow, position, consultation, result }: CallParts): Record<CallTopic, Statement[]> {
  const { asker, tellings, nextHours } = consultation;
  const say = (words: string | undefined): Statement[] => (words === undefined ? [] : [{ words }]);
  const named = asker === undefined ? '' : Object.values(asker.asker).filter(Boolean).join(', ');
  return {
    concern: [],
    harm: say(
      isLevelAnswered(position) && result.level !== undefined
        ? `I went through the guidance of ${flow.area.name}, and it came to: ${result.level.name}`
        : undefined,
    ),
    urgency: say(nextHours && describeNextHours(nextHours)),
    others: [],
    source: [],
    told: [
      ...tellings.flatMap(({ spokeTo, when, toldBy }) =>
        say(`${toldBy === 'desk' ? 'The duty worker has' : 'I have'} told ${spokeTo}, ${when}`),
      ),
      ...listDoneAboutMarks(consultation).map(({ onTelephone, reason }) => ({
        words: `${onTelephone}. ${reason}`.trim(),
      })),
    ],
    whereabouts: [],
    caller: say(named === '' ? undefined : `I am ${named}`),
  };
}

/** Whether a real answer set the level, rather than an assumption. */
function isLevelAnswered({ findings, standing }: Position): boolean {
  return findings.some(
    ({ topic, value, origin }) => topic === 'level' && value === standing.level && origin.option !== 'unknown',
  );
}

function policeCall({ topics: { police }, howSoon }: Result, said: Statement[]): PoliceCall | undefined {
  if (howSoon === 'emergency') return { emergency: true, said };
  return police?.word === 'report' || police?.word === 'consider' ? { emergency: false, said } : undefined;
}

/** Joins the ticks of one question into one statement, without repeats. */
function joinTicks(statements: readonly Statement[]): Statement[] {
  const byQuestion = new Map<string, Set<string>>();
  for (const { words, question = '' } of statements)
    byQuestion.set(question, new Set([...(byQuestion.get(question) ?? []), words]));
  return [...byQuestion].map(([question, words]) => ({ words: [...words].join('; '), question }));
}
