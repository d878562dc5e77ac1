/** A guess, until somebody has measured it: to read a question and its answers, and to choose. */
const SECONDS_PER_QUESTION = 20;

/** `About 8 questions, 3 minutes`. */
export function describeEstimate(questions: number): string {
  const minutes = Math.ceil((questions * SECONDS_PER_QUESTION) / 60);
  return `About ${countOf(questions, 'question')}, ${countOf(minutes, 'minute')}`;
}

function countOf(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
