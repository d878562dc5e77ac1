import { describe, expect, it } from 'vitest';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { hashToken } from '../../server/store/sessions.ts';
import { asStranger, createClock, openConsultation, openTemporary } from './temporary.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const [mine, other] = [hashToken('my token'), hashToken('another token')];
const here = { address: '192.0.2.7', tokenHash: mine };

async function openWithCode(options: { days?: number } = {}) {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { id, reference } = await openConsultation(store);
  const code = 'kx3m-9tdw-hf6y-r4pc';
  await store.codes.make(id, hashCode(code), options.days ?? 30);
  const right = { reference, hash: hashCode(code), ...here };
  const wrong = { reference, hash: hashCode('wrong'), ...here };
  return { clock, store, id, reference, right, wrong };
}

describe('a browser', () => {
  it('sees the consultations that it opened, and no others', async () => {
    const store = await openTemporary();
    const one = await openConsultation(store, { tokenHash: mine });
    const two = await openConsultation(store, { tokenHash: mine });
    const three = await openConsultation(store, { tokenHash: other });
    expect(await store.consultations.holds(mine, one.id)).toBe(true);
    expect(await store.consultations.holds(mine, three.id)).toBe(false);
    expect(await store.consultations.holds(hashToken('guessed'), one.id)).toBe(false);
    const held = await store.consultations.heldBy(mine);
    expect(held.map((line) => line.id).sort()).toEqual([one.id, two.id].sort());
  });

  it('sees nothing after twelve hours except what it gets then', async () => {
    const clock = createClock();
    const store = await openTemporary({ clock });
    const { id } = await openConsultation(store, { tokenHash: mine });
    clock.pass(12 * HOUR - 1);
    expect(await store.consultations.holds(mine, id)).toBe(true);
    clock.pass(2);
    expect(await store.consultations.holds(mine, id)).toBe(false);
    await store.sessions.see(mine);
    expect(await store.sessions.find(mine)).toBeDefined();
    expect(await store.consultations.holds(mine, id)).toBe(false);
    await store.consultations.hold(mine, id);
    expect(await store.consultations.holds(mine, id)).toBe(true);
  });

  it('is recorded as active, and deleted when it is over', async () => {
    const clock = createClock();
    const store = await openTemporary({ clock, sessionLimits: { idleHours: 1, mostHours: 3 } });
    await store.sessions.see(mine);
    clock.pass(50);
    await store.sessions.see(mine);
    await store.sessions.see(other);
    clock.pass(50);
    expect(await store.sessions.sweep()).toBe(0);
    expect(await store.sessions.find(mine)).toMatchObject({ seenAt: '2026-11-22T09:50:00.000Z' });
    clock.pass(30);
    expect(await store.sessions.sweep()).toBe(2);
  });

  it('is stored as a hash only', async () => {
    const store = await openTemporary();
    await openConsultation(store, { tokenHash: mine });
    const sessions = await asStranger(store.file, 'select * from sessions');
    const tables = JSON.stringify([sessions, await asStranger(store.file, 'select * from holders')]);
    expect(tables).toContain(mine);
    expect(tables).not.toContain('my token');
  });
});

describe('a return code', () => {
  it('gives the consultation back to another browser, more than once', async () => {
    const { store, id, right } = await openWithCode();
    expect(await store.consultations.holds(mine, id)).toBe(false);
    expect(await store.codes.use(right)).toEqual({ right: true, consultation: id });
    expect(await store.consultations.holds(mine, id)).toBe(true);
    expect(await store.codes.use({ ...right, tokenHash: other })).toEqual({ right: true, consultation: id });
  });

  it('does not work if it is wrong, for another reference, replaced or expired', async () => {
    const { clock, store, id, right, wrong } = await openWithCode({ days: 2 });
    expect(await store.codes.use(wrong)).toEqual({ right: false, why: 'wrong' });
    expect(await store.codes.use({ ...right, reference: 'B 00 00 00 00 0' })).toEqual({ right: false, why: 'wrong' });
    clock.pass(2 * DAY);
    expect(await store.codes.use(right)).toEqual({ right: false, why: 'expired' });
    const newer = hashCode('newer');
    await store.codes.make(id, newer, 2);
    expect(await store.codes.use(right)).toEqual({ right: false, why: 'wrong' });
    expect(await store.codes.use({ ...right, hash: newer })).toMatchObject({ right: true });
    expect(await store.consultations.holds(mine, id)).toBe(true);
  });

  it('is forgotten 30 days after it has expired, and what the codes come to is right without it', async () => {
    const { clock, store, id, right } = await openWithCode({ days: 2 });
    clock.pass(31 * DAY);
    const newer = hashCode('newer');
    await store.codes.make(id, newer, 2);
    await store.codes.sweep();
    expect(await asStranger(store.file, 'select 1 as one from return_codes')).toHaveLength(2);
    clock.pass(DAY);
    await store.codes.sweep();
    expect(await asStranger(store.file, 'select 1 as one from return_codes')).toHaveLength(1);
    expect(await store.codes.use({ ...right, hash: newer })).toMatchObject({ right: true });
    clock.pass(40 * DAY);
    await store.codes.sweep();
    await store.codes.sweep();
    expect(await asStranger(store.file, 'select 1 as one from return_codes')).toEqual([]);
    expect(await store.codes.use({ ...right, hash: newer })).toEqual({ right: false, why: 'wrong' });
    expect(await store.rowSums.findDiffering()).toEqual([]);
  });

  it('is not checked for a quarter of an hour after five wrong ones from an address', async () => {
    const { clock, store, right, wrong } = await openWithCode();
    for (let tries = 0; tries < 5; tries++) expect(await store.codes.use(wrong)).toMatchObject({ why: 'wrong' });
    clock.pass(5);
    expect(await store.codes.use(right)).toEqual({ right: false, why: 'wait', minutes: 10 });
    clock.pass(10);
    expect(await store.codes.use(right)).toMatchObject({ right: true });
  });

  it('cannot be locked by others: an address without a wrong attempt may try', async () => {
    const { store, right, wrong } = await openWithCode();
    for (let tries = 0; tries < 300; tries++) await store.codes.use({ ...wrong, address: `203.0.113.${tries % 200}` });
    expect(await store.codes.use(wrong)).toMatchObject({ why: 'wrong' });
    expect(await store.codes.use(right)).toMatchObject({ why: 'wait' });
    expect(await store.codes.use({ ...right, address: '192.0.2.8' })).toMatchObject({ right: true });
  });

  it('cannot be guessed by trying one reference after another', async () => {
    const { store, wrong } = await openWithCode();
    const answers = [];
    for (let tries = 0; tries < 25; tries++) answers.push(await store.codes.use({ ...wrong, reference: `R${tries}` }));
    expect(answers.filter((answer) => !answer.right && answer.why === 'wait')).toHaveLength(5);
  });

  it('leaves no address in the database', async () => {
    const { clock, store, wrong } = await openWithCode();
    await store.codes.use(wrong);
    const lines = () => asStranger(store.file, 'select * from wrong_codes');
    expect(await lines()).toHaveLength(1);
    expect(JSON.stringify(await lines())).not.toContain(here.address);
    clock.pass(16);
    await store.codes.use({ ...wrong, address: 'elsewhere' });
    expect(await lines()).toHaveLength(1);
  });

  it('is random and cannot be derived from what is stored', async () => {
    const { store } = await openWithCode();
    const kept = JSON.stringify(await asStranger(store.file, 'select * from return_codes'));
    expect(kept).not.toContain('kx3m');
    expect(makeCode((bytes) => new Uint8Array(bytes))).toBe('cccc-cccc-cccc-cccc');
  });
});
