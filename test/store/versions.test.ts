import { describe, expect, it } from 'vitest';
import type { Flow } from '../../server/flow/flow.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import { isPostgres } from '../postgres/databases.ts';
import { asStranger, createClock, openTemporary } from './temporary.ts';

const flow = { id: 'level', area: { id: 'bury' }, title: 'Worried – what now?' } as Flow;

describe('a version of a flow', () => {
  it('is stored once, unchanged', async () => {
    const store = await openTemporary();
    const version = versionOf(flow);
    expect(await store.versions.find(version)).toBeUndefined();
    await Promise.all([store.versions.keep(version, flow), store.versions.keep(version, flow)]);
    expect(await store.versions.find(version)).toEqual(flow);
    expect(await asStranger(store.file, 'select version, area, flow, first_used_at from flow_versions')).toEqual([
      { version, area: 'bury', flow: 'level', first_used_at: '2026-11-22T09:00:00.000Z' },
    ]);
    const changed = { ...flow, title: 'changed' };
    await expect((await openTemporary({ file: store.file })).versions.keep(version, changed)).rejects.toThrow(
      'is not the version of level',
    );
  });

  it('is found after many others, and by another server', async () => {
    const store = await openTemporary();
    const flows = Array.from({ length: 40 }, (_, index) => ({ ...flow, title: `${index}` }));
    for (const one of flows) await store.versions.keep(versionOf(one), one);
    const second = await openTemporary({ file: store.file });
    for (const one of [flows[0], flows[39], flows[7]] as Flow[]) {
      expect(await store.versions.find(versionOf(one))).toEqual(one);
      expect(await second.versions.find(versionOf(one))).toEqual(one);
    }
  });

  it('is never used if it was changed in the database, but the loaded one still is', async () => {
    const store = await openTemporary();
    const version = versionOf(flow);
    await store.versions.keep(version, flow);
    const change = (body: string) => asStranger(store.file, `update flow_versions set body = '${body}'`);
    const on = isPostgres ? ' on flow_versions' : '';
    await asStranger(store.file, `drop trigger flow_versions_no_update${on}`);
    await change(JSON.stringify({ ...flow, title: 'Nothing to do' }).replaceAll("'", "''"));
    const second = await openTemporary({ file: store.file });
    await expect(second.versions.find(version)).rejects.toThrow(/was changed in the database.*npm run verify/);
    await second.versions.keep(version, flow);
    expect(await second.versions.find(version)).toEqual(flow);
    await change('no JSON');
    await expect((await openTemporary({ file: store.file })).versions.find(version)).rejects.toThrow('was changed');
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
