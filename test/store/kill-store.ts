/** Kills a program that uses only the store: what the appender acknowledged has to be in the database. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { describeFindings } from '../../server/audit/findings.ts';
import { verify } from '../../server/audit/verify.ts';
import { openAuditLines } from '../../server/store/audit-lines.ts';
import { readPublicKey } from '../../server/store/checkpoints.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { type Appended, BATCH } from './appender.ts';
import type { Killing } from './killer.ts';

export function killingTheStore(file: string, kills: number): Killing<Appended> {
  return {
    command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'appender.ts'), file],
    kills,
    drive: listen,
    check: (_all, fresh) => checkStore(file, fresh),
  };
}

/** The appender works by itself. A line that the kill cut off was not acknowledged. */
async function listen(program: ChildProcess, acknowledge: (write: Appended) => void): Promise<void> {
  if (program.stdout === null) return;
  for await (const line of createInterface({ input: program.stdout }))
    if (line.endsWith('}')) acknowledge(JSON.parse(line));
}

/** Opens it as the server would, so that what the kill left in the WAL is included. */
export async function checkStore(file: string, acknowledged: readonly Appended[]): Promise<string[]> {
  const store = await openStore({ file, clock: () => new Date() });
  const problems: string[] = [];
  for (const { id, number, notes } of acknowledged) {
    const entries = (await store.log.read(id)) ?? [];
    if (entries[0]?.what.kind !== 'opened') problems.push(`consultation ${id} was acknowledged and is not there`);
    const kept = entries
      .slice(number - 1, number - 1 + notes.length)
      .map(({ what }) => what.kind === 'noted' && what.text);
    const same = notes.every((note, index) => kept[index] === note);
    if (notes.length > 0 && !same) problems.push(`entry ${number} of ${id} was acknowledged and is not there`);
  }
  await store.close();
  return [...problems, ...checkWhole(file), ...checkChain(file)];
}

/** Every signed checkpoint and every line has to be as it was written: no kill may look like tampering. */
function checkChain(file: string): string[] {
  const { keyFile, headsFile } = checkpointFiles(file);
  const lines = openAuditLines(file);
  const heads = readFileSync(headsFile, 'utf8').split('\n').filter(Boolean);
  const { findings } = verify({ ...lines, heads: { lines: heads, key: readPublicKey(keyFile), printed: [] } });
  lines.close();
  return describeFindings(findings);
}

/**
 * Also holds for what was not acknowledged: numbers without a gap, complete batches, no consultation without a
 * beginning.
 */
function checkWhole(file: string): string[] {
  const raw = new Sqlite(file, { readonly: true });
  const count = (sql: string) => raw.prepare(sql).pluck().get() as number;
  const counts = {
    'numbers with a gap': `select count(*) from (select 1 from entries group by consultation having max(number) <> count(*))`,
    'batches in part': `select count(*) from (select 1 from entries where kind = 'noted' and body like '%/${BATCH} %'
      group by substr(body, 1, 21) having count(*) <> ${BATCH})`,
    'consultations without a beginning': `select count(*) from consultations where id not in (select consultation from entries where number = 1)`,
  };
  const problems = Object.entries(counts)
    .map(([what, sql]) => `${count(sql)} ${what}`)
    .filter((problem) => !problem.startsWith('0 '));
  const integrity = raw.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
  if ((raw.pragma('foreign_key_check') as unknown[]).length > 0) problems.push('foreign_key_check found orphans');
  raw.close();
  return problems;
}
