/** How each type of question is answered on a page: one entry a type. What the answers mean is in `server/flow/question-types`. */
import type { Question } from '../../server/flow/flow.ts';
import type { QuestionType } from '../../server/flow/question-types/question-types.ts';
import { Options } from './options.tsx';
import { WrittenAnswerInput, type WrittenInput } from './written-answer-input.tsx';

interface AnswerInput {
  /** Said beside the question, without a full stop. */
  instruction?: string;
  Input: (props: AnswerFieldsProps) => ReturnType<typeof Options>;
}

export interface AnswerFieldsProps {
  question: Question;
  /** Raw values: the answer that stands, or the input that was refused. */
  given: string[];
  error?: string;
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

/** The inputs of a question, with "I don't know" among or beside them. */
export function AnswerFields(props: AnswerFieldsProps) {
  const { Input } = ANSWER_INPUTS[props.question.type];
  return <Input {...props} />;
}

export function instructionFor({ type }: Pick<Question, 'type'>): string | undefined {
  return ANSWER_INPUTS[type].instruction;
}

function written(input: WrittenInput): AnswerInput {
  return { Input: (props) => <WrittenAnswerInput input={input} {...props} /> };
}

/** A kept date goes back into the field the way it is asked for. */
function writeDate(text: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso === null ? text : `${Number(iso[3])} ${Number(iso[2])} ${iso[1]}`;
}
