/** A mutant: the content of one file with one thing changed. Trees are changed in copies, and written as text again. */
import { parse, stringify } from 'yaml';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import type { Path } from '../../server/flow/language/read.ts';

export type Tree = string | Tree[] | Branch;
export interface Branch {
  [key: string]: Tree;
}

/** A place in the content and its new value; undefined removes it. */
export interface Change {
  kind: string;
  path: Path;
  to: Tree | undefined;
  /** In a few words: "level 4, not 5". */
  says: string;
}

export interface Mutant extends Change {
  folder: string;
  name: string;
}

export function readTree(text: string): Branch {
  return parse(text, { schema: 'failsafe' }) as Branch;
}

export function isBranch(tree: Tree | undefined): tree is Branch {
  return typeof tree === 'object' && !Array.isArray(tree);
}

export function at(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>(
    (found, key) => (found as Record<string | number, Tree> | undefined)?.[key],
    tree,
  );
}

/** The file as it reads after the change. */
export function mutate(file: ContentFile, { path, to }: Change): string {
  const tree = structuredClone(readTree(file.text));
  const inside = at(tree, path.slice(0, -1)) as Record<string | number, Tree>;
  const key = path.at(-1) as string | number;
  if (to !== undefined) inside[key] = to;
  else if (Array.isArray(inside)) inside.splice(Number(key), 1);
  else delete inside[key];
  return stringify(tree, { lineWidth: 0, aliasDuplicateObjects: false });
}
