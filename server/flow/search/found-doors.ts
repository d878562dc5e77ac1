/** What the search can find: each door once, whichever areas have it, with the words that people use for it. */
import type { Door, Library } from '../check/library.ts';
import type { Flow, Reader } from '../flow.ts';
import { NATIONAL } from '../national.ts';

/** A door as a search result. */
export interface FoundDoor {
  /** Id of the flow. */
  flow: string;
  reader: Reader;
  title: string;
  help?: string;
  /**
   * The areas that have this door, in the library's order; the national door, for a child who lives elsewhere, comes
   * last. Empty for the doors of the public and of children.
   */
  areas: { area: string; areaName: string; title: string; help?: string }[];
}

/** The door for a child who lives elsewhere. It does not open in any area. */
export const ANOTHER_PLACE = 'another_place';

/** A found door with its words, as it is indexed. */
export interface IndexedDoor extends FoundDoor {
  id: string;
  everyday: string;
  titles: string;
  terms: string;
  options: string;
}

export function collectDoors(library: Library): IndexedDoor[] {
  const byFlow = new Map<string, IndexedDoor>();
  for (const { facts, doors, flows } of library.areas.values())
    for (const door of doors) {
      if (!isOffered(door)) continue;
      const found = byFlow.get(door.flow) ?? emptyDoor(door);
      byFlow.set(door.flow, found);
      addDoor(found, door, facts.name);
      const flow = flows.get(door.flow);
      if (flow !== undefined) addFlowWords(found, flow);
    }
  for (const { flow, area, title, help } of library.areas.get(NATIONAL)?.doors ?? []) {
    const found = byFlow.get(flow);
    if (found === undefined || found.reader !== 'professional') continue;
    const elsewhere = { area, areaName: 'Somewhere else', title, ...(help !== undefined && { help }) };
    found.areas = flow === ANOTHER_PLACE ? [elsewhere] : [...found.areas, elsewhere];
  }
  for (const { flows, words } of library.searching?.doors ?? [])
    for (const flow of flows) {
      const found = byFlow.get(flow);
      if (found !== undefined) found.everyday = addPhrases(found.everyday, words);
    }
  return [...byFlow.values()];
}

function addDoor(found: IndexedDoor, door: Door, areaName: string): void {
  const { area, title, help, words, reader } = door;
  if (reader === 'professional') found.areas.push({ area, areaName, title, ...(help !== undefined && { help }) });
  found.titles = addPhrases(found.titles, [`${title} ${help ?? ''}`.trim()]);
  found.everyday = addPhrases(found.everyday, words);
}

function addFlowWords(found: IndexedDoor, { definitions, questions }: Flow): void {
  const terms = Object.values(definitions).flatMap(({ term, also }) => [term, ...also]);
  const options = Object.values(questions).flatMap((question) => question.options.map(({ text }) => text));
  found.terms = addPhrases(found.terms, terms);
  found.options = addPhrases(found.options, options);
}

/** Adds each phrase only once: three areas with the same phrase must not weigh three times as much as one. */
function addPhrases(known: string, phrases: readonly string[]): string {
  return [...new Set([...known.split(' | '), ...phrases])].filter((phrase) => phrase !== '').join(' | ');
}

/** A national door also appears in each area. Only the public and children use the national one. */
function isOffered(door: Door): boolean {
  return door.area !== NATIONAL || door.reader !== 'professional';
}

function emptyDoor({ flow, reader, title, help }: Door): IndexedDoor {
  return {
    id: flow,
    flow,
    reader,
    title,
    ...(help !== undefined && { help }),
    areas: [],
    everyday: '',
    titles: '',
    terms: '',
    options: '',
  };
}
