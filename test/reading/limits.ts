import type { Reader } from '../../server/flow/flow.ts';

/** Most words visible before anything is expanded. */
export const MOST_WORDS: Record<Reader, number> = { professional: 450, public: 220, child: 140 };

/** Highest reading age, in years. */
export const OLDEST: Record<Reader, number> = { professional: 14, public: 11, child: 9 };

/** Longest result on a phone, in screens of 390 × 844, before anything is unfolded. */
export const MOST_SCREENS: Record<Reader, number> = { professional: 4, public: 4, child: 3 };
