import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killAgainAndAgain } from '../store/killer.ts';
import { answered, makeFolder, openConsultation, openTemporary } from '../store/temporary.ts';
import { checkOnce, checkSaved, killingTheServer } from './kill-server.ts';

// `npm run kill` runs the full test.
it('a server that is killed again and again loses nothing acknowledged, and nothing is claimed or saved twice', {
  timeout: 240_000,
}, async () => {
  const folder = join(makeFolder(), 'data');
  mkdirSync(folder);
  const killed = await killAgainAndAgain(await killingTheServer(folder, 5));
  expect(killed.problems).toEqual([]);
  expect(killed.acknowledged).toBeGreaterThan(20);
});

it('a loss and a double would be noticed', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store, { also: [answered('a'), answered('a')] });
  const lost = { consultation: id, says: 'the claim', isIn: () => false };
  expect(await checkSaved(store.file, [lost])).toEqual([
    `the claim of ${id} was acknowledged and is not there`,
    '1 answers saved twice',
  ]);
  expect(checkOnce(store.file)).toEqual(['1 answers saved twice']);
});
