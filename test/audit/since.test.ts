/**
 * A check that begins where an earlier one ended reads only what was written since, and finds the same there as a full
 * check.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../server/audit/signed-checkpoint.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { readHeadsOf, readHeadsSince } from '../../server/store/checkpoints.ts';
import { answered, makeFolder, openRaw, openTemporary, START } from '../store/temporary.ts';
import { makeLog, tamper } from './tampered-log.ts';

/** A log of two days that was fully checked after the first day. */
async function makeTwoDays() {
  const log = await makeLog();
  const heads = () => readHeadsOf(log);
  const { head } = await verifyDatabase(log.file, heads());
  const since = { position: head.position, hash: head.hash.slice(0, 16) };
  const store = await openTemporary({ file: log.file, clock: () => new Date(START.getTime() + 86_400_000) });
  const [id = ''] = log.ids;
  await store.log.decide(id, () => [answered('c'), answered('d')], 'professional');
  const who = { id: 'a', name: 'Amina', role: 'duty worker' };
  await store.accessLog.add({ who, area: 'bury', what: 'view', consultation: id, body: {} });
  await store.close();
  return { log, check: () => verifyDatabase(log.file, heads(), since), since };
}

it('reads only what was written since, and finds nothing when all is well', async () => {
  const { log, check } = await makeTwoDays();
  const { findings, lines, head } = await check();
  expect([findings.list(), lines, head.position]).toEqual([[], 3, 19]);
  const { findings: none, lines: no } = await verifyDatabase(log.file, readHeadsOf(log), head);
  expect([none.list(), no]).toEqual([[], 0]);
});

it.each<[string, string, string]>([
  ['an edited text', `update entries set body = '{}' where seq = (select max(seq) from entries)`, 'text changed'],
  ['an edited look', `update looks set name = 'Tom' where seq = (select max(seq) from looks)`, 'facts changed'],
  ['a deleted entry', 'delete from entries where seq = (select max(seq) from entries)', 'deleted'],
  ['a tail that was cut off', 'delete from looks where seq = 5; delete from chain where position = 19', 'behind'],
  [
    'a planted look',
    `insert into looks (at, person, name, role, area, what, body) values ('', '', '', '', '', '', '{}')`,
    'inserted',
  ],
  ['a flow that was changed', `update flow_versions set body = '{}'`, 'flow changed'],
  [
    'a planted row of the queue',
    `insert into figure_lines select consultation, 'bury', '2026-11', '{}' from entries where seq = 1`,
    'derived planted',
  ],
])('finds %s', async (_what, deed, kind) => {
  const { log, check } = await makeTwoDays();
  tamper(log, (raw: Sqlite.Database) => raw.exec(deed));
  expect((await check()).findings.list().map((finding) => finding.kind)).toContain(kind);
});

it('can begin at the newest checkpoint that is old enough, and reads none from before it', async () => {
  const { log } = await makeTwoDays();
  const all = readHeadsOf(log).lines ?? [];
  const last = readCheckpoint(all.at(-1) ?? '');
  const found = readHeadsSince(log, new Date(last?.at ?? ''));
  expect(found?.heads.lines).toEqual(all.slice(-2));
  const check = async () => (await verifyDatabase(log.file, found?.heads ?? readHeadsOf(log), found?.since)).findings;
  expect((await check()).list()).toEqual([]);
  tamper(log, (raw: Sqlite.Database) =>
    raw.exec(`update entries set body = '{}' where seq = (select max(seq) from entries)`),
  );
  expect((await check()).list().map(({ kind }) => kind)).toContain('text changed');
  expect(readHeadsSince(log, new Date('2020-01-01'))).toBeUndefined();
});

it('reads a file of checkpoints of any length equally from both ends', () => {
  const folder = makeFolder();
  const files = { keyFile: join(folder, 'none.pem'), headsFile: join(folder, 'heads.jsonl') };
  const day = (number: number) => new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();
  const line = (number: number) =>
    JSON.stringify({ position: number, hash: 'é'.repeat(100 + (number % 7)), at: day(number), signature: 's' });
  const lines = Array.from({ length: 12_000 }, (_, number) => line(number));
  writeFileSync(files.headsFile, `${lines.join('\n')}\n`);
  expect(readHeadsOf(files).lines).toEqual(lines);
  expect(readHeadsSince(files, new Date(day(100)))?.heads.lines).toEqual(lines.slice(99));
});

it('refuses to begin at a line that does not match the given one', async () => {
  const { log, since } = await makeTwoDays();
  for (const wrong of [
    { ...since, hash: 'somethingelse' },
    { ...since, position: 99 },
  ])
    await expect(verifyDatabase(log.file, readHeadsOf(log), wrong)).rejects.toThrow('does not begin with the hash');
});

it.each<[string, string, string[]]>([
  ['a trigger that was taken out', 'drop trigger entries_no_update', ['trigger entries_no_update']],
  [
    'one that lets everything through',
    `drop trigger chain_no_delete;
      create trigger chain_no_delete before delete on chain begin select 1; end`,
    ['trigger chain_no_delete'],
  ],
  [
    'one that changes what is written',
    'create trigger extra after insert on accounts begin update accounts set role = 1; end',
    ['trigger extra'],
  ],
])('finds %s', async (_what, deed, where) => {
  const log = await makeLog();
  const raw = openRaw(log.file);
  raw.exec(deed);
  raw.close();
  const { findings } = await verifyDatabase(log.file, readHeadsOf(log));
  expect(findings.list().flatMap(({ first }) => first)).toEqual(where);
});

it('finds a node of the tree that was changed, and a root that its lines do not have', async () => {
  const log = await makeLog();
  const store = await openTemporary({ file: log.file });
  const who = { id: 'a', name: 'Amina', role: 'duty worker' };
  for (let count = 0; count < 60; count++) await store.accessLog.add({ who, area: 'bury', what: 'view', body: {} });
  await store.checkpoints.write();
  await store.close();
  const kinds = async () =>
    (await verifyDatabase(log.file, readHeadsOf(log))).findings
      .list()
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'trigger gone');
  expect(await kinds()).toEqual([]);
  tamper(log, (raw: Sqlite.Database) => raw.exec(`update tree_nodes set hash = 'AAAA'`));
  expect(await kinds()).toEqual(['tree changed']);
  const again = await openTemporary({ file: log.file });
  await again.accessLog.add({ who, area: 'bury', what: 'view', body: {} });
  await again.checkpoints.write();
  await again.close();
  expect((await kinds()).sort()).toEqual(['rewritten', 'tree changed']);
});
