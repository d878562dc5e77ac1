/** Every version of a flow that was ever used, by the hash of its content, so that old consultations read as they were. */
import type { Flow } from '../flow/flow.ts';
import { versionOf } from '../flow/language/version.ts';
import type { Engine } from './engine.ts';
import { FlowChanged } from './failure.ts';
import { prepare } from './prepare.ts';

export interface Versions {
  /** To be called before the first consultation in it. Keeping it again does nothing. */
  keep(version: string, flow: Flow): Promise<void>;
  /** The flow is shared: callers must not change it. Throws `FlowChanged` if the stored text does not have the hash of the version. */
  find(version: string): Promise<Flow | undefined>;
}

/** How many parsed flows stay in memory; a version never changes. */
const MOST_IN_MEMORY = 24;

export function createVersions({ reading, read, write }: Engine, now: () => string): Versions {
  const inMemory = new Map<string, Flow>();
  const byVersion = prepare<{ version: string }, { body: string }>(reading, (db, value) =>
    db.selectFrom('flow_versions').select('body').where('version', '=', value('version')),
  );
  const remember = (version: string, flow: Flow) => {
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
  return {
    find,
    async keep(version, flow) {
      if (inMemory.has(version)) return;
      if (versionOf(flow) !== version) throw new Error(`${version} is not the version of ${flow.id}`);
      await write(async (db) => {
        if ((await byVersion(db, { version })).length > 0) return;
        const line = { version, area: flow.area.id, flow: flow.id, body: JSON.stringify(flow), first_used_at: now() };
        await db.insertInto('flow_versions').values(line).execute();
      });
      // A flow loaded from the content files is used whatever the database holds.
      remember(version, flow);
    },
  };
}

/** Undefined if the text does not have the hash of the version. */
export function parseVersion(version: string, body: string): Flow | undefined {
  try {
    const flow = JSON.parse(body) as Flow;
    return versionOf(flow) === version ? flow : undefined;
  } catch {
    return undefined;
  }
}
