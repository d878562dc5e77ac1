/** What worked, in the words of the desk: written into the field that the area's content lists so. Pure. */
import type { Entry } from '../consultation/entry.ts';
import { type DeskCase, type Noted, readDeskCase } from './desk-case.ts';

export type Worked = Noted<'field recorded'>;

/** Undefined where nothing is written, or it was taken back. */
export function findWorked({ fields }: DeskCase): Worked | undefined {
  return Object.values(fields).find(({ listedAs, value }) => listedAs === 'what worked' && value !== '');
}

export function readWorked(entries: readonly Entry[]): Worked | undefined {
  const deskCase = readDeskCase(entries);
  return deskCase && findWorked(deskCase);
}
