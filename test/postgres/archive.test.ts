/**
 * The archive of PostgreSQL's write-ahead log, set up as in docs/operate.md: after the server is lost, everything that
 * was archived can be restored.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeFindings } from '../../server/audit/findings.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { answered, createClock, makeFile, openConsultation } from '../store/temporary.ts';
import { makeServerFolder, query, type ServerOptions, startPostgres, takeBaseBackup } from './server.ts';

const SMALL = ['shared_buffers=16MB', 'max_wal_size=64MB'];

async function start(options: ServerOptions) {
  const server = await startPostgres(options);
  onTestFinished(() => server.remove());
  return server;
}

it('restores what was archived, says what is lost, and continues from there', async () => {
  const folder = makeServerFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const archiving = ['archive_mode=on', `archive_command=test ! -f ${folder}/%f && cp %p ${folder}/%f`];
  const first = await start({ settings: [...SMALL, ...archiving] });
  await query(first.url(), 'create database front_door');
  const [file, clock] = [makeFile(), createClock()];
  const store = await openStore({ file, clock, databaseUrl: first.url('front_door') });
  const { id } = await openConsultation(store);
  const base = join(folder, 'base');
  await takeBaseBackup(first, base);
  const note = async (text: string) => {
    await store.log.decide(id, () => [answered(text)], 'professional');
    await store.checkpoints.write();
  };
  await note('archived');
  const [segment] = await query(first.url(), 'select pg_walfile_name(pg_switch_wal()) as name');
  await expect.poll(() => existsSync(join(folder, String(segment?.name))), { timeout: 30_000 }).toBe(true);
  await note('lost');
  await first.kill();
  await store.close();

  const second = await start({ settings: SMALL, restoredFrom: { base, archive: folder } });
  const databaseUrl = second.url('front_door');
  const isOver = async () => (await query(second.url(), 'select pg_is_in_recovery() as going'))[0]?.going === false;
  await expect.poll(isOver, { timeout: 30_000 }).toBe(true);
  const place = { file, clock, databaseUrl };
  await expect(openStore(place)).rejects.toThrow(/ends before line 3 of the log.*RESTORED=/s);
  const restored = await openStore({ ...place, restored: 'The server broke; decided by the lead' });
  const said = (await restored.log.read(id))?.flatMap(({ what }) => ('question' in what ? [what.question] : []));
  expect(said).toEqual(['archived']);
  await restored.log.decide(id, () => [answered('and on')], 'professional');
  await restored.close();
  const { findings } = await verifyInService(place, readHeadsOf(checkpointFiles(file)));
  expect(describeFindings(findings)).toEqual([]);
}, 120_000);
