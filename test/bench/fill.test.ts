/** A filled database is what the store would have written: the log, its checkpoints and everything derived. */
import { expect, it } from 'vitest';
import { describeFindings } from '../../server/audit/findings.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { loadReal } from '../real-content.ts';
import { makeFile, openRaw } from '../store/temporary.ts';
import { desksOf, fill, keepFlows, openTarget, UNTIL } from './fill/fill.ts';
import { childOf } from './fill/invented.ts';

it('passes verify, can be written to, and has twenty entries for each consultation, and sheets', async () => {
  const [file, clock] = [makeFile(), () => UNTIL];
  const desks = desksOf(loadReal());
  const made = await openStore({ file, clock });
  await keepFlows(made, desks);
  await made.close();
  const files = checkpointFiles(file);
  await fill(await openTarget({ file }), desks, files, { consultations: 150, open: 12, until: UNTIL });
  expect(openRaw(file).prepare('select count(*) from sheet_fields').pluck().get()).toBe(200);
  const before = await verifyDatabase(file, readHeadsOf(files));
  expect(describeFindings(before.findings)).toEqual([]);

  const store = await openStore({ file, clock });
  const [found] = await store.queueRows.search('bury', { child: childOf(3) }, 5);
  expect(found).toMatchObject({ child: childOf(3), state: 'closed' });
  expect((await store.log.read(found?.consultation ?? ''))?.length).toBeGreaterThanOrEqual(18);
  expect(await store.queueRows.queue('bury')).toHaveLength(4);
  await store.close();
  const { findings, lines } = await verifyDatabase(file, readHeadsOf(files));
  expect(describeFindings(findings)).toEqual([]);
  expect(lines / 150).toBeGreaterThan(19);
}, 60_000);
