/**
 * A connection is lost: what was acknowledged is there, what was refused is not, and what nobody knows is reported as
 * unknown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../server/store/store.ts';
import { asStranger, copyEmpty, createClock, databaseOf, openConsultation } from '../store/temporary.ts';
import { query } from './databases.ts';
import { startProxy } from './proxy.ts';

async function open(patienceMs = 1000) {
  const file = await copyEmpty();
  const url = (await databaseOf(file)) ?? '';
  const folder = mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'fd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const proxy = await startProxy(url, decodeURIComponent(new URL(url).hostname), folder);
  onTestFinished(proxy.close);
  const store = await openStore({ file, databaseUrl: proxy.url, clock: createClock(), patienceMs });
  onTestFinished(() => store.close());
  const { id } = await openConsultation(store);
  return { file, url, proxy, store, id };
}

const note = (store: Store, id: string, text: string) =>
  store.log.decide(id, () => [{ kind: 'noted', text }], 'professional');

it('in the middle of a commit that was saved: it is acknowledged', async () => {
  const { proxy, store, id } = await open();
  proxy.cut('after the commit');
  const [one, two] = await Promise.all([note(store, id, 'one'), note(store, id, 'two')]);
  expect([one, two]).toMatchObject([{ added: [{ number: 2 }] }, { added: [{ number: 3 }] }]);
  await note(store, id, 'three');
  expect((await store.log.read(id))?.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});

it('before a commit: nothing was saved, and the error says so', async () => {
  const { proxy, store, id } = await open();
  proxy.cut('before the commit');
  await expect(note(store, id, 'one')).rejects.toMatchObject({
    name: 'StoreUnavailable',
    message: expect.stringMatching(/connection to the database is broken: .*Nothing was saved/),
  });
  expect(await store.log.read(id)).toHaveLength(1);
  await note(store, id, 'two');
  expect(await store.log.read(id)).toHaveLength(2);
});

it('without an answer: after a while the server is asked over another connection', async () => {
  const { proxy, store, id } = await open(400);
  proxy.cut('silent after the commit');
  expect(await note(store, id, 'one')).toMatchObject({ added: [{ number: 2 }] });
  expect(await note(store, id, 'two')).toMatchObject({ added: [{ number: 3 }] });
});

it('while the server cannot be asked: the result is reported as unknown, and known again later', async () => {
  const { file, proxy, store, id } = await open(400);
  proxy.cut('deaf after the commit');
  await expect(note(store, id, 'one')).rejects.toMatchObject({
    name: 'OutcomeUnknown',
    message: expect.stringMatching(/broke while it saved: .*It is not known whether it was saved/),
  });
  expect(await store.health()).toMatchObject({ reads: false, writes: false });
  expect(await asStranger(file, `select 1 as one from entries where consultation = '${id}'`)).toHaveLength(2);
  proxy.cut('never');
  expect(await store.log.read(id)).toHaveLength(2);
  expect(await store.health()).toMatchObject({ reads: true, writes: true });
});

it('because the server was restarted: reads are repeated, and writes continue', async () => {
  const { url, store, id } = await open();
  await query(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  expect(await store.log.read(id)).toHaveLength(1);
  const outcomes = [await note(store, id, 'one').catch((error: Error) => error.name), await note(store, id, 'two')];
  expect(outcomes[1]).toMatchObject({ added: [{}] });
});

it('while another server keeps the lock: after a while the error says who is waited for', async () => {
  const { url, store, id } = await open(300);
  const held = query(url, 'begin; select pg_advisory_xact_lock(7029386401); select pg_sleep(2); rollback');
  await expect
    .poll(async () => (await note(store, id, 'x').catch((error: Error) => error.message)) as string)
    .toMatch(/Another server has kept the database locked.*55P03.*Nothing was saved/);
  await held;
  expect(await note(store, id, 'y')).toMatchObject({ added: [{}] });
});
