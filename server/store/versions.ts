/** The flows as they were asked: kept under the hash of their content, so that an old consultation reads as it was. */
import type { Flow } from '../flow/flow.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';

export interface Versions {
  /** Before the first consultation in it. Keeping it again changes nothing and costs nothing. */
  keep(version: string, flow: Flow): Promise<void>;
  /** Not to be changed by whoever gets it: it is shared. */
  find(version: string): Promise<Flow | undefined>;
}

/** Parsed flows that stay in memory; a version never changes. */
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
    return line === undefined ? undefined : remember(version, JSON.parse(line.body) as Flow);
  };
  return {
    find,
    async keep(version, flow) {
      if ((await find(version)) !== undefined) return;
      await write(async (db) => {
        if ((await byVersion(db, { version })).length > 0) return;
        const line = { version, area: flow.area.id, flow: flow.id, body: JSON.stringify(flow), first_used_at: now() };
        await db.insertInto('flow_versions').values(line).execute();
      });
    },
  };
}
