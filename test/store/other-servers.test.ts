/**
 * Several servers on one database: a server with other keys does not go into service, and lasting differences are
 * reported.
 */
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { checkDatabase } from '../../server/doctor/data.ts';
import { hashOfContent, readFolder } from '../../server/flow/language/folder.ts';
import { describeHeads } from '../../server/store/check-start.ts';
import { NEWEST } from '../../server/store/migrations.ts';
import { checkpointFiles, openEngine } from '../../server/store/store.ts';
import {
  answered,
  asStranger,
  createClock,
  databaseOf,
  makeFolder,
  openAt,
  openConsultation,
  openTemporary,
} from './temporary.ts';

const KEY = Buffer.alloc(32, 1);
const RUNNING = { program: 'p', guidance: 'g', peopleKey: KEY, peopleKeyFile: '/here/people.key' };

async function openTwo() {
  const clock = createClock();
  const one = await openTemporary({ clock });
  const two = await openTemporary({ file: one.file, clock });
  return { clock, one, two };
}

it('a checkpoint that another server signs during a start is no reason to refuse it', async () => {
  const { one } = await openTwo();
  const { id } = await openConsultation(one);
  await one.checkpoints.write();
  const { engine } = await openEngine({ file: one.file, databaseUrl: await databaseOf(one.file) });
  let signed = 0;
  const meanwhile: typeof engine.read = async (query) => {
    await one.log.decide(id, () => [answered(`q${signed++}`)], 'professional');
    await one.checkpoints.write();
    return engine.read(query);
  };
  expect(await describeHeads({ ...engine, read: meanwhile }, checkpointFiles(one.file))).toBeUndefined();
  expect(signed).toBeGreaterThan(2);
  await engine.close();
});

describe('a server with other keys', () => {
  it('with another people key is refused while one is running, and the error says where the keys belong', async () => {
    const { clock, one, two } = await openTwo();
    await one.otherServers.join(RUNNING);
    await two.otherServers.join(RUNNING);
    await two.otherServers.leave();
    clock.pass(0.5);
    const other = { ...RUNNING, peopleKey: Buffer.alloc(32, 2) };
    await expect(two.otherServers.join(other)).rejects.toThrow(
      /another people\.key than \/here\/people\.key: it was there 30 seconds ago.*expected: the same people\.key.*"Several machines" in docs/s,
    );
    await one.otherServers.leave();
    await two.otherServers.join(other);
    // A killed server does not record that it leaves.
    clock.pass(2);
    await one.otherServers.join(RUNNING);
  });

  it('with another audit key is refused before it signs anything', async () => {
    const { clock, one } = await openTwo();
    await one.otherServers.join(RUNNING);
    const elsewhere = checkpointFiles(join(makeFolder(), 'x'));
    await expect(openAt({ file: one.file, clock, ...elsewhere })).rejects.toThrow(
      `another key of the audit than ${elsewhere.keyFile}: it was there`,
    );
    await one.otherServers.leave();
    // If no other server is running, it is recognised by what was signed before.
    await openConsultation(one);
    await one.checkpoints.write();
    await expect(openAt({ file: one.file, clock, ...elsewhere })).rejects.toThrow(
      /not the one with which this database was written.*if this is another machine.*Several machines/s,
    );
  });

  it('with its own file of checkpoints signs nothing beside the other', async () => {
    const clock = createClock();
    const one = await openTemporary({ clock });
    await openConsultation(one);
    await one.checkpoints.write();
    const elsewhere = checkpointFiles(join(makeFolder(), 'x'));
    cpSync(dirname(one.file), dirname(elsewhere.keyFile), { recursive: true });
    const two = await openTemporary({ file: one.file, clock, ...elsewhere });
    await openConsultation(one);
    await one.checkpoints.write();
    await openConsultation(two);
    await expect(two.checkpoints.write()).rejects.toThrow(
      /ends at line 1 of the log, and another server has signed up to line 2 in a file of its own.*one file of heads/s,
    );
    expect((await one.checkpoints.write())?.position).toBe(3);
  });
});

describe('servers of different versions', () => {
  it('are reported by the doctor at once', async () => {
    const clock = () => new Date();
    const one = await openTemporary({ clock });
    const two = await openTemporary({ file: one.file, clock });
    const DATABASE_URL = await databaseOf(one.file);
    const config = readConfig({ DATA_DIR: dirname(one.file), ...(DATABASE_URL !== undefined && { DATABASE_URL }) });
    const examine = async () => (await checkDatabase(config)).findings.find(({ subject }) => subject === 'servers');
    await one.otherServers.join(RUNNING);
    await two.otherServers.join(RUNNING);
    expect(await examine()).toMatchObject({ state: 'good', says: '2 are there' });
    const elsewhere = checkpointFiles(join(makeFolder(), 'x'));
    await expect(openAt({ file: one.file, clock, ...elsewhere })).rejects.toThrow('another key of the audit');
    const { findings } = await checkDatabase({ ...config, keyFile: elsewhere.keyFile });
    expect(findings.find(({ subject }) => subject === 'servers')).toMatchObject({
      state: 'bad',
      says: `2 are there, and 2 of them have another key of the audit than ${elsewhere.keyFile}`,
    });
    await two.otherServers.leave();
    await two.otherServers.join({ ...RUNNING, program: 'newer' });
    expect(await examine()).toMatchObject({ state: 'look', says: expect.stringContaining('not of the same version') });
    await two.otherServers.leave();
    await two.otherServers.join({ ...RUNNING, guidance: 'newer' });
    expect(await examine()).toMatchObject({ state: 'bad', says: expect.stringContaining('the same guidance') });
    // One of them has the content that is here, so it is the other that has to be looked for.
    await two.otherServers.leave();
    await two.otherServers.join({ ...RUNNING, guidance: hashOfContent(readFolder(config.flowsDir)) });
    expect(await examine()).toMatchObject({
      says: expect.stringMatching(/; with that of .*flows: 1; with another: 1, there since 20/),
    });
  });

  it('report each other after the time of a rolling restart, until they are the same', async () => {
    const { clock, one, two } = await openTwo();
    await one.otherServers.join(RUNNING);
    clock.pass(1);
    await two.otherServers.join({ ...RUNNING, guidance: 'newer' });
    for (let minutes = 0; minutes < 9; minutes++) {
      clock.pass(1);
      expect([await one.otherServers.stay(), await two.otherServers.stay()]).toEqual([[], []]);
    }
    clock.pass(1);
    await two.otherServers.stay();
    expect(await one.otherServers.stay()).toEqual([
      { id: expect.any(String), since: expect.any(String), what: 'guidance' },
    ]);
    expect(await two.otherServers.stay()).toMatchObject([{ what: 'guidance' }]);
    await two.otherServers.leave();
    expect(await one.otherServers.stay()).toEqual([]);
  });

  it('stop writing if they are older than the tables, still read, and say what to do', async () => {
    const { one, two } = await openTwo();
    const { id } = await openConsultation(one);
    await asStranger(one.file, `insert into migrations values (${NEWEST + 1}, 'from the future', '')`);
    const words = new RegExp(
      `newer Front Door .* to step ${NEWEST + 1}, and this one knows ${NEWEST}: install the newer`,
    );
    for (const store of [one, two]) {
      await expect(store.log.decide(id, () => [answered('q')], 'professional')).rejects.toThrow(words);
      expect(await store.log.read(id)).toHaveLength(1);
    }
    await asStranger(one.file, `delete from migrations where number > ${NEWEST}`);
  });
});
