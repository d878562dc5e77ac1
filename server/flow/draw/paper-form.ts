/** A flow as a form on paper: every question with its boxes, where each answer leads, and what to keep count of on the way. */
import type { Condition, Contact, Flow, Part, Step } from '../flow.ts';
import { MARKS, TOPICS, type Topic, wordsFor } from '../marks.ts';
import { meaningInWords } from './describe-condition.ts';
import { describeInPlainWords, type LadderInWords, type StepInWords } from './plain-words.ts';

export interface PaperForm {
  ladders: LadderInWords[];
  /** What is counted on the way: the level, and the words about parents, consent and police; weakest first. */
  counted: { title: string; words: string[] }[];
  /** The contacts in its ends and advice, without repeats. */
  contacts: Contact[];
  /** Everything that an answer or an end asks to have written down, without repeats. */
  toWriteDown: string[];
}

export function describePaperForm(flow: Flow): PaperForm {
  const steps = Object.values(flow.parts).flatMap((part) => part.steps);
  const read = new Set(steps.flatMap(({ when }) => meaningsReadBy(when)));
  const isShown = (line: string) =>
    !line.startsWith(WRITE) &&
    (!line.startsWith(MEANS) || [...read].some((id) => line.includes(meaningInWords(flow, id))));
  const ladders = describeInPlainWords(flow).map((ladder) => ({
    ...ladder,
    steps: ladder.steps.map((step) => onPaper(step, isShown)),
  }));
  return {
    ladders,
    counted: countedIn(flow, steps),
    contacts: contactsOf(flow),
    toWriteDown: Object.values(flow.record).map(({ write }) => write),
  };
}

const MEANS = 'Means: ';
/** What to write down is listed once, at the end of the form. */
const WRITE = 'Write down: ';

/** On paper, the meaning of an answer is printed only if a later step refers to it. */
function onPaper(whole: StepInWords, isShown: (line: string) => boolean): StepInWords {
  const step = { ...whole, marks: whole.marks.filter(isShown) };
  const { question } = step;
  if (question === undefined) return step;
  const groups = question.groups.map((group) => ({
    ...group,
    options: group.options.map((option) => ({ ...option, marks: option.marks.filter(isShown) })),
  }));
  return {
    ...step,
    question: { ...question, groups, means: question.means.filter((line) => isShown(`${MEANS}${line}`)) },
  };
}

function meaningsReadBy(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  if (condition.kind === 'means') return condition.meanings;
  return 'of' in condition && condition.kind !== 'ticks' ? condition.of.flatMap(meaningsReadBy) : [];
}

function countedIn(flow: Flow, steps: readonly Step[]): PaperForm['counted'] {
  const { scale, scaleName } = flow.area;
  const marks = [...steps, ...Object.values(flow.questions).flatMap(({ options, unknown }) => [...options, unknown])];
  const has = (key: 'level' | Topic) => marks.some((mark) => key in mark);
  return [
    ...(has('level') ? [{ title: scaleName.split(',')[0] ?? '', words: scale }] : []),
    ...TOPICS.filter(has).map((topic) => ({ title: MARKS[topic].name, words: [...wordsFor(topic)] })),
  ];
}

/** The front door first, then the contacts of the ends and of the advice, in order. */
function contactsOf(flow: Flow): Contact[] {
  const named = Object.values(flow.parts).flatMap((part: Part) =>
    part.steps.flatMap((step) => (step.kind === 'end' || step.kind === 'advise' ? step.contacts : [])),
  );
  const { frontDoor, outOfHours } = flow.area;
  const ids = [...new Set([frontDoor, ...(outOfHours === undefined ? [] : [outOfHours]), ...named])];
  return ids.flatMap((id) => flow.contacts[id] ?? []);
}
