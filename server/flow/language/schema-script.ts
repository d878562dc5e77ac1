/** The grammar of `script.yaml`: what to say to the child now, and to a parent who asks. */
import * as z from 'zod';
import { cite, condition, id, wording } from './schema-words.ts';

const SCRIPT_LISTENERS = ['child', 'parent'] as const;

/** Words to say, or how to say them. Each needs a source: a line without a fact behind it is refused. */
const line = z
  .strictObject({
    to: z.enum(SCRIPT_LISTENERS),
    say: wording.optional(),
    do: wording.optional(),
    'only with': condition.optional(),
    cite,
  })
  .refine(({ say, do: how }) => (say === undefined) !== (how === undefined), {
    error: 'a line has either "say", with the words, or "do", with how to say them',
  });
export const script = z.strictObject({ script: z.record(id, line) });
export type RawScriptLine = z.output<typeof line>;
