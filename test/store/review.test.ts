import { expect, it } from 'vitest';
import { versionOf } from '../../server/flow/language/version.ts';
import { createFlow } from '../flow/small-flow.ts';
import { createClock, openConsultation, openTemporary } from './temporary.ts';

it('returns the answers in the newest consultations of a flow, and nothing that names a person', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const ids: string[] = [];
  for (const answer of ['yes', 'no', 'unknown']) {
    clock.pass(1);
    const { id } = await openConsultation(store, {
      also: [
        { kind: 'answered', question: 'danger', answer },
        { kind: 'child named', known: 'yes', name: 'Somebody' },
        { kind: 'noted', text: 'A note' },
      ],
    });
    ids.push(id);
  }
  const found = await store.review.answersOf('bury', 'level', 2);
  expect(found.map(({ id }) => id).sort()).toEqual(ids.slice(1).sort());
  for (const { entries } of found)
    expect(entries.map(({ number, what }) => [number, what.kind])).toEqual([
      [1, 'opened'],
      [2, 'answered'],
    ]);
  expect(JSON.stringify(found)).not.toContain('Somebody');
  expect(await store.review.answersOf('bury', 'other', 2)).toEqual([]);
});

it('returns the versions of a flow, the newest first', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const flow = createFlow([], []);
  const newer = { ...flow, title: 'Newer' };
  const other = { ...flow, id: 'other' };
  await store.versions.keep(versionOf(flow), flow);
  clock.pass(1);
  await store.versions.keep(versionOf(newer), newer);
  await store.versions.keep(versionOf(other), other);
  const kept = await store.review.versionsOf('town', 'worry');
  expect(kept.map(({ version }) => version)).toEqual([versionOf(newer), versionOf(flow)]);
  expect(kept[1]?.firstUsedAt).toBe('2026-11-22T09:00:00.000Z');
});
