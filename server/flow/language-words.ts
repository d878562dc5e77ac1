import { TOPICS } from './marks.ts';

/** Words of the flow language, which cannot be used as ids. */
export const RESERVED: readonly string[] = [
  'level',
  ...TOPICS,
  'next',
  'record',
  'unknown',
  'none',
  'end',
  'asked',
  'contact',
  'advice',
  'means',
];

export const STEP_KINDS = ['say', 'ask', 'advise', 'call', 'end'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What a meaning can be about. See `flows/README.md`, "What answers mean". */
export const MEANING_KINDS = ['harm', 'crime', 'who', 'care', 'circumstance', 'reader'] as const;
export type MeaningKind = (typeof MEANING_KINDS)[number];

/** Whether this kind of meaning is a harm: something that is done to a child, or who may be doing it. */
export function isHarm(kind: MeaningKind): boolean {
  return kind === 'harm' || kind === 'crime' || kind === 'who';
}
