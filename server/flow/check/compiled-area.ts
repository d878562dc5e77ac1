/** What the checks compile from an area's files. */
import type { Desk } from '../desk.ts';
import type { Flow } from '../flow.ts';
import type { HandoverSheet } from '../handover-sheet.ts';
import type { HandOff, Instrument, PathwayRules } from '../instruments/instrument.ts';
import type { NextHours } from '../next-hours.ts';
import type { Script } from '../script.ts';
import type { Floor } from './floor.ts';
import type { Rule } from './safety.ts';

export interface CompiledArea {
  flows: ReadonlyMap<string, Flow>;
  rules: Rule[];
  /** The national floor as compiled for this area; undefined if there is none. */
  floor?: Floor;
  /** Undefined if the area has no duty desk. */
  desk?: Desk;
  /** Undefined if the content has none. */
  handoverSheet?: HandoverSheet;
  /** Undefined if the content has none. */
  nextHours?: NextHours;
  /** By id; empty if the area has none. */
  instruments: ReadonlyMap<string, Instrument>;
  handOffs: readonly HandOff[];
  /** Undefined if the area has no pathway of a specialist team. */
  pathway?: PathwayRules;
  /** Undefined if the content has none. */
  script?: Script;
}
