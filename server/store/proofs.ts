/** What an exported file contains so that it can be checked offline: see `audit/export-proof.ts`. */
import type { Access } from '../audit/access.ts';
import type { ExportProof, ProvenFileLine, ProvenLine } from '../audit/export-proof.ts';
import { FACTS, type Fact, type Source } from '../audit/line.ts';
import type { AccessLog } from './access-log.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Engine } from './engine.ts';
import { proveLine } from './log-tree.ts';
import type { Database } from './tables.ts';

export interface FileMade extends Pick<Access, 'who' | 'area'> {
  consultation: string;
  /** Made by `digestOfFile`. */
  digest: string;
  /** Numbers of the entries in the file. */
  entries: readonly number[];
}

export interface Proofs {
  /** Logs that the file was made, signs the log, and proves both. Undefined if the log cannot be signed. */
  prove(made: FileMade): Promise<ExportProof | undefined>;
}

export function createProofs(
  { read, write }: Pick<Engine, 'read' | 'write'>,
  accessLog: AccessLog,
  checkpoints: Checkpoints,
): Proofs {
  return {
    async prove({ who, area, consultation, digest, entries }) {
      const body = { file: digest };
      const seq = await write((db) => accessLog.addIn(db, { who, area, what: 'file made', consultation, body }));
      const head = await checkpoints.write();
      const checkpoint = head && checkpoints.note(head);
      if (head === undefined || checkpoint === undefined) return undefined;
      return read(async (db) => {
        const seqs = await seqsOf(db, consultation, entries);
        const proven: ProvenLine[] = [];
        for (const entry of seqs) proven.push((await proveRow(db, 'entries', entry, head.position)).line);
        const { line, salt, body: text } = await proveRow(db, 'looks', seq, head.position);
        const made: ProvenFileLine = { ...line, salt: salt ?? '', body: text };
        return { proofVersion: 1, checkpoint, made, entries: proven };
      });
    },
  };
}

async function seqsOf(db: Database, consultation: string, numbers: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('entries')
    .select(['seq', 'number'])
    .where('consultation', '=', consultation)
    .orderBy('number')
    .execute();
  const wanted = new Set(numbers);
  return rows.filter(({ number }) => wanted.has(number)).map(({ seq }) => seq);
}

async function proveRow(db: Database, source: Source, seq: number, size: number) {
  const {
    salt,
    mac: _mac,
    ...link
  } = await db
    .selectFrom('chain')
    .selectAll()
    .where('source', '=', source)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const row = await db.selectFrom(source).selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();
  const facts = FACTS[source].map((name) => (row as unknown as Record<string, Fact>)[name] ?? null);
  const line: ProvenLine = { ...link, facts, path: await proveLine(db, link.position, size) };
  return { line, salt, body: row.body };
}
