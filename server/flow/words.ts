/** The words that a mark may have, from weak to strong: the strongest stands. `flows/README.md`, "The marks". */
export const STRENGTH = {
  parents: ['tell', 'as the child wishes', 'ask first', 'do not tell'],
  consent: ['needed', 'weigh', 'not needed'],
  police: ['consider', 'report', 'call 999'],
} as const;

/** Topics whose advice contradicts itself when two words of it are given at once: only the strongest is then told. */
export const EXCLUSIVE = ['parents', 'consent'] as const;

export type Topic = keyof typeof STRENGTH;
export const TOPICS = Object.keys(STRENGTH) as Topic[];

/** Words of the language, which are therefore no ids. */
export const RESERVED = [
  'level',
  'parents',
  'consent',
  'police',
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

/** What a meaning can be about: `flows/README.md`, "What answers mean". */
export const MEANING_KINDS = ['harm', 'crime', 'who', 'care', 'circumstance', 'reader'] as const;
export type MeaningKind = (typeof MEANING_KINDS)[number];

/** The folder of what holds in every area. */
export const NATIONAL = 'national';
