/** Name of the field for what goes into this consultation's record only, in the form that passes on several at once. */
export function ownReason(consultation: string): string {
  return `reason-${consultation}`;
}
