/** What the desk searches for. */
/** All given criteria must match. `from` (inclusive) and `before` (exclusive): when the desk was asked, as instants. */
export interface SearchCriteria {
  reference?: string;
  professional?: string;
  agency?: string;
  words?: string;
  from?: string;
  before?: string;
  outcome?: string;
  /** A key of `base/telephone.ts`: a number that is written anywhere, such as that of a caller. */
  telephone?: string;
  /** Beginnings of words in the child's name, in any order. Case, accents and apostrophes do not matter. */
  child?: string;
  /** Part of the name of the person who is working on it. */
  worker?: string;
  /** The level that the guidance advised when the outcome was recorded. */
  level?: number;
  state?: 'open' | 'closed';
  /** Only consultations with a note of what worked. */
  worked?: true;
}
