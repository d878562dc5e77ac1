/** What the search can find: each door once, whichever areas have it, with the words that people use for it. */
import type { Door, Library } from '../check/library.ts';
import type { Flow, Reader } from '../flow.ts';
import { NATIONAL } from '../words.ts';

/** A door as a search result. */
export interface Way {
  /** Id of the flow. */
  flow: string;
  reader: Reader;
  title: string;
  help?: string;
  /** The areas that have this door, in the library's order. Empty for the doors of the public and of children. */
  areas: { area: string; areaName: string; title: string; help?: string }[];
}

/** A way with its words, as it is indexed. */
export interface WayText extends Way {
  id: string;
  everyday: string;
  titles: string;
  terms: string;
  options: string;
}

export function collectWays(library: Library): WayText[] {
  const byFlow = new Map<string, WayText>();
  for (const { facts, doors, flows } of library.areas.values())
    for (const door of doors) {
      if (!isOffered(door)) continue;
      const way = byFlow.get(door.flow) ?? emptyWay(door);
      byFlow.set(door.flow, way);
      addDoor(way, door, facts.name);
      const flow = flows.get(door.flow);
      if (flow !== undefined) addFlowWords(way, flow);
    }
  for (const { flows, words } of library.searching?.ways ?? [])
    for (const flow of flows) {
      const way = byFlow.get(flow);
      if (way !== undefined) way.everyday += ` ${words.join(' | ')} |`;
    }
  return [...byFlow.values()];
}

function addDoor(way: WayText, door: Door, areaName: string): void {
  const { area, title, help, words, reader } = door;
  if (reader === 'professional') way.areas.push({ area, areaName, title, ...(help !== undefined && { help }) });
  way.titles += ` ${title} ${help ?? ''} |`;
  way.everyday += ` ${words.join(' | ')} |`;
}

function addFlowWords(way: WayText, { definitions, questions }: Flow): void {
  const terms = Object.values(definitions).flatMap(({ term, also }) => [term, ...also]);
  const options = Object.values(questions).flatMap((question) => question.options.map(({ text }) => text));
  way.terms += ` ${terms.join(' | ')} |`;
  way.options += ` ${options.join(' | ')} |`;
}

/** A national door also appears in each area. Only the public and children use the national one. */
function isOffered(door: Door): boolean {
  return door.area !== NATIONAL || door.reader !== 'professional';
}

function emptyWay({ flow, reader, title, help }: Door): WayText {
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
