/** The inputs for each type of question, one entry per type. What answers mean is in `server/flow/question-types`. */
import type { Question } from '../../server/flow/flow.ts';
import type { QuestionType } from '../../server/flow/question-types/question-types.ts';
import { Options } from './options.tsx';
import { WrittenAnswerInput, type WrittenInput } from './written-answer-input.tsx';

interface AnswerInput {
  /** Error message beside the question, without a full stop. */
  instruction?: string;
  Input: (props: AnswerFieldsProps) => ReturnType<typeof Options>;
}

export interface AnswerFieldsProps {
  question: Question;
  /** Raw values: the current answer, or the refused input. */
  given: string[];
  error?: string | undefined;
  /** See `Options`. */
  foldable?: boolean;
}

export const ANSWER_INPUTS: Record<QuestionType, AnswerInput> = {
  'yes or no': { Input: (props) => <Options kind="radios" {...props} /> },
  'one of': { Input: (props) => <Options kind="radios" {...props} /> },
  'several of': {
    instruction: 'Tick all that apply',
    Input: (props) => <Options kind="checkboxes" {...props} />,
  },
  'short text': written({ label: () => 'Your answer' }),
  'long text': written({
    label: () => 'Your answer',
    hint: 'Write as much as you need, up to 20,000 characters',
    rows: 6,
  }),
  number: written({
    label: ({ unit }) => (unit === undefined ? 'Whole number' : `Number of ${unit}`),
    width: 'fd-input--number',
    attributes: { inputmode: 'numeric', spellcheck: false },
  }),
  date: written({
    label: () => 'Date',
    hint: 'For example 27 3 2026',
    width: 'fd-input--date',
    attributes: { spellcheck: false },
    show: writeDate,
  }),
};

/** The inputs of a question, always including "I don't know". */
export function AnswerFields(props: AnswerFieldsProps) {
  const { Input } = ANSWER_INPUTS[props.question.type];
  return <Input {...props} />;
}

/** Undefined if the question itself says it. */
export function instructionFor({ type, text }: Pick<Question, 'type' | 'text'>): string | undefined {
  return /\bTick\b/.test(text) ? undefined : ANSWER_INPUTS[type].instruction;
}

function written(input: WrittenInput): AnswerInput {
  return { Input: (props) => <WrittenAnswerInput input={input} {...props} /> };
}

/** Writes a stored day in the format that the field asks for. */
function writeDate(text: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso === null ? text : `${Number(iso[3])} ${Number(iso[2])} ${iso[1]}`;
}
