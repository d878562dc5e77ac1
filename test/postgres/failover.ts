/**
 * `npm run failover -- --times 5`: a primary with a synchronous replica under load. The primary is killed, the replica
 * is promoted, and the address is switched to it. Every acknowledged write has to be there, and no refused one. Exits 1
 * if one is not as it was reported.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { describeFindings } from '../../server/audit/findings.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { OutcomeUnknown, StoreUnavailable } from '../../server/store/failure.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { checkpointFiles, openStore, type Store } from '../../server/store/store.ts';
import { FLOW, VERSION } from '../store/kept-flow.ts';
import { startProxy } from './proxy.ts';
import { type PostgresServer, query, startPostgres } from './server.ts';

const AT_ONCE = 8;
const SETTINGS = ['max_wal_size=128MB', 'shared_buffers=32MB'];
const LONGEST_WAIT_MS = 60_000;

interface Said {
  saved: string[];
  refused: string[];
  unknown: string[];
}

/** Writes notes one after the other until told to stop; each has a unique text. */
async function write(store: Store, id: string, said: Said, texts: Iterable<string>): Promise<void> {
  for (const text of texts) {
    try {
      const decided = await store.log.decide(id, () => [{ kind: 'noted', text }], 'professional');
      if (isRefusal(decided)) throw new Error(decided.message);
      said.saved.push(text);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      said[error instanceof OutcomeUnknown ? 'unknown' : 'refused'].push(text);
      await wait(20);
    }
  }
}

function* textsOf(writer: number, goesOn: () => boolean): Generator<string> {
  for (let index = 0; goesOn(); index++) yield `${writer} ${index}`;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LONGEST_WAIT_MS; Date.now() < end; await wait(50))
    if (await holds().catch(() => false)) return;
  throw new Error(`${what}: not within ${LONGEST_WAIT_MS} ms`);
}

/** Each server is added to `servers` once it runs. */
async function openPair(servers: PostgresServer[]): Promise<[PostgresServer, PostgresServer]> {
  const primary = await startPostgres({ settings: SETTINGS });
  servers.push(primary);
  const replica = await startPostgres({ settings: SETTINGS, replicaOf: primary });
  servers.push(replica);
  const follows = `select 1 from pg_stat_replication where state = 'streaming'`;
  await until('the replica follows', async () => (await query(primary.url(), follows)).length === 1);
  await query(primary.url(), `alter system set synchronous_standby_names = '*'`);
  await query(primary.url(), 'select pg_reload_conf()');
  const isSynchronous = `select 1 from pg_stat_replication where sync_state = 'sync'`;
  await until('the replica is synchronous', async () => (await query(primary.url(), isSynchronous)).length === 1);
  return [primary, replica];
}

/** Returns what is wrong, in words. */
async function failOver(folder: string): Promise<string[]> {
  const servers: PostgresServer[] = [];
  const file = join(folder, 'data', 'front-door.sqlite');
  try {
    const [primary, replica] = await openPair(servers);
    await query(primary.url(), 'create database front_door');
    const proxy = await startProxy(primary.url('front_door'), primary.folder, join(folder, 'at'));
    const store = await openStore({ file, databaseUrl: proxy.url, clock: () => new Date() });
    await store.versions.keep(VERSION, FLOW);
    const opening = { area: 'bury', flow: 'level', version: VERSION, by: 'professional' } as const;
    const { id } = await store.consultations.open({ ...opening, makeReference: () => 'B 12 34 56 78 9' });
    const said: Said = { saved: [], refused: [], unknown: [] };
    let isOver = false;
    const writers = Array.from({ length: AT_ONCE }, (_, name) =>
      write(
        store,
        id,
        said,
        textsOf(name, () => !isOver),
      ),
    );
    await wait(300 + Math.random() * 1500);
    const before = said.saved.length;
    await primary.kill();
    const killedAt = performance.now();
    await wait(Math.random() * 1000);
    await query(replica.url(), 'select pg_promote()');
    proxy.leadTo(replica.folder);
    await until('writing goes on', async () => said.saved.length > before + AT_ONCE);
    const seconds = (performance.now() - killedAt) / 1000;
    await wait(300);
    isOver = true;
    await Promise.all(writers);
    const entries = (await store.log.read(id)) ?? [];
    await store.close();
    proxy.close();
    const kept = entries.flatMap(({ what }) => (what.kind === 'noted' ? [what.text] : []));
    const { findings } = await verifyInService(
      { file, databaseUrl: replica.url('front_door') },
      readHeadsOf(checkpointFiles(file)),
    );
    console.log(
      `${said.saved.length} acknowledged, ${said.refused.length} refused, ${said.unknown.length} unknown; writing went on after ${seconds.toFixed(1)} s`,
    );
    return [...judge(said, kept), ...describeFindings(findings)];
  } finally {
    for (const server of servers.reverse()) await server.remove();
  }
}

function judge({ saved, refused }: Said, kept: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const text of kept) times.set(text, (times.get(text) ?? 0) + 1);
  return [
    ...saved.filter((text) => !times.has(text)).map((text) => `note ${text} was acknowledged and is lost`),
    ...refused.filter((text) => times.has(text)).map((text) => `note ${text} was refused and is there`),
    ...[...times].filter(([, count]) => count > 1).map(([text]) => `note ${text} is there twice`),
  ];
}

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
let problems = 0;
for (let round = 1; round <= Number(values.times); round++) {
  const folder = mkdtempSync(join(tmpdir(), 'fd-failover-'));
  try {
    const found = await failOver(folder);
    problems += found.length;
    for (const problem of found) console.log(problem);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(`${values.times} primaries killed, ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
