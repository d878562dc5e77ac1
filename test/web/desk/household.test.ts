/**
 * Several children of a household in one consultation: on the page, in the search and similar names, in every export,
 * and gone after erasure.
 */
import { expect, it } from 'vitest';
import { createFindings } from '../../../server/audit/findings.ts';
import { paths } from '../../../server/base/paths.ts';
import type { Desk } from '../../../server/flow/desk.ts';
import { openAuditLines } from '../../../server/store/audit-lines.ts';
import { openRaw } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

async function open() {
  const world = await openDeskApp();
  const worker = await world.openDesk('duty worker');
  const ask = async (name: string) => {
    const professional = world.openBrowser();
    const { id } = await beginConsultation(professional);
    await professional.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
    await professional.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' });
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    return { id, professional };
  };
  const addChild = (id: string, form: Record<string, string>) =>
    worker.post(paths.deskAction(id, 'household-children'), form, paths.deskRecord(id));
  const search = async (child: string) => (await worker.post(paths.deskSearch(), { child })).text;
  return { world, worker, ask, addChild, search };
}

const SISTER = { name: 'Zahra Khan', age: '3', childLevel: '4', note: 'She slept in her coat' };

it('a consultation is found by each child’s name, beside similar names, and counted with the same name', async () => {
  const { worker, ask, addChild, search } = await open();
  const { id } = await ask('Omar Khan');
  const other = await ask('Zara Khan');
  expect((await addChild(id, SISTER)).status).toBe(303);
  for (const name of ['zahra', 'KHAN zahra', 'omar khan']) {
    const found = await search(name);
    expect([name, found.includes('1 found'), found.includes(paths.deskRecord(id))]).toEqual([name, true, true]);
  }
  // Words from two different names do not make one child.
  expect(await search('omar zahra')).toContain('Nothing was found');
  const beside = (await worker.get(paths.deskRecord(other.id))).text;
  expect(beside).toMatch(/similar name[\s\S]*a child of the household \(“khan zahra”\)/);
  // The same name in another consultation, as the child whom the questions are about.
  const third = await ask('Zahra Khan');
  const page = (await worker.get(paths.deskRecord(third.id))).text;
  expect(page).toContain('Consultations on a child of the same name');
  expect(page).toContain(paths.deskRecord(id));
  expect((await worker.get(paths.desk())).text).toContain('Second consultation about a child of this name');
}, 60_000);

it('another child is in the record and in every export, and not in what the referrer reads', async () => {
  const { world, worker, ask, addChild } = await open();
  const { id, professional } = await ask('Omar Khan');
  await addChild(id, SISTER);
  await addChild(id, { age: 'unborn' });
  const record = (await worker.get(paths.deskRecord(id))).text;
  const text = (await worker.get(paths.deskDownload(id, 'txt'))).text;
  const copy = (await worker.get(paths.deskCopy(id))).text;
  for (const shown of [record, text, copy])
    for (const words of ['Zahra Khan', 'She slept in her coat', 'unborn']) expect(shown).toContain(words);
  expect(text).toContain('OTHER CHILDREN OF THE HOUSEHOLD');
  const { desk } = JSON.parse((await worker.get(paths.deskDownload(id, 'json'))).text);
  expect(desk.household).toMatchObject([
    { name: 'Zahra Khan', age: '3', level: 4, outcome: '', note: 'She slept in her coat', by: 'A duty worker' },
    { name: '', age: 'unborn', level: 0, levelWords: '' },
  ]);
  const lead = await world.openDesk('safeguarding lead');
  const many = (await lead.post(paths.deskExport(), {})).text;
  expect(many).toContain('Other children of the household');
  expect(many).toMatch(/,2,"?3, Level 4/);
  expect(many).not.toContain('Zahra');
  const own =
    (await professional.get(paths.download(id, 'txt'))).text + (await professional.get(paths.record(id))).text;
  for (const words of ['Zahra', 'slept in her coat', 'unborn']) expect(own).not.toContain(words);
}, 60_000);

it('what was recorded before about a child is shown beside what is now, on the page and in every export', async () => {
  const { worker, ask, addChild } = await open();
  const { id } = await ask('Omar Khan');
  await addChild(id, SISTER);
  const child = /id="(child_\d+)"/.exec((await worker.get(paths.deskRecord(id))).text)?.[1] ?? '';
  await addChild(id, { ...SISTER, child, age: '4' });
  await addChild(id, { ...SISTER, child, age: '4', childLevel: '5', note: 'She has a coat now' });
  const record = (await worker.get(paths.deskRecord(id))).text.split('id="household"')[1]?.split('<form')[0] ?? '';
  const text = (await worker.get(paths.deskDownload(id, 'txt'))).text.split('ALL ENTRIES')[0] ?? '';
  const copy = (await worker.get(paths.deskCopy(id))).text.split('All entries')[0] ?? '';
  for (const shown of [record, text, copy])
    for (const words of ['She has a coat now', 'arlier', 'She slept in her coat', 'age: 3'])
      expect(shown.replace('EARLIER', 'Earlier')).toContain(words);
  const { desk } = JSON.parse((await worker.get(paths.deskDownload(id, 'json'))).text);
  expect(desk.household).toMatchObject([
    { age: '4', note: 'She has a coat now', earlier: [{ age: '3' }, { age: '4', note: 'She slept in her coat' }] },
  ]);
}, 60_000);

it('what is derived about a child is verified, and erased with the consultation', async () => {
  const { world, ask, addChild, search } = await open();
  const { id } = await ask('Omar Khan');
  await addChild(id, SISTER);
  const { file } = world.store;
  const check = async () => {
    const [findings, lines] = [createFindings(), openAuditLines(file)];
    await lines.checkDerived(findings);
    lines.close();
    return findings.list().flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
  };
  expect(await check()).toEqual([]);
  const raw = openRaw(file);
  raw.prepare("update desk_children set child_key = 'khan zuhra' where child_key = 'khan zahra'").run();
  expect(await check()).toEqual([`derived changed: desk_children of consultation ${id}: child_key`]);
  raw.prepare("update desk_children set child_key = 'khan zahra' where child_key = 'khan zuhra'").run();
  const lead = { by: 'duty worker', who: { id: 'a', name: 'A', role: 'safeguarding lead' } } as const;
  await world.store.log.decide(id, () => [{ kind: 'erasure approved', due: '2026-11-22' }], lead);
  const desk = world.services.library.areas.get('bury')?.desk as Desk;
  expect((await world.store.erasing.erase('bury', 'without an outcome', [id], desk)).consultations).toBe(1);
  expect(raw.prepare('select count(*) from desk_children').pluck().get()).toBe(0);
  expect(await search('zahra')).toContain('Nothing was found');
  expect(await check()).toEqual([]);
}, 60_000);
