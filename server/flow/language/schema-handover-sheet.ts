/** The grammar of `handover_sheet.yaml`: the fields of the hand-over sheet, and what fills each of them. */
import * as z from 'zod';
import { HANDOVER_SHEET_PARTS } from '../handover-sheet.ts';
import { cite, condition, id, list, wording } from './schema-words.ts';

const field = z.strictObject({
  label: wording,
  hint: wording.optional(),
  part: z.enum(HANDOVER_SHEET_PARTS),
  type: z.enum(['short text', 'long text']).default('short text'),
  /** What fills the field: `answer child_age`, `topic concern`, `record parents`. */
  'filled by': list(wording).optional(),
  /** The referral forms or documents that ask for it. */
  'asked by': cite.optional(),
  'only with': condition.optional(),
});
export const handoverSheet = z.strictObject({ sheet: z.record(id, field) });
export type RawHandoverSheetField = z.output<typeof field>;
