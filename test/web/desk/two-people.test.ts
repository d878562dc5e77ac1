/** Two people have one record open: only what differs between what a page showed and what was sent from it is saved. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { readConsultation } from '../../../server/consultation/consultation.ts';
import { readDeskCase } from '../../../server/desk/desk-case.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';

/** A consultation at Bury's desk, claimed by Amina; the manager has the same page open. */
async function open() {
  const world = await openDeskApp();
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' }, at);
  const amina = await world.openDesk('duty worker');
  const may = await world.openDesk('operational manager');
  await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const record = paths.deskRecord(id);
  const action = paths.deskAction(id, 'fields');
  /** The form with the fields as the page shows it, and what the browser would send. */
  const shown = async (who: typeof amina) => formOf((await who.get(record)).text);
  const formOf = (html: string) => {
    const form = readForms(html).find((found) => found.action === action);
    if (form === undefined) throw new Error('no form of the fields');
    return form.values;
  };
  const fields = async () => {
    const found = readDeskCase((await world.store.log.read(id)) ?? [])?.fields ?? {};
    return Object.fromEntries(Object.entries(found).map(([field, { value, reason }]) => [field, [value, reason]]));
  };
  return { world, professional: browser, id, amina, may, record, action, shown, formOf, fields };
}

/** Both changed the agreed course; May was second, and filled in another field as well. */
async function openWithClash() {
  const opened = await open();
  const { amina, may, action, shown } = opened;
  const [hers, older] = [await shown(amina), await shown(may)];
  await amina.post(action, { ...hers, 'field-agreed_course': 'The school keeps watch' });
  const clash = await may.post(action, {
    ...older,
    'field-agreed_course': 'A visit tomorrow',
    'field-concern': 'neglect',
  });
  return { ...opened, clash };
}

describe('two people who have the same record open', () => {
  it('can change different fields, and both changes are kept', async () => {
    const { amina, may, action, shown, fields } = await open();
    const [hers, older] = [await shown(amina), await shown(may)];
    const filled = { 'field-agreed_course': 'The school keeps watch', 'field-parents_told': 'not_told' };
    const reason = { 'reason-parents_told': 'MASH is asked first' };
    expect((await amina.post(action, { ...hers, ...filled, ...reason })).status).toBe(303);
    expect((await may.post(action, { ...older, 'field-concern': 'neglect' })).status).toBe(303);
    expect(await fields()).toEqual({
      agreed_course: ['The school keeps watch', ''],
      parents_told: ['not_told', 'MASH is asked first'],
      concern: ['neglect', ''],
    });
  });

  it('who change the same field see both texts, and nothing is saved until one of them chooses', async () => {
    const { may, action, formOf, fields, clash } = await openWithClash();
    expect(clash.status).toBe(409);
    expect(clash.text).toContain('The school keeps watch');
    expect(clash.text).toContain('>A visit tomorrow</textarea>');
    expect(await fields()).toEqual({ agreed_course: ['The school keeps watch', ''] });

    const again = formOf(clash.text);
    expect(again['field-concern']).toBe('neglect');
    expect((await may.post(action, again)).status).toBe(303);
    expect(await fields()).toEqual({ agreed_course: ['A visit tomorrow', ''], concern: ['neglect', ''] });
  });

  it('can choose what the other wrote', async () => {
    const { may, action, formOf, fields, clash } = await openWithClash();
    const keep = /name="(keep-agreed_course)"[^>]*value="(\d+)"/.exec(clash.text) ?? [];
    await may.post(action, { ...formOf(clash.text), [String(keep[1])]: String(keep[2]) });
    expect(await fields()).toEqual({ agreed_course: ['The school keeps watch', ''], concern: ['neglect', ''] });
  });

  it('are asked for a reason only for what they changed themselves', async () => {
    const { amina, may, action, shown, fields } = await open();
    const older = await shown(may);
    const told = { 'field-parents_told': 'not_told', 'reason-parents_told': 'MASH is asked first' };
    await amina.post(action, { ...(await shown(amina)), ...told });
    const newest = await shown(may);
    // An older page never showed the reason, and the field was empty there.
    for (const page of [older, newest])
      expect((await may.post(action, { ...page, 'field-concern': 'neglect' })).status).toBe(303);
    expect(await fields()).toMatchObject({ parents_told: ['not_told', 'MASH is asked first'] });
  });

  it('can empty a field only from a page that showed its text', async () => {
    const { amina, action, shown, fields } = await open();
    await amina.post(action, { ...(await shown(amina)), 'field-agreed_course': 'The school keeps watch' });
    await amina.post(action, { 'field-agreed_course': '' });
    expect(await fields()).toEqual({ agreed_course: ['The school keeps watch', ''] });
    await amina.post(action, { ...(await shown(amina)), 'field-agreed_course': '' });
    expect(await fields()).toEqual({ agreed_course: ['', ''] });
  });

  it('see what was saved in the meantime in a refused form, which does not undo it', async () => {
    const { amina, may, action, shown, formOf, fields } = await open();
    const older = await shown(may);
    await amina.post(action, { ...(await shown(amina)), 'field-agreed_course': 'The school keeps watch' });
    const refused = await may.post(action, { ...older, 'field-parents_told': 'not_told' });
    expect(refused.status).toBe(422);
    const mended = { ...formOf(refused.text), 'reason-parents_told': 'MASH is asked first' };
    expect((await may.post(action, mended)).status).toBe(303);
    expect(await fields()).toMatchObject({ agreed_course: ['The school keeps watch', ''] });
  });
});

describe('two people who record one call', () => {
  /** May's page is from before Amina's answer; she answers that question differently, and another one. */
  async function openCall(question: string, hers: string, other: string) {
    const opened = await open();
    const { amina, may, id } = opened;
    const [page, action] = [paths.deskQuestions(id), paths.deskAnswers(id)];
    const shown = async (who: typeof amina) => {
      const form = readForms((await who.get(page)).text).find((found) => found.action === action);
      if (form === undefined) throw new Error('no form of the questions');
      return form.values;
    };
    const [first, older] = [await shown(amina), await shown(may)];
    await amina.post(action, { ...first, [question]: hers });
    const send = {
      ...older,
      [question]: other,
      ...(question === 'child_age' ? { immediate_danger: 'no' } : { child_age: '14' }),
    };
    const clash = await may.post(action, send, page);
    const answers = async () => {
      const found = await opened.world.store.log.read(id);
      return readConsultation(id, found ?? []).answers;
    };
    const again = readForms(clash.text).find((found) => found.action === action)?.values ?? {};
    return { ...opened, action, shown, clash, answers, again };
  }

  // The first is being asked now; the other is answered before its turn.
  for (const [question, hers, other] of [
    ['immediate_danger', 'yes', 'no'],
    ['child_age', '9', '15'],
  ] as const) {
    it(`are both shown, and asked, where they answered ${question} differently; nothing is put in its place unasked`, async () => {
      const { may, action, clash, answers, again } = await openCall(question, hers, other);
      const standing = question === 'child_age' ? 9 : 'yes';
      expect(clash.status).toBe(422);
      expect(clash.text).toContain('answered this differently after you opened the page');
      expect((await answers())[question]).toBe(standing);
      // The next autosave sends the whole form again, and still replaces nothing.
      expect(again[question]).toBe(other);
      expect((await may.post(action, again)).status).toBe(422);
      expect((await answers())[question]).toBe(standing);

      const choice = (whose: string) =>
        new RegExp(`name="(keep-${question})"[^>]*value="(${whose} \\d+)"`).exec(clash.text);
      const [, name = '', theirs = ''] = choice('theirs') ?? [];
      expect((await may.post(action, { ...again, [name]: theirs })).status).toBe(303);
      expect((await answers())[question]).toBe(standing);
      const [, , mine = ''] = choice('mine') ?? [];
      expect((await may.post(action, { ...again, [name]: mine })).status).toBe(303);
      expect((await answers())[question]).toBe(question === 'child_age' ? 15 : 'no');
    });
  }

  it('keep each other’s answers in what they did not touch', async () => {
    const { amina, may, action, shown, answers } = await openCall('immediate_danger', 'no', 'no');
    const [hers, older] = [await shown(amina), await shown(may)];
    await amina.post(action, { ...hers, immediate_danger: 'unknown', child_age: '8' });
    expect((await may.post(action, older)).status).toBe(303);
    expect(await answers()).toMatchObject({ immediate_danger: 'unknown', child_age: 8 });
  });
});
