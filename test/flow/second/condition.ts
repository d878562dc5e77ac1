/** Evaluates conditions as the author wrote them. From `flows/README.md`, "Conditions". */
import { type Branch, branch, list, type Tree } from './content.ts';

export interface Known {
  /** The ticks or the choice, including what a doubt counts as. For a number, the number. */
  seen: ReadonlySet<string>;
  isDoubt: boolean;
  /** Whether it was asked and answered so that one can rely on what is not ticked. */
  isSure: boolean;
  isNumber: boolean;
  /** For a checklist, whether something is ticked. */
  hasTicks: boolean;
}

export interface Standing {
  level: number;
  parents?: string;
  consent?: string;
  police?: string;
}

/** What has been answered so far, and what is known about meanings. */
export interface Meant {
  said: ReadonlySet<string>;
  kinds: ReadonlyMap<string, string[]>;
}

const LISTS: Record<string, (held: number, all: number) => boolean> = {
  'any of': (held) => held > 0,
  'all of': (held, all) => held === all,
  'none of': (held) => held === 0,
};

export function isMet(
  condition: Tree | undefined,
  facts: ReadonlyMap<string, Known>,
  standing: Standing,
  meant: Meant = { said: new Set(), kinds: new Map() },
): boolean {
  const lines = branch(condition);
  return Object.entries(lines).every(([key, value]) => {
    if (key === 'of') return true;
    const parts = (key === 'at least' ? lines.of : value) as Tree[];
    if (key === 'at least') return countMet(parts, facts, standing, meant) >= Number(value);
    const judge = LISTS[key];
    if (judge !== undefined) return judge(countMet(parts, facts, standing, meant), parts.length);
    if (key === 'means') return isMeant(value, meant);
    if (key === 'level') return isLevel(value, standing.level);
    if (key === 'parents' || key === 'consent' || key === 'police') return isWord(value, standing[key]);
    return isFact(value, facts.get(key));
  });
}

function countMet(parts: readonly Tree[], facts: ReadonlyMap<string, Known>, standing: Standing, meant: Meant): number {
  return parts.filter((part) => isMet(part, facts, standing, meant)).length;
}

function isMeant(value: Tree, { said, kinds }: Meant): boolean {
  if (typeof value === 'string') return said.has(value);
  return Object.entries(branch(value)).every(([how, names]) => {
    if (how === 'of kind') return [...said].some((name) => kinds.get(name)?.includes(String(names)));
    const held = list(names).filter((name) => said.has(name)).length;
    return LISTS[how]?.(held, list(names).length) ?? false;
  });
}

function isLevel(value: Tree, level: number): boolean {
  return typeof value === 'string' ? level === Number(value) : isBetween(branch(value), level);
}

function isBetween(range: Branch, height: number): boolean {
  const least = Number(range['at least'] ?? Number.NEGATIVE_INFINITY);
  const most = Number(range['at most'] ?? Number.POSITIVE_INFINITY);
  return height >= least && height <= most;
}

/** If no mark is set, nothing holds. */
function isWord(value: Tree, word: string | undefined): boolean {
  if (word === undefined) return false;
  if (typeof value === 'string') return word === value;
  return Object.entries(branch(value)).every(([how, words]) => list(words).includes(word) === (how !== 'none of'));
}

function isFact(value: Tree, known: Known | undefined): boolean {
  if (known === undefined) return false;
  if (typeof value === 'string') return isSaid(value, known);
  const given = branch(value);
  const all = list(given.of);
  const range = 'at least' in given || 'at most' in given;
  return (
    (given['any of'] === undefined || list(given['any of']).some((word) => isSaid(word, known))) &&
    (given['all of'] === undefined || list(given['all of']).every((word) => isSaid(word, known))) &&
    (given['none of'] === undefined || (known.isSure && !list(given['none of']).some((word) => isSaid(word, known)))) &&
    (!range || isInRange(given, known, all))
  );
}

function isSaid(word: string, known: Known): boolean {
  if (word === 'unknown') return known.isDoubt;
  if (word === 'none') return known.isSure && known.seen.size === 0;
  return known.seen.has(word);
}

/** A number's value, or how many options are ticked. If more may apply than we know, "at most" does not hold. */
function isInRange(range: Branch, known: Known, of: readonly string[]): boolean {
  const isAnything = known.isSure || known.seen.size > 0;
  if (!isAnything || (range['at most'] !== undefined && !known.isSure)) return false;
  const counted = [...known.seen].filter((word) => of.length === 0 || of.includes(word));
  return isBetween(range, known.isNumber ? Number(counted[0]) : counted.length);
}
