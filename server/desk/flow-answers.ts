/** What the answers of the flow already say of a field of the record: shown at the field, and taken over only when a person says so. Pure. */
import type { Consultation } from '../consultation/consultation.ts';
import type { Form } from '../consultation/recording.ts';
import { type DeskField, NOT_KNOWN } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { describeAnswer, isUnknown } from '../flow/walk/answer.ts';
import { valueName } from './record-fields.ts';

/** The answer in words. `value`: what the field would hold; undefined when no answer of the field says the same. */
export interface FlowAnswer {
  question: string;
  words: string;
  value?: string;
}

/** Name of the button that takes an answer over: it is sent with the id of the field. */
export const TAKE = 'take';

export function flowAnswerFor(
  field: DeskField,
  flow: Flow,
  { answers }: Pick<Consultation, 'answers'>,
): FlowAnswer | undefined {
  const id = field.answeredBy ?? '';
  const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  if (question === undefined || answer === undefined) return undefined;
  const words = describeAnswer(question, answer).join('; ');
  const wanted = isUnknown(answer) ? NOT_KNOWN : String(answer);
  const value = field.options.length === 0 ? words : field.options.find((option) => option.id === wanted)?.id;
  return { question: question.text, words, ...(value !== undefined && { value }) };
}

/** The form with the answer put into the field whose button was pressed. */
export function takeOver(
  form: Form,
  fields: readonly DeskField[],
  { flow, consultation }: { flow: Flow; consultation: Pick<Consultation, 'answers'> },
): Form {
  const field = fields.find(({ id }) => id === form[TAKE]);
  const value = field && flowAnswerFor(field, flow, consultation)?.value;
  return field === undefined || value === undefined ? form : { ...form, [valueName(field.id)]: value };
}
