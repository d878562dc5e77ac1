/**
 * What is typed on a record's page is kept until it is sent, whatever else happens on the page, and nobody else sees
 * it.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Desk } from '../../../server/flow/desk.ts';
import { DESK_COOKIE } from '../../../server/web/kit/signed-in.ts';
import { openRaw } from '../../store/temporary.ts';
import { realLibrary as library } from '../app.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { type PageForm, readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';

/** A consultation at Bury's desk that a duty worker has claimed. */
async function open() {
  const world = await openDeskApp();
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  await professional.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' });
  const amina = await world.openDesk('duty worker');
  await amina.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const record = paths.deskRecord(id);
  const page = async (who = amina) => (await who.get(record)).text;
  const forms = async () => readForms(await page()).filter(({ texts }) => texts.length > 0);
  /** Sends a draft as the page's script does: what was typed, and what the page had seen. */
  const keep = (form: PageForm, typed: Record<string, string>, who = amina) => {
    const seen = Object.entries(form.values).filter(([name]) => name.startsWith('seen'));
    const place = { 'draft-form': form.draft, 'draft-page': record };
    return who.post(paths.drafts(), { ...Object.fromEntries(seen), ...place, ...typed });
  };
  const noteForm = async () => {
    const form = (await forms()).find(({ action }) => action === paths.deskAddition(id, 'notes'));
    if (form === undefined) throw new Error('no form of the notes');
    return form;
  };
  return { world, id, amina, record, page, forms, keep, noteForm };
}

/** What the first form that throws away a draft sends. */
function removalIn(html: string) {
  return readForms(html).find(({ action }) => action === paths.draftRemovals())?.values ?? {};
}

describe('what is typed into one form of the record', () => {
  // `every-form.test.ts` checks that every pair of forms of every page leaves each other alone.
  it('is still there on the page that answers another form, with what was ticked beside it', async () => {
    const { world, id } = await open();
    const [may, tom] = [await world.openDesk('operational manager'), await world.openDesk('duty worker')];
    const keep = (form: string, typed: Record<string, string>) =>
      may.post(paths.drafts(), { 'draft-form': form, 'draft-page': paths.deskHandover(), ...typed });
    await keep(paths.deskReassignments(), { consultation: id, said: 'She goes home at two' });
    await keep(paths.deskAbsences(), { until: '31 12 2026' });
    const shown = (await may.get(paths.deskHandover())).text;
    expect(shown).toMatch(/name="consultation"[^>]*checked=""/);
    // Neither is named after a colleague whose list is above it.
    expect(shown).toMatch(/What you wrote under [^<]*“Pass on what is ticked” has not been sent/);
    expect((await may.get(paths.drafts())).text).toMatch(/<h2[^>]*>Hand over</);
    const passed = { consultation: id, to: tom.member.id, said: 'She goes home at two' };
    const answer = await may.post(paths.deskReassignments(), passed);
    expect([answer.status, answer.text.includes('Passed on: 1 of 1')]).toEqual([200, true]);
    expect(answer.text).toMatch(/name="until"[^>]*value="31 12 2026"/);
    expect(answer.text).not.toContain('She goes home at two</textarea>');
  });

  it('of a correction is shown at its own entry, and the page links to it', async () => {
    const { id, amina, record, page } = await open();
    const at = (entry: number) => paths.deskCorrecting(id, entry).replace(/#.*/, '');
    const typedInto = async (entry: number) => {
      const action = paths.deskAddition(id, 'corrections');
      const form = readForms((await amina.get(at(entry))).text).find((found) => found.action === action);
      return { form, text: form?.values.text };
    };
    const { form } = await typedInto(2);
    const place = { 'draft-form': form?.draft ?? '', 'draft-page': at(2) };
    expect((await amina.post(paths.drafts(), { ...place, text: 'It was Tuesday' })).status).toBe(204);
    expect((await typedInto(2)).text).toBe('It was Tuesday');
    expect((await typedInto(3)).text).toBe('');
    expect(await page()).toMatch(new RegExp(`href="${record}\\?correct=2">\\s*Open the form that you had begun`));
  });

  it('of a conversation is restored in its own question, and deleted when that is answered', async () => {
    const world = await openDeskApp();
    const amina = await world.openDesk('duty worker');
    const { id } = await beginConsultation(amina);
    const questionIn = (html: string) => readForms(html).find(({ tag }) => tag.includes('fd-question'));
    const keep = (question: string) => {
      const place = { 'draft-form': `${paths.answers(id)}#${question}`, 'draft-page': paths.question(id, question) };
      return amina.post(paths.drafts(), { ...place, seen: '0', [question]: 'unknown' });
    };
    for (const question of ['immediate_danger', 'who_is_asking']) expect((await keep(question)).status).toBe(204);
    const asked = library.areas.get('bury')?.flows.get('level')?.questions.immediate_danger?.text;
    // The list has the words of the question and the answer rather than their ids, in another browser of hers, too.
    const home = { ...world.openBrowser(), member: amina.member };
    await world.signIn(home, amina.member);
    for (const browser of [amina, home]) {
      const { text } = await browser.get(paths.drafts());
      const list = text.slice(text.indexOf('<main'));
      expect(list).toContain(`<dt>${asked}</dt><dd>I don’t know</dd>`);
      expect(list.replace(/<a [^>]*>/g, '')).not.toMatch(/immediate_danger|immediate danger<|>unknown</);
    }
    const first = questionIn((await amina.get(paths.question(id, 'immediate_danger'))).text);
    expect(first?.values.immediate_danger).toBe('unknown');
    const answered = { ...first?.values, immediate_danger: 'no' };
    const next = await amina.post(paths.answers(id), answered, undefined, { 'HX-Request': 'true' });
    expect(questionIn(next.text)?.values.who_is_asking).toBe('unknown');
    expect(next.text).toContain('Not sent yet. Kept');
    // An answered question has no draft any more; nobody without the account sees the other one.
    expect((await amina.get(paths.question(id, 'immediate_danger'))).text).not.toContain('Not sent yet');
    await amina.post(paths.signOut(), {}, paths.account());
    const visited = questionIn((await amina.get(paths.question(id, 'who_is_asking'))).text);
    expect([visited?.values.question, visited?.values.who_is_asking]).toEqual(['who_is_asking', undefined]);
  });

  it('is offered on every page that has the form', async () => {
    const { id, amina, keep, noteForm } = await open();
    await keep(await noteForm(), { text: 'He was not at school' });
    expect((await amina.get(paths.deskQuestions(id))).text).toContain('He was not at school</textarea>');
    expect((await amina.get(paths.desk())).text).not.toContain('has not been sent');
  });

  it('is neither read nor decrypted for a page without its form', async () => {
    const { world, id, amina, page, keep, noteForm } = await open();
    const { signing, store } = world.services;
    const { sealOf } = signing;
    let seals = 0;
    signing.sealOf = (account) => {
      seals++;
      return sealOf(account);
    };
    const form = await noteForm();
    for (const of of ['one', 'two']) await keep({ ...form, draft: form.draft.replace(id, of) }, { text: 'Elsewhere' });
    const keeper = { account: amina.member.id, browser: '' };
    const places = await store.people.drafts.placesOf(keeper);
    expect(places.map((place) => Object.keys(place).sort())).toEqual(Array(2).fill(['at', 'browser', 'form', 'page']));
    seals = 0;
    for (const path of [paths.deskRecord(id), paths.desk(), paths.deskHandover()]) await amina.get(path);
    expect(seals).toBe(0);
    await keep(form, { text: 'He was not at school' });
    expect(await page()).toContain('He was not at school</textarea>');
    expect((await store.people.drafts.ofForms(keeper, [form.draft])).map((draft) => draft.form)).toEqual([form.draft]);
  });

  it('is deleted once it is sent, thrown away or emptied', async () => {
    const { amina, record, page, keep, noteForm } = await open();
    const form = await noteForm();
    const typed = { text: 'He was not at school' };
    await keep(form, typed);
    expect(await page()).toContain('Not sent yet. Kept');
    await amina.post(form.action, { ...form.values, ...typed });
    expect(await page()).not.toContain('Not sent yet');

    await keep(form, typed);
    const thrown = await amina.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes' });
    expect(thrown.location).toBe(record);
    expect(await page()).not.toContain('Not sent yet');

    await keep(form, typed);
    await keep(form, {});
    expect(await page()).not.toContain('Not sent yet');
  });

  it('is mentioned below the message about another form, and not mistaken for it', async () => {
    const { id, amina, keep, noteForm, forms } = await open();
    await keep(await noteForm(), { text: 'He was not at school' });
    const other = (await forms()).find(({ action }) => action === paths.deskAction(id, 'fields'));
    const saved = { ...other?.values, 'field-agreed_course': 'A visit tomorrow' };
    const done = await amina.post(paths.deskAction(id, 'fields'), saved);
    const { text } = await amina.get(done.location?.replace(/#.*/, '') ?? '');
    const [success, unsent] = ['No outcome was recorded by this', 'What you wrote under “'].map((words) =>
      text.indexOf(words),
    );
    expect(success).toBeGreaterThan(0);
    expect(unsent).toBeGreaterThan(success as number);
    expect(text).toMatch(/What you wrote under “[^”]*[Nn]ote[^”]*” has not been sent/);
  });

  it('is restored if the session ended while it was typed', async () => {
    const { world, amina, page, keep, noteForm } = await open();
    const form = await noteForm();
    world.clock.pass(40);
    const late = await keep(form, { text: 'He was not at school' });
    expect(late.status).toBe(401);
    await world.signIn(amina, amina.member);
    expect(await page()).toContain('He was not at school</textarea>');
  });

  it('is not kept if a form was sent unchanged, after which they sign in again', async () => {
    const { world } = await open();
    const manager = await world.openDesk('operational manager');
    world.clock.pass(11);
    const empty = { from: '', to: '', outcome: '' };
    const again = await manager.post(paths.deskExport(), empty, paths.deskExport());
    expect(again.location).toContain(paths.signIn());
    await world.signIn(manager, manager.member);
    expect((await manager.get(paths.drafts())).text).toContain('Nothing is kept');
  });

  it('includes the name of a child, even if that is all that was typed', async () => {
    const { world, amina } = await open();
    const late = async (form: string, typed: Record<string, string>) => {
      await amina.get(form);
      world.clock.pass(40);
      expect((await amina.post(form, typed)).location).toContain(paths.signIn());
      await world.signIn(amina, amina.member);
      return (await amina.get(paths.drafts())).text;
    };
    // Which child of a household a form is about is not something that somebody wrote.
    expect(await late(paths.deskCalls(), { child: 'child_3' })).toContain('Nothing is kept');
    expect(await late(paths.deskCalls(), { child: 'Zara Cole' })).toContain('Zara Cole');
  });

  it('is restored after signing out in another tab, and the browser’s own cache shows nothing', async () => {
    const { world, amina, record, page, keep, noteForm } = await open();
    const form = await noteForm();
    expect((await amina.post(paths.signOut(), {})).location).toBe(`${paths.signIn()}?out=yes`);
    const late = await keep(form, { text: 'He was not at school' });
    expect([late.status, late.headers.get('Front-Door-Kept')]).toEqual([401, 'yes']);
    for (const path of [record, paths.drafts()]) expect((await amina.get(path)).status).toBe(303);
    await world.signIn(amina, amina.member);
    expect(await page()).toContain('He was not at school</textarea>');
    // The next person to sign in here ends that, too: nothing more is kept for the one before.
    const tom = await world.addMember('duty worker');
    const out = await amina.post(paths.signOut(), {});
    const left = (await amina.get(out.location ?? '')).text;
    expect(left).toMatch(/data-signed-out=""[^>]*>You are signed out\.[^<]*is kept for you/);
    // A tab that was told does not tell anybody else: somebody may have signed in again.
    const told = (await amina.get(`${paths.signIn()}?out=elsewhere`)).text;
    expect([told.includes('You did that in another tab'), told.includes('data-signed-out')]).toEqual([true, false]);
    await world.signIn(amina, tom);
    amina.cookies.delete(DESK_COOKIE);
    expect((await keep(form, { text: 'Typed by a stranger' })).headers.get('Front-Door-Kept')).toBeNull();
  });

  it('is there in another browser of the same person, is deleted when sent from there, and overwrites nothing', async () => {
    const { world, amina, record, page, keep, noteForm } = await open();
    const form = await noteForm();
    await keep(form, { text: 'Typed at the office' });
    const home = { ...world.openBrowser(), member: amina.member };
    await world.signIn(home, amina.member);
    expect(await page(home)).toMatch(/Typed at the office<\/textarea>[\s\S]*in another browser/);
    // The draft was moved here; what is typed at the office now is another draft, and each browser shows its own.
    await keep(form, { text: 'Typed at the office again' });
    expect(await page(home)).toContain('Typed at the office</textarea>');
    expect(await page()).toContain('Typed at the office again</textarea>');
    await home.post(form.action, { ...form.values, text: 'Typed at the office' });
    // Sending from here does not delete what was typed elsewhere.
    expect(await page(home)).toContain('Typed at the office again</textarea>');
    const thrown = await home.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes' });
    expect(thrown.location).toBe(record);
    expect(await page()).not.toContain('Not sent yet');
  });

  it('is kept on the page of a call too, with what its page had seen, until it is saved without an error', async () => {
    const { id, amina } = await open();
    const questions = paths.deskQuestions(id);
    const show = async () => (await amina.get(questions)).text;
    const place = { 'draft-form': paths.deskAnswers(id), 'draft-page': questions };
    const typed = { child_age: '14', 'seen-child_age': '0' };
    expect((await amina.post(paths.drafts(), { ...place, ...typed })).status).toBe(204);
    expect(await show()).toMatch(/name="child_age"[^>]*value="14"/);
    // A choice that is not sent is shown beside what is saved.
    await amina.post(paths.deskAnswers(id), { immediate_danger: 'no', 'seen-immediate_danger': '0', draft: 'other' });
    await amina.post(paths.drafts(), { ...place, ...typed, immediate_danger: 'unknown', 'seen-immediate_danger': '0' });
    expect((await show()).match(/\(saved here now\)/g)).toHaveLength(1);
    await amina.post(paths.drafts(), { ...place, ...typed });
    await amina.post(paths.deskAnswers(id), { child_age: '1400' });
    expect(await show()).toContain('Not sent yet');
    await amina.post(paths.deskAnswers(id), typed);
    expect(await show()).not.toContain('Not sent yet');
    expect(await show()).toMatch(/Saved [^<]*\d\d:\d\d/);
  });

  it('undoes nobody’s work when it is restored', async () => {
    const { world, id, amina, page, forms, keep } = await open();
    const may = await world.openDesk('operational manager');
    const action = paths.deskAction(id, 'fields');
    const form = (await forms()).find((found) => found.action === action);
    if (form === undefined) throw new Error('no form of the fields');
    await keep(form, { 'field-agreed_course': 'A visit tomorrow' });
    const hers = { ...form.values, 'field-agreed_course': 'The school keeps watch' };
    expect((await may.post(action, hers, paths.desk())).status).toBe(303);
    const returned = await page();
    const back = readForms(returned).find((found) => found.action === action);
    expect(back?.values['field-agreed_course']).toBe('A visit tomorrow');
    // Nobody can mistake the contents of the form for what is recorded.
    expect(returned).toMatch(/Saved here now: <span[^>]*>The school keeps watch</);
    const clash = await amina.post(action, { ...back?.values });
    expect(clash.status).toBe(409);
    expect(clash.text).toContain('The school keeps watch');
  });

  it.each(['another person', 'the same person in another tab'])(
    'is kept by the server if it is refused because %s had changed the same field',
    async (other) => {
      const { world, id, amina, record, page, forms } = await open();
      const may = await world.openDesk('operational manager');
      const action = paths.deskAction(id, 'fields');
      const field = 'field-agreed_course';
      const form = (await forms()).find((found) => found.action === action) as PageForm;
      const first = { ...form.values, [field]: 'The school keeps watch' };
      await (other === 'another person' ? may : amina).post(action, first, paths.desk());
      // No script ran, so nothing was saved while it was typed.
      const refused = await amina.post(action, { ...form.values, [field]: 'A visit tomorrow' });
      expect([refused.status, refused.text.includes('Not sent yet. Kept')]).toEqual([409, true]);
      // Left without deciding; fields in which nobody typed here keep the other person's text.
      expect((await amina.get(paths.drafts())).text).toContain('A visit tomorrow');
      const back = readForms(await page()).find((found) => found.action === action) as PageForm;
      expect(back.values[field]).toBe('A visit tomorrow');
      expect((await amina.post(action, back.values)).status).toBe(409);
      const keep = {
        [`keep-${field.slice(6)}`]: /name="keep-agreed_course"[^>]*value="(\d+)"/.exec(refused.text)?.[1],
      };
      expect((await amina.post(action, { ...back.values, ...keep } as Record<string, string>)).status).toBe(303);
      expect(await page()).toContain('The school keeps watch</textarea>');
      expect(await page()).not.toContain('A visit tomorrow');
      await amina.post(action, { ...form.values, [field]: 'A visit tomorrow' });
      expect((await amina.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes' })).location).toBe(
        record,
      );
      expect((await amina.get(paths.drafts())).text).toContain('Nothing is kept');
    },
  );

  it('in two tabs is two drafts, neither of which overwrites or deletes the other', async () => {
    const { amina, page, keep, noteForm } = await open();
    const form = await noteForm();
    const [one, two] = [{ 'draft-tab': 'one' }, { 'draft-tab': 'two' }];
    const typedInto = async () => readForms(await page()).find(({ draft }) => draft === form.draft)?.values.text;
    await keep(form, { text: 'Typed in the first tab', ...one });
    await keep(form, { text: 'Typed in the second', ...two });
    await keep(form, { text: 'Typed in the second tab', ...two });
    expect(await typedInto()).toBe('Typed in the first tab');
    // The first draft is sent: the second is offered from then on, and forms one draft with what is typed there.
    const send = (text: string, tab: Record<string, string>) =>
      amina.post(form.action, { ...form.values, text, ...tab });
    expect((await send('Typed in the first tab', one)).status).toBe(303);
    expect(await page()).toMatch(/data-draft-tab="two"[\s\S]*Typed in the second tab<\/textarea>/);
    await keep(form, { text: 'Typed in the second tab, later', ...two });
    expect(await typedInto()).toBe('Typed in the second tab, later');
    expect((await send('Typed in the second tab, later', two)).status).toBe(303);
    expect(await typedInto()).toBe('');
    expect((await amina.get(paths.drafts())).text).toContain('Nothing is kept');
    // Refused in one tab, it is marked as that tab's draft, and can be thrown away separately.
    await keep(form, { text: 'The first, once more', ...one });
    const refused = await send(' '.repeat(3), two);
    expect([refused.status, refused.text.includes('data-draft-tab')]).toEqual([422, false]);
    await amina.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes', ...two });
    expect(await typedInto()).toBe('The first, once more');
    await amina.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes', ...one });
    expect(await typedInto()).toBe('');
    // The first is sent, and then the second from a page that was not loaded again: nothing is left as unsent.
    await keep(form, { text: 'Once more, the first', ...one });
    await keep(form, { text: 'Once more, the second', ...two });
    for (const [text, tab] of [
      ['Once more, the first', one],
      ['Once more, the second', two],
    ] as const)
      await send(text, tab);
    expect((await amina.get(paths.drafts())).text).toContain('Nothing is kept');
    // If the second tab's is sent first, the first tab's draft stays.
    await keep(form, { text: 'The first again', ...one });
    await keep(form, { text: 'The second again', ...two });
    await send('The second again', two);
    expect(await typedInto()).toBe('The first again');
    await amina.post(paths.draftRemovals(), { 'draft-removed': form.draft, sure: 'yes' });
    expect(await typedInto()).toBe('');
  });

  it('in two tabs is listed twice, and each is thrown away separately', async () => {
    const { id, amina, page, keep, forms, noteForm } = await open();
    const form = await noteForm();
    await keep(form, { text: 'Typed in the first tab', 'draft-tab': 'one' });
    await keep(form, { text: 'Typed in the second tab', 'draft-tab': 'two' });
    const list = async () => (await amina.get(paths.drafts())).text;
    for (const shown of [await list(), await page()])
      for (const words of ['Typed in the first tab', 'Typed in the second tab']) expect(shown).toContain(words);
    // Each field by the form's words, in both places; choices as well.
    const fields = (await forms()).find(({ action }) => action === paths.deskAction(id, 'fields')) as PageForm;
    const typed = { 'field-agreed_course': 'A visit', 'field-parents_told': 'not_told', outcome: 'advice_only' };
    await keep(fields, { ...typed, 'draft-tab': 'one' });
    await keep(fields, { ...typed, 'draft-tab': 'two' });
    const below = (await page()).split('data-kept-below')[1] ?? '';
    const twice = (html: string) => [...html.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(([line]) => line);
    const lines = twice(below.slice(0, below.indexOf('</dl>')));
    expect([lines.length, lines.join(' ')]).toEqual([
      3,
      expect.not.stringMatching(/agreed_course|parents_told|advice_only/),
    ]);
    const all = twice(await list());
    for (const line of lines) expect([line, all.filter((one) => one === line).length]).toEqual([line, 2]);
    for (const tab of ['one', 'two']) await keep(fields, { 'draft-tab': tab });
    const removals = (html: string) => readForms(html).filter(({ action }) => action === paths.draftRemovals());
    /** As the script sends a form: with the name of its page's tab, unless the form has one. */
    const press = (values: Record<string, string> = {}) =>
      amina.post(paths.draftRemovals(), { 'draft-tab': 'the list', ...values, sure: 'yes' });
    // On the record, a draft that fills no form has its own button.
    const [button, ...more] = removals(await page());
    expect(more).toEqual([]);
    await press(button?.values);
    expect([(await list()).includes('in the first tab'), (await list()).includes('in the second tab')]).toEqual([
      true,
      false,
    ]);
    await keep(form, { text: 'Typed in the second tab', 'draft-tab': 'two' });
    const [first, second] = removals(await list());
    // Somebody typed on in the meantime: what is there now is not what they saw.
    await keep(form, { text: 'Typed in the first tab, and on', 'draft-tab': 'one' });
    const late = await press(first?.values);
    expect([late.location, (await list()).includes('and on')]).toEqual([
      `${paths.drafts()}?done=draft-stays#done`,
      true,
    ]);
    const thrown = await press(second?.values);
    expect(thrown.location).toBe(`${paths.drafts()}?done=draft-gone#done`);
    const after = (await amina.get(`${paths.drafts()}?done=draft-gone`)).text;
    expect([after.includes('Thrown away'), after.includes('in the second tab')]).toEqual([true, false]);
    await press(removals(await list())[0]?.values);
    expect(await list()).toContain('Nothing is kept');
  });

  it('is thrown away only after its writer has read and confirmed it, wherever they press', async () => {
    const { amina, record, page, keep, noteForm } = await open();
    const form = await noteForm();
    await keep(form, { text: 'Typed with care' });
    const inList = async () => removalIn((await amina.get(paths.drafts())).text);
    const atForm = () => ({ 'draft-removed': form.draft, text: 'Typed with care' });
    for (const [pressed, back] of [
      [atForm, record],
      [inList, paths.drafts()],
    ] as const) {
      const asked = await amina.post(paths.draftRemovals(), await pressed());
      const asks = (await amina.get(asked.location ?? '')).text;
      for (const words of ['Throw this away?', 'Typed with care', `href="${back}"`]) expect(asks).toContain(words);
      expect(asked.location).not.toContain('care');
      expect(await page()).toContain('Typed with care</textarea>');
      const gone = await amina.post(paths.draftRemovals(), removalIn(asks));
      expect(gone.location).toBe(`${back}?done=draft-gone#done`);
      expect((await amina.get(gone.location ?? '')).text).toMatch(/Thrown away\./);
      expect(await page()).not.toContain('Typed with care');
      // Asked again from a page that was left open.
      const late = (await amina.get(asked.location ?? '')).location;
      expect(late).toBe(`${paths.drafts()}?done=draft-stays#done`);
      await keep(form, { text: 'Typed with care' });
    }
  });

  it('of a question answered in another tab is kept, and deleted when the saved answer is chosen', async () => {
    const world = await openDeskApp();
    const amina = await world.openDesk('duty worker');
    const { id } = await beginConsultation(amina);
    const question = 'immediate_danger';
    const draft = `${paths.answers(id)}#${question}`;
    const answer = (given: string) => ({ question, [question]: given, seen: '0', draft, 'draft-tab': given });
    await amina.post(paths.answers(id), answer('no'));
    const clash = await amina.post(paths.answers(id), answer('unknown'));
    expect(clash.status).toBe(409);
    expect((await amina.get(paths.drafts())).text).toContain('<dd>I don’t know</dd>');
    const keepSaved = readForms(clash.text).find(({ action }) => action === paths.draftRemovals());
    // The script names the page that shows both, unless the form names the tab that sent the answer.
    const kept = await amina.post(paths.draftRemovals(), { 'draft-tab': 'both', ...keepSaved?.values });
    expect(kept.location).toBe(paths.consultation(id));
    expect((await amina.get(paths.drafts())).text).toContain('Nothing is kept');
  });

  it('on a page that they may no longer open is kept, and the page says so and links to it', async () => {
    const { world, id, amina, record } = await open();
    const [tom, questions] = [await world.openDesk('duty worker'), paths.deskQuestions(id)];
    await amina.post(paths.drafts(), {
      'draft-form': paths.deskAnswers(id),
      'draft-page': questions,
      child_age: '14',
      'seen-child_age': '0',
    });
    const handed = { to: tom.member.id, reason: '', unsent: 'stays' };
    expect((await amina.post(paths.deskAction(id, 'passings'), handed)).status).toBe(303);
    const gone = await amina.get(questions);
    const hasIt = 'A duty worker has it now';
    for (const words of [hasIt, `href="${paths.drafts()}"`, `href="${record}"`]) expect(gone.text).toContain(words);
    expect(gone.status).toBe(409);
    const list = (await amina.get(paths.drafts())).text;
    for (const words of [' has it now', `href="${record}"`, 'data-copy="14"', 'Throw it away'])
      expect([words, list.includes(words)]).toEqual([words, true]);
    expect(list).not.toContain(`href="${questions}"`);
    expect((await amina.get(record)).text).toContain('has not been sent');
    // Sent from a tab that was left open: it is refused, and kept.
    const late = await amina.post(paths.deskAnswers(id), { child_age: '15', 'seen-child_age': '0' });
    for (const words of [hasIt, 'Nothing was saved', `href="${paths.drafts()}"`]) expect(late.text).toContain(words);
    expect(late.status).toBe(409);
    const other = await world.openDesk('duty worker');
    expect((await other.get(questions)).status).toBe(404);
    expect((await amina.get(paths.drafts())).text).toContain('data-copy="15"');
  });

  it('is listed with its record and form in the form’s words, and not with the names of inputs', async () => {
    const { world, id, amina, record } = await open();
    const [tom, other] = [await world.addMember('duty worker'), paths.deskHandover()];
    const keep = (form: string, typed: Record<string, string>, page = record) =>
      amina.post(paths.drafts(), { 'draft-form': form, 'draft-page': page, ...typed });
    await amina.post(paths.deskAddition(id, 'child'), { known: 'yes', name: 'Cara Invented', seen: '2' }, record);
    await keep(paths.deskAction(id, 'fields'), { outcome: 'no_further_action', decidedBy: 'May', reason: 'Why' });
    await keep(paths.deskAction(id, 'passings'), { to: tom.id, reason: 'Late' });
    // Which of two answers to keep refers to an entry's number, so it is asked again.
    const chosen = { immediate_danger: 'unknown', 'keep-immediate_danger': 'mine 3' };
    await keep(paths.deskAnswers(id), chosen, paths.deskQuestions(id));
    await keep(paths.deskReassignments(), { consultation: id, to: tom.id, [`reason-${id}`]: 'Oak Lane' }, other);
    const { text } = await amina.get(paths.drafts());
    const list = text.slice(text.indexOf('<main'));
    expect(list).not.toMatch(/mine 3|keep immediate/);
    const { reference } = (await world.store.queueRows.find(id)) as { reference: string };
    for (const words of [
      `${reference}, Cara Invented, Record, and outcome`,
      `${reference}, Cara Invented, Pass it on`,
      '<dt>Outcome</dt>',
      'No further action',
      '<dt>Who took the decision</dt>',
      '<dd>A duty worker</dd>',
      `What they should know about ${reference}`,
      'danger',
    ])
      expect([words, list.includes(words)]).toEqual([words, true]);
    const raw = ['decidedBy', 'no_further_action', 'immediate_danger', `<dd>${id}`, `<dd>${tom.id}`, '<dd>unknown'];
    for (const words of raw) expect([words, list.includes(words)]).toEqual([words, false]);
  });

  it('is seen by nobody else, and erased with the record', async () => {
    const { world, id, page, keep, noteForm } = await open();
    const may = await world.openDesk('operational manager');
    await keep(await noteForm(), { text: 'He was not at school' });
    expect(await page(may)).not.toContain('He was not at school');
    expect((await may.get(paths.drafts())).text).toContain('Nothing is kept');
    const rows = () => openRaw(world.store.file).prepare('select count(*) from drafts').pluck().get();
    expect(rows()).toBe(1);
    const lead = { by: 'duty worker', who: { id: 'a', name: 'A', role: 'safeguarding lead' } } as const;
    await world.store.log.decide(id, () => [{ kind: 'erasure approved', due: '2026-11-22' }], lead);
    const desk = world.services.library.areas.get('bury')?.desk as Desk;
    expect((await world.store.erasing.erase('bury', 'without an outcome', [id], desk)).consultations).toBe(1);
    expect(rows()).toBe(0);
  });

  it('is not shown in a form to which somebody moved it in the database', async () => {
    const { world, id, amina } = await open();
    const pageOf = (entry: number) => paths.deskCorrecting(id, entry).replace(/#.*/, '');
    const formAt = async (entry: number) => {
      const { text } = await amina.get(pageOf(entry));
      return readForms(text).find(({ action }) => action === paths.deskAddition(id, 'corrections')) as PageForm;
    };
    const [own, other] = [await formAt(2), await formAt(3)];
    await amina.post(paths.drafts(), { 'draft-form': own.draft, 'draft-page': pageOf(2), text: 'It was Tuesday' });
    openRaw(world.store.file).prepare('update drafts set form = ?').run(other.draft);
    expect((await formAt(3)).values.text).toBe('');
    expect((await amina.get(paths.drafts())).text).not.toContain('It was Tuesday');
    openRaw(world.store.file).prepare('update drafts set form = ?').run(own.draft);
    expect((await formAt(2)).values.text).toBe('It was Tuesday');
  });

  it('by somebody without an account is kept nowhere until it is sent, and its form says so', async () => {
    const world = await openDeskApp();
    const says = [];
    for (const who of [world.openBrowser(), await world.openDesk('duty worker')]) {
      const { id } = await beginConsultation(who);
      const page = (await who.get(paths.handover(id))).text;
      says.push([page.includes('name="question"'), page.includes('kept only once you have sent it')]);
    }
    expect(says).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it('is kept for our own pages only', async () => {
    const { amina, page } = await open();
    await page();
    for (const place of ['//example.org/', 'https://example.org', ''])
      expect((await amina.post(paths.drafts(), { 'draft-form': place, 'draft-page': place, text: 'x' })).status).toBe(
        404,
      );
  });
});
