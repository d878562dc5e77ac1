/**
 * The queue lists urgent consultations first, whoever gave the urgent answer; a form that is sent twice has one effect.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Happening } from '../../../server/consultation/entry.ts';
import { makeReference } from '../../../server/consultation/reference.ts';
import { readDeskCase } from '../../../server/desk/desk-case.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { happeningOf } from '../../every-happening.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { BURY_OUTCOME } from './desk-story.ts';

const REACH = '0161 496 0001';

async function open() {
  const world = await openDeskApp();
  const ask = async (question: string) => {
    const browser = world.openBrowser();
    const { id } = await beginConsultation(browser);
    await browser.post(paths.handovers(id), { question, reach: REACH }, paths.handover(id));
    return { browser, id };
  };
  const worker = await world.openDesk('duty worker');
  const queue = async () => {
    const { text } = await worker.get(paths.desk());
    return [...text.matchAll(/id="line-([^"]+)"/g)].map(([, id]) => id);
  };
  const kinds = async (id: string) => ((await world.store.log.read(id)) ?? []).map(({ what }) => what.kind);
  return { world, ask, worker, queue, kinds };
}

describe('the queue', () => {
  it('puts danger that arose after asking before what has waited longer', async () => {
    const { world, ask, worker, queue } = await open();
    const first = await ask('Is it one for you?');
    world.clock.pass(5);
    const second = await ask('And this one?');
    expect(await queue()).toEqual([first.id, second.id]);

    const at = paths.consultation(second.id);
    await second.browser.post(
      paths.answers(second.id),
      { question: 'immediate_danger', immediate_danger: 'yes', seen: '0' },
      at,
    );
    expect(await queue()).toEqual([second.id, first.id]);
    expect((await worker.get(paths.desk())).text).toContain('In danger now');

    // On the desk's telephone page too; and it stays urgent after the answer is taken back.
    await worker.post(paths.deskAction(first.id, 'claims'), {}, paths.desk());
    for (const immediate_danger of ['yes', 'no']) {
      const seen = String((await world.store.log.read(first.id))?.length ?? 0);
      await worker.post(
        paths.deskAnswers(first.id),
        { immediate_danger, 'seen-immediate_danger': seen },
        paths.deskQuestions(first.id),
      );
    }
    expect((await world.store.queueRows.find(first.id))?.urgency).toBe('danger');
  });

  it('puts known danger above possible danger, even if it came later', async () => {
    const { world, ask, queue } = await open();
    const answer = async ({ browser, id }: Awaited<ReturnType<typeof ask>>, given: Record<string, string>) => {
      for (const [question, value] of Object.entries(given)) {
        const seen = String(
          ((await world.store.log.read(id)) ?? []).filter(({ what }) => what.kind === 'answered').length,
        );
        await browser.post(paths.answers(id), { question, [question]: value, seen }, paths.consultation(id));
      }
    };
    const mayBe = await ask('I cannot say whether she is safe');
    await answer(mayBe, { immediate_danger: 'unknown', danger_seen: 'unknown' });
    world.clock.pass(5);
    const isInDanger = await ask('He is hitting her now');
    await answer(isInDanger, { immediate_danger: 'yes' });
    const rows = await Promise.all([mayBe, isInDanger].map(({ id }) => world.store.queueRows.find(id)));
    expect(rows.map((row) => [row?.urgency, row?.danger])).toEqual([
      ['danger', 'not known'],
      ['danger', 'now'],
    ]);
    expect(await queue()).toEqual([isInDanger.id, mayBe.id]);
    // They also come first while the question is being asked, above those who asked earlier and may wait.
    const before = await ask('Is it one for you?');
    await answer(before, { immediate_danger: 'no' });
    world.clock.pass(5);
    const asking = await ask('I do not know');
    await answer(asking, { immediate_danger: 'unknown' });
    expect(await world.store.queueRows.find(asking.id)).toMatchObject({ urgency: 'none', danger: 'not known' });
    expect(await queue()).toEqual([isInDanger.id, mayBe.id, asking.id, before.id]);
    const may = await world.openDesk('operational manager');
    // Nor do they look like known danger, or like what may wait.
    const queued = (await may.get(paths.desk())).text;
    const sides = [isInDanger, mayBe, asking, before].map(
      ({ id }) => new RegExp(`class="fd-queue__line([^"]*)" id="line-${id}"`).exec(queued)?.[1],
    );
    const [urgent, inDoubt] = [' fd-queue__line--urgent', ' fd-queue__line--in-doubt'];
    expect(sides).toEqual([urgent, urgent, inDoubt, '']);
    const tray = (await may.get(paths.deskOf('urgent'))).text;
    expect([tray.includes(`line-${asking.id}`), tray.includes(`line-${before.id}`)]).toEqual([true, false]);
  });

  it('does not call it late in the minute in which it arrives', async () => {
    const { world, ask, worker } = await open();
    const { browser, id } = await ask('Is it one for you?');
    await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'yes', seen: '0' });
    expect((await worker.get(paths.desk())).text).not.toContain('too long');
    world.clock.pass(15);
    expect((await worker.get(paths.desk())).text).not.toContain('too long');
    world.clock.pass(16);
    expect((await worker.get(paths.desk())).text).toContain('too long');
  });
});

describe('the card of a consultation', () => {
  it('says what a triage worker needs first', async () => {
    const { world, worker, ask } = await open();
    const { browser, id } = await ask('Is it one for you?');
    const more = { question: 'She has bruises', name: 'Sam Lee', role: 'teacher', agency: 'St Anne’s' };
    await browser.post(paths.handovers(id), { ...more, reach: REACH }, paths.handover(id));
    // A field that was left out clears nothing.
    await browser.post(paths.handovers(id), { question: 'And a burn', reach: REACH, role: '' }, paths.handover(id));
    await browser.post(paths.addition(id, 'child'), { known: 'yes', name: 'Ann Other' }, paths.record(id));
    const other = await ask('About her again');
    await other.browser.post(
      paths.addition(other.id, 'child'),
      { known: 'yes', name: 'Other, Ann' },
      paths.record(other.id),
    );
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    const tom = await world.openDesk('duty worker');
    const passing = { to: tom.member.id, reason: 'I go home at two' };
    await worker.post(paths.deskAction(id, 'passings'), passing, paths.deskRecord(id));
    const page = (await tom.get(paths.desk())).text.replace(/<[^>]*>/g, '');
    for (const words of [
      ': And a burn”',
      ': She has bruises”',
      ': Is it one for you?”',
      'Asked by Sam Lee, teacher, St Anne’s. Reach: 0161 496 0001',
      'You have it, passed on by A duty worker: I go home at two',
      'Second consultation about a child of this name',
      'Age not known',
      'nothing is advised yet',
      'Children’s services not told',
    ])
      expect(page).toContain(words);
  });

  it('shows its worker what the referrer has written since, and what was ticked last', async () => {
    const { worker, ask } = await open();
    const { browser, id } = await ask('Is it one for you?');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    expect((await worker.get(paths.desk())).text).not.toContain('New information');
    await browser.post(paths.handovers(id), { question: 'He was seen in the car', reach: REACH }, paths.handover(id));
    await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'no', seen: '0' });
    const page = (await worker.get(paths.desk())).text.replace(/<[^>]*>/g, '');
    for (const words of ['New information. You have it', ': He was seen in the car”', ': Is it one for you?”'])
      expect(page).toContain(words);
    expect(page).toMatch(/Ticked last: [^“]+No/);
    expect(page).toContain('No danger known; questions not finished');
  });

  it('shows new information to the worker who had it, even in their own list', async () => {
    const { worker, ask } = await open();
    const { browser, id } = await ask('Is it one for you?');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await worker.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME, paths.deskRecord(id));
    await browser.post(paths.handovers(id), { question: 'He was seen in the car', reach: REACH }, paths.handover(id));
    for (const page of [paths.desk(), paths.deskOf('mine')])
      expect((await worker.get(page)).text).toContain('New information. You had it. Nobody has it');
  });
});

describe('new information', () => {
  it('asks whether anybody is in danger today, and continues from there', async () => {
    const { worker, ask } = await open();
    const { browser, id } = await ask('Is it one for you?');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await worker.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME, paths.deskRecord(id));
    const page = await browser.get(paths.handover(id));
    const form = readForms(page.text).find(({ action }) => action === paths.handovers(id));
    const news = { ...form?.values, question: 'He was seen in the car', reach: REACH };
    const refused = await browser.post(paths.handovers(id), news);
    expect([refused.status, refused.text.includes('Choose whether anybody is in danger now')]).toEqual([422, true]);
    const taken = await browser.post(paths.handovers(id), { ...news, danger: 'yes' });
    expect([taken.status, taken.location]).toEqual([303, paths.consultation(id)]);
    expect((await worker.get(paths.desk())).text).toContain('In danger now');
    // The asker reads that it was sent and that this is not a referral; the former worker reads why nobody has it.
    const ledTo = (await browser.get(paths.consultation(id))).location;
    const next = (await browser.get(ledTo ?? '')).text;
    expect(next).toMatch(/Sent to the duty desk on [^.]+ at [\d:]+\. Not a referral/);
    const words = 'I told them to wait';
    const late = await worker.post(paths.deskAction(id, 'replies'), { how: 'by telephone', answer: words, seen: '9' });
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/Nobody has it now: whoever asked wrote again on [^(]* \(In danger now\)/);
    expect(late.text).toContain(words);
    expect((await worker.get(paths.deskRecord(id))).text).toContain('Asked again, since something new is known');
  });
});

describe('what is due', () => {
  it('reads the same everywhere from the urgent answer on, and a task is not mistaken for the answer', async () => {
    const { world, worker, ask } = await open();
    const { browser, id } = await ask('Is it one for you?');
    const dueOn = async (page: string) => {
      const lines = page.match(/<p class="fd-queue__due">.*?<\/p>/gs) ?? [];
      return lines.map((line) => line.replace(/<[^>]*>/g, '').trim());
    };
    const everywhere = async () => {
      const found = await worker.post(paths.deskSearch(), { state: 'open' }, paths.deskSearch());
      const pages = [paths.desk(), paths.deskRecord(id), paths.deskHandover()].map(
        async (page) => (await worker.get(page)).text,
      );
      const [first, ...others] = await Promise.all([...(await Promise.all(pages)), found.text].map(dueOn));
      for (const other of others) expect(other).toEqual(first);
      return first;
    };
    expect(await everywhere()).toEqual([expect.stringMatching(/^Due today by .*: Claim the consultation$/)]);
    world.clock.pass(10);
    await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'yes', seen: '0' });
    const late = expect.stringMatching(/^At once: Claim the consultation. Late from /);
    expect(await everywhere()).toEqual([late]);
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    const task = { do: 'Ring the school back', by: 'today at 23:30' };
    await worker.post(paths.deskAction(id, 'tasks'), task, paths.deskRecord(id));
    expect(await everywhere()).toEqual([
      expect.stringMatching(/^At once: Answer whoever asked. Late from /),
      'Due today by 23:30: your follow-up: Ring the school back',
    ]);
  });
});

describe('the manager’s lists', () => {
  it('contain what needs review, is disputed, urgent or overdue, and what an absent colleague has', async () => {
    const { world, worker, ask } = await open();
    const may = await world.openDesk('operational manager');
    const { browser, id } = await ask('Is it one for you?');
    const inTray = async (word: string) => (await may.get(paths.deskOf(word))).text.includes(`id="line-${id}"`);
    expect(await inTray('urgent')).toBe(false);
    await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'yes', seen: '0' });
    expect(await inTray('urgent')).toBe(true);
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    expect(await inTray('absent')).toBe(false);
    const { id: account } = worker.member;
    await world.store.people.accounts.disable(account, 'command');
    expect(await inTray('absent')).toBe(true);
    expect((await may.get(paths.desk())).text).toContain('cannot sign in any more');
    expect(await inTray('disputed')).toBe(false);
  });

  it('show what a dispute says and when it is due, and ask the decider to leave it to another manager', async () => {
    const { world, ask } = await open();
    const [own, other] = [await world.openDesk('operational manager'), await world.openDesk('operational manager')];
    const { browser, id } = await ask('Is it one for you?');
    await own.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await own.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME, paths.deskRecord(id));
    await browser.post(paths.disputes(id), { why: 'She has not eaten since Friday' }, paths.handover(id));
    const wordsOf = ({ text }: { text: string }) => text.replace(/<[^>]*>/g, '');
    for (const [manager, isOwn] of [
      [own, true],
      [other, false],
    ] as const)
      for (const page of [paths.deskOf('disputed'), paths.deskRecord(id)]) {
        const words = wordsOf(await manager.get(page));
        expect(words).toContain('“She has not eaten since Friday”');
        expect(words).toMatch(/the dispute: Talk it through/);
        expect([page, words.includes('let another manager decide the dispute')]).toEqual([page, isOwn]);
      }
    await other.post(paths.deskAction(id, 'dispute-decisions'), { stands: 'yes', reason: 'Seen today' });
    expect(wordsOf(await own.get(paths.desk()))).not.toContain('Disputed by the referrer');
  });

  it('call somebody who rang and disputes the outcome a caller', async () => {
    const { worker } = await open();
    const call = await worker.post(paths.deskCalls(), { flow: 'level' }, paths.deskCalls());
    const id = call.location?.split('/')[3] ?? '';
    await worker.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME, paths.deskRecord(id));
    await worker.post(paths.deskAction(id, 'disputes'), { why: 'He is not safe' }, paths.deskRecord(id));
    for (const page of [paths.desk(), paths.deskRecord(id)]) {
      const { text } = await worker.get(page);
      expect([page, text.includes('Disputed by the caller'), text.includes('by the referrer')]).toEqual([
        page,
        true,
        false,
      ]);
    }
  });

  it('finds what somebody has to sign however many others wait, and however many are nothing for them', async () => {
    const { world } = await open();
    const flow = world.services.library.areas.get('bury')?.flows.get('level');
    if (flow === undefined) throw new Error('no flow');
    await world.store.versions.keep(versionOf(flow), flow);
    const may = await world.openDesk('operational manager');
    const tom = await world.openDesk('duty worker');
    const openOne = async (number: number, signer: string) => {
      const { id } = await world.store.consultations.open({
        area: 'bury',
        flow: 'level',
        version: versionOf(flow),
        by: { by: 'duty worker', who: { id: 'amina', name: 'Amina Shah', role: 'duty worker' } },
        makeReference: () => makeReference('B', world.services.random),
        also: [
          { kind: 'taken by telephone', reach: '', deadlines: [] },
          {
            ...(happeningOf('outcome recorded') as object),
            decidedBy: 'The meeting',
            signers: [signer],
            deadlines: [{ id: 'countersignature', do: 'Sign', who: '', by: `2026-12-${10 + number}` }],
          } as Happening,
        ],
      });
      return id;
    };
    for (let number = 0; number < 21; number += 1) await openOne(number, 'operational manager');
    const last = await openOne(21, 'duty worker');
    const toSign = async (who: typeof may) =>
      [...(await who.get(paths.deskOf('to-sign'))).text.matchAll(/id="line-([^"]+)"/g)].map(([, id]) => id);
    // Whoever recorded the last one has the role that signs it, so any second person may.
    expect([(await toSign(may)).length, await toSign(tom)]).toEqual([22, [last]]);
  });

  it('are shown to nobody else', async () => {
    const { worker } = await open();
    expect((await worker.get(paths.deskOf('urgent'))).text).not.toContain('id="show-urgent"');
  });
});

describe('a form that is sent again', () => {
  it('does not reopen what the desk has closed meanwhile', async () => {
    const { world, ask, worker, kinds } = await open();
    const question = 'Is it one for you?';
    const { browser, id } = await ask(question);
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    await worker.post(paths.deskAction(id, 'outcomes'), BURY_OUTCOME, paths.deskRecord(id));
    const closed = await kinds(id);
    expect(closed.at(-1)).toBe('outcome recorded');
    // The page from before the handover, as a browser would send it again.
    const stalePages: Record<string, string>[] = [{}, { seen: '1' }];
    for (const stale of stalePages) {
      const again = await browser.post(paths.handovers(id), { question, reach: REACH, ...stale });
      expect(again.status).toBe(303);
    }
    expect(await kinds(id)).toEqual(closed);
    expect(readDeskCase((await world.store.log.read(id)) ?? [])?.state).toBe('closed');
  });

  it('takes effect once: a double click on any form of the record, and a page that was left open', async () => {
    const { ask, worker, kinds } = await open();
    const { id } = await ask('Is it one for you?');
    await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
    const WRITTEN = {
      chasings: { whom: 'The school', answer: 'They ring today' },
      disagreements: { between: 'The school and the police', about: 'Whether it is a referral' },
    };
    const page = (await worker.get(paths.deskRecord(id))).text;
    for (const [noun, written] of Object.entries(WRITTEN)) {
      const action = paths.deskAction(id, noun as keyof typeof WRITTEN);
      const form = readForms(page).find((found) => found.action === action);
      const before = (await kinds(id)).length;
      for (let press = 0; press < 2; press++) await worker.post(action, { ...form?.values, ...written });
      expect([noun, (await kinds(id)).length]).toEqual([noun, before + 1]);
    }
  });
});
