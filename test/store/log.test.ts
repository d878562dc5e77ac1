import { describe, expect, it } from 'vitest';
import { type Entry, type Happening, isRefusal } from '../../server/consultation/entry.ts';
import { isPostgres } from '../postgres/databases.ts';
import { VERSION } from './kept-flow.ts';
import { answered, asStranger, createClock, openAt, openConsultation, openTemporary } from './temporary.ts';

describe('a consultation that is opened', () => {
  it('begins with the entry that opened it', async () => {
    const store = await openTemporary();
    const { id, reference, entries } = await openConsultation(store, { also: [answered('danger', 'no')] });
    expect(entries.map((entry) => entry.number)).toEqual([1, 2]);
    expect(entries[0]?.what).toEqual({ kind: 'opened', area: 'bury', flow: 'level', version: VERSION, reference });
    expect(await store.log.read(id)).toEqual(entries);
  });

  it('is found by its id and by its reference', async () => {
    const store = await openTemporary();
    const { id, reference } = await openConsultation(store);
    const expected = { id, reference, area: 'bury', flow: 'level', openedAt: '2026-11-22T09:00:00.000Z' };
    expect(await store.consultations.find(id)).toEqual(expected);
    expect(await store.consultations.findByReference(reference)).toEqual(expected);
    expect(await store.consultations.find('nobody')).toBeUndefined();
  });

  it('uses the next reference if the first is taken, and says so if all are', async () => {
    const store = await openTemporary();
    const { reference } = await openConsultation(store);
    const given = [reference, reference, 'B 00 00 00 00 0'];
    const opening = { area: 'bury', flow: 'level', version: 'v1', by: 'professional' } as const;
    const second = await store.consultations.open({ ...opening, makeReference: () => given.shift() ?? '' });
    expect(second.reference).toBe('B 00 00 00 00 0');
    await expect(store.consultations.open({ ...opening, makeReference: () => reference })).rejects.toThrow(
      'taken already',
    );
  });
});

describe('decide', () => {
  it('appends what was decided, with the next numbers and the time', async () => {
    const clock = createClock();
    const store = await openTemporary({ clock });
    const { id } = await openConsultation(store);
    clock.pass(3);
    const decided = await store.log.decide(id, () => [answered('a'), answered('b')], 'duty worker');
    if (isRefusal(decided)) throw new Error(decided.message);
    expect(decided.added.map((entry) => [entry.number, entry.at, entry.by])).toEqual([
      [2, '2026-11-22T09:03:00.000Z', 'duty worker'],
      [3, '2026-11-22T09:03:00.000Z', 'duty worker'],
    ]);
    expect(await store.log.read(id)).toEqual(decided.entries);
  });

  it('sees every existing entry', async () => {
    const store = await openTemporary();
    const { id, entries } = await openConsultation(store, { also: [answered('a')] });
    let seen: unknown;
    const look = (given: readonly Entry[]) => {
      seen = given;
      return [];
    };
    await store.log.decide(id, look, 'professional');
    expect(seen).toEqual(entries);
  });

  it('returns what the decision saw, whether or not it appends', async () => {
    const store = await openTemporary();
    const { id, entries } = await openConsultation(store);
    const count = (append: Happening[]) => (known: readonly Entry[]) => ({ append, saw: known.length });
    expect(await store.log.decide(id, count([answered('a')]), 'professional')).toMatchObject({ saw: 1, added: [{}] });
    expect(await store.log.decide(id, count([]), 'professional')).toMatchObject({ saw: 2, added: [] });
    expect((await store.log.read(id))?.length).toBe(entries.length + 1);
    expect(await store.log.decide('unknown', count([answered('b')]), 'professional')).not.toHaveProperty('saw');
  });

  it('appends nothing if it is refused, has nothing to add, or fails', async () => {
    const store = await openTemporary();
    const { id, entries } = await openConsultation(store);
    const refusal = { refused: 'conflict', message: 'no' } as const;
    expect(await store.log.decide(id, () => refusal, 'professional')).toEqual(refusal);
    expect(await store.log.decide(id, () => [], 'professional')).toEqual({ entries, added: [] });
    const fails = store.log.decide(
      id,
      () => {
        throw new Error('a fault of ours');
      },
      'professional',
    );
    await expect(fails).rejects.toThrow('a fault of ours');
    expect(await store.log.read(id)).toEqual(entries);
  });

  it('appends all or nothing', async () => {
    const store = await openTemporary();
    const { id, entries } = await openConsultation(store);
    const circle: { kind: 'noted'; text: string; self?: unknown } = { kind: 'noted', text: 'x' };
    circle.self = circle;
    await expect(store.log.decide(id, () => [answered('a'), circle], 'professional')).rejects.toThrow('circular');
    expect(await store.log.read(id)).toEqual(entries);
    await store.log.decide(id, () => [answered('a')], 'professional');
    expect(await store.log.read(id)).toHaveLength(2);
  });

  it('refuses an unknown consultation without asking', async () => {
    const store = await openTemporary();
    const decide = () => {
      throw new Error('must not be asked');
    };
    expect(await store.log.decide('unknown', decide, 'professional')).toMatchObject({ refused: 'not found' });
    expect(await store.log.read('unknown')).toBeUndefined();
    for (const odd of ['\0', `a\0b`, '\ud800', '']) expect(await store.log.read(odd)).toBeUndefined();
  });

  it('returns any text unchanged', async () => {
    const store = await openTemporary();
    const text = `Zażółć ظہیر 陳小明 👩‍👧 "quoted" '; drop table entries; -- \u2028 ${'x'.repeat(20_000)}`;
    const { id } = await openConsultation(store, { also: [{ kind: 'noted', text }] });
    const read = await store.log.read(id);
    expect(read?.[1]?.what).toEqual({ kind: 'noted', text });
  });
});

describe('two decisions at once', () => {
  it('both see a true state, and nothing is lost: one store', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    const claim = () =>
      store.log.decide(
        id,
        (entries) =>
          entries.some((entry) => entry.what.kind === 'noted')
            ? { refused: 'conflict', message: 'somebody was first' }
            : [{ kind: 'noted', text: 'mine' }],
        'duty worker',
      );
    const outcomes = await Promise.all(Array.from({ length: 20 }, claim));
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1);
    expect(await store.log.read(id)).toHaveLength(2);
  });

  it('both see a true state, and nothing is lost: two stores on one file', async () => {
    const first = await openTemporary();
    const second = await openAt({ file: first.file, clock: createClock() });
    const { id } = await openConsultation(first);
    const add = (store: typeof second, name: string) => (index: number) =>
      store.log.decide(id, () => [answered(`${name}${index}`)], 'professional');
    const indexes = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all([...indexes.map(add(first, 'a')), ...indexes.map(add(second, 'b'))]);
    const entries = (await second.log.read(id)) ?? [];
    await second.close();
    expect(entries.map((entry) => entry.number)).toEqual(Array.from({ length: 81 }, (_, index) => index + 1));
    expect(new Set(entries.map((entry) => JSON.stringify(entry.what))).size).toBe(81);
  });
});

describe('writes that are waiting together', () => {
  it('are rolled back separately if they fail; the others are kept', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    const circle: { kind: 'noted'; text: string; self?: unknown } = { kind: 'noted', text: 'x' };
    circle.self = circle;
    const fault = () => {
      throw new Error('a fault of ours');
    };
    const refusal = { refused: 'invalid', message: 'no' } as const;
    const decides = [() => [answered('a')], fault, () => [answered('b'), circle], () => refusal, () => [answered('c')]];
    const outcomes = await Promise.allSettled(decides.map((decide) => store.log.decide(id, decide, 'professional')));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const entries = (await store.log.read(id)) ?? [];
    expect(entries.slice(1).map((entry) => entry.what)).toEqual([answered('a'), answered('c')]);
    expect(entries.map((entry) => entry.number)).toEqual([1, 2, 3]);
  });
});

/** Tests whose messages only SQLite has. */
const OF_SQLITE = [
  'insert or replace into entries select * from entries',
  `insert or replace into consultations select * from consultations`,
  `insert or replace into flow_versions select * from flow_versions`,
  `insert or ignore into entries (seq, consultation, number, at, "by", kind, body) select seq, consultation, 3, at, "by", kind, '{}' from entries limit 1`,
  `replace into entries (consultation, number, at, "by", kind, body) select consultation, 2, at, "by", kind, '{}' from entries limit 1`,
];
const OF_POSTGRES = [
  'truncate entries',
  'truncate consultations cascade',
  'truncate flow_versions',
  `insert into entries select * from entries on conflict (consultation, number) do update set body = '{}'`,
  `insert into consultations select * from consultations on conflict (id) do update set reference = 'B'`,
];

describe('what was written cannot be changed', () => {
  const forbidden = [
    `update entries set body = '{}'`,
    `update entries set "by" = 'somebody else'`,
    'delete from entries',
    `update consultations set reference = 'B'`,
    'delete from consultations',
    `update flow_versions set body = '{}'`,
    'delete from flow_versions',
    ...(isPostgres ? OF_POSTGRES : OF_SQLITE),
    `insert into entries (consultation, number, at, "by", kind, body) select consultation, 7, at, "by", kind, '{}' from entries limit 1`,
    `insert into entries (consultation, number, at, "by", kind, body) values ('nobody', 1, '', '', '', '')`,
  ];
  const weakest = isPostgres ? '' : 'pragma recursive_triggers = OFF; ';
  it('by any statement, with all rights or with those of Front Door', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store, { also: [answered('a')] });
    for (const statement of forbidden) {
      for (const rights of ['all', 'ours'] as const) {
        const doing = asStranger(store.file, `${weakest}${statement}`, rights);
        await expect(doing, statement).rejects.toThrow(/never changed|without a gap|foreign key|permission denied/i);
      }
      expect(await store.log.read(id), statement).toHaveLength(2);
    }
  });
});
