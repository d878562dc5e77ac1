/** A real log on disk, and helpers to tamper with its file. */
import type Sqlite from 'better-sqlite3';
import { FACTS, type Fact, hashContent, hashLine } from '../../server/audit/line.ts';
import { verify } from '../../server/audit/verify.ts';
import { openAuditLines } from '../../server/store/audit-lines.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { answered, makeFile, openConsultation, openRaw, openTemporary } from '../store/temporary.ts';

export const WHO = { id: 'a', name: 'Amina', role: 'duty worker' };

/** The log of a few days in a closed database: its file, and the checkpoints that were signed. */
export async function makeLog(file = makeFile()) {
  const store = await openTemporary({ file });
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) {
    const { id } = await openConsultation(store, { also: [answered('a'), { kind: 'noted', text: 'Sam has a phone' }] });
    await store.accessLog.add({ who: WHO, area: 'bury', what: 'view', consultation: id, body: { upTo: 3 } });
    await store.checkpoints.write();
    ids.push(id);
  }
  await store.close();
  return { file, ids, ...checkpointFiles(file) };
}

export type Log = Awaited<ReturnType<typeof makeLog>>;

export function check(log: Log, printed: { position: number; hash: string }[] = []) {
  const lines = openAuditLines(log.file);
  const heads = { ...readHeadsOf(log), printed };
  const verified = verify({ ...lines, heads });
  if (heads.macs !== undefined) lines.checkMacs(heads.macs, verified.findings);
  lines.close();
  return verified;
}

export const found = (log: Log) =>
  check(log)
    .findings.list()
    .map(({ kind, count }) => `${count} ${kind}`);

/** Runs the work on a second connection, with no trigger in its way. */
export function tamper({ file }: Log, work: (raw: Sqlite.Database) => void): void {
  const raw = openRaw(file);
  const triggers = raw.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all();
  for (const name of triggers) raw.exec(`drop trigger "${name}"`);
  raw.pragma('foreign_keys = OFF');
  work(raw);
  raw.close();
}

/** What somebody does who knows how the chain is made: recomputes every hash from `position` on. */
export function makeChainAnew(raw: Sqlite.Database, position: number): void {
  const hashAt = raw.prepare('select hash from chain where position = ?').pluck();
  let previous = (hashAt.get(position - 1) as string | undefined) ?? '';
  const lines = raw.prepare('select * from chain where position >= ? order by position').all(position);
  for (const line of lines as { position: number; source: 'entries'; seq: number; salt: string; content: string }[]) {
    const row = raw.prepare(`select * from ${line.source} where seq = ?`).get(line.seq) as Record<string, Fact>;
    const facts = FACTS[line.source].map((name) => row[name] ?? null);
    const next = { ...line, previous, content: hashContent(line.salt, String(row.body)) };
    const hash = hashLine(next, facts);
    raw
      .prepare('update chain set content = ?, previous = ?, hash = ? where position = ?')
      .run(next.content, previous, hash, line.position);
    previous = hash;
  }
}
