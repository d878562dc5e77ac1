/** Describes one happening on a child's pathway in words, for the record. */
import { describeDay } from '../base/days.ts';
import { describeBand, JUDGEMENT } from '../flow/instruments/score.ts';
import type { PathwayHappening } from './pathway-happening.ts';

type Of<Kind extends PathwayHappening['kind']> = Extract<PathwayHappening, { kind: Kind }>;

export const PATHWAY_DESCRIPTIONS: { [Kind in PathwayHappening['kind']]: (what: Of<Kind>) => string } = {
  'pathway opened': ({ team, referred, why }) =>
    `Pathway opened with ${team}; referred on ${describeDay(referred)}. Reason: ${why}`,
  'instrument started': ({ title, reason }) => `Begun: ${title}. Reason: ${reason}`,
  'instrument filled': ({ title, section, answers }) =>
    `Filled in: ${title}, “${section}” (${Object.keys(answers).length} ${Object.keys(answers).length === 1 ? 'answer' : 'answers'})`,
  'instrument completed': ({ title, on, result, referred }) =>
    [
      `Completed: ${title}, of ${describeDay(on)}`,
      ...(result === undefined ? [] : [describeBand({ ...result, name: result.bandName }, result.total), JUDGEMENT]),
      ...referred,
    ]
      .map((part) => part.replace(/\.$/, ''))
      .join('. '),
  'instrument given up': ({ title, reason }) =>
    `Begun and not finished: ${title}. It does not count. Reason: ${reason}`,
  'placement recorded': ({ council, told, whom }) =>
    `Looked after by ${council}${told === '' ? ', which has not been told yet' : `, told on ${describeDay(told)}${whom === '' ? '' : ` (${whom})`}`}`,
  'pathway noted': ({ text }) => `Note on the pathway: ${text}`,
  'pathway closed': ({ reason, reduced, first, last }) =>
    `Pathway closed. ${describeReduction(reduced, first, last)}. Reason: ${reason}`,
  'pathway opened again': ({ reason }) => `Pathway opened again. Reason: ${reason}`,
  'pathway entry': () => 'An entry of the child’s pathway, which the specialist team reads',
};

export function describeReduction(reduced: 'yes' | 'no' | 'not measured', first?: number, last?: number): string {
  if (reduced === 'not measured') return 'There are not two measurements that could show a lower risk';
  return `The measured risk ${reduced === 'yes' ? 'has come down' : 'has not come down'}, from ${first} to ${last}`;
}
