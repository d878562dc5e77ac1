/**
 * Rows of invented consultations, table by table, as the store would have written them: made by the store's own
 * functions, many at a time. The log continues in the order in which the rows are made.
 */
import { randomBytes } from 'node:crypto';
import {
  BEGINNING,
  type ChainLine,
  type Checkpoint,
  type Fact,
  nextLine,
  type Source,
} from '../../../server/audit/line.ts';
import type { Macs } from '../../../server/audit/mac.ts';
import { createTree, hashLeaf } from '../../../server/audit/merkle-tree.ts';
import { paths } from '../../../server/base/paths.ts';
import type { Who } from '../../../server/consultation/desk-happening.ts';
import type { Entry, Happening } from '../../../server/consultation/entry.ts';
import { makeReference } from '../../../server/consultation/reference.ts';
import type { Flow } from '../../../server/flow/flow.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { NOTHING } from '../../../server/store/day-sums.ts';
import { type DerivedRows, deriveRows } from '../../../server/store/derived-rows.ts';
import { factsOfHandoverSheetField } from '../../../server/store/handover-sheets.ts';
import { nextSum } from '../../../server/store/row-sums.ts';
import type { Tables } from '../../../server/store/tables.ts';
import { happeningsOf, type Kind, sheetOf } from './invented.ts';

/** Rows by table. Tables that others refer to come first. */
export type Rows = Map<keyof Tables, Record<string, unknown>[]>;

export interface Desk {
  flow: Flow;
  journeys: readonly Happening[][];
}

/** The tree stores the nodes of every sixth level, see `server/store/log-tree.ts`. */
const KEPT_EVERY = 6;
const SALT_BYTES = 16;
const WORKERS = 40;
/** One in this many consultations has a hand-over sheet in which somebody wrote. */
const SHEET_EVERY = 3;
/** Milliseconds between two lines of the log, which keeps checkpoints less than five minutes apart. */
const LINE_MS = 100;

export interface Writer {
  add(kind: Kind, desk: Desk): Promise<void>;
  /** Sets the time at which the following lines are written. */
  setTime(at: number): void;
  /** Returns the rows that were made since the last call. */
  take(): Rows;
  /** The counts behind the figures, over all consultations. */
  takeCounts(): Tables['figure_counts'][];
  /** What all hand-over sheets come to. */
  sumOfSheets(): Tables['row_sums'];
  head(): Checkpoint;
  /** Root of the tree over all lines, in base64. */
  root(): string;
}

export function createWriter(macs: Macs): Writer {
  const made = createTables();
  const counts = createCounts();
  const log = createLog(macs, made.put);
  const sheets = createSheets(macs, made.put);
  const freeReference = createReferences();
  let numbers = 0;

  async function addDerived(consultation: string, { flow }: Desk, entries: readonly Entry[]): Promise<void> {
    const derived = await derive(flow, consultation, entries);
    const rowid = ++numbers;
    for (const row of derived.desk_lines) made.put('desk_lines', { number: rowid, ...row });
    for (const row of derived.desk_words) made.put('desk_words', { rowid, ...row });
    const alike = ['desk_children', 'desk_child_words', 'retention_lines', 'pathway_lines', 'figure_lines'] as const;
    for (const table of alike) for (const row of derived[table]) made.put(table, row);
    for (const row of derived.figure_lines) counts.add(row);
  }

  return {
    setTime: log.setTime,
    async add(kind, desk) {
      const { flow } = desk;
      const [consultation, area] = [takeRandom(SALT_BYTES).toString('base64url'), flow.area.id];
      const reference = freeReference(flow.area.referenceLetter);
      const opened: Happening = { kind: 'opened', area, flow: flow.id, version: versionOf(flow), reference };
      const worker = workerOf(kind);
      const entries = [opened, ...happeningsOf(kind, desk.journeys)].map((what, index) => {
        const by = isOfDesk(what) ? { by: 'duty worker' as const, who: worker } : { by: 'professional' as const };
        return { number: index + 1, at: log.nextTime(), ...by, what };
      });
      made.put('consultations', { id: consultation, reference, area, flow: flow.id, opened_at: entries[0]?.at });
      for (const entry of entries) log.addEntry(consultation, entry);
      await addDerived(consultation, desk, entries);
      if (kind.number % SHEET_EVERY === 0) sheets.add(consultation, kind, log.nextTime());
      log.addLook(consultation, area, worker);
    },
    take: made.take,
    takeCounts: counts.take,
    sumOfSheets: sheets.sum,
    head: log.head,
    root: log.root,
  };
}

function createTables() {
  const made: Rows = new Map();
  return {
    put(table: keyof Tables, row: object): void {
      const rows = made.get(table) ?? [];
      rows.push(row as Record<string, unknown>);
      made.set(table, rows);
    },
    take(): Rows {
      const taken: Rows = new Map(made);
      made.clear();
      return taken;
    },
  };
}

/** Gives each reference only once; the database would notice a duplicate only at the very end. */
function createReferences() {
  const given = new Set<string>();
  return (letter: string): string => {
    for (;;) {
      const reference = makeReference(letter, takeRandom);
      if (given.has(reference)) continue;
      given.add(reference);
      return reference;
    }
  };
}

function workerOf({ number }: Kind): Who {
  const worker = number % WORKERS;
  return { id: `w${worker}`, name: `Worker ${worker}`, role: 'duty worker' };
}

/** The advice at the end of each set of answers. */
const advised = new WeakMap<
  Flow,
  Map<string, Pick<Tables['desk_lines'], 'advised' | 'advised_within' | 'is_finished'>>
>();

/**
 * Derives the rows as the store does. Walking takes most of the time. The row of a closed consultation depends on its
 * answers only by what was advised at their end, so each set of answers is walked once.
 */
async function derive(flow: Flow, consultation: string, entries: readonly Entry[]): Promise<DerivedRows> {
  const whole = () => deriveRows({ find: async () => flow }, consultation, entries);
  if (entries.at(-1)?.what.kind !== 'referrer answered') return whole();
  const known = advised.get(flow) ?? new Map();
  advised.set(flow, known);
  const way = JSON.stringify(
    entries.flatMap(({ what }) => (what.kind === 'answered' ? [what.question, what.answer] : [])),
  );
  if (!known.has(way)) {
    const derived = await whole();
    const [line] = derived.desk_lines;
    known.set(way, {
      advised: line?.advised,
      advised_within: line?.advised_within,
      is_finished: line?.is_finished,
    });
    return derived;
  }
  const derived = await deriveRows({ find: async () => undefined }, consultation, entries);
  for (const line of derived.desk_lines) Object.assign(line, known.get(way));
  return derived;
}

const OF_DESK = ['claimed', 'household child recorded', 'noted', 'told', 'outcome recorded', 'referrer answered'];
const isOfDesk = ({ kind }: Happening) => OF_DESK.includes(kind);

/** The chain and the tree over it, with the rows that the chain links. */
function createLog(macs: Macs, put: (table: keyof Tables, row: object) => void) {
  const last: Record<string, number> = {};
  let [head, at]: [Checkpoint, number] = [BEGINNING, 0];
  const tree = createTree({ size: 0, peaks: [] }, (level, index, node) => {
    if (level % KEPT_EVERY === 0) put('tree_nodes', { level, index, hash: node.toString('base64') });
  });
  /** Returns the number of the row. */
  function append(source: Source, facts: readonly Fact[], body: string): number {
    const seq = (last[source] ?? 0) + 1;
    last[source] = seq;
    const line = nextLine(head, { source, seq, facts, body }, takeRandom(SALT_BYTES).toString('base64url'));
    put('chain', { ...line, mac: macs.line.make(line.hash) } satisfies ChainLine);
    tree.add(hashLeaf(line.hash));
    head = line;
    return seq;
  }
  const nextTime = () => {
    at += LINE_MS;
    return new Date(at).toISOString();
  };
  return {
    nextTime,
    setTime: (time: number) => {
      at = time;
    },
    addEntry(consultation: string, { number, at: when, by, who, what }: Entry): void {
      const { kind, ...rest } = what;
      const body = JSON.stringify(who === undefined ? rest : { ...rest, who });
      const seq = append('entries', [consultation, number, when, by, kind], body);
      put('entries', { seq, consultation, number, at: when, by, kind, body });
    },
    /** Adds a line that somebody at the desk has looked at it since. */
    addLook(consultation: string, area: string, { id: person, name, role }: Who): void {
      const body = JSON.stringify({ page: paths.deskRecord(consultation), upTo: 20 });
      const row = { at: nextTime(), person, name, role, area, what: 'view', consultation };
      put('looks', { seq: append('looks', Object.values(row), body), ...row, body });
    },
    head: (): Checkpoint => ({ position: head.position, hash: head.hash }),
    root: () => tree.root()?.toString('base64') ?? '',
  };
}

/** Fields of hand-over sheets, and their sum. */
function createSheets(macs: Macs, put: (table: keyof Tables, row: object) => void) {
  let sum: Tables['row_sums'] = { table: 'sheet_fields', changes: 0, sum: NOTHING, mac: '' };
  return {
    add(consultation: string, kind: Kind, at: string): void {
      const come = sheetOf(kind).map((field) => {
        const row = { consultation, ...field };
        return { ...row, at, mac: macs.handoverSheetField.make(...factsOfHandoverSheetField(row)) };
      });
      for (const row of come) put('sheet_fields', row satisfies Tables['sheet_fields']);
      sum = nextSum(sum, macs.rowSum, { come });
    },
    sum: () => sum,
  };
}

/** Counts how many consultations have which value. */
function createCounts() {
  const counts = new Map<string, Tables['figure_counts']>();
  return {
    add({ area, month, facts }: Tables['figure_lines']): void {
      for (const [figure, value] of Object.entries(JSON.parse(facts) as Record<string, string>)) {
        const key = JSON.stringify([area, month, figure, value]);
        const known = counts.get(key) ?? { area, month, figure, value, count: 0 };
        known.count++;
        counts.set(key, known);
      }
    },
    take: () => [...counts.values()],
  };
}

let pool: Buffer = Buffer.alloc(0);

/** Drawn in large blocks, because a million consultations need many random bytes. */
function takeRandom(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(64 * 1024);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
}
