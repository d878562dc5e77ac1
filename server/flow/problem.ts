/** Problems that may follow from others. They are listed in this order, after all problems that do not. */
export const CONSEQUENCES = ['missing', 'unheard', 'case'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** A mistake in the content: where it is, what is wrong and how to fix it. Lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
  /** A warning does not stop the server. */
  kind: 'error' | 'warning';
  /**
   * Set if another mistake may be the cause. `missing`: a reference to something that does not exist, perhaps because
   * its file could not be read. `unheard`: a worry that no question of a door asks about, perhaps because the question
   * is missing. `case`: a worked case with a different outcome.
   */
  cause?: Consequence;
}

/** What is wrong and how to fix it. `missing`: a reference to something that does not exist. */
export type Message = string | { missing: string };

export function causeOf(message: Message): Pick<Problem, 'message' | 'cause'> {
  return typeof message === 'string' ? { message } : { message: message.missing, cause: 'missing' };
}

export function describeProblem(problem: Problem): string {
  const word = problem.kind === 'warning' ? ' warning:' : '';
  return `${problem.file}:${problem.line}:${problem.column}:${word} ${problem.message}`;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.kind === 'error');
}

/** The known word closest to `word`, or undefined if none is close enough to be a likely typo. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

export function didYouMean(word: string, known: Iterable<string>): string {
  const candidate = nearest(word, known);
  return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + swap);
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
