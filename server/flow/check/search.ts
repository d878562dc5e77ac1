/** Checks that every flow named in the search words and search phrases has a door. */
import type { Content } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import { didYouMean, type Problem } from '../problem.ts';

export function checkSearch(national: Content | undefined, contents: readonly Content[]): Problem[] {
  // If only one council is checked, the doors of the others are missing.
  if (national === undefined || contents.length <= 2) return [];
  const doors = [...new Set(contents.flatMap(({ area }) => Object.keys(area?.value.doors ?? {})))];
  const { search, phrases } = national;
  const ofDoors = (search?.value.doors ?? []).flatMap(({ flows }, index) =>
    flows.map((flow, place) => ({ flow, document: search?.document, path: ['doors', index, 'flows', place] })),
  );
  const inPhrases = Object.entries(phrases?.value ?? {}).flatMap(([phrase, flows]) =>
    flows.map((flow) => ({ flow, document: phrases?.document, path: ['phrases', phrase] })),
  );
  return [...ofDoors, ...inPhrases].flatMap(({ flow, document, path }) =>
    document === undefined || doors.includes(flow)
      ? []
      : [
          problemIn(document, path, {
            missing: `no door opens a flow "${flow}".${didYouMean(flow, doors)} Write the id of a flow that stands under \`doors\` of an area.yaml.`,
          }),
        ],
  );
}
