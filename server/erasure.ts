/**
 * Plans an erasure for each area and carries it out, a few consultations at a time, so that it does not hold up a
 * running server.
 */
import { type KeptKind, RETENTION_KINDS } from './desk/retention.ts';
import type { Desk } from './flow/desk.ts';
import { NEVER_ASKED } from './store/may-be-erased.ts';
import type { KeptLine } from './store/retention.ts';
import type { Store } from './store/store.ts';

export interface Planned {
  area: string;
  desk: Desk;
  due: KeptLine[];
  neverAsked: string[];
  searches: number[];
}

const ALL = 1_000_000;
const AT_ONCE = 100;

export async function planErasure(store: Store, area: string, desk: Desk, today: string): Promise<Planned> {
  return {
    area,
    desk,
    due: await store.retention.due(area, desk, today, ALL),
    neverAsked: await store.retention.neverAsked(area, desk, today, ALL),
    searches: await store.retention.searches(area, desk, today, ALL),
  };
}

export function describePlan({ area, due, neverAsked, searches }: Planned): string[] {
  const count = (test: (line: KeptLine) => boolean) => due.filter(test).length;
  return [
    `${area}:`,
    ...byKind(due).map(([kind, lines]) => `  ${lines.length} ${kind}: approved, to be erased`),
    `  ${neverAsked.length} that nobody asked the desk about: to be erased`,
    `  ${searches.length} searches: their words to be erased`,
    `  ${count(({ held }) => held)} due, under legal hold: kept`,
    `  ${count(({ held, approved }) => !held && !approved)} due, not reviewed yet: kept`,
  ];
}

function byKind(due: readonly KeptLine[]): [KeptKind, KeptLine[]][] {
  return RETENTION_KINDS.map((kind): [KeptKind, KeptLine[]] => [
    kind,
    due.filter((line) => line.kind === kind && line.approved && !line.held),
  ]).filter(([, lines]) => lines.length > 0);
}

/** Returns the number of log lines whose text was erased. */
export async function erase({ erasing }: Store, { area, desk, due, neverAsked, searches }: Planned): Promise<number> {
  const kinds: [string, string[]][] = byKind(due).map(([kind, lines]) => [
    kind,
    lines.map((line) => line.consultation),
  ]);
  let lines = 0;
  for (const [kind, ids] of [...kinds, [NEVER_ASKED, neverAsked] as const])
    for (const some of inParts(ids)) lines += (await erasing.erase(area, kind, some, desk)).lines;
  for (const some of inParts(searches)) lines += (await erasing.eraseSearches(area, some, desk)).lines;
  return lines;
}

function inParts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
