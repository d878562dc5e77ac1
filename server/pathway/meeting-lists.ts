/**
 * What the next regular meeting of an area has to discuss, from all its open pathways: Bolton's CEAM and CEDAM (BO 37,
 * BO 38). Pure.
 */
import type { PathwayRules } from '../flow/instruments/instrument.ts';
import type { Pathway, Sheet } from './pathway.ts';

export interface WaitingSheet {
  sheet: Sheet;
  /** The day of the meeting has passed, and nobody has recorded what it agreed. */
  isUnheard: boolean;
}

/**
 * An unfinished sheet is listed whatever its day is, and a finished one until its day has passed. The last sheet stays
 * listed until it is recorded what was agreed, so that no child drops off the list because a date went by.
 */
export function waitingSheets(
  { sheets }: Pick<Pathway, 'sheets'>,
  { instrument, agreed }: PathwayRules['meetingLists'][number],
  today: string,
): WaitingSheet[] {
  const lists = sheets.filter(
    (sheet) => sheet.instrument === instrument && (sheet.state === 'open' || sheet.state === 'completed'),
  );
  return lists.flatMap((sheet, index): WaitingSheet[] => {
    if (sheet.completed === undefined || sheet.completed.on >= today) return [{ sheet, isUnheard: false }];
    const isLast = index === lists.length - 1;
    return isLast && (sheet.answers[agreed] ?? '') === '' ? [{ sheet, isUnheard: true }] : [];
  });
}
