/** Mutations of marks (lowered, raised, removed), contacts (swapped, removed) and times. */
import type { Path } from '../../server/flow/language/read.ts';
import { TOPICS, type Topic, wordsFor } from '../../server/flow/marks.ts';
import { type Branch, type Change, isBranch, type Tree } from './mutant.ts';
import type { Names } from './names.ts';

export function markChanges(names: Names, marked: Branch, path: Path): Change[] {
  return [
    ...levelChanges(names, marked, path),
    ...TOPICS.flatMap((topic) => topicChanges(topic, marked[topic], [...path, topic])),
    ...['next', 'record'].flatMap((key) => lostOf(key, marked[key], [...path, key])),
  ];
}

function levelChanges(names: Names, { level }: Branch, path: Path): Change[] {
  if (level === undefined) return [];
  const here = [...path, 'level'];
  const others = [Number(level) - 1, Number(level) + 1].filter((other) => other > 0 && other <= names.levels);
  return [
    { kind: 'mark', path: here, to: undefined, says: 'no level' },
    ...others.map((other) => ({ kind: 'mark', path: here, to: String(other), says: `level ${other}, not ${level}` })),
  ];
}

function topicChanges(topic: Topic, word: Tree | undefined, path: Path): Change[] {
  if (word === undefined) return [];
  const words = wordsFor(topic);
  const others = [words.indexOf(String(word)) - 1, words.indexOf(String(word)) + 1].flatMap(
    (index) => words[index] ?? [],
  );
  return [
    { kind: 'mark', path, to: undefined, says: `no ${topic}` },
    ...others.map((other) => ({ kind: 'mark', path, to: other, says: `${topic}: ${other}, not ${word}` })),
  ];
}

/** Removes each item of a list in turn. */
function lostOf(key: string, value: Tree | undefined, path: Path): Change[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length === 1)
    return [{ kind: key, path, to: undefined, says: `${key} without ${value}` }];
  return value.map((item, index) => ({
    kind: key,
    path: [...path, index],
    to: undefined,
    says: `${key} without ${item}`,
  }));
}

export function contactChanges(names: Names, key: string, value: Tree | undefined, path: Path): Change[] {
  if (value === undefined) return [];
  const here = [...path, key];
  const swap = (id: Tree, place: Path): Change => {
    const other = names.otherContact(String(id));
    return { kind: 'contact', path: place, to: other, says: `${other}, not ${id}` };
  };
  if (!Array.isArray(value)) return [swap(value, here)];
  const lost =
    value.length > 1
      ? value.map(
          (id, index): Change => ({ kind: 'contact', path: [...here, index], to: undefined, says: `without ${id}` }),
        )
      : [];
  const [first, second, ...rest] = value;
  const turned: Change[] =
    key === 'contacts' && first !== undefined && second !== undefined
      ? [{ kind: 'contact', path: here, to: [second, first, ...rest], says: `${second} before ${first}` }]
      : [];
  return [...value.map((id, index) => swap(id, [...here, index])), ...lost, ...turned];
}

const WORDS = ['at once', 'today', 'no set time'];

export function timeChanges(value: Tree | undefined, path: Path): Change[] {
  if (typeof value !== 'string') return [];
  const word = WORDS.indexOf(value);
  const [number, ...unit] = value.split(' ');
  const others =
    word < 0
      ? [`${Number(number) + 1} ${unit.join(' ')}`, `${Number(number) * 2} ${unit.join(' ')}`]
      : [WORDS[(word + 1) % 3] ?? 'today'];
  return others.map((to) => ({ kind: 'time', path, to, says: `within ${to}, not ${value}` }));
}

export function optionsIn(question: Branch): { path: Path; options: Branch }[] {
  const own = isBranch(question.options) ? [{ path: ['options'], options: question.options }] : [];
  const groups = isBranch(question.groups) ? Object.entries(question.groups) : [];
  const grouped = groups.flatMap(([id, group]) =>
    isBranch(group) && isBranch(group.options) ? [{ path: ['groups', id, 'options'], options: group.options }] : [],
  );
  return [...own, ...grouped];
}
