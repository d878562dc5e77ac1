/** Everything that can happen on the pathway of a child: entries of the consultation's log that the specialist team writes. */
import type { Band, InstrumentKind } from '../flow/instruments/instrument.ts';
import type { DeadlineSet } from './desk-happening.ts';

/** The score of a completed instrument, as it was shown. */
export interface SheetResult {
  total: number;
  band: string;
  bandName: string;
  from: number;
  to: number;
  colour: Band['colour'];
}

/** `sheet`: number of the entry that started the instrument for this child. */
export type PathwayHappening =
  /** By a person's decision; `referred` is the day of the referral, from which the times are counted. */
  | { kind: 'pathway opened'; team: string; referred: string; why: string; deadlines: DeadlineSet[] }
  | {
      kind: 'instrument started';
      instrument: string;
      title: string;
      of: InstrumentKind;
      version: string;
      reason: string;
    }
  /** Only what changed, by the name of the input. An empty text removes an answer. */
  | { kind: 'instrument filled'; sheet: number; title: string; section: string; answers: Record<string, string> }
  | {
      kind: 'instrument completed';
      sheet: number;
      title: string;
      of: InstrumentKind;
      /** The day on which it was measured. */
      on: string;
      result?: SheetResult;
      /** Referrals by rules that apply whatever the total is. */
      referred: string[];
      deadlines: DeadlineSet[];
      /** Ids of the deadlines that it meets. */
      meets: string[];
    }
  /** Started and given up without being finished: it can still be read, and never counts. */
  | { kind: 'instrument given up'; sheet: number; title: string; reason: string }
  /** Which council has placed a looked-after child here, and when it was told. */
  | { kind: 'placement recorded'; council: string; told: string; whom: string }
  | { kind: 'pathway noted'; text: string }
  | {
      kind: 'pathway closed';
      reason: string;
      /** Whether the last measurement is lower than the first. `not measured`: there are fewer than two. */
      reduced: 'yes' | 'no' | 'not measured';
      first?: number;
      last?: number;
      /** Ids of the deadlines that end with it. */
      meets: string[];
    }
  | { kind: 'pathway opened again'; reason: string; deadlines: DeadlineSet[] }
  /** Never written. It replaces the entries of a pathway for people who may not read it. */
  | { kind: 'pathway entry'; deadlines: DeadlineSet[]; meets: string[] };

/**
 * Every kind, complete by its type, and whether it can be denied (`denied.ts`): what somebody says was done can turn
 * out not to have been. Anything else is replaced by a new entry.
 */
export const PATHWAY_KINDS: Record<PathwayHappening['kind'], boolean> = {
  'pathway opened': false,
  'instrument started': false,
  'instrument filled': false,
  'instrument completed': true,
  'instrument given up': false,
  'placement recorded': true,
  'pathway noted': false,
  'pathway closed': false,
  'pathway opened again': false,
  'pathway entry': false,
};

export function isPathwayKind(kind: string): kind is PathwayHappening['kind'] {
  return Object.hasOwn(PATHWAY_KINDS, kind);
}
