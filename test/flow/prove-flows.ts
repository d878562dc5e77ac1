/** Flows for the tests of the prover: a builder that fills in everything unimportant, and small random flows. */
import fc from 'fast-check';
import type { Rule } from '../../server/flow/check/safety.ts';
import type { Condition, Flow, Marks, Part, Question, Step } from '../../server/flow/flow.ts';
import type { Expected } from '../../server/flow/language/schema.ts';
import { TOPICS, wordsFor } from '../../server/flow/marks.ts';
import type { Answer, Answers } from '../../server/flow/walk/answer.ts';

export const LEVELS = 3;

export function question(id: string, type: Question['type'], given: Partial<Question> = {}): Question {
  const yesNo = type === 'yes or no' ? [option('yes'), option('no')] : [];
  const base = { text: `${id}?`, why: 'because', define: [], cite: ['S 1'], groups: [], rising: false, exceptions: [] };
  return { id, type, ...base, options: yesNo, unknown: { label: 'I don’t know' }, forRecord: false, ...given };
}

export function option(id: string, marks: Marks = {}): Question['options'][number] {
  return { id, text: `Option ${id}`, cite: [], ...marks };
}

type Given<Kind extends Step['kind']> = Partial<Extract<Step, { kind: Kind }>>;

export const ask = (id: string, given: Given<'ask'> = {}): Step => ({ kind: 'ask', id, question: id, ...given });
export const say = (id: string, given: Given<'say'> = {}): Step => ({ kind: 'say', id, text: id, cite: [], ...given });
export const call = (id: string, given: Given<'call'> = {}): Step => ({ kind: 'call', id, flow: id, ...given });
export const advise = (id: string, given: Given<'advise'> = {}): Step => ({
  kind: 'advise',
  id,
  text: id,
  cite: [],
  contacts: [],
  returns: false,
  ...given,
});
export const end = (id: string, given: Given<'end'> = {}): Step => ({
  kind: 'end',
  id,
  action: id,
  within: 'today',
  contacts: ['mash'],
  cite: [],
  ...given,
});

export function part(id: string, steps: Step[], given: Partial<Part> = {}): Part {
  return { id, title: `Flow ${id}`, cite: [], returns: [], mayKnow: [], steps, ...given };
}

/** The first part is the flow that the reader opens. */
export function flow(parts: Part[], questions: Question[]): Flow {
  const ids = [...new Set([...parts.flatMap((one) => one.steps), ...questions].flatMap(idsIn))];
  const step = (id: string) => ({ id, do: id, who: 'you', ...(id === 'refer' && { with: 'team' }), cite: [] });
  return {
    id: parts[0]?.id ?? '',
    title: 'A flow',
    reader: 'professional',
    area: {
      id: 'here',
      name: 'Here',
      frontDoor: 'mash',
      frontDoorName: 'MASH',
      referenceLetter: 'H',
      scale: Array.from({ length: LEVELS }, (_, index) => `Level ${index + 1}`),
      scaleName: 'Level',
    },
    parts: Object.fromEntries(parts.map((one) => [one.id, one])),
    questions: Object.fromEntries(questions.map((one) => [one.id, one])),
    contacts: {},
    sources: {},
    next: Object.fromEntries(ids.map((id) => [id, step(id)])),
    record: {},
    definitions: {},
    holidays: [],
  };
}

function idsIn(marked: Step | Question): string[] {
  const marks: Marks[] = 'options' in marked ? [...marked.options, marked.unknown] : [marked as Marks];
  return marks.flatMap((mark) => mark.next ?? []);
}

export function rule(id: string, whenever: Condition, always?: Expected, never?: Expected): Rule {
  const at = { file: 'safety.yaml', line: 1, column: 1 };
  return { id, says: id, whenever, ...(always && { always }), ...(never && { never }), cite: ['S 1'], at };
}

export const is = (fact: string, ...options: string[]): Condition => ({ kind: 'is', fact, how: 'any', options });
export const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
export const EVERYBODY: Condition = { kind: 'all', of: [] };

/** Every possible answer to a question, with all numbers. */
export function answersTo({ type, options, from = 0, to = 0 }: Question): Answer[] {
  if (type === 'several of') {
    const items = [...options.map((one) => one.id), 'unknown'];
    const sets = Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_, at) => (bits >> at) & 1));
    return sets.map((ticks) => (ticks.length === 0 ? ['none'] : ticks));
  }
  if (type === 'number') return ['unknown', ...Array.from({ length: to - from + 1 }, (_, index) => from + index)];
  if (type === 'short text' || type === 'date') return ['unknown', '2020-02-20'];
  return ['unknown', ...options.map((one) => one.id)];
}

/** Every combination of answers to all questions. */
export function combinationsOf(flow: Flow): Answers[] {
  let all: Record<string, Answer>[] = [{}];
  for (const one of Object.values(flow.questions))
    all = all.flatMap((answers) => answersTo(one).map((answer) => ({ ...answers, [one.id]: answer })));
  return all;
}

/** The type of fast-check's `fc.gen()`: draws one value of an arbitrary. */
export type Draw = fc.GeneratorValue;

const WORDS = ['a', 'b', 'c'];

export function randomFlow(draw: Draw): Flow {
  const questions = randomQuestions(draw);
  const inner = part('inner', randomSteps(draw, questions, 'i', draw(fc.integer, { min: 1, max: 4 })), {
    returns: draw(fc.boolean) ? ['parents'] : [],
  });
  const middle = part('middle', [
    ...randomSteps(draw, questions, 'm', draw(fc.integer, { min: 0, max: 3 })),
    call('inner', when(draw, questions)),
  ]);
  const first = draw(fc.shuffledSubarray<Question>, questions, { minLength: 1, maxLength: 2 });
  const steps = [
    ...first.map(({ id }) => ask(id)),
    ...randomSteps(draw, questions, 's', draw(fc.integer, { min: 3, max: 7 })),
  ];
  for (const called of ['inner', 'middle'])
    if (draw(fc.boolean))
      steps.splice(draw(fc.integer, { min: 0, max: steps.length }), 0, call(called, when(draw, questions)));
  return flow([part('main', [...steps, end('last', marks(draw))]), middle, inner], questions);
}

function randomQuestions(draw: Draw): Question[] {
  const some = (ids: string[]) => ids.map((id) => option(id, draw(fc.boolean) ? marks(draw) : {}));
  const options = some(WORDS.slice(0, draw(fc.integer, { min: 1, max: 3 })));
  const ticks = some(WORDS.slice(0, 2));
  const doubt = (ids: string[] = []) => ({
    label: 'I don’t know',
    ...(ids.length > 0 && draw(fc.boolean) && { countsAs: draw(fc.constantFrom<string[]>, ...ids) }),
    ...(draw(fc.boolean) && { ask: 'lead' }),
    ...(draw(fc.boolean) ? marks(draw) : {}),
  });
  return [
    question('danger', 'yes or no', { unknown: doubt(['yes', 'no']) }),
    question('risk', 'one of', { options, rising: draw(fc.boolean), unknown: doubt(options.map(({ id }) => id)) }),
    question('signs', 'several of', { options: ticks, none: 'None', unknown: doubt(['a', 'b']) }),
    draw(fc.boolean)
      ? question('age', 'number', { from: 0, to: 3, unknown: doubt(['0', '2']) })
      : question('day', 'date', { unknown: doubt() }),
  ];
}

function marks(draw: Draw): Marks {
  const maybe = <T>(values: readonly T[]): T | undefined => {
    const at = draw(fc.integer, { min: 0, max: values.length });
    return values[at];
  };
  const found = {
    level: maybe([1, 2, 3]),
    ...Object.fromEntries(TOPICS.map((topic) => [topic, maybe(wordsFor(topic))])),
    next: maybe([['refer'], ['refer', 'visit']]),
    record: maybe([['reason']]),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function randomSteps(draw: Draw, questions: Question[], prefix: string, count: number): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < count; index++) {
    const id = `${prefix}${index}`;
    const kind = draw(fc.constantFrom<Step['kind'][]>, 'ask', 'ask', 'ask', 'advise', 'advise', 'end', 'end', 'say');
    const given = when(draw, questions);
    if (kind === 'say') steps.push(say(id, given));
    else if (kind === 'end')
      steps.push(end(id, { ...given, ...marks(draw), when: given.when ?? condition(draw, questions, 1) }));
    else if (kind === 'advise')
      steps.push(
        advise(id, { ...given, ...marks(draw), returns: draw(fc.boolean) && prefix !== 's', contacts: ['lead'] }),
      );
    else {
      const asked = draw(fc.constantFrom<Question[]>, ...questions).id;
      const leads = draw(fc.boolean) && index + 1 < count;
      const target = leads ? `${prefix}${draw(fc.integer, { min: index + 1, max: count - 1 })}` : undefined;
      steps.push({ ...ask(id, given), question: asked, ...(target !== undefined && { leadsTo: target }) } as Step);
    }
  }
  return steps;
}

function when(draw: Draw, questions: Question[]): { when?: Condition } {
  return draw(fc.boolean) ? { when: condition(draw, questions, 1) } : {};
}

export function condition(draw: Draw, questions: Question[], depth: number): Condition {
  const kinds = ['fact', 'fact', 'fact', 'topic', ...(depth > 0 ? ['all', 'any', 'no', 'count'] : [])] as const;
  const kind = draw(fc.constantFrom<(typeof kinds)[number][]>, ...kinds);
  const inner = () => [condition(draw, questions, depth - 1), condition(draw, questions, depth - 1)];
  switch (kind) {
    case 'all':
    case 'any':
    case 'no':
      return { kind, of: inner() };
    case 'count':
      return { kind, min: draw(fc.integer, { min: 1, max: 2 }), of: inner() };
    case 'topic':
      return topicCondition(draw);
    default:
      return factCondition(draw, draw(fc.constantFrom<Question[]>, ...questions));
  }
}

function topicCondition(draw: Draw): Condition {
  const topic = draw(fc.constantFrom<['level', 'parents', 'police']>, 'level', 'parents', 'police');
  if (topic === 'level') return { kind: 'level', ...bounds(draw, LEVELS) };
  const words = wordsFor(topic);
  return { kind: 'stands', topic, values: [...draw(fc.subarray<string>, [...words], { minLength: 1 })] };
}

function factCondition(draw: Draw, { id: fact, type, options }: Question): Condition {
  const kinds = [
    'unknown',
    ...(options.length > 0 ? ['is', 'is'] : []),
    ...(type === 'several of' ? ['none', 'ticks'] : []),
  ];
  const kind = type === 'number' && draw(fc.boolean) ? 'range' : draw(fc.constantFrom<string[]>, ...kinds);
  const ids = options.map((one) => one.id);
  if (kind === 'range') return { kind, fact, ...bounds(draw, 3) };
  if (kind === 'none') return { kind: 'none ticked', fact };
  if (kind === 'ticks') return { kind, fact, ...bounds(draw, 2), of: ids };
  if (kind === 'unknown') return { kind, fact };
  const how = draw(fc.constantFrom<('any' | 'all' | 'none')[]>, 'any', 'any', 'all', 'none');
  return { kind: 'is', fact, how, options: [...draw(fc.subarray<string>, ids, { minLength: 1 })] };
}

function bounds(draw: Draw, top: number): { min?: number; max?: number } {
  const least = draw(fc.integer, { min: 0, max: top });
  return draw(fc.boolean) ? { min: least } : draw(fc.boolean) ? { max: least } : { min: least, max: top };
}
