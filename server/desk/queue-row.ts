/** The row of a consultation for the queue and the search, derived from its entries. Pure. */
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { sortKey } from './deadlines.ts';
import { type DeskCase, type DeskState, openDeadlines, readDeskCase } from './desk-case.ts';
import { findWorked } from './what-worked.ts';

export interface QueueRow {
  consultation: string;
  reference: string;
  area: string;
  flow: string;
  state: DeskState;
  since: string;
  askedAt: string;
  urgent: boolean;
  byTelephone: boolean;
  worker: string | null;
  workerName: string | null;
  /** Sorts the queue; null when nothing is left to do. */
  due: string | null;
  /** The date or instant behind it, and what is due then; null when nothing has a time. */
  dueBy: string | null;
  dueWhat: string | null;
  told: boolean;
  outcome: string | null;
  /** Why somebody should look: new information, a dispute, a disagreement without an end. */
  mark: 'disputed' | 'disagreement' | 'new information' | null;
  level: number;
  professional: string;
  agency: string;
  child: string;
  childKey: string | null;
  claimedAt: string | null;
  answeredAt: string | null;
  closedAt: string | null;
  /** It says what worked. */
  worked: boolean;
}

/** Comes after every date: open, and nothing has a time. */
const NO_TIME = '9';

/** Undefined until the desk was asked. */
export function describeLine(consultation: string, entries: readonly Entry[]): QueueRow | undefined {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return undefined;
  const { reference, area, flow, asker, child } = readConsultation(consultation, entries);
  const next = openDeadlines(deskCase).find((deadline) => deadline.by !== undefined);
  const idle = deskCase.state === 'closed' ? null : NO_TIME;
  return {
    consultation,
    reference,
    area,
    flow,
    state: deskCase.state,
    since: deskCase.since,
    askedAt: deskCase.askedAt,
    urgent: deskCase.urgent && deskCase.state !== 'closed',
    byTelephone: deskCase.byTelephone,
    worker: deskCase.claimedBy?.id ?? null,
    workerName: deskCase.claimedBy?.name ?? null,
    due: next?.by === undefined ? idle : sortKey(next.by),
    dueBy: next?.by ?? null,
    dueWhat: next?.do ?? null,
    told: deskCase.told !== undefined,
    outcome: deskCase.state === 'closed' ? (deskCase.outcome?.outcome ?? null) : null,
    mark: markOf(deskCase),
    level: deskCase.outcome?.level ?? 0,
    professional: asker?.asker.name ?? '',
    agency: asker?.asker.agency ?? '',
    child: child?.name ?? '',
    childKey: childKey(child?.name ?? ''),
    claimedAt: deskCase.claimedAt ?? null,
    answeredAt: deskCase.answer?.at ?? null,
    closedAt: deskCase.state === 'closed' ? deskCase.since : null,
    worked: findWorked(deskCase) !== undefined,
  };
}

function markOf({ state, dispute, disagreement, resolution, reopenings }: DeskCase): QueueRow['mark'] {
  if (dispute !== undefined) return 'disputed';
  if (disagreement !== undefined && resolution === undefined) return 'disagreement';
  return state !== 'closed' && reopenings.length > 0 ? 'new information' : null;
}

/** Equal for the same name in any spelling: case, accents, order and commas do not matter. Null when nobody is named. */
export function childKey(name: string): string | null {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.sort().join(' ');
}

/** What the full text search reads: every word that a person wrote. */
export function wordsOf(entries: readonly Entry[]): string {
  return entries.flatMap(({ what }) => textsIn(what)).join('\n');
}

/** Properties whose text comes from the tool itself: it would be found everywhere. */
const OURS = new Set([
  'kind',
  'area',
  'flow',
  'version',
  'deadlines',
  'do',
  'to',
  'field',
  'label',
  'outcome',
  'advised',
  'counts',
]);

function textsIn(what: object): string[] {
  const answered = 'kind' in what && what.kind === 'answered';
  return Object.entries(what).flatMap(([key, value]) => {
    if (OURS.has(key) || (answered && key === 'question')) return [];
    // Free text has a space in it; the id of an option has none.
    if (typeof value === 'string') return answered && !value.includes(' ') ? [] : [value];
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? textsIn(value) : [];
  });
}
