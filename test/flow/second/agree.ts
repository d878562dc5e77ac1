/** Compares the two interpreters over many interviews: half on the real content, half on small random content. */

import { type Library, loadLibrary } from '../../../server/flow/check/library.ts';
import type { Flow } from '../../../server/flow/flow.ts';
import type { Disagreement } from './compare.ts';
import { RawContent, type RawFile } from './content.ts';
import { SecondInterpreter } from './interpreter.ts';
import { Random } from './random.ts';
import { randomTown } from './random-town.ts';
import { walkAtRandom } from './random-walks.ts';

export interface Agreement {
  walks: number;
  flows: number;
  towns: number;
  disagreements: (Disagreement & { files?: RawFile[] })[];
}

const WALKS_PER_TOWN = 20;
const MOST_UNUSABLE = 1000;

interface Pair {
  flow: Flow;
  second: SecondInterpreter;
}

/** `library`: the files as the first interpreter has read them, if they are loaded already. */
interface Given {
  files: readonly RawFile[];
  library?: Library;
}

export function agreeOnReal(given: Given, walks: number, seed: number, today: string): Agreement {
  const pairs = pairsOf(given.files, given.library ?? loadWalkable(given.files, today), today);
  const random = new Random(seed);
  const disagreements: Disagreement[] = [];
  for (let index = 0; index < walks && pairs.length > 0; index++) {
    const { flow, second } = pairs[index % pairs.length] as Pair;
    const found = walkAtRandom(flow, second, random, today);
    if (found !== undefined) disagreements.push(found);
  }
  return { walks, flows: pairs.length, towns: 0, disagreements };
}

export function agreeOnRandom(walks: number, seed: number, today: string): Agreement {
  const random = new Random(seed);
  const all: Agreement = { walks: 0, flows: 0, towns: 0, disagreements: [] };
  for (let unusable = 0; all.walks < walks; ) {
    // If a new check refused every town, the test has to fail instead of running for ever.
    if (unusable > MOST_UNUSABLE) throw new Error('random content is refused again and again: look at its problems');
    const files = randomTown(random);
    const found = agreeOnReal({ files }, Math.min(WALKS_PER_TOWN, walks - all.walks), random.whole(0, 1e9), today);
    if (found.flows === 0) {
      unusable++;
      continue;
    }
    all.walks += found.walks;
    all.flows += found.flows;
    all.towns++;
    all.disagreements.push(...found.disagreements.map((one) => ({ ...one, files })));
  }
  return all;
}

/** Content with problems is walked all the same, if it can be walked. */
function loadWalkable(files: readonly RawFile[], today: string): Library | undefined {
  const { library, problems } = loadLibrary([...files], today);
  return problems.some((problem) => problem.kind === 'error' && !isWalkable(problem.message)) ? undefined : library;
}

/** Each door of each area, read by both interpreters. */
function pairsOf(files: readonly RawFile[], library: Library | undefined, today: string): Pair[] {
  return [...(library?.areas ?? [])].flatMap(([area, { flows }]) => {
    const content = new RawContent(files, area, today);
    return [...flows.values()].map((flow) => ({ flow, second: new SecondInterpreter(content, flow.id, today) }));
  });
}

/** Random content makes little sense, but it can be walked all the same. */
export function isWalkable(message: string): boolean {
  return /cannot be known here|not certainly asked|not asked of everybody above|Say here where it leads|no step tells|nothing depends|asked nowhere|no door and no call|called flow|does not say what it means|say what the number/.test(
    message,
  );
}
