/**
 * Moves the whole database to SQLite and back, including the chain; what an intruder did to it is found on both sides.
 */
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { erase, planErasure } from '../../server/erasure.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { CHECKED } from '../../server/store/checked-tables.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { moveToPostgres, moveToSqlite } from '../../server/store/move.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { asStranger, databaseOf, makeFolder, openConsultation, openRaw } from '../store/temporary.ts';
import { beginConsultation } from '../web/begin-consultation.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { createEmpty, query } from './databases.ts';

/** `pg` returns large numbers as text unless it is told otherwise. */
const sorted = (rows: readonly object[]) =>
  rows
    .map((row) =>
      JSON.stringify(Object.entries(row).sort(), (_key, value) => (typeof value === 'number' ? `${value}` : value)),
    )
    .sort();

const YEAR = 366 * 24 * 60;

/** Consultations that were asked, claimed, noted, searched and read; one is erased years later. */
async function liveSomeYears() {
  const world = await openDeskApp();
  const ask = async (name: string, question: string) => {
    const browser = world.openBrowser();
    const { id, at } = await beginConsultation(browser);
    await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
    await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
    return id;
  };
  const gone = await ask('Zebulon Quixley', 'Zanzibar question');
  await world.store.checkpoints.write();
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskRetentionAction(gone, 'approvals'), {}, paths.deskRetention(gone));
  const desk = world.services.library.areas.get('bury')?.desk as Desk;
  const planned = await planErasure(world.store, 'bury', desk, world.clock().toISOString().slice(0, 10));
  expect(await erase(world.store, planned)).toBeGreaterThan(2);
  expect(await world.store.erasing.compact()).toBe(true);
  // With all characters that COPY escapes.
  const id = await ask('Łukasz O’Brien', 'Sama rozmowa\t\\N o dziecku \\.\n\\\\');
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await worker.post(paths.deskSearch(), { words: 'rozmowa' }, paths.deskSearch());
  await worker.get(paths.deskRecord(id));
  await world.store.checkpoints.write();
  return { world, file: world.store.file, id, gone, databaseUrl: (await databaseOf(world.store.file)) ?? '' };
}

it('goes to SQLite and back unchanged: the log is valid on both sides, and every row is the same', async () => {
  const { world, file, id, gone, databaseUrl } = await liveSomeYears();
  const heads = readHeadsOf(checkpointFiles(file));
  const words = await asStranger(file, `select 1 as one from desk_words where words like '%zanzibar%'`);
  expect(words).toEqual([]);
  await expect(moveToSqlite({ file: join(makeFolder(), 'x.sqlite'), databaseUrl, heads })).rejects.toThrow(
    /A server uses .*Nothing was changed.*stop all servers/s,
  );
  const entries = await world.store.log.read(id);
  await world.store.close();

  const moved = join(makeFolder(), 'data', 'front-door.sqlite');
  cpSync(dirname(file), dirname(moved), { recursive: true });
  const there = await moveToSqlite({ file: moved, databaseUrl, heads: readHeadsOf(checkpointFiles(moved)) });
  expect(there.lines).toBeGreaterThan(15);
  const sqlite = await openStore({ file: moved, clock: world.clock });
  expect(await sqlite.log.read(id)).toEqual(entries);
  expect(await sqlite.log.read(gone)).toBeUndefined();
  expect(await sqlite.queueRows.search('bury', { words: 'rozm', child: 'lukasz obrien' }, 5)).toHaveLength(1);
  await sqlite.log.decide(id, () => [{ kind: 'noted', text: 'in SQLite' }], 'professional');
  await sqlite.close();

  const back = { file: moved, databaseUrl: await createEmpty(), heads: readHeadsOf(checkpointFiles(moved)) };
  expect((await moveToPostgres(back)).lines).toBe(there.lines + 1);
  await expect(moveToPostgres(back)).rejects.toThrow(/tables of Front Door .* already\. Nothing was changed/);
  const raw = openRaw(moved);
  for (const table of Object.keys(CHECKED).filter((name) => name !== 'pulse')) {
    const columns = table === 'desk_words' ? 'rowid, area, professional, agency, words' : '*';
    const text = `select ${columns} from ${table}`;
    const [before, after] = [raw.prepare(text).all() as object[], await query(back.databaseUrl, text)];
    expect(sorted(after), table).toEqual(sorted(before));
  }
  const again = await openStore({ file: moved, databaseUrl: back.databaseUrl, clock: world.clock });
  expect((await again.log.read(id))?.at(-1)?.what).toEqual({ kind: 'noted', text: 'in SQLite' });
  expect(await again.queueRows.search('bury', { words: 'rozm', child: 'lukasz obrien' }, 5)).toHaveLength(1);
  const { id: next } = await openConsultation(again);
  expect(await again.log.read(next)).toHaveLength(1);
  await again.close();
  const { findings } = await verifyInService(back, readHeadsOf(checkpointFiles(moved)));
  expect(findings.list()).toEqual([]);
}, 120_000);

const DEEDS: [statement: string, kind: string, where: string][] = [
  [`update entries set body = replace(body, '0161', '0162') where kind = 'handed over'`, 'text changed', ''],
  ['delete from looks where seq = 1', 'deleted', ''],
  [`update desk_lines set state = 'closed'`, 'derived changed', 'desk_lines'],
  ['drop trigger entries_no_update on entries', 'trigger gone', 'entries_no_update'],
  ['alter table chain disable trigger chain_no_update', 'trigger gone', 'chain_no_update'],
  ['drop index looks_of', 'shape changed', 'index looks_of'],
  ['alter table sightings enable row level security', 'shape changed', 'table sightings'],
  [`create policy theirs on sightings using (consultation <> 'a')`, 'shape changed', 'policy theirs'],
];

it('an intruder’s changes in PostgreSQL are found: texts, lines, rows, triggers, and what hides rows', async () => {
  const world = await openDeskApp();
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, at);
  await (await world.openDesk('duty worker')).get(paths.deskRecord(id));
  await world.store.checkpoints.write();
  const { file } = world.store;
  const deeds = DEEDS.map(([statement]) => statement).join('; ');
  await asStranger(file, `set session_replication_role = replica; ${deeds}`);
  const databaseUrl = await databaseOf(file);
  const { findings } = await verifyInService({ file, databaseUrl }, readHeadsOf(checkpointFiles(file)));
  for (const [statement, kind, where] of DEEDS) {
    const places = findings.list().flatMap((found) => (found.kind === kind ? found.first : []));
    expect(places.filter((place) => place.includes(where)).length, statement).toBeGreaterThan(0);
  }
});
