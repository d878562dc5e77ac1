/**
 * Open consultations that may be about the same worry, such as two calls from different people. They are shown to
 * whoever has one of them. Nothing is merged, and nothing becomes less urgent. Pure.
 */
import { telephoneKeys } from '../base/telephone.ts';
import { foldedWords } from '../base/text.ts';
import { type QueueRow, soundOf } from './queue-row.ts';

export interface PerhapsSame {
  line: QueueRow;
  /** What the two have in common, in words. */
  why: string[];
}

type Compared = Pick<QueueRow, 'professional' | 'reach' | 'childKey'>;

function reachKey({ reach }: Compared): string {
  return telephoneKeys(reach)[0] ?? /[\w.+-]+@[\w.-]+/.exec(reach.toLowerCase())?.[0] ?? '';
}

const nameKey = ({ professional }: Compared) => foldedWords(professional).sort().join(' ');

interface Keys {
  child: string;
  sound: string;
  reach: string;
  name: string;
}

/** Rows of a queue are compared with each other, so the keys of each row are worked out only once. */
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

/** Which of these rows may be about the same worry, in the order given. */
export function perhapsSameAs(line: QueueRow, lines: readonly QueueRow[]): PerhapsSame[] {
  if (line.state === 'closed') return [];
  const keys = keysOf(line);
  return lines.flatMap((other) => {
    if (other.consultation === line.consultation || other.state === 'closed') return [];
    const why = inCommon(keys, keysOf(other));
    return why.length === 0 ? [] : [{ line: other, why }];
  });
}
