/** What waits for the next regular meeting of an area, over its open pathways: Bolton's CEAM and CEDAM (BO 37, BO 38). Pure. */
import type { PathwayRules } from '../flow/instruments/instrument.ts';
import type { Pathway, Sheet } from './pathway.ts';

export interface WaitingSheet {
  sheet: Sheet;
  /** The meeting's day has passed, and nobody wrote down what it agreed. */
  isUnheard: boolean;
}

/**
 * A list that is not finished waits whatever its day is, and a finished one until its day has passed. The last one waits on until it is written
 * down what was agreed: a child is never left off because a date went by.
 */
export function waitingSheets(
  { sheets }: Pick<Pathway, 'sheets'>,
  { instrument, agreed }: PathwayRules['meetingLists'][number],
  today: string,
): WaitingSheet[] {
  const lists = sheets.filter((sheet) => sheet.instrument === instrument && sheet.state !== 'given up');
  return lists.flatMap((sheet, index): WaitingSheet[] => {
    if (sheet.completed === undefined || sheet.completed.on >= today) return [{ sheet, isUnheard: false }];
    const isLast = index === lists.length - 1;
    return isLast && (sheet.answers[agreed] ?? '') === '' ? [{ sheet, isUnheard: true }] : [];
  });
}
