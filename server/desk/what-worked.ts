/** What worked, in the desk's own words: the field that the area's content marks with `listedAs`. Pure. */
import type { Entry } from '../consultation/entry.ts';
import { type DeskCase, type DeskEntry, readDeskCase } from './desk-case.ts';

export type Worked = DeskEntry<'field recorded'>;

/** Undefined if it is empty or was cleared. */
export function findWorked({ fields }: DeskCase): Worked | undefined {
  return Object.values(fields).find(({ listedAs, value }) => listedAs === 'what worked' && value !== '');
}

export function readWorked(entries: readonly Entry[]): Worked | undefined {
  const deskCase = readDeskCase(entries);
  return deskCase && findWorked(deskCase);
}
