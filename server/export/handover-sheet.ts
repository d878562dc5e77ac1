/**
 * The hand-over sheet as a document: its contents, and what it has to say about itself, for Word, PDF and text alike.
 */
import { describeInstant } from '../base/days.ts';
import { type HandoverSheetLine, partsOfHandoverSheet } from '../consultation/handover-sheet.ts';
import { TOLD_BEFORE } from '../consultation/record.ts';
import { type Block, fact } from './blocks.ts';
import type { Section } from './sections.ts';
import { layOutText } from './text.ts';

export const HANDOVER_SHEET_TITLE = 'Sheet for a referral';
/** The hand-over sheet must never look like a referral that was made. */
const NOT_SENT = 'This is not the council’s form, and it has not been sent to anybody';
const NOT_TOLD = {
  no: 'Children’s services have not been told yet',
  'before this': TOLD_BEFORE,
};

export interface HandoverSheetDocument {
  reference: string;
  areaName: string;
  openedAt: string;
  printedAt: string;
  /** Whether the person has recorded that they told children's services. */
  told: 'yes' | keyof typeof NOT_TOLD;
  /** All fields of the hand-over sheet; those without text were left empty. */
  lines: readonly HandoverSheetLine[];
}

export function handoverSheetWarnings({ told }: Pick<HandoverSheetDocument, 'told'>): string[] {
  return [`${NOT_SENT}.`, ...(told === 'yes' ? [] : [`${NOT_TOLD[told]}.`])];
}

/** What the hand-over sheet says about itself, after its fields. */
export const ABOUT_HANDOVER_SHEET =
  'Somebody wrote this to prepare a referral. A referral is made by the council’s own form or by telephone, and not by this sheet.';

export function handoverSheetSections({ lines, areaName, openedAt, printedAt }: HandoverSheetDocument): Section[] {
  const empty = lines.filter(({ words }) => words === '').map(({ label }) => label);
  const parts = partsOfHandoverSheet(lines.filter(({ words }) => words !== '')).map(({ title, lines: filled }) => ({
    title,
    blocks: filled.map(({ label, words }): Block => fact(label, words)),
  }));
  const about: Block[] = [
    { kind: 'paragraph', text: ABOUT_HANDOVER_SHEET },
    fact('Area', areaName),
    fact('Consultation begun', describeInstant(openedAt)),
    fact('Taken away', describeInstant(printedAt)),
    ...(empty.length === 0 ? [] : [fact('Not filled in', empty.join('\n'))]),
  ];
  return [...parts, { title: 'About this sheet', blocks: about }];
}

export function handoverSheetToText(handoverSheet: HandoverSheetDocument): string {
  const head = [`${HANDOVER_SHEET_TITLE}: ${handoverSheet.reference}`, ...handoverSheetWarnings(handoverSheet)];
  return layOutText(head, handoverSheetSections(handoverSheet), 'End of the sheet');
}
