/** What the doctor says about one subject. */
export interface DoctorFinding {
  subject: string;
  /** `look`: it works, but somebody should know about it or decide something. */
  state: 'good' | 'look' | 'bad';
  says: string;
  /** What to do if it is not good. */
  todo?: string;
}

export const good = (subject: string, says: string): DoctorFinding => ({ subject, state: 'good', says });
export const look = (subject: string, says: string, todo: string): DoctorFinding => ({
  subject,
  state: 'look',
  says,
  todo,
});
export const bad = (subject: string, says: string, todo: string): DoctorFinding => ({
  subject,
  state: 'bad',
  says,
  todo,
});

const MARKS = { good: 'good', look: 'LOOK', bad: 'BAD ' };

/** One line for the finding, and below it what to do. */
export function describeFinding({ subject, state, says, todo }: DoctorFinding): string {
  return `${MARKS[state]}  ${subject}: ${says}${todo === undefined ? '' : `\n      to do: ${todo}`}`;
}
