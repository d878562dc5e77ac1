/** The pathway of a child, replayed from the entries of the consultation from which it was opened. Pure. */

import { findCorrected, readDenied } from '../consultation/denied.ts';
import type { Who } from '../consultation/desk-happening.ts';
import type { Entry } from '../consultation/entry.ts';
import { isPathwayKind, type PathwayHappening, type SheetResult } from '../consultation/pathway-happening.ts';
import type { InstrumentKind } from '../flow/instruments/instrument.ts';

type Of<Kind extends PathwayHappening['kind']> = Extract<PathwayHappening, { kind: Kind }>;
type Noted<Kind extends PathwayHappening['kind']> = Of<Kind> & { number: number; at: string; who?: Who };

/** One instrument, filled in for this child at one time. A completed one is never changed: doing it again starts another. */
export interface Sheet {
  /** Number of the entry that started it; it identifies the sheet in URLs. */
  number: number;
  instrument: string;
  title: string;
  of: InstrumentKind;
  /** The version of the instrument with which it is filled in. */
  version: string;
  reason: string;
  startedAt: string;
  startedBy?: Who;
  answers: Readonly<Record<string, string>>;
  /** When somebody last wrote in it. */
  savedAt: string;
  /** `denied`: a correction says that it was not done. It can still be read, and never counts. */
  state: 'open' | 'completed' | 'given up' | 'denied';
  completed?: Noted<'instrument completed'>;
  givenUp?: Noted<'instrument given up'>;
}

export interface Pathway {
  state: 'open' | 'closed';
  opened: Noted<'pathway opened'>;
  /**
   * Numbers of the entries that opened it, the first time and again. An exit meeting counts only after the last of
   * them.
   */
  openings: number[];
  sheets: Sheet[];
  placement?: Noted<'placement recorded'>;
  notes: Noted<'pathway noted'>[];
  closed?: Noted<'pathway closed'>;
  openedAgain: Noted<'pathway opened again'>[];
}

/** Undefined if nobody has opened one. */
export function readPathway(entries: readonly Entry[]): Pathway | undefined {
  let pathway: Pathway | undefined;
  const denied = readDenied(entries);
  for (const { number, at, who, what } of entries) {
    const noted = <T extends object>(happening: T) => ({ ...happening, number, at, ...(who !== undefined && { who }) });
    if (what.kind === 'pathway opened')
      pathway ??= { state: 'open', opened: noted(what), openings: [number], sheets: [], notes: [], openedAgain: [] };
    else if (pathway === undefined || !isPathwayKind(what.kind)) continue;
    else if (!denied.has(number)) applyEntry(pathway, noted(what as PathwayHappening));
    else if (what.kind === 'instrument completed')
      endSheet(pathway, what.sheet, { state: 'denied', completed: noted(what) });
  }
  return pathway;
}

function applyEntry(
  pathway: Pathway,
  what: { [Kind in PathwayHappening['kind']]: Noted<Kind> }[PathwayHappening['kind']],
): void {
  switch (what.kind) {
    case 'instrument started':
      pathway.sheets.push(startSheet(what));
      return;
    case 'instrument filled':
      fillSheet(pathway, what);
      return;
    case 'instrument completed':
      endSheet(pathway, what.sheet, { state: 'completed', completed: what });
      return;
    case 'instrument given up':
      endSheet(pathway, what.sheet, { state: 'given up', givenUp: what });
      return;
    case 'placement recorded':
      pathway.placement = what;
      return;
    case 'pathway noted':
      pathway.notes.push(what);
      return;
    case 'pathway closed':
      Object.assign(pathway, { state: 'closed', closed: what });
      return;
    case 'pathway opened again':
      Object.assign(pathway, { state: 'open' });
      delete pathway.closed;
      pathway.openings.push(what.number);
      pathway.openedAgain.push(what);
      return;
    default:
      return;
  }
}

function startSheet({ number, at, who, instrument, title, of, version, reason }: Noted<'instrument started'>): Sheet {
  const started = { number, instrument, title, of, version, reason, startedAt: at, savedAt: at };
  return { ...started, ...(who !== undefined && { startedBy: who }), answers: {}, state: 'open' };
}

function fillSheet(pathway: Pathway, { sheet: number, answers, at }: Noted<'instrument filled'>): void {
  const sheet = findSheet(pathway, number);
  if (sheet?.state !== 'open') return;
  sheet.answers = withAnswers(sheet.answers, answers);
  sheet.savedAt = at;
}

export function withAnswers(
  answers: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = Object.entries({ ...answers, ...changed });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

function endSheet(pathway: Pathway, number: number, end: Partial<Sheet>): void {
  const sheet = findSheet(pathway, number);
  if (sheet?.state === 'open') Object.assign(sheet, end);
}

export function findSheet({ sheets }: Pick<Pathway, 'sheets'>, number: number): Sheet | undefined {
  return sheets.find((sheet) => sheet.number === number);
}

/** The answers of a sheet as they were at that entry. */
export function answersAt(entries: readonly Entry[], sheet: number, upTo: number): Record<string, string> {
  let answers: Record<string, string> = {};
  for (const { number, what } of entries)
    if (number <= upTo && what.kind === 'instrument filled' && what.sheet === sheet)
      answers = withAnswers(answers, what.answers);
  return answers;
}

/** Completed sheets of the instrument, in the order of the days that they are about. Unfinished ones never count. */
export function completedOf({ sheets }: Pick<Pathway, 'sheets'>, instrument: string): Sheet[] {
  const day = ({ completed }: Sheet) => `${completed?.on ?? ''} ${completed?.at ?? ''}`;
  return sheets
    .filter((sheet) => sheet.instrument === instrument && sheet.state === 'completed')
    .sort((a, b) => (day(a) < day(b) ? -1 : 1));
}

export interface Measured {
  sheet: number;
  on: string;
  result: SheetResult;
}

/** The measurements, the earliest first. */
export function measurementsOf(pathway: Pick<Pathway, 'sheets'>, instrument: string): Measured[] {
  return completedOf(pathway, instrument).flatMap(({ number, completed }) =>
    completed?.result === undefined ? [] : [{ sheet: number, on: completed.on, result: completed.result }],
  );
}

export interface Reduction {
  reduced: 'yes' | 'no' | 'not measured';
  first?: number;
  last?: number;
}

/** Whether the last measurement is lower than the first (BC app2: teams must show that they have reduced the risk). */
export function readReduction(pathway: Pick<Pathway, 'sheets'>, instrument: string | undefined): Reduction {
  const measured = instrument === undefined ? [] : measurementsOf(pathway, instrument);
  const [first, last] = [measured[0]?.result.total, measured.at(-1)?.result.total];
  if (measured.length < 2 || first === undefined || last === undefined) return { reduced: 'not measured' };
  return { reduced: last < first ? 'yes' : 'no', first, last };
}

/** For people who may know that there is a pathway but not read it: the deadlines are kept, the words are removed. */
export function withoutPathway(entries: readonly Entry[]): Entry[] {
  const denied = readDenied(entries);
  return entries.map((entry) => {
    const { number, what } = entry;
    const isOfPathway = isPathwayKind(what.kind) || isCorrectionOf(entries, what);
    return isOfPathway ? hide(entry, denied.has(number)) : entry;
  });
}

/** Also a correction of a correction. */
function isCorrectionOf(entries: readonly Entry[], what: Entry['what']): boolean {
  return what.kind === 'corrected' && isPathwayKind(findCorrected(entries, what.corrects)?.what.kind ?? '');
}

/** What did not happen has met no deadline and set none. */
function hide(entry: Entry, isDenied: boolean): Entry {
  const { what } = entry;
  if (isDenied) return { ...entry, what: { kind: 'pathway entry', deadlines: [], meets: [] } };
  const deadlines = 'deadlines' in what ? (what.deadlines ?? []) : [];
  const meets = 'meets' in what ? what.meets : [];
  return { ...entry, what: { kind: 'pathway entry', deadlines, meets } };
}
