/** The grammar of `next_hours.yaml`: one question beside the result, and what to do until somebody has answered. */
import * as z from 'zod';
import { cite, condition, id, wording } from './schema-words.ts';

const line = z.strictObject({ do: wording, cite, 'only with': condition.optional() });
/** `known when`: under which answers of the interview the option is already known, so that nobody is asked again. */
const option = z.strictObject({
  text: wording,
  'known when': condition.optional(),
  'until then': z.array(line).min(1),
});
export const nextHours = z.strictObject({
  question: wording,
  why: wording,
  cite,
  'not asked when': condition.optional(),
  options: z.record(id, option),
});
export type RawNextHours = z.output<typeof nextHours>;
