/**
 * Tries each phrase of `phrases.yaml` in the search, as part of `npm run check:flows`, and reports those that do not
 * find their door.
 */
import { type Content, readContent } from '../language/content.ts';
import type { ContentFile } from '../language/folder.ts';
import { problemIn } from '../language/read.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';
import { searchDoors } from '../search/search.ts';
import type { Library } from './library.ts';

const WITHIN = 3;
/** The share of all phrases that may find their door second or third. */
const NOT_FIRST = 0.05;

export function checkPhrases(files: readonly ContentFile[], library: Library): Problem[] {
  const ofPhrases = files.filter(({ folder, name }) => folder === NATIONAL && name === 'phrases.yaml');
  const { phrases } = readContent(NATIONAL, [...ofPhrases]).content;
  if (phrases === undefined) return [];
  const typed = Object.entries(phrases.value).map(([phrase, wanted]) => typeIn(library, phrase, wanted));
  const late = typed.filter(({ place }) => place > 1 && place <= WITHIN);
  const tooMany = late.length > typed.length * NOT_FIRST;
  return typed
    .filter((one) => one.place > WITHIN || (tooMany && late.includes(one)))
    .map((one) => problemIn(phrases.document, ['phrases', one.phrase], describeLost(one)));
}

interface Typed {
  phrase: string;
  wanted: readonly string[];
  found: string[];
  /** Rank of the first wanted door, from 1; infinite if the search does not find it. */
  place: number;
}

function typeIn(library: Library, phrase: string, wanted: NonNullable<Content['phrases']>['value'][string]): Typed {
  const found = searchDoors(library, phrase).doors.map(({ flow }) => flow);
  const index = found.findIndex((flow) => wanted.includes(flow));
  return { phrase, wanted, found, place: index === -1 ? Number.POSITIVE_INFINITY : index + 1 };
}

function describeLost({ phrase, wanted, found, place }: Typed): string {
  const instead = found.length === 0 ? 'the search finds nothing' : `the search finds ${found.slice(0, 4).join(', ')}`;
  const where =
    place <= WITHIN ? `, and ${wanted.join(' or ')} only in place ${place}` : `, and not ${wanted.join(' or ')}`;
  return (
    `for "${phrase}" ${instead}${where}${place <= WITHIN ? `. More than ${NOT_FIRST * 100} % of the phrases are not first` : ''}. ` +
    'Write the words that people use for this door under `doors` of search.yaml, or name the door that should come first.'
  );
}
