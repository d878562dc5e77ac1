/**
 * The ways in which a hand-over sheet can be taken away. The keys are stored in the log and end the URLs, so they must
 * never change. `copy` is the page from which its fields are copied one by one.
 */
const FILES = {
  docx: {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    words: 'Word document',
  },
  pdf: { contentType: 'application/pdf', words: 'PDF' },
  txt: { contentType: 'text/plain; charset=utf-8', words: 'plain text' },
} as const;

export type HandoverSheetFormat = keyof typeof FILES;
export const HANDOVER_SHEET_FORMATS = Object.keys(FILES) as HandoverSheetFormat[];
export type HandoverSheetTaking = HandoverSheetFormat | 'copy' | 'print';

export function describeHandoverSheetFormat(format: HandoverSheetFormat): { contentType: string; words: string } {
  return FILES[format];
}

const TAKINGS: Record<HandoverSheetTaking, string> = {
  docx: 'as a Word document',
  pdf: 'as PDF',
  txt: 'as plain text',
  copy: 'by copying its fields',
  print: 'on paper',
};

/** For example `as PDF`. */
export function describeTaking(as: HandoverSheetTaking): string {
  return TAKINGS[as];
}
