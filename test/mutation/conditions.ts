/** Mutations of a condition: a line left out, an option exchanged, a number moved by one, "any" instead of "all". */
import type { Path } from '../../server/flow/language/read.ts';
import { MARKS, type Topic, wordsFor } from '../../server/flow/marks.ts';
import { type Branch, type Change, isBranch, type Tree } from './mutant.ts';
import type { Names } from './names.ts';

const OTHER: Record<string, string> = { 'any of': 'all of', 'all of': 'any of', 'none of': 'any of' };

export function conditionChanges(names: Names, condition: Tree, path: Path): Change[] {
  if (!isBranch(condition)) return [];
  const lines = Object.entries(condition);
  const dropped =
    lines.length > 1 && !('of' in condition)
      ? lines.map(([key]) => drop([...path, key], `"${key}" is not asked for`))
      : [];
  return [...dropped, ...lines.flatMap(([key, value]) => lineChanges(names, key, value, { block: condition, path }))];
}

export function drop(path: Path, says: string): Change {
  return { kind: 'condition', path, to: undefined, says };
}

function turn(path: Path, to: Tree, says: string): Change {
  return { kind: 'condition', path, to, says };
}

/** The block that contains a line. */
interface Around {
  block: Branch;
  path: Path;
}

function lineChanges(names: Names, key: string, value: Tree, around: Around): Change[] {
  const here = [...around.path, key];
  if (key === 'at least' || key === 'at most') return moved(here, value);
  if (Array.isArray(value)) return listChanges(names, key, value, around);
  if (isBranch(value)) return blockChanges(names, key, value, here);
  return othersFor(names, key, value).map((other) => turn(here, other, `${key}: ${other}, not ${value}`));
}

/** A list of conditions: under "any of", "all of", "none of" and "of". */
function listChanges(names: Names, key: string, list: Tree[], { block, path }: Around): Change[] {
  const shorter =
    list.length > 1 ? list.map((_, index) => drop([...path, key, index], `one of "${key}" left out`)) : [];
  const inner = list.flatMap((item, index) => conditionChanges(names, item, [...path, key, index]));
  return [...renamed(block, key, list.length, path), ...shorter, ...inner];
}

/** For a list of one, "any" and "all" mean the same. */
function renamed(block: Branch, key: string, length: number, path: Path): Change[] {
  const other = OTHER[key];
  if (other === undefined || (length < 2 && key !== 'none of')) return [];
  const entries = Object.entries(block).map(([name, value]) => [name === key ? other : name, value] as const);
  return [turn(path, Object.fromEntries(entries), `"${other}", not "${key}"`)];
}

/** `fact: { any of: […] }`, `fact: { at least: 2, of: […] }`. */
function blockChanges(names: Names, fact: string, block: Branch, path: Path): Change[] {
  return Object.entries(block).flatMap(([key, value]) => {
    const here = [...path, key];
    if (key === 'at least' || key === 'at most') return moved(here, value);
    if (!Array.isArray(value))
      return othersFor(names, fact, String(value)).map((other) => turn(here, other, `${fact}: ${other}`));
    const [absent] = othersFor(names, fact, '').filter((option) => !value.includes(option));
    return [
      ...renamed(block, key, value.length, path),
      ...(value.length > 1 ? value.map((item, index) => drop([...here, index], `${fact}: without ${item}`)) : []),
      ...(absent === undefined ? [] : [turn(here, [...value, absent], `${fact}: ${absent} too`)]),
    ];
  });
}

function moved(path: Path, value: Tree): Change[] {
  const number = Number(value);
  const [fact, key] = [path.at(-2), path.at(-1)];
  return [number - 1, number + 1]
    .filter((other) => other >= 0)
    .map((other) => turn(path, String(other), `${fact}: ${key} ${other}, not ${number}`));
}

/** Replacement values: the next option, the neighbouring word, the neighbouring level. */
function othersFor(names: Names, fact: string, value: string): string[] {
  if (fact === 'level')
    return [Number(value) - 1, Number(value) + 1].filter((level) => level > 0 && level <= names.levels).map(String);
  const words: readonly string[] | undefined = fact in MARKS ? wordsFor(fact as Topic) : names.options(fact);
  if (words === undefined) return [];
  if (fact in MARKS) return [words.indexOf(value) - 1, words.indexOf(value) + 1].flatMap((index) => words[index] ?? []);
  const next = words[(words.indexOf(value) + 1) % words.length];
  return value === '' ? [...words] : next === undefined || next === value ? [] : [next];
}
