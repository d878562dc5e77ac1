/**
 * Two people at one computer: a page that Amina left open never works for Tom, who signed in after her in the same
 * browser.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Role } from '../../../server/people/permissions.ts';
import { accountFormToken } from '../../../server/web/kit/form-token.ts';
import { COOKIE } from '../../../server/web/kit/session.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { readForms } from '../page-forms.ts';
import { openDeskApp } from './desk-app.ts';

/** Amina has a record and a conversation open; then somebody else signs in. */
async function open(role: Role = 'operational manager', area = 'bury') {
  const world = await openDeskApp();
  const member = await world.addMember('duty worker', 'bury', 'Amina Shah');
  const computer = world.openBrowser();
  await world.signIn(computer, member);
  const { id } = await beginConsultation(computer);
  await computer.post(paths.handovers(id), { question: 'Is it one for you?', reach: '0161 496 0001' });
  await computer.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const record = paths.deskRecord(id);
  const token = /name="token" value="([^"]+)"/.exec((await computer.get(record)).text)?.[1] ?? '';
  const tom = await world.addMember(role, area, 'Tom Reed');
  await computer.post(paths.signOut(), {});
  await world.signIn(computer, tom);
  /** Sends something from Amina's tab. */
  const fromHers = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    computer.post(path, { ...fields, token }, undefined, headers);
  const written = async () => ((await world.store.log.read(id)) ?? []).length;
  const draftsOf = async (who: typeof member) => {
    await computer.post(paths.signOut(), {}, paths.account());
    await world.signIn(computer, who);
    return (await computer.get(paths.drafts())).text;
  };
  return { world, computer, member, tom, id, record, token, fromHers, written, draftsOf };
}

describe('a page of a person who was signed in before', () => {
  it('saves nothing in the name of the person who is signed in now, says whose it was, and keeps the text for its writer', async () => {
    const { id, record, member, fromHers, written, draftsOf } = await open();
    const typed: [path: string, fields: Record<string, string>][] = [
      [paths.deskAddition(id, 'notes'), { text: 'He was not at school', seen: '5' }],
      [paths.deskAnswers(id), { child_age: '14', 'seen-child_age': '0' }],
      [paths.deskAction(id, 'fields'), { 'field-agreed_course': 'A visit tomorrow' }],
      [paths.answers(id), { question: 'immediate_danger', immediate_danger: 'no', seen: '0' }],
      [paths.addition(id, 'notes'), { text: 'Rang the mother at noon' }],
      [paths.deskReassignments(), { consultation: id, to: member.id, said: 'She goes home at two' }],
      [paths.deskCalls(), { area: 'bury', reach: '0161 496 0002' }],
    ];
    const before = await written();
    for (const [path, fields] of typed) {
      const answer = await fromHers(path, fields, { Referer: `http://front-door.test${record}` });
      const words = ['opened by Amina Shah', 'Tom Reed is signed in here now', `href="${record}"`];
      expect([path, answer.status, words.filter((one) => !answer.text.includes(one))]).toEqual([path, 403, []]);
    }
    expect(await written()).toBe(before);
    // Tom's "What you wrote" contains nothing of it, and Amina's contains everything.
    const hers = await draftsOf(member);
    for (const [, fields] of typed)
      for (const value of Object.values(fields).filter((one) => one.includes(' '))) expect(hers).toContain(value);
  });

  it('may be sent as one’s own only by somebody who may do that at all', async () => {
    const { id, computer, fromHers, world } = await open();
    const note = [paths.deskAddition(id, 'notes'), { text: 'He was not at school', seen: '5' }] as const;
    const answer = await fromHers(...note);
    const take = readForms(answer.text).find(({ action }) => action === note[0]);
    expect(take?.values.text).toBe('He was not at school');
    const taken = await computer.post(note[0], take?.values ?? {});
    expect(taken.status).toBe(303);
    expect((await world.store.log.read(id))?.at(-1)).toMatchObject({ who: { name: 'Tom Reed' } });
  });

  it.each([
    ['another area', 'operational manager', 'bolton'],
    ['a colleague whose record it is not', 'duty worker', 'bury'],
  ] as const)('cannot be sent by %s, who is not shown what was typed', async (_, role, area) => {
    const { id, fromHers } = await open(role, area);
    const answer = await fromHers(paths.deskAction(id, 'fields'), { 'field-agreed_course': 'A visit tomorrow' });
    expect([answer.status, answer.text.includes('opened by Amina Shah')]).toEqual([403, true]);
    expect(answer.text).not.toContain('A visit tomorrow');
  });

  it('keeps a draft only for its writer, and throws away none of another person', async () => {
    const { id, record, computer, member, tom, fromHers, draftsOf } = await open();
    const place = { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': record };
    const kept = await fromHers(paths.drafts(), { ...place, text: 'Typed by Amina' });
    expect([kept.status, kept.headers.get('Front-Door-Kept')]).toEqual([403, 'for another']);
    expect((await computer.get(paths.drafts())).text).toContain('Nothing is kept');
    expect((await computer.get(record)).text).not.toContain('Typed by Amina');
    await computer.post(paths.drafts(), { ...place, text: 'Typed by Tom' }, paths.account());
    await fromHers(paths.draftRemovals(), { 'draft-removed': place['draft-form'], sure: 'yes' });
    expect((await computer.get(paths.drafts())).text).toContain('Typed by Tom');
    expect(await draftsOf(member)).toMatch(/Typed by Amina/);
    expect(await draftsOf(tom)).toMatch(/Typed by Tom/);
  });

  it('signs nobody out, changes nobody’s account, and shows no list of another', async () => {
    const { computer, token, fromHers } = await open();
    expect((await fromHers(paths.signOut(), {})).status).toBe(403);
    expect((await fromHers(paths.recoveryCodes(), {})).text).not.toContain('send it as');
    expect((await computer.get(paths.account())).status).toBe(200);
    const asked = await computer.get(paths.deskLines(), { 'Front-Door-Page': token, 'HX-Request': 'true' });
    expect([asked.status, asked.text, asked.headers.get('Front-Door-Kept')]).toEqual([403, '', 'for another']);
  });

  it('works as before if its writer signs in again, or nobody has signed in since', async () => {
    const { world, id, computer, member, fromHers } = await open();
    await computer.post(paths.signOut(), {}, paths.account());
    const answered = { question: 'immediate_danger', immediate_danger: 'no', seen: '0' };
    expect((await fromHers(paths.answers(id), answered)).status).toBe(303);
    await world.signIn(computer, member);
    const note = { text: 'He was not at school', seen: '9' };
    expect((await fromHers(paths.deskAddition(id, 'notes'), note)).status).toBe(303);
  });
});

it('a page opened before anybody had signed in can be sent after somebody has', async () => {
  const world = await openDeskApp();
  const computer = world.openBrowser();
  const { id, at } = await beginConsultation(computer);
  const page = await computer.get(at);
  const token = /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  await world.signIn(computer, await world.addMember('duty worker'));
  const answered = { question: 'immediate_danger', immediate_danger: 'no', seen: '0', token };
  expect((await computer.post(paths.answers(id), answered)).status).toBe(303);
});

it('nobody can make another person’s token in their own browser', async () => {
  const { world, member, token, record, id } = await open();
  const stranger = world.openBrowser();
  await stranger.get(paths.return());
  const own = stranger.cookies.get(COOKIE) ?? '';
  const place = { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': record, text: 'Planted' };
  for (const made of [token, accountFormToken(new Uint8Array(32), own, member.id)]) {
    const answer = await stranger.post(paths.drafts(), { ...place, token: made });
    expect([answer.status, answer.headers.get('Front-Door-Kept')]).toEqual([401, null]);
  }
});
