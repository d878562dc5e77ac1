import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { checkStore, killingTheStore } from './kill-store.ts';
import { killAgainAndAgain } from './killer.ts';
import { answered, makeFile, openConsultation, openTemporary } from './temporary.ts';

it('loses nothing acknowledged when it is killed again and again under load', { timeout: 180_000 }, async () => {
  const killed = await killAgainAndAgain(killingTheStore(makeFile(), 15));
  expect(killed.problems).toEqual([]);
  expect(killed.acknowledged).toBeGreaterThan(100);
});

it('would notice a loss', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store, { also: [answered('a')] });
  const lost = { id: randomBytes(16).toString('base64url'), number: 1, notes: [] };
  const changed = { id, number: 2, notes: ['something else'] };
  expect(await checkStore(store.file, [lost, changed])).toEqual([
    `consultation ${lost.id} was acknowledged and is not there`,
    `entry 2 of ${id} was acknowledged and is not there`,
  ]);
});
