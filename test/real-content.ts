/** The real content, read and loaded once for all test files of a worker, because loading takes more than a second. */
import { join } from 'node:path';
import { loadLibrary, type ReadLibrary } from '../server/flow/check/library.ts';
import { type ContentFile, readFolder } from '../server/flow/language/folder.ts';
import { describeProblem, hasErrors } from '../server/flow/problem.ts';
import { CONTENT_DAY } from './content-day.ts';

/** Must not be changed: a test that plants a fault has to make a new object for the file. */
export const realFiles: readonly ContentFile[] = readFolder(join(import.meta.dirname, '..', 'flows'));

let loaded: ReadLibrary | undefined;

/** Throws if the content has an error. */
export function loadReal(): ReadLibrary {
  if (loaded !== undefined) return loaded;
  const { library, problems } = loadLibrary([...realFiles], CONTENT_DAY);
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  loaded = library;
  return loaded;
}
