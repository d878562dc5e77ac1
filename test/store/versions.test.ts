import { describe, expect, it } from 'vitest';
import type { Flow } from '../../server/flow/flow.ts';
import { createClock, openRaw, openTemporary } from './temporary.ts';

const flow = { id: 'level', area: { id: 'bury' }, title: 'Worried – what now?' } as Flow;

describe('a version of a flow', () => {
  it('is kept once, as it was', async () => {
    const store = await openTemporary();
    expect(await store.versions.find('abc')).toBeUndefined();
    await Promise.all([store.versions.keep('abc', flow), store.versions.keep('abc', flow)]);
    await store.versions.keep('abc', { ...flow, title: 'changed' });
    expect(await store.versions.find('abc')).toEqual(flow);
    expect(openRaw(store.file).prepare('select version, area, flow, first_used_at from flow_versions').all()).toEqual([
      { version: 'abc', area: 'bury', flow: 'level', first_used_at: '2026-11-22T09:00:00.000Z' },
    ]);
  });

  it('is found after many others, and by another server', async () => {
    const store = await openTemporary();
    for (let index = 0; index < 40; index++) await store.versions.keep(`v${index}`, { ...flow, title: `${index}` });
    const second = await openTemporary({ file: store.file });
    for (const index of [0, 39, 7]) {
      expect(await store.versions.find(`v${index}`)).toMatchObject({ title: `${index}` });
      expect(await second.versions.find(`v${index}`)).toMatchObject({ title: `${index}` });
    }
  });
});

describe('a tally', () => {
  it('counts ends by week, and nothing else', async () => {
    const clock = createClock();
    const store = await openTemporary({ clock });
    for (const end of ['ring', 'ring', 'read']) await store.tallies.count('bury', end);
    clock.pass(7 * 24 * 60);
    await store.tallies.count('bury', 'ring');
    await store.tallies.count('bolton', 'ring');
    expect(await store.tallies.read('bury', '2026-11-01', '2026-11-30')).toEqual([
      { area: 'bury', end: 'read', week: '2026-11-16', count: 1 },
      { area: 'bury', end: 'ring', week: '2026-11-16', count: 2 },
      { area: 'bury', end: 'ring', week: '2026-11-23', count: 1 },
    ]);
    expect(await store.tallies.read('bury', '2026-11-17', '2026-11-22')).toEqual([]);
  });
});
