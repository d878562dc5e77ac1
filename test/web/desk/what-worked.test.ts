/**
 * What worked: listed for a quarter in its own words, for people who may see the consultations; and each look is
 * logged.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { isRefusal } from '../../../server/consultation/entry.ts';
import type { Desk } from '../../../server/flow/desk.ts';
import { openRaw } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type Worker = Awaited<ReturnType<World['openDesk']>>;

/** A consultation that was asked and claimed, with the field filled in through its form. */
async function write(world: World, worker: Worker, text: string) {
  const browser = world.openBrowser();
  const { id } = await beginConsultation(browser);
  await browser.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, paths.consultation(id));
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
  await rewrite(worker, id, text);
  return id;
}

async function rewrite(worker: Worker, id: string, text: string) {
  const action = paths.deskAction(id, 'fields');
  const form = readForms((await worker.get(paths.deskRecord(id))).text).find((found) => found.action === action);
  const saved = await worker.post(action, { ...form?.values, 'field-what_worked': text });
  expect(saved.status).toBe(303);
}

const lastLook = ({ store }: World) => {
  const row = openRaw(store.file).prepare('select name, body from looks order by seq desc limit 1').get();
  const { name, body } = row as Record<string, string>;
  return { name, body: JSON.parse(body ?? '') };
};

it('is listed for the requested dates, the newest first, with a link to each record', async () => {
  const world = await openDeskApp();
  const worker = await world.openDesk('duty worker');
  const first = await write(world, worker, 'The school & the team rang <daily>');
  const second = await write(world, worker, 'Meeting at home');
  await write(world, worker, '');
  const gone = await write(world, worker, 'A mistake');
  await rewrite(worker, gone, '');
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.get(paths.figures())).text).toContain(
    `href="${paths.workedOf('2026-10-01', '2026-12-31')}"`.replace('&', '&amp;'),
  );
  const { status, text } = await lead.get(paths.worked());
  expect(status).toBe(200);
  expect(text).toContain('The school &amp; the team rang &lt;daily&gt;');
  expect(text.indexOf(paths.deskRecord(second))).toBeLessThan(text.indexOf(paths.deskRecord(first)));
  expect(text.indexOf(paths.deskRecord(second))).toBeGreaterThan(0);
  expect(text).not.toContain('A mistake');
  expect(lastLook(world)).toMatchObject({
    name: 'A safeguarding lead',
    body: { page: paths.worked(), from: '2026-10', to: '2026-12', shown: [second, first] },
  });
  expect((await lead.get(paths.deskAccessLog(first))).text).toContain('Saw it in a list');
  const before = await lead.get(paths.workedOf('2026-07-01', '2026-09-30'));
  expect(before.text).toContain('Nobody has written what worked');
  expect(before.text).not.toContain('Meeting at home');
  const wrong = await lead.get(paths.workedOf('never', '2026-09-30'));
  expect([wrong.status, wrong.text.includes('Write the day, the month and the year')]).toEqual([422, true]);
}, 60_000);

it('can be written after the outcome', async () => {
  const world = await openDeskApp();
  const worker = await world.openDesk('duty worker');
  const id = await write(world, worker, '');
  const { id: who } = worker.member;
  const outcome = { kind: 'outcome recorded', outcome: 'advice_only', words: 'Advice only', reason: '' } as const;
  const more = { decidedBy: 'A', level: 2, advised: '', deadlines: [] };
  const author = { by: 'duty worker', who: { id: who, name: 'A duty worker', role: 'duty worker' } } as const;
  await world.store.log.decide(id, () => [{ ...outcome, ...more }], author);
  expect((await worker.get(paths.deskRecord(id))).text).toContain('name="field-what_worked"');
  await rewrite(worker, id, 'Ringing back the same day');
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.get(paths.worked())).text).toContain('Ringing back the same day');
});

it('is for people whom the table allows, and areas whose documents ask for it', async () => {
  const world = await openDeskApp();
  const worker = await world.openDesk('duty worker');
  await write(world, worker, 'Meeting at home');
  for (const role of ['duty worker', 'administrator'] as const)
    expect((await (await world.openDesk(role)).get(paths.worked())).status).toBe(403);
  expect((await (await world.openDesk('operational manager')).get(paths.worked())).text).toContain('Meeting at home');
  const foreign = await world.openDesk('safeguarding lead', 'bolton');
  expect((await foreign.get(paths.worked())).status).toBe(404);
}, 60_000);

it('is shown to nobody if the access cannot be logged', async () => {
  const world = await openDeskApp();
  await write(world, await world.openDesk('duty worker'), 'Meeting at home');
  const lead = await world.openDesk('safeguarding lead');
  openRaw(world.store.file).exec(`create trigger no_looks before insert on looks begin select raise(abort, 'no'); end`);
  const answer = await lead.get(paths.worked());
  expect([answer.status >= 500, answer.text.includes('Meeting at home')]).toEqual([true, false]);
});

it('is erased with its consultation, and is in no count', async () => {
  const world = await openDeskApp();
  const id = await write(world, await world.openDesk('duty worker'), 'Meeting at home');
  const raw = openRaw(world.store.file);
  for (const table of ['figure_lines', 'figure_counts', 'desk_lines'])
    expect([table, JSON.stringify(raw.prepare(`select * from ${table}`).all()).includes('Meeting')]).toEqual([
      table,
      false,
    ]);
  const approved = await world.store.log.decide(id, () => [{ kind: 'erasure approved', due: '2026-11-22' }], {
    by: 'duty worker',
    who: { id: 'a', name: 'A', role: 'safeguarding lead' },
  });
  expect(isRefusal(approved)).toBe(false);
  const desk = world.services.library.areas.get('bury')?.desk as Desk;
  expect((await world.store.erasing.erase('bury', 'without an outcome', [id], desk)).consultations).toBe(1);
  const lead = await world.openDesk('safeguarding lead');
  expect((await lead.get(paths.worked())).text).toContain('Nobody has written what worked');
});
