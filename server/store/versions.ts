/**
 * Every version of a flow or an instrument that was ever used, stored by the hash of its content, so that old
 * consultations can be read as they were.
 */
import type { Flow } from '../flow/flow.ts';
import type { Instrument } from '../flow/instruments/instrument.ts';
import { versionOf } from '../flow/language/version.ts';
import type { Engine } from './engine.ts';
import { FlowChanged } from './failure.ts';
import { prepare } from './prepare.ts';

export interface Versions {
  /** Stores a version. Call it before the first consultation that uses it; calling it again does nothing. */
  keep(version: string, flow: Flow): Promise<void>;
  /**
   * The flow is shared, so callers must not change it. Throws `FlowChanged` if the stored text does not have the hash
   * of the version.
   */
  find(version: string): Promise<Flow | undefined>;
  /** The same for an instrument, before it is first used for a child. */
  keepInstrument(version: string, instrument: Instrument): Promise<void>;
  findInstrument(version: string): Promise<Instrument | undefined>;
}

type Kept = Flow | Instrument;

/** How many parsed flows stay in memory; a version never changes. */
const MOST_IN_MEMORY = 24;

export function createVersions({ reading, read, write }: Engine, now: () => string): Versions {
  const inMemory = new Map<string, Kept>();
  const byVersion = prepare<{ version: string }, { body: string }>(reading, (db, value) =>
    db.selectFrom('flow_versions').select('body').where('version', '=', value('version')),
  );
  const remember = (version: string, flow: Kept) => {
    const [oldest] = inMemory.keys();
    if (inMemory.size >= MOST_IN_MEMORY && oldest !== undefined) inMemory.delete(oldest);
    inMemory.set(version, flow);
    return flow;
  };
  const find = async (version: string) => {
    const known = inMemory.get(version);
    if (known !== undefined) return known;
    const [line] = await read((db) => byVersion(db, { version }));
    if (line === undefined) return undefined;
    const flow = parseVersion(version, line.body);
    if (flow === undefined) throw new FlowChanged(version);
    return remember(version, flow);
  };
  const keep = async (version: string, kept: Kept) => {
    if (inMemory.has(version)) return;
    if (versionOf(kept) !== version) throw new Error(`${version} is not the version of ${kept.id}`);
    await write(async (db) => {
      if ((await byVersion(db, { version })).length > 0) return;
      const line = {
        version,
        area: kept.area.id,
        flow: keptNameOf(kept),
        body: JSON.stringify(kept),
        first_used_at: now(),
      };
      await db.insertInto('flow_versions').values(line).execute();
    });
    // The content that was loaded from its files is used, whatever has happened to the copy in the database.
    remember(version, kept);
  };
  // A version identifies one content. The entry that refers to it tells whether that is a flow or an instrument.
  return {
    find: find as Versions['find'],
    keep,
    keepInstrument: keep,
    findInstrument: find as Versions['findInstrument'],
  };
}

/** The name in its row. An instrument's name cannot be that of a flow. */
export function keptNameOf(kept: Kept): string {
  return 'sections' in kept ? `instruments/${kept.id}` : kept.id;
}

/** Undefined if the text is not the flow or instrument that has this hash. */
export function parseVersion(version: string, body: string): Flow | undefined {
  try {
    const flow = JSON.parse(body) as Flow;
    return versionOf(flow) === version ? flow : undefined;
  } catch {
    return undefined;
  }
}
