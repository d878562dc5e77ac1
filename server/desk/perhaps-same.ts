/**
 * Two telephones, one worry: consultations that may be about the same, while both are open. It is offered to whoever has one of them; nothing is
 * merged, and nothing is less urgent by it. Pure.
 */
import { foldedWords } from '../base/text.ts';
import { type QueueRow, soundOf } from './queue-row.ts';

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

interface Keys {
  child: string;
  sound: string;
  reach: string;
  name: string;
}

/** Each row of a queue is compared with each other one: what is compared is worked out once for a row. */
const known = new WeakMap<Compared, Keys>();

function keysOf(row: Compared): Keys {
  const child = row.childKey ?? '';
  const keys = known.get(row) ?? { child, sound: soundOf(child), reach: reachKey(row), name: nameKey(row) };
  known.set(row, keys);
  return keys;
}

const isSame = (one: string, other: string) => one !== '' && one === other;

function inCommon(one: Keys, other: Keys): string[] {
  return [
    ...(isSame(one.child, other.child) ? ['child of the same name'] : []),
    ...(one.child !== other.child && isSame(one.sound, other.sound) ? ['child with a similar name'] : []),
    ...(isSame(one.reach, other.reach) ? ['same number or e-mail'] : []),
    ...(isSame(one.name, other.name) ? ['caller of the same name'] : []),
  ];
}

/** Among these, in their order, those that may be the same as this one. */
export function perhapsSameAs(line: QueueRow, lines: readonly QueueRow[]): PerhapsSame[] {
  if (line.state === 'closed') return [];
  const keys = keysOf(line);
  return lines.flatMap((other) => {
    if (other.consultation === line.consultation || other.state === 'closed') return [];
    const why = inCommon(keys, keysOf(other));
    return why.length === 0 ? [] : [{ line: other, why }];
  });
}
