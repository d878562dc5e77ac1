/**
 * What to say on the telephone, in the order in which a front door asks (Sefton's procedures of 2018, 3.8 and 5.6). Only the reader's own
 * answers are said, never what "I don't know" was counted as. What nobody has answered is a gap, to be filled in by hand. Pure.
 */
import { type Flow, getQuestion, type Question } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answer, describeAnswer } from '../flow/walk/answer.ts';
import { meaningsOf } from '../flow/walk/condition.ts';
import type { Position } from '../flow/walk/walk.ts';
import type { Consultation } from './consultation.ts';
import type { Result } from './result.ts';

/** What a front door asks, in its order. */
export const CALL_TOPICS = ['concern', 'harm', 'urgency', 'others', 'source', 'told', 'whereabouts', 'caller'] as const;
export type CallTopic = (typeof CALL_TOPICS)[number];

export interface Statement {
  /** To be said aloud. */
  words: string;
  /** The question whose answer it is; undefined for what the record holds and for what the guidance came to. */
  question?: string;
}

export interface CallLine {
  topic: CallTopic;
  said: Statement[];
}

export interface CallScript {
  lines: CallLine[];
  /** Undefined where the police do not matter. */
  police?: PoliceCall;
}

export interface PoliceCall {
  /** 999, or the number to report on. */
  emergency: boolean;
  /** What may be a crime, as it was answered. */
  said: Statement[];
}

export interface CallParts {
  flow: Flow;
  position: Position;
  consultation: Pick<Consultation, 'asker' | 'tellings' | 'parents' | 'consent' | 'police'>;
  result: Result;
}

/** Where a meaning is said, if not where its kind is. */
const TOPIC_OF_MEANING: Readonly<Record<string, CallTopic>> = {
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
  agreement_given: 'told',
  agreement_refused: 'told',
  agreement_not_asked: 'told',
  agreement_not_safe_to_ask: 'told',
};

const TOPIC_OF_KIND: Readonly<Record<string, CallTopic>> = {
  harm: 'concern',
  crime: 'concern',
  who: 'others',
  care: 'whereabouts',
  reader: 'caller',
};

/** Undefined for a meaning that has no place in the call: a circumstance that nobody has placed yet. */
export function topicOfMeaning(id: string, kinds: readonly string[]): CallTopic | undefined {
  if (Object.hasOwn(TOPIC_OF_MEANING, id)) return TOPIC_OF_MEANING[id];
  const kind = kinds.find((name) => Object.hasOwn(TOPIC_OF_KIND, name));
  return kind === undefined ? undefined : TOPIC_OF_KIND[kind];
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

/** The answers that say something, each in one place. */
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

/** `otherwise`: where it is said when nothing says what it is about. */
function placeAnswer(flow: Flow, question: Question, answer: Answer, otherwise: CallTopic | undefined): Placed[] {
  const meanings = meaningsOf(question, answer);
  const topics = meanings.map((id) => topicOf(flow, id));
  const topic = CALL_TOPICS.find((name) => topics.includes(name)) ?? usualTopic(flow, question) ?? otherwise;
  const words = wordsFor(question, answer);
  if (topic === undefined || words === undefined) return [];
  if (meanings.length === 0 && !SAYS_NO.has(topic) && isDenied(question, answer)) return [];
  const crime = meanings.some((id) => flow.meanings?.[id]?.kind.includes('crime'));
  return [{ words, question: question.text, topic, crime }];
}

function topicOf(flow: Flow, meaning: string): CallTopic | undefined {
  return topicOfMeaning(meaning, flow.meanings?.[meaning]?.kind ?? []);
}

/** What the other answers to the question are about. */
function usualTopic(flow: Flow, question: Question): CallTopic | undefined {
  const topics = (question.means ?? []).map(({ meaning }) => topicOf(flow, meaning));
  return CALL_TOPICS.find((name) => topics.includes(name));
}

/** "No" is worth saying where the front door asks for it anyway. */
const SAYS_NO: ReadonlySet<CallTopic> = new Set(['urgency', 'told', 'whereabouts']);

function isDenied(question: Question, answer: Answer): boolean {
  return /^no\b/i.test(describeAnswer(question, answer).join());
}

/**
 * A tick is a sentence of its own; any other answer is said with its question, since it means little without it. Undefined for "None of
 * these", and for doubt about a whole checklist.
 */
function wordsFor(question: Question, answer: Answer): string | undefined {
  const value = String(answer);
  const { several } = rulesOf(question);
  if (several) return value === 'none' || value === 'unknown' ? undefined : describeAnswer(question, answer).join();
  if (value === 'unknown') return `I do not know: ${question.text}`;
  return `${question.text} ${describeAnswer(question, answer).join()}`;
}

/** What the record holds, and the level that the reader's answers came to. */
function recordedStatements({ flow, position, consultation, result }: CallParts): Record<CallTopic, Statement[]> {
  const { asker, tellings, parents, consent, police } = consultation;
  const say = (words: string | undefined): Statement[] => (words === undefined ? [] : [{ words }]);
  const named = asker === undefined ? '' : Object.values(asker.asker).filter(Boolean).join(', ');
  return {
    concern: [],
    harm: say(
      isLevelAnswered(position) && result.level !== undefined
        ? `I went through the guidance of ${flow.area.name}, and it came to: ${result.level.name}`
        : undefined,
    ),
    urgency: [],
    others: [],
    source: [],
    told: [
      ...tellings.flatMap(({ spokeTo, when }) => say(`I have told ${spokeTo}, ${when}`)),
      ...say(parents && `The parents were ${parents.parents}. ${parents.reason}`.trim()),
      ...say(consent && `Consent: ${consent.consent}. ${consent.reason}`.trim()),
      ...say(police && `The police were ${police.referred === 'yes' ? 'told' : 'not told'}. ${police.reason}`.trim()),
    ],
    whereabouts: [],
    caller: say(named === '' ? undefined : `I am ${named}`),
  };
}

/** An answer set the level, and not only what doubt was counted as. */
function isLevelAnswered({ findings, standing }: Position): boolean {
  return findings.some(
    ({ topic, value, origin }) => topic === 'level' && value === standing.level && origin.option !== 'unknown',
  );
}

function policeCall({ police, urgency }: Result, said: Statement[]): PoliceCall | undefined {
  if (urgency === 'emergency') return { emergency: true, said };
  return police?.word === 'report' || police?.word === 'consider' ? { emergency: false, said } : undefined;
}

/** The ticks of one question are said in one breath, each once. */
function joinTicks(statements: readonly Statement[]): Statement[] {
  const byQuestion = new Map<string, Set<string>>();
  for (const { words, question = '' } of statements)
    byQuestion.set(question, new Set([...(byQuestion.get(question) ?? []), words]));
  return [...byQuestion].map(([question, words]) => ({ words: [...words].join('; '), question }));
}
