import type { Happening } from '../../server/consultation/entry.ts';

/** A pathway as it begins. */
export const PATHWAY_OPENED: Happening = {
  kind: 'pathway opened',
  team: 'the team',
  referred: '2026-11-20',
  why: 'Agreed',
  deadlines: [],
};
