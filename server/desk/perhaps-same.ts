/**
 * Two telephones, one worry: consultations that may be about the same, while both are open. It is offered to whoever has one of them; nothing is
 * merged, and nothing is less urgent by it. Pure.
 */
import { foldedWords } from '../base/text.ts';
import { isAlike, type QueueRow } from './queue-row.ts';

export interface PerhapsSame {
  line: QueueRow;
  /** In words: what the two have in common. */
  why: string[];
}

/** A number with its area code, without +44 or the leading 0. */
const DIGITS = 9;

type Compared = Pick<QueueRow, 'professional' | 'reach' | 'childKey'>;

function reachKey({ reach }: Compared): string {
  const digits = reach.replace(/\D/g, '');
  if (digits.length >= DIGITS) return digits.slice(-DIGITS);
  return /[\w.+-]+@[\w.-]+/.exec(reach.toLowerCase())?.[0] ?? '';
}

const nameKey = ({ professional }: Compared) => foldedWords(professional).sort().join(' ');

const isSame = (one: string, other: string) => one !== '' && one === other;

function inCommon(one: Compared, other: Compared): string[] {
  const [child, otherChild] = [one.childKey ?? '', other.childKey ?? ''];
  return [
    ...(isSame(child, otherChild) ? ['child of the same name'] : []),
    ...(child !== '' && otherChild !== '' && isAlike(child, otherChild) ? ['child with a similar name'] : []),
    ...(isSame(reachKey(one), reachKey(other)) ? ['same number or e-mail'] : []),
    ...(isSame(nameKey(one), nameKey(other)) ? ['caller of the same name'] : []),
  ];
}

/** Among these, in their order, those that may be the same as this one. */
export function perhapsSameAs(line: QueueRow, lines: readonly QueueRow[]): PerhapsSame[] {
  if (line.state === 'closed') return [];
  return lines.flatMap((other) => {
    if (other.consultation === line.consultation || other.state === 'closed') return [];
    const why = inCommon(line, other);
    return why.length === 0 ? [] : [{ line: other, why }];
  });
}
