/** Name of the field for what belongs into one record alone, where several consultations are passed on at once. */
export function ownReason(consultation: string): string {
  return `reason-${consultation}`;
}
