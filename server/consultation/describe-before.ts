/**
 * Says in words that children's services were told, or the hand-over sheet was sent, before the consultation was
 * opened.
 */

/**
 * Begins with a full stop, or is empty. `before`: the explanation of the earlier day; empty if nobody was asked for
 * one.
 */
export function describeBefore({ before }: { before?: string | undefined }): string {
  if (before === undefined) return '';
  return `. Before this consultation was opened${before === '' ? '' : `: ${before}`}`;
}
