/** Small random content, as the text that authors write. Every word of the language appears in it somewhere. */
import { stringify } from 'yaml';
import type { RawFile, Tree } from './content.ts';
import type { Random } from './random.ts';
import { randomAnswers, randomCondition } from './random-condition.ts';

export interface Asked {
  id: string;
  type: string;
  options: string[];
  body: { [key: string]: Tree };
}

/** Not written as a key, because an object with this key would be taken for a promise. */
const RETURN = 'then';

const TOPICS = {
  parents: ['tell', 'as the child wishes', 'ask first', 'do not tell'],
  consent: ['needed', 'weigh', 'given', 'not needed'],
  police: ['consider', 'report', 'call 999'],
};

export function randomTown(random: Random): RawFile[] {
  const questions = [
    'yes or no',
    'one of',
    'several of',
    'several of',
    'number',
    random.pick(['date', 'short text', 'long text']),
  ].map((type, index) => randomQuestion(random, `q${index}`, type));
  const [shared, national] = [new Map<string, Tree>(), new Map<string, Tree>()];
  const written = new Set<string>();
  for (const question of questions) {
    const where = random.pick(['flow', 'area', 'national']);
    if (where !== 'flow') (where === 'area' ? shared : national).set(question.id, question.body);
    if (where !== 'flow') written.add(question.id);
  }
  const [worry, inner] = ['worry', 'inner'].map((id, depth) => randomFlow(random, { id, depth }, questions, written));
  const known = questions.filter((question) => national.has(question.id));
  const asked = known.length > 0 ? known : undefined;
  const deeper = randomFlow(random, { id: 'deeper', depth: 2 }, known.length > 0 ? known : questions, written);
  // A question that is written at no step goes into the area's file.
  for (const question of questions) if (!written.has(question.id)) shared.set(question.id, question.body);
  return [
    file('town', 'area', AREA),
    file('town', 'contacts', contacts('desk')),
    ...questionsFile('town', shared),
    file('national', 'area', {
      ...AREA,
      'reference letter': 'N',
      area: 'national',
      doors: {},
      'front door': 'police_999',
    }),
    file('national', 'contacts', {
      contacts: { police_999: { ...contacts('police_999').contacts.police_999, ...line(random, asked) } },
    }),
    ...questionsFile('national', national),
    file('national', 'sources', SOURCES),
    file('national', 'timetable', {
      next: {
        visit: { do: 'Visit', who: 'you', whose: 'yours', cite: 'DOC 1', with: 'police_999', ...line(random, asked) },
        form: { do: 'Send', who: 'you', whose: 'yours', cite: 'DOC 1', ...line(random, asked) },
      },
    }),
    file('national', 'record', { record: { reason: { write: 'Why', cite: 'DOC 1', ...line(random, asked) } } }),
    file('national', 'meanings', { meanings: MEANINGS }),
    file('town', 'worry', { ...worry }),
    file('town', 'inner', { ...inner }),
    // National content cannot refer to what only the area has.
    file(known.length > 0 ? 'national' : 'town', 'deeper', deeper),
  ];
}

function questionsFile(folder: string, questions: Map<string, Tree>): RawFile[] {
  return questions.size === 0 ? [] : [file(folder, 'questions', { questions: Object.fromEntries(questions) })];
}

function file(folder: string, name: string, tree: { [key: string]: unknown }): RawFile {
  return { folder, name: `${name}.yaml`, text: stringify(tree, { lineWidth: 0, aliasDuplicateObjects: false }) };
}

const AREA = {
  area: 'town',
  name: 'Town',
  'front door': 'desk',
  'front door is called': 'the desk',
  'reference letter': 'T',
  scale: { 1: 'One', 2: 'Two', 3: 'Three' },
  doors: { worry: { title: 'A worry', for: 'professional' } },
};

const law = (from: string) => ({
  title: 'A law',
  publisher: 'P',
  published: 'undated',
  'in force from': from,
  paragraphs: { 1: 'One' },
});
const SOURCES = {
  sources: {
    DOC: { title: 'A document', publisher: 'P', published: 'undated', paragraphs: { 1: 'One', 2: 'Two' } },
    OLD: law('2020-01-01'),
    NEXT: law('2030-01-01'),
    SOME: law('not known'),
  },
};

export const MEANINGS = {
  hurt: { says: 'The child is hurt', kind: ['harm', 'crime'], cite: 'DOC 1' },
  cold: { says: 'The child is cold', kind: 'harm', cite: 'DOC 1' },
  alone: { says: 'The child is alone', kind: 'circumstance', cite: 'DOC 2' },
  myself: {
    says: 'The reader',
    kind: 'reader',
    'acts themselves': { action: 'Do it yourself', text: 'It is yours.', contacts: ['police_999'], cite: 'DOC 1' },
    cite: 'DOC 2',
  },
};

/** What a question, a group or an option means: one meaning or a list. */
function means(random: Random, often: number): { [key: string]: Tree } {
  if (!random.chance(often)) return {};
  return { means: random.pick<Tree>(['hurt', 'alone', 'myself', ['cold'], ['hurt', 'alone']]) };
}

/** Or each meaning with the answers that have it. */
function meaningsOfAnswers(random: Random, asked: Asked): { [key: string]: Tree } {
  if (asked.options.length === 0 && asked.type !== 'number') return {};
  if (!random.chance(0.3)) return means(random, 0.1);
  return {
    means: { cold: randomAnswers(random, asked), ...(random.chance(0.4) && { hurt: randomAnswers(random, asked) }) },
  };
}

function contacts(...ids: string[]) {
  const one = { name: 'Somebody', phone: '0161 496 0000', for: 'All', cite: 'DOC 1', 'checked on': 'not checked' };
  return { contacts: Object.fromEntries(ids.map((id) => [id, one])) };
}

function marks(random: Random, often = 0.25): { [key: string]: Tree } {
  const found: { [key: string]: Tree } = {};
  if (random.chance(often)) found.level = random.chance(0.2) ? 'highest' : String(random.whole(1, 3));
  for (const [topic, words] of Object.entries(TOPICS)) if (random.chance(often)) found[topic] = random.pick(words);
  if (random.chance(often)) found.next = random.pick<Tree>(['visit', ['visit'], ['form', 'visit']]);
  if (random.chance(often)) found.record = 'reason';
  return found;
}

/** When a line makes sense, using only what national content can refer to, and to whom it sends the reader. */
function line(random: Random, questions: readonly Asked[] | undefined): { [key: string]: Tree } {
  return {
    ...(questions !== undefined && random.chance(0.3) && { 'only with': randomCondition(random, questions, 1) }),
    ...(random.chance(0.2) && { to: 'myself' }),
  };
}

function cite(random: Random): Tree {
  return random.pick<Tree>(['DOC 1', ['DOC 1', 'DOC 2']]);
}

function randomQuestion(random: Random, id: string, type: string): Asked {
  const body: { [key: string]: Tree } = { question: `${id}?`, why: 'Because.', type, cite: cite(random) };
  const options = ['a', 'b', 'c', 'd'].slice(0, random.whole(2, 4));
  const written = Object.fromEntries(options.map((option) => [option, randomOption(random, option)]));
  if (random.chance(0.4) && /of$|or no/.test(type))
    body.each = { ...marks(random), ...(random.chance(0.5) && { cite: 'DOC 2' }) };
  if (type === 'several of') body.none = 'None of these';
  if (type === 'one of' || (type === 'several of' && random.chance(0.5))) body.options = written;
  else if (type === 'several of') body.groups = groups(random, options, written);
  else if (type === 'yes or no' && random.chance(0.5))
    body.options = { [random.pick(['yes', 'no'])]: randomOption(random, 'x') };
  if (type === 'number') Object.assign(body, { from: String(random.whole(-1, 1)), to: '5' });
  if (type === 'date')
    Object.assign(body, random.chance(0.5) ? { 'not before': '2000-01-01' } : { 'not after': 'today' });
  const ids =
    type === 'yes or no' ? ['yes', 'no'] : type === 'number' ? ['2', '4'] : body.options || body.groups ? options : [];
  body.unknown = { ...leadOf(random, ids), ...marks(random, 0.15), ...(random.chance(0.1) && { means: 'alone' }) };
  const asked = { id, type, options: type === 'number' ? [] : ids, body };
  Object.assign(body, meaningsOfAnswers(random, asked));
  return asked;
}

function groups(random: Random, options: readonly string[], written: { [key: string]: Tree }): Tree {
  const cut = random.whole(1, options.length - 1);
  const group = (ids: readonly string[]): Tree => ({
    title: 'A group',
    options: Object.fromEntries(ids.map((id) => [id, written[id] as Tree])),
    ...means(random, 0.2),
    ...(random.chance(0.5) && { each: { ...marks(random), ...(random.chance(0.3) && { cite: 'DOC 1' }) } }),
  });
  return { first: group(options.slice(0, cut)), second: group(options.slice(cut)) };
}

function randomOption(random: Random, id: string): Tree {
  if (random.chance(0.4)) return `Option ${id}`;
  return {
    text: `Option ${id}`,
    ...(random.chance(0.3) && { cite: 'DOC 2' }),
    ...means(random, 0.3),
    ...marks(random),
  };
}

function leadOf(random: Random, ids: readonly string[]): { [key: string]: Tree } {
  if (ids.length > 0 && random.chance(0.4)) return { 'counts as': random.pick(ids) };
  if (random.chance(0.5)) return { ask: random.pick(['desk', 'front_door', 'police_999']), 'who knows': 'Somebody' };
  return { 'go on': 'It goes on.', text: 'Not known.' };
}

/** `depth`: how many calls the flow is below the first one, which is at 0. */
interface Level {
  id: string;
  depth: number;
}

const CALLED: Record<string, string[]> = { worry: ['inner', 'deeper'], inner: ['deeper'] };

function randomFlow(random: Random, { id, depth }: Level, questions: Asked[], written: Set<string>) {
  const count = random.whole(3, depth === 0 ? 9 : 5);
  const steps: { [key: string]: Tree }[] = [];
  const used = new Set<string>();
  for (let index = 0; index < count; index++) {
    const kind = random.pick(['ask', 'ask', 'ask', 'ask', 'say', 'advise', 'advise', 'call', 'end'] as const);
    const step =
      kind === 'ask'
        ? askStep(random, depth, questions, written)
        : randomStep(kind, random, { id, index, depth }, questions);
    const name = String(Object.values(step)[0]);
    if (used.has(name)) continue;
    used.add(name);
    if (random.chance(0.5)) step.when = randomCondition(random, questions, 2);
    if (random.chance(0.1)) step.law = random.pick(['OLD', 'NEXT', 'SOME']);
    const leaves = step.end !== undefined || step[RETURN] !== undefined;
    if (leaves && step.when === undefined) step.when = randomCondition(random, questions, 1);
    steps.push(step);
  }
  if (depth === 0)
    steps.push({ end: 'last', action: 'Ask', within: 'today', contacts: ['desk'], cite: 'DOC 1', ...marks(random) });
  giveJumps(random, steps, questions);
  return { flow: id, title: `Flow ${id}`, cite: 'DOC 1', steps };
}

function randomStep(
  kind: 'say' | 'advise' | 'call' | 'end',
  random: Random,
  { id: flow, depth, index }: Level & { index: number },
  questions: Asked[],
): { [key: string]: Tree } {
  const id = `${flow}_${index}`;
  const called = CALLED[flow] ?? [];
  if (kind === 'call' && called.length > 0) return { call: random.pick(called) };
  if (kind === 'say') return { say: id, text: 'Something is said.', cite: cite(random) };
  if (kind === 'end')
    return {
      end: id,
      action: 'Do it',
      within: 'today',
      contacts: random.pick([['front_door'], ['police_999', 'front_door']]),
      cite: 'DOC 1',
      ...(random.chance(0.3) && { to: 'myself' }),
      ...(random.chance(0.2) && { 'acts themselves': { myself: 'Do it yourself, now' } }),
      ...marks(random),
    };
  return {
    advise: id,
    text: 'A piece of advice.',
    cite: cite(random),
    record: 'reason',
    ...marks(random),
    ...(random.chance(0.2) && { 'only with': randomCondition(random, questions, 1) }),
    ...(random.chance(0.4) && { contact: random.pick<Tree>(['front_door', ['police_999', 'front_door']]) }),
    ...(depth > 0 && random.chance(0.3) && { [RETURN]: 'return' }),
  };
}

/** A question is written out at the first step that asks it. */
function askStep(random: Random, depth: number, questions: Asked[], written: Set<string>): { [key: string]: Tree } {
  const question = random.pick(questions);
  if (written.has(question.id) || depth === 2) return { ask: question.id };
  written.add(question.id);
  return { ask: question.id, ...question.body };
}

/** Makes "I don't know" lead further down, either at this step only or wherever the question is asked. */
function giveJumps(random: Random, steps: { [key: string]: Tree }[], questions: readonly Asked[]): void {
  for (const [index, step] of steps.entries()) {
    const below = steps.slice(index + 1).filter((later) => later.law === undefined);
    const unknown = questions.find((question) => question.id === step.ask)?.body.unknown;
    const countsAs = typeof unknown === 'object' && 'counts as' in unknown && step.question === undefined;
    if (step.ask === undefined || countsAs || below.length === 0 || random.chance(0.6)) continue;
    const target = String(Object.values(random.pick(below))[0]);
    const own = typeof step.unknown === 'object' && !Array.isArray(step.unknown) ? step.unknown : {};
    const { 'counts as': _counts, ask: _ask, 'go on': _goOn, ...rest } = own;
    step.unknown = step.question === undefined ? { 'leads to': target } : { ...rest, 'leads to': target };
  }
}
