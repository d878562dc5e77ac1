import type { FlowSize } from '../../server/flow/compare/worked-cases.ts';

export function describeSize({ steps, questions, cases, asked }: FlowSize): string {
  const parts = `${count(steps, 'step')}, ${count(questions, 'question')}, ${count(cases, 'worked case')}.`;
  if (asked === undefined) return parts;
  return `${parts} The worked cases take ${asked.shortest} to ${asked.longest} questions, the median is ${asked.median}.`;
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
