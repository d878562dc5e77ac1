/**
 * Two workers on two telephones: a second call about the same worry is shown to both, and nothing is merged. What a
 * person has to do themselves is visible.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openDeskApp } from '../people/desk-app.ts';

const SAYS = 'May be the same as';

const plain = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

async function openTelephones() {
  const world = await openDeskApp();
  const [amina, tom] = [await world.openDesk('duty worker'), await world.openDesk('duty worker')];
  const call = async (who: typeof amina, caller: Record<string, string>) => {
    const opened = await who.post(paths.deskCalls(), { flow: 'level', ...caller }, paths.deskCalls());
    return opened.location?.split(/[/?]/)[3] ?? '';
  };
  return { world, amina, tom, call };
}

it('offers a second call from the same caller, or about a child of the same or a similar name, while both are open', async () => {
  const { amina, tom, call } = await openTelephones();
  const first = await call(amina, { name: 'Jo Bell', contact: '0161 496 0123', child: 'Zara Cole' });
  const unlike = await call(amina, { name: 'Ann Dee', contact: '0161 496 0999', child: 'Max Orr' });
  const reference =
    plain((await amina.get(paths.deskRecord(first))).text).match(/Consultation (B(?: \d+)+)/)?.[1] ?? '';
  const others = [
    [{ contact: '+44 161 496 0123' }, 'same number or e-mail'],
    [{ name: 'bell, Jo' }, 'caller of the same name'],
    [{ child: 'Cole, Zára' }, 'child of the same name'],
    [{ child: 'Zahra Cole' }, 'child with a similar name'],
  ] as const;
  for (const [caller, why] of others) {
    const id = await call(tom, caller);
    for (const page of [paths.deskQuestions(id), paths.deskRecord(id)])
      expect(plain((await tom.get(page)).text)).toMatch(
        new RegExp(`${SAYS} ${reference} ?: ${why}. A duty worker has it`),
      );
    // The worker who had the first one is told about the second, too.
    expect(plain((await amina.get(paths.deskRecord(first))).text)).toContain(why);
    expect(plain((await amina.get(paths.deskRecord(unlike))).text)).not.toContain(SAYS);
  }
  expect(plain((await amina.get(paths.desk())).text)).toContain(`${SAYS} ${reference}`);
});

it('counts one’s own unsent texts beside the queue, with a link, and nobody else’s', async () => {
  const { amina, tom, call } = await openTelephones();
  const id = await call(amina, {});
  const place = { 'draft-form': paths.deskAction(id, 'replies'), 'draft-page': paths.deskRecord(id) };
  const linkOf = async (who: typeof amina) =>
    /<a[^>]*id="unsent-texts"[^>]*href="([^"]*)"[^>]*>([^<]*)/.exec((await who.get(paths.desk())).text)?.slice(1);
  expect(await linkOf(amina)).toBeUndefined();
  await amina.post(paths.drafts(), { ...place, how: 'by telephone' }, paths.deskRecord(id));
  expect(await linkOf(amina)).toEqual([paths.drafts(), 'One text of yours is not sent']);
  expect(await linkOf(tom)).toBeUndefined();
});

it('puts an urgent unsigned decision first only for people who have to sign it', async () => {
  const { world, amina, tom, call } = await openTelephones();
  const may = await world.openDesk('operational manager');
  const answer = async (id: string) =>
    amina.post(
      paths.deskAnswers(id),
      { immediate_danger: 'yes', 'seen-immediate_danger': '0' },
      paths.deskQuestions(id),
    );
  const waits = await call(amina, {});
  const other = await call(amina, {});
  for (const id of [other, waits]) await answer(id);
  const decided = {
    kind: 'outcome recorded' as const,
    outcome: 'advice_only' as const,
    words: 'Advice only',
    reason: 'The call was about no child',
    decidedBy: 'Ann Dee, team manager',
    level: 5,
    advised: 'Call 999 now',
    departs: 'yes' as const,
    signers: ['operational manager'],
    // Later than what the others have to do.
    deadlines: [{ id: 'countersignature', do: 'Sign the outcome', who: 'a manager', by: '2026-12-24' }],
  };
  const step = { id: 'told', do: 'Tell them', who: 'the desk', by: '2026-12-20' };
  decided.deadlines.push(step);
  const happened = [decided, { kind: 'referrer answered' as const, how: 'by telephone', answer: 'Advice' }];
  await world.store.log.decide(waits, () => happened, {
    by: 'duty worker',
    who: { id: amina.member.id, name: 'Amina', role: 'duty worker' },
  });
  const seenBy = async (who: typeof amina, page = paths.desk()) => {
    const { text } = await who.get(page);
    const order = [...text.matchAll(/id="line-([^"]+)"/g)].map(([, id]) => id);
    return [order, text.includes('Waits for your signature'), text.includes('Sign the outcome')];
  };
  expect(await seenBy(may)).toEqual([[waits, other], true, true]);
  expect(await seenBy(may, paths.deskOf('to-sign'))).toEqual([[waits], true, true]);
  expect(await seenBy(may, paths.deskOf('urgent'))).toEqual([[waits, other], true, true]);
  const lead = await world.openDesk('safeguarding lead');
  const hasList = async (who: typeof amina) => (await who.get(paths.desk())).text.includes('id="show-to-sign"');
  expect([await hasList(tom), await hasList(lead)]).toEqual([true, false]);
  for (const who of [amina, tom]) expect(await seenBy(who)).toEqual([[other, waits], false, false]);
});

it('tells a person who takes over or disables the account about unsent text, which nobody can read', async () => {
  const { world, amina, call } = await openTelephones();
  const may = await world.openDesk('operational manager');
  const admin = await world.openDesk('administrator');
  const id = await call(amina, {});
  const account = (await world.store.queueRows.find(id))?.worker ?? '';
  const says = /wrote something here and has not sent it/;
  const record = async (who: typeof may) => plain((await who.get(paths.deskRecord(id))).text);
  const person = async () => plain((await admin.get(paths.person(account))).text);
  expect(await record(may)).not.toMatch(says);
  expect(await person()).toMatch(/has one consultation that is open\. Tell their manager/);
  const place = { 'draft-form': paths.deskAction(id, 'replies'), 'draft-page': paths.deskRecord(id) };
  await amina.post(paths.drafts(), { ...place, text: 'locked in the shed' }, paths.deskRecord(id));
  expect(await record(may)).toMatch(says);
  expect(await record(amina)).not.toMatch(says);
  expect(await person()).toMatch(/has written words on 1 of them/);
  await may.post(paths.deskAction(id, 'take-overs'), { reason: 'She is ill' }, paths.deskRecord(id));
  expect(await record(may)).toMatch(says);
  for (const shown of [await record(may), await person()]) expect(shown).not.toContain('locked in the shed');
});

it('keeps no draft of answers that the page has saved itself', async () => {
  const { amina, call } = await openTelephones();
  const id = await call(amina, {});
  const [page, form] = [paths.deskQuestions(id), paths.deskAnswers(id)];
  const given = { immediate_danger: 'no', 'seen-immediate_danger': '0', child_age: '9', 'seen-child_age': '0' };
  await amina.post(form, given, page);
  const late = { 'draft-form': form, 'draft-page': page, ...given };
  await amina.post(paths.drafts(), late, page);
  expect((await amina.get(paths.drafts())).text).toContain('Nothing is kept.');
  await amina.post(paths.drafts(), { ...late, child_age: '10' }, page);
  const listed = plain((await amina.get(paths.drafts())).text);
  expect(listed).toContain('10');
  expect(listed).not.toContain('danger right now');
});

it('links to no form that its writer no longer has', async () => {
  const { world, amina, call } = await openTelephones();
  const may = await world.openDesk('operational manager');
  const id = await call(amina, {});
  const page = paths.deskRecord(id);
  for (const form of [paths.deskAction(id, 'replies'), paths.deskAddition(id, 'notes'), paths.deskAnswers(id)])
    await amina.post(paths.drafts(), { 'draft-form': form, 'draft-page': page, text: form, child_age: '9' }, page);
  const count = async (words: string) => (await amina.get(paths.drafts())).text.split(words).length - 1;
  expect([await count('Go to the form'), await count('you cannot send this')]).toEqual([3, 0]);
  await may.post(paths.deskAction(id, 'take-overs'), { reason: 'She is ill' }, page);
  expect([await count('Go to the form'), await count('you cannot send this')]).toEqual([0, 3]);
});
