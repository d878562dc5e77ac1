/** An estimate until it is measured: reading a question and its answers, and choosing one. */
const SECONDS_PER_QUESTION = 20;

/** For example `About 8 questions, 3 minutes`. */
export function describeEstimate(questions: number): string {
  const minutes = Math.ceil((questions * SECONDS_PER_QUESTION) / 60);
  return `About ${countOf(questions, 'question')}, ${countOf(minutes, 'minute')}`;
}

function countOf(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
