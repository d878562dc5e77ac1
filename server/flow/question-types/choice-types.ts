/** Question types that are answered by choosing. A new type is one entry here and one in `views/question/answer-inputs.tsx`. */
import type { Option, Question } from '../flow.ts';
import type { RawQuestion } from '../language/content.ts';
import { type Entered, type QuestionTypeRules, type Reading, refuse, type SingleType } from './question-type.ts';

export const CHOICE_TYPES = ['yes or no', 'one of', 'several of'] as const;
export type ChoiceType = (typeof CHOICE_TYPES)[number];

const CHOICE = {
  several: false,
  decides: true,
  numeric: false,
  ownKeys: [],
  emptyMessage: (label) => `Choose an answer. If you are not sure, choose “${label}”`,
  read: readChoice,
  describe: describeOption,
} satisfies Partial<SingleType>;

export const CHOICE_RULES: Record<ChoiceType, QuestionTypeRules> = {
  'yes or no': {
    ...CHOICE,
    optionsMustDiffer: false,
    fixedOptions: { yes: 'Yes', no: 'No' },
    checkShape({ options = {} }, report) {
      for (const id of Object.keys(options))
        if (id !== 'yes' && id !== 'no')
          report(['options', id], 'a question of yes or no has only the options "yes" and "no".');
    },
    howToAnswer: () => 'Yes or no.',
    answersToProve: () => ['no', 'yes'],
  },

  'one of': {
    ...CHOICE,
    optionsMustDiffer: true,
    checkShape(question, report) {
      if (writtenOptions(question).length < 2) report([], 'a choice needs at least two options.');
      if (question.groups !== undefined) report(['groups'], 'only a checklist ("several of") has groups.');
    },
    howToAnswer: () => 'Choose one.',
    answersToProve: ({ options }) => options.map(({ id }) => id),
  },

  'several of': {
    several: true,
    decides: true,
    numeric: false,
    optionsMustDiffer: false,
    ownKeys: ['none'],
    checkShape(question, report) {
      if (writtenOptions(question).length === 0) report([], 'a checklist needs options, or groups with options.');
      if (question.none === undefined) report([], 'say how "none of these" is worded: add "none".');
    },
    emptyMessage: (label) => `Tick all that apply. If you are not sure, choose “${label}”`,
    readTicks,
    describe: describeOption,
    howToAnswer: () => 'Tick all that apply.',
  },
};

/** Ids of the options that the author wrote, whether in groups or not. */
export function writtenOptions({ options = {}, groups = {} }: Pick<RawQuestion, 'options' | 'groups'>): string[] {
  return [...Object.keys(options), ...Object.values(groups).flatMap((group) => Object.keys(group.options))];
}

function readChoice({ options }: Question, { text, texts }: Entered): Reading {
  if (new Set(texts).size > 1) return refuse('Choose one answer only');
  if (!options.some((option) => option.id === text))
    return refuse('That answer is not one of those offered. Choose one of the answers below');
  return { ok: true, answer: text };
}

function readTicks({ options, none }: Question, ticks: readonly string[]): Reading {
  const offered = [...options.map((option) => option.id), 'unknown', 'none'];
  if (ticks.some((tick) => !offered.includes(tick)))
    return refuse('One of the ticks is not in the list below. Tick all that apply again');
  if (ticks.includes('none') && new Set(ticks).size > 1)
    return refuse(`You ticked “${none}” and something else. Tick one or the other`);
  // In the order of the list, so that the same ticks always give the same answer.
  return { ok: true, answer: offered.filter((tick) => ticks.includes(tick)) };
}

function describeOption(
  { options }: { options: readonly Pick<Option, 'id' | 'text'>[] },
  answer: string | number,
): string {
  return options.find((option) => option.id === answer)?.text ?? String(answer);
}
