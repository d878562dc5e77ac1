/** Who has a consultation open, seen from two servers on one database. */
import { expect, it } from 'vitest';
import { createClock, openConsultation, openTemporary } from './temporary.ts';

const asha = { id: 'a', name: 'Asha' };
const bram = { id: 'b', name: 'Bram' };

it('names the others on any server, until their pages have been silent for 45 seconds', async () => {
  const clock = createClock();
  const one = await openTemporary({ clock });
  const other = await openTemporary({ clock, file: one.file });
  const { id } = await openConsultation(one);
  const { id: another } = await openConsultation(one);
  expect(await one.presence.see(id, asha)).toEqual([]);
  expect(await other.presence.see(id, bram)).toEqual(['Asha']);
  expect(await one.presence.see(id, asha)).toEqual(['Bram']);
  expect(await one.presence.see(another, bram)).toEqual([]);
  clock.pass(0.6);
  expect(await other.presence.see(id, bram)).toEqual(['Asha']);
  clock.pass(0.3);
  expect(await other.presence.see(id, bram)).toEqual([]);
});
