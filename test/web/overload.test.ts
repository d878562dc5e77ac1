/** What one person can do without an account is limited, with an explanation, and nobody else notices. */
import { describe, expect, it } from 'vitest';
import { NETWORK_LIMITS } from '../../server/base/network-limits.ts';
import { paths } from '../../server/base/paths.ts';
import { createHasher, TooManyWaiting } from '../../server/people/hasher.ts';
import { openConsultation } from '../store/temporary.ts';
import { openApp } from './app.ts';
import { answer, idOf, openDoor } from './walking.ts';

const [FLOODER, SCHOOL] = ['203.0.113.9', '198.51.100.4'];

describe('writing without an account', () => {
  it('is limited by network: new consultations', async () => {
    const { visit } = await openApp();
    const [flooder, teacher] = [visit(FLOODER), visit(SCHOOL)];
    const form = (await flooder.go(paths.area('bury'))).form(paths.consultations());
    let refused = '';
    for (let count = 0; count <= NETWORK_LIMITS.opening.atOnce && refused === ''; count++) {
      const page = await flooder.send(form);
      if (page.status === 429) refused = `${count} ${page.text}`;
    }
    expect(refused).toMatch(new RegExp(`^${NETWORK_LIMITS.opening.atOnce} .*Wait a minute`, 's'));
    expect((await openDoor(teacher, 'bury', 'level')).status).toBe(200);
  });

  it('is counted together for a network’s consultations and conversations', async () => {
    const { visit } = await openApp();
    const flooder = visit(FLOODER);
    const consultation = (await flooder.go(paths.area('bury'))).form(paths.consultations());
    const conversation = (await flooder.go(paths.talkFor('public'))).form(paths.talk());
    const half = NETWORK_LIMITS.opening.atOnce / 2;
    for (let count = 0; count < half; count++) {
      expect((await flooder.send(consultation)).status).not.toBe(429);
      expect((await flooder.send(conversation, { anew: 'yes' })).status).not.toBe(429);
    }
    expect((await flooder.send(conversation, { anew: 'yes' })).status).toBe(429);
    expect((await flooder.send(consultation)).status).toBe(429);
  });

  it('is limited for questions to the desk, and keeps what was typed and says what to do', async () => {
    const { visit, clock } = await openApp();
    const flooder = visit(FLOODER);
    const id = idOf(await openDoor(flooder, 'bury', 'level'));
    const ask = async (count: number) => {
      const form = (await flooder.go(paths.handover(id))).form(paths.handovers(id));
      return flooder.send(form, { question: `Question ${count}`, reach: '0161 496 0000' });
    };
    const before = await flooder.go(paths.handover(id));
    const form = before.form(paths.handovers(id));
    let last = before;
    for (let count = 0; count <= NETWORK_LIMITS.asking.atOnce; count++)
      last = await flooder.send(form, { question: '', reach: '' });
    expect(last.status).toBe(422);
    last = await ask(99);
    expect(last.text).toContain('Wait a minute and press the button again');
    expect(last.html).toContain('Question 99');
    clock.pass(1);
    expect((await ask(100)).status).toBe(200);
  });
});

describe('the forms of a consultation', () => {
  it('share a limit far above what a school sends, and others do not notice it', async () => {
    const { visit, clock } = await openApp();
    const [flooder, teacher] = [visit(FLOODER), visit(SCHOOL)];
    const page = await openDoor(flooder, 'bury', 'level');
    const token = page.questionForm.sends.get('token') ?? '';
    const moves = () => flooder.request(paths.moves(idOf(page)), post(token));
    const statuses = new Map<number, number>();
    for (let count = 0; count < NETWORK_LIMITS.sending.atOnce + 5; count++) {
      const { status } = await moves();
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses].sort()).toEqual([
      [303, NETWORK_LIMITS.sending.atOnce],
      [429, 5],
    ]);
    expect((await answer(teacher, await openDoor(teacher, 'bury', 'level'), 'no')).status).toBe(200);
    clock.pass(1);
    expect((await moves()).status).toBe(303);
  });
});

const post = (token: string) => ({
  method: 'POST',
  body: new URLSearchParams({ token }).toString(),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});

describe('a record', () => {
  it('has a maximum size, with a message, and short entries still fit', async () => {
    const { store } = await openApp();
    const { id } = await openConsultation(store);
    const note = (letters: number) =>
      store.log.decide(id, () => [{ kind: 'noted', text: 'x'.repeat(letters) }], 'professional');
    let refusal: unknown;
    let count = 0;
    for (; count < 100 && refusal === undefined; count++) {
      const decided = await note(20_000);
      if ('refused' in decided) refusal = decided.message;
    }
    expect([count, refusal]).toEqual([
      50,
      expect.stringMatching(/record is full.*Nothing was saved.*another consultation/),
    ]);
    expect(await note(500)).not.toHaveProperty('refused');
  });
});

describe('checking passwords', () => {
  it('has a limited queue: everybody beyond it is told at once', async () => {
    const hasher = createHasher();
    const hashed = await hasher.hash('a long password of nobody');
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, () => hasher.verify(hashed, 'a long password of nobody')),
    );
    const right = answers.filter((answer) => answer.status === 'fulfilled' && answer.value);
    const refused = answers.filter((answer) => answer.status === 'rejected' && answer.reason instanceof TooManyWaiting);
    expect([right.length, refused.length]).toEqual([66, 34]);
    expect(await hasher.verify(hashed, 'a long password of nobody')).toBe(true);
  });
});

describe('the conversation of a child in two tabs', () => {
  it('is not replaced without asking', async () => {
    const { visit } = await openApp();
    const child = visit();
    const start = await child.go(paths.talkFor('child'));
    const first = await child.send(start.form(paths.talk()));
    await answer(child, first, 'safe');
    const asked = await child.send((await child.go(paths.talkFor('public'))).form(paths.talk()));
    expect(asked.status).toBe(409);
    expect(asked.text).toMatch(/already started.*Go on.*start again/is);
    expect((await child.go(paths.talk())).html).toContain('child_help');
    const anew = await child.send(asked.form(paths.talk()));
    expect(anew.html).toContain('immediate_danger');
  });
});
