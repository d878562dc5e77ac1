/** When somebody of the desk is away: on leave, ill, at another place of work. */

/** Both are days, and both belong to it. */
export interface Absence {
  from: string;
  until: string;
}

export function isAway({ from, until }: Absence, today: string): boolean {
  return from <= today && today <= until;
}
