import { expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import { isRefusal } from '../../server/consultation/entry.ts';
import { claim } from '../../server/desk/claiming.ts';
import type { Store } from '../../server/store/store.ts';
import { openConsultation, openTemporary } from './temporary.ts';

const asked = (question: string): Happening => ({
  kind: 'handed over',
  question,
  reach: '0161 496 0001',
  urgent: 'no',
  deadlines: [{ id: 'claim', do: 'Claim it', who: 'the desk', by: '2026-11-22T10:00:00.000Z' }],
});
const named = (name: string, agency: string): Happening => ({
  kind: 'asker named',
  asker: { name, role: 'teacher', agency, contact: '' },
});
const child = (name: string): Happening => ({ kind: 'child named', known: 'yes', name });

function open(store: Store, area: string, ...also: Happening[]) {
  return openConsultation(store, { area, version: 'v1', also });
}

it('lists what is left to do in an area, nothing of another, and nothing that was never handed over', async () => {
  const store = await openTemporary();
  const { id } = await open(store, 'bury', asked('one'));
  await open(store, 'bolton', asked('two'));
  await open(store, 'bury', { kind: 'noted', text: 'alone' });
  expect((await store.queueRows.queue('bury')).map((line) => line.consultation)).toEqual([id]);
  expect(await store.queueRows.search('bury', { words: 'alone' }, 10)).toEqual([]);
});

it('finds by word, professional, agency, reference, day and outcome, within the area', async () => {
  const store = await openTemporary();
  const { id, reference } = await open(store, 'bury', named('Zoë Brown', 'Elm School'), asked('He has a new phone'));
  await open(store, 'bolton', named('Zoë Brown', 'Elm School'), asked('He has a new phone'));
  const find = async (criteria: Parameters<Store['queueRows']['search']>[1]) =>
    (await store.queueRows.search('bury', criteria, 10)).map((line) => line.consultation);
  for (const criteria of [
    { words: 'PHONE new' },
    { words: 'pho' },
    { professional: 'zoe' },
    { agency: 'elm sch' },
    { reference },
    { from: '2026-11-22', before: '2026-11-23', words: 'phone' },
  ])
    expect(await find(criteria)).toEqual([id]);
  for (const criteria of [
    { words: 'brown hotel' },
    { professional: 'elm' },
    { from: '2026-11-23' },
    { outcome: 'early_help' },
    { words: '" OR area : "bolton' },
  ])
    expect(await find(criteria)).toEqual([]);
  await store.log.decide(id, () => [{ kind: 'noted', text: 'A hotel card' }], 'duty worker');
  expect(await find({ words: 'hotel phone', professional: 'Brown' })).toEqual([id]);
});

it('finds a word by its beginning, among many with the same one, the newest first', async () => {
  const store = await openTemporary();
  const { id } = await open(store, 'bury', asked('Carers of Zoë-Anne rang from the playground'));
  // More words with the same beginning than are looked up one by one.
  const many = Array.from({ length: 40 }, (_, index) => `played${index}`).join(' ');
  const { id: newer } = await open(store, 'bury', asked(`Careful: ${many}`));
  const find = async (words: string) =>
    (await store.queueRows.search('bury', { words }, 10)).map((line) => line.consultation);
  expect([await find('care'), await find('play'), await find('PLAY care')]).toEqual(Array(3).fill([newer, id]));
  expect([await find('carer'), await find('zoe anne'), await find('zoë-anne')]).toEqual(Array(3).fill([id]));
  expect([await find('careful'), await find('played39')]).toEqual([[newer], [newer]]);
  expect([await find('cared'), await find('play nobody')]).toEqual([[], []]);
});

it('finds a word by each of its beginnings, of every length and script, in its own column and area alone', async () => {
  const store = await openTemporary();
  const words = ['Safeguardingsupervisors', 'Łukasz’s', 'Ангелина', '張偉明', '0161496000123456', '𝔄𝔅', 'x'];
  const question = words.join(', ');
  const { id } = await open(store, 'bury', named('Penelope Featherstonehaugh', 'Elm'), asked(question));
  await open(store, 'bolton', named('Penelope Featherstonehaugh', 'Elm'), asked(question));
  // More words with one long beginning than are looked up one by one, and some that are.
  const many = Array.from({ length: 40 }, (_, index) => `featherstones${index}`).join(' ');
  await open(store, 'bury', asked(`${many} safeguardian safeguardings`));
  const find = async (criteria: Parameters<Store['queueRows']['search']>[1]) =>
    (await store.queueRows.search('bury', criteria, 10)).map((line) => line.consultation);
  for (const word of words) {
    const letters = [...word];
    for (let length = 1; length <= letters.length; length++)
      expect([word, length, await find({ words: letters.slice(0, length).join('') })]).toEqual([
        word,
        length,
        expect.arrayContaining([id]),
      ]);
    expect([word, await find({ words: `${word}x` })]).toEqual([word, []]);
  }
  const surname = 'featherstonehaugh';
  for (let length = 1; length <= surname.length; length++)
    expect([length, await find({ professional: `pen ${surname.slice(0, length)}` })]).toEqual([length, [id]]);
  expect([await find({ agency: 'feather' }), await find({ words: 'featherstoneh', agency: 'e' })]).toEqual([[], [id]]);
});

it('shows consultations on a child of the same name, however it was typed, and merges nothing', async () => {
  const store = await openTemporary();
  const first = await open(store, 'bury', child('Sam Lee'), asked('one'));
  const second = await open(store, 'bury', child('LEE, Sam'), asked('two'));
  await open(store, 'bolton', child('Sam Lee'), asked('three'));
  const line = await store.queueRows.find(second.id);
  const found = await store.queueRows.onSameChild('bury', [line?.childKey ?? '']);
  expect(found.map((one) => one.consultation)).toEqual([first.id, second.id]);
  const named = async (words: string) => (await store.queueRows.search('bury', { child: words }, 10)).length;
  expect([await named('le SA'), await named('sam'), await named('am'), await named('sam lea')]).toEqual([2, 2, 0, 0]);
});

it('finds a similar name among many that begin alike', async () => {
  const store = await openTemporary();
  const { id } = await open(store, 'bury', child('Zahra Khan'), asked('one'));
  for (let number = 0; number < 150; number++) {
    const name = `Khab${String.fromCharCode(97 + (number % 26))}${String.fromCharCode(97 + Math.floor(number / 26))} Zoe`;
    await open(store, 'bury', child(name), asked(String(number)));
  }
  const found = await store.queueRows.onSimilarChild('bury', ['khan zara']);
  expect(found.map(({ consultation, named }) => [consultation, named])).toEqual([[id, 'khan zahra']]);
});

it('of many who claim at once, one wins and the others are told who', async () => {
  const store = await openTemporary();
  const { id } = await open(store, 'bury', asked('one'));
  const workers = Array.from({ length: 12 }, (_, index) => ({
    id: `w${index}`,
    name: `W ${index}`,
    role: 'duty worker',
  }));
  const decided = await Promise.all(
    workers.map((who) => store.log.decide(id, (entries) => claim(entries, who), { by: 'duty worker', who })),
  );
  const won = decided.flatMap((one, index) => (isRefusal(one) ? [] : [workers[index]]));
  expect(won).toHaveLength(1);
  expect((await store.queueRows.find(id))?.worker).toBe(won[0]?.id);
  expect(decided.filter(isRefusal).map((one) => one.message)).toEqual(Array(11).fill(`${won[0]?.name} has claimed it`));
});

it('stores who wrote an entry with it', async () => {
  const store = await openTemporary();
  const { id } = await open(store, 'bury', asked('one'));
  const who = { id: 'a', name: 'Amina Shah', role: 'duty worker' };
  await store.log.decide(id, () => [{ kind: 'noted', text: 'Rang back' }], { by: 'duty worker', who });
  expect((await store.log.read(id))?.at(-1)).toMatchObject({ who, by: 'duty worker', what: { kind: 'noted' } });
});
