/** The folder of content that an author's command works on. */
import { statSync } from 'node:fs';

const DEFAULT = 'flows';

/** The folder named on the command line, or `FLOWS_DIR`, or `flows`. Exits with a message if it is not a folder. */
export function flowsFolder(named?: string): string {
  const root = named ?? process.env.FLOWS_DIR ?? DEFAULT;
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return root;
  const from =
    named === undefined && process.env.FLOWS_DIR !== undefined ? 'FLOWS_DIR names' : 'The content is read from';
  console.error(`${from} "${root}", and there is no such folder. Name the folder that holds national/ and the areas.`);
  process.exit(1);
}

/** Messages call the folder "flows" whatever its name is; this says which folder is meant if it is another. */
export function describeFolder(root: string): string {
  return root === DEFAULT ? '' : ` (in ${root})`;
}
