import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Entry, Happening } from '../../server/consultation/entry.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { countConsultation } from '../../server/figures/facts.ts';
import type { FigureCount } from '../../server/store/figures.ts';
import { isPostgres } from '../postgres/databases.ts';
import { someRuns } from '../short-form.ts';
import { asStranger, createClock, openTemporary } from './temporary.ts';

const who = { id: 'a', name: 'Amina Shah', role: 'duty worker' };
const claimBy = { id: 'claim', do: 'Claim it', who: 'the desk', by: '2026-11-22T10:00:00.000Z' };
const answerBy = { id: 'answer', do: 'Answer it', who: 'the desk', by: '2026-11-23' };
const asked: Happening = {
  kind: 'handed over',
  question: '?',
  reach: '',
  urgent: 'no',
  deadlines: [claimBy, answerBy],
};
const field = (value: string): Happening => ({
  kind: 'field recorded',
  field: 'gender',
  label: 'Gender',
  value,
  words: value,
  reason: '',
  counts: 'gender',
});
const outcome = (id: 'advice_only' | 'early_help'): Happening => ({
  kind: 'outcome recorded',
  outcome: id,
  words: id,
  reason: '',
  decidedBy: 'Amina',
  level: 2,
  advised: '',
  deadlines: [],
});
const happening = fc.constantFrom<Happening>(
  asked,
  { kind: 'claimed' },
  { kind: 'handed back', reason: '' },
  field('girl'),
  field('boy'),
  field(''),
  { ...field('typed'), field: 'signs', counts: undefined } as never,
  outcome('advice_only'),
  outcome('early_help'),
  { kind: 'decided', asAdvised: 'no', decision: '', reason: 'because' },
  { kind: 'reopened', news: 'new', deadlines: [answerBy] },
  { kind: 'referrer answered', how: 'by telephone', answer: 'yes' },
  { kind: 'noted', text: 'a note' },
);

function open(store: Awaited<ReturnType<typeof openTemporary>>, also: Happening[], area = 'bury') {
  const makeOne = () => makeReference('B', randomBytes);
  return store.consultations.open({
    area,
    flow: 'level',
    version: 'v1',
    by: 'professional',
    makeReference: makeOne,
    also,
  });
}

const key = ({ month, figure, value }: Omit<FigureCount, 'count'>) => `${month} ${figure} ${value}`;

it('figures that are updated step by step equal a new count of all entries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(happening, { maxLength: 8 }), { maxLength: 4 }), async (consultations) => {
      const clock = createClock();
      const store = await openTemporary({ clock });
      const all: Entry[][] = [];
      for (const happenings of consultations) {
        const { id } = await open(store, []);
        for (const what of happenings) {
          clock.pass(45);
          await store.log.decide(id, () => [what], { by: 'duty worker', who });
        }
        all.push((await store.log.read(id)) ?? []);
      }
      const anew = new Map<string, number>();
      for (const counted of all.map(countConsultation))
        for (const [figure, value] of Object.entries(counted?.facts ?? {})) {
          const name = key({ month: counted?.month ?? '', figure, value });
          anew.set(name, (anew.get(name) ?? 0) + 1);
        }
      const kept = await store.figures.read('bury', '2026-11', '2026-12');
      expect(new Map(kept.map((count) => [key(count), count.count]))).toEqual(anew);
    }),
    { numRuns: isPostgres ? 5 : someRuns(25) },
  );
}, 60_000);

it('counts nothing before the desk is asked, nothing that was typed, and by area and month', async () => {
  const store = await openTemporary();
  await open(store, [{ kind: 'noted', text: 'alone' }]);
  const { id } = await open(store, [asked, { kind: 'claimed' }]);
  await open(store, [asked], 'bolton');
  await store.log.decide(id, () => [{ ...field('Elm Road 12'), counts: undefined } as never], {
    by: 'duty worker',
    who,
  });
  const found = await store.figures.read('bury', '2026-11', '2026-11');
  expect(found.find(({ figure }) => figure === 'consultations')?.count).toBe(1);
  expect(JSON.stringify(found)).not.toContain('Elm');
  expect(await store.figures.read('bury', '2026-12', '2027-12')).toEqual([]);
  expect(await asStranger(store.file, 'select consultation from figure_lines')).toHaveLength(2);
});

it('knows what was in time, what was late and how long it took, by the month in London', async () => {
  const clock = createClock(new Date('2026-10-31T23:30:00.000Z'));
  const store = await openTemporary({ clock });
  const { id } = await open(store, [asked]);
  clock.pass(90);
  await store.log.decide(id, () => [{ kind: 'claimed' }], { by: 'duty worker', who });
  const facts = countConsultation((await store.log.read(id)) ?? []);
  expect(facts?.month).toBe('2026-10');
  expect(facts?.facts).toMatchObject({
    'minutes to claim': '90',
    'deadline claim': 'kept',
    'deadline answer': 'open 2026-11-23',
  });
  const summer = countConsultation([
    {
      number: 1,
      at: '2026-06-30T23:30:00.000Z',
      by: 'professional',
      what: { kind: 'opened', area: 'bury', flow: 'level', version: '1', reference: 'B' },
    },
    { number: 2, at: '2026-06-30T23:30:00.000Z', by: 'professional', what: asked },
  ]);
  expect(summer?.month).toBe('2026-07');
});
