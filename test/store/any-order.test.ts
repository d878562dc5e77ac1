import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Entry, type Happening, isRefusal } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { hashToken } from '../../server/store/sessions.ts';
import type { Store } from '../../server/store/store.ts';
import { anyText } from '../any-text.ts';
import { isPostgres } from '../postgres/databases.ts';
import { someRuns } from '../short-form.ts';
import { copyEmpty, createClock, openAt, openRaw } from './temporary.ts';

/** What the store should contain, kept in memory. */
interface Model {
  ids: string[];
  entries: Map<string, Happening[]>;
  holders: Set<string>;
}

type Verb =
  | { verb: 'open'; browser: number; notes: string[] }
  | { verb: 'append'; which: number; notes: string[]; at: 'once' | 'in turn' }
  | { verb: 'refuse' | 'throw' | 'add nothing'; which: number }
  | { verb: 'hold'; which: number; browser: number }
  | { verb: 'reopen' };

const text = anyText(40);
const which = fc.nat({ max: 9 });
const browser = fc.nat({ max: 3 });
const verbs: fc.Arbitrary<Verb>[] = [
  fc.record({ verb: fc.constant('open'), browser, notes: fc.array(text, { maxLength: 3 }) }),
  fc.record({
    verb: fc.constant('append'),
    which,
    notes: fc.array(text, { maxLength: 5 }),
    at: fc.constantFrom('once', 'in turn'),
  }),
  fc.record({ verb: fc.constantFrom('refuse', 'throw', 'add nothing'), which }),
  fc.record({ verb: fc.constant('hold'), which, browser }),
  fc.record({ verb: fc.constant('reopen') }),
];

const toHappening = (note: string): Happening => ({ kind: 'noted', text: note });
const token = (number: number) => hashToken(`browser ${number}`);
const key = (number: number, id: string) => `${number} ${id}`;

async function act(store: Store, model: Model, verb: Verb): Promise<void> {
  if (verb.verb === 'reopen') return;
  if (verb.verb === 'open') {
    const opening = { area: 'bury', flow: 'level', version: 'v1', by: 'professional' } as const;
    const also = verb.notes.map(toHappening);
    const makeOne = () => makeReference('B', randomBytes);
    const tokenHash = token(verb.browser);
    const { id, entries } = await store.consultations.open({ ...opening, makeReference: makeOne, tokenHash, also });
    model.ids.push(id);
    model.entries.set(id, [entries[0]?.what as Happening, ...also]);
    model.holders.add(key(verb.browser, id));
    return;
  }
  const id = model.ids[verb.which % model.ids.length] ?? 'nobody';
  const known = model.entries.get(id) ?? [];
  switch (verb.verb) {
    case 'append': {
      const added = verb.notes.map(toHappening);
      const decide = (happenings: Happening[]) => store.log.decide(id, () => happenings, 'professional');
      if (verb.at === 'once') await decide(added);
      else await Promise.all(added.map((happening) => decide([happening])));
      known.push(...(model.entries.has(id) ? added : []));
      return;
    }
    case 'refuse': {
      const refused = await store.log.decide(id, () => ({ refused: 'invalid', message: 'no' }), 'professional');
      expect(isRefusal(refused)).toBe(true);
      return;
    }
    case 'throw': {
      const decide = () => {
        throw new Error('a fault of ours');
      };
      const outcome = await store.log.decide(id, decide, 'professional').catch((error: Error) => error.message);
      expect(model.entries.has(id) ? outcome === 'a fault of ours' : typeof outcome === 'object').toBe(true);
      return;
    }
    case 'add nothing':
      await store.log.decide(id, () => [], 'duty worker');
      return;
    case 'hold':
      if (!model.entries.has(id)) return;
      await store.consultations.hold(token(verb.browser), id);
      model.holders.add(key(verb.browser, id));
      return;
  }
}

async function compare(store: Store, model: Model): Promise<void> {
  for (const id of model.ids) {
    const entries = (await store.log.read(id)) as Entry[];
    expect(entries.map((entry) => entry.what)).toEqual(model.entries.get(id));
    expect(entries.map((entry) => entry.number)).toEqual(entries.map((_, index) => index + 1));
    for (const number of [0, 1, 2, 3])
      expect(await store.consultations.holds(token(number), id)).toBe(model.holders.has(key(number, id)));
  }
}

it('contains what a simple model contains, after any actions in any order', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...verbs), { maxLength: 25 }), async (steps) => {
      const options = { file: await copyEmpty(), clock: createClock() };
      const model: Model = { ids: [], entries: new Map(), holders: new Set() };
      let store = await openAt(options);
      for (const step of steps) {
        await act(store, model, step);
        if (step.verb !== 'reopen') continue;
        await store.close();
        store = await openAt(options);
      }
      await compare(store, model);
      await store.close();
      if (!isPostgres) expect(openRaw(options.file).pragma('integrity_check', { simple: true })).toBe('ok');
    }),
    { numRuns: isPostgres ? 5 : someRuns(25) },
  );
});
