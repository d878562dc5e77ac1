/** When somebody at the desk is away: on leave, ill, or working elsewhere. */

/** Both are days, and both are included. */
export interface Absence {
  from: string;
  until: string;
}

export function isAway({ from, until }: Absence, today: string): boolean {
  return from <= today && today <= until;
}
