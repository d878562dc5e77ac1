/** The folder of content that a command for authors works on. */
import { statSync } from 'node:fs';

const DEFAULT = 'flows';

/** The one named on the command line, or `FLOWS_DIR`, or `flows`. Ends the command with a message if it is no folder. */
export function flowsFolder(named?: string): string {
  const root = named ?? process.env.FLOWS_DIR ?? DEFAULT;
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return root;
  const from =
    named === undefined && process.env.FLOWS_DIR !== undefined ? 'FLOWS_DIR names' : 'The content is read from';
  console.error(`${from} "${root}", and there is no such folder. Name the folder that holds national/ and the areas.`);
  process.exit(1);
}

/** Messages call the folder "flows", whatever its name: where it is another, this says which. */
export function describeFolder(root: string): string {
  return root === DEFAULT ? '' : ` (in ${root})`;
}
