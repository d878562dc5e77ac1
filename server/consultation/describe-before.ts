/** That children's services were told, or the sheet sent, before the consultation was opened, in words. */

/** Begins with a full stop, or is empty. `before`: why that day is meant; empty if nobody was asked. */
export function describeBefore({ before }: { before?: string | undefined }): string {
  if (before === undefined) return '';
  return `. Before this consultation was opened${before === '' ? '' : `: ${before}`}`;
}
