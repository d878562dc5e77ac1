/** Every mutant of the whole content, always in the same order. */

import type { ReadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { type Mutant, readTree } from './mutant.ts';
import { Names } from './names.ts';
import { changesOf } from './operators.ts';

export function allMutants(files: readonly ContentFile[], library: ReadLibrary): Mutant[] {
  const national = library.areas.get(NATIONAL)?.content;
  return files.flatMap(({ folder, name, text }) => {
    const own = library.areas.get(folder)?.content;
    if (own === undefined) return [];
    const names = new Names({ own, ...(own !== national && national !== undefined && { national }) });
    return changesOf(names, name, readTree(text)).map((change) => ({ folder, name, ...change }));
  });
}
