/** Waiting and failed mails on the desk's page. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { ConfigProblem, readConfig } from '../../server/config.ts';
import { makeReference } from '../../server/consultation/reference.ts';
import { openRaw } from '../store/temporary.ts';
import { openDeskApp } from '../web/people/desk-app.ts';

it('a failed mail is shown on the queue with the reason, and can be tried again from the desk', async () => {
  const world = await openDeskApp();
  const opened = await world.store.consultations.open({
    area: 'bury',
    flow: 'level',
    version: 'v1',
    by: 'professional',
    makeReference: () => makeReference('B', randomBytes),
  });
  const at = world.clock().toISOString();
  const raw = openRaw(world.store.file);
  const insert = raw.prepare(
    'insert into mails (consultation, area, reference, about, moment, state, made_at, next_at, problem, message_id, tries) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  insert.run(
    opened.id,
    'bury',
    opened.reference,
    'waits',
    'entry 1',
    'failed',
    at,
    at,
    'EENVELOPE 550 No such desk',
    'm',
    3,
  );
  const amina = await world.openDesk('duty worker');
  const queue = (await amina.get(paths.desk())).text;
  expect(queue).toContain('Mails to the desk: 1 failed.');
  const page = (await amina.get(paths.deskMails())).text;
  for (const words of [opened.reference, '550 No such desk', 'This desk is not told by mail.'])
    expect(page).toContain(words);
  const bolton = await world.openDesk('duty worker', 'bolton');
  expect((await bolton.get(paths.deskMails())).text).not.toContain(opened.reference);
  await bolton.post(paths.deskMails(), { mail: '1' }, paths.deskMails());
  expect(raw.prepare('select state from mails').pluck().get()).toBe('failed');
  expect((await amina.post(paths.deskMails(), { mail: '1' }, paths.deskMails())).status).toBe(303);
  expect(raw.prepare('select state from mails').pluck().get()).toBe('waiting');
}, 60_000);

it('mail is off until it is configured, and a wrong setting is named without the password', () => {
  expect(readConfig({}).mail).toBeUndefined();
  const SMTP_URL = 'smtps://user:secret@mail.example';
  const good = { SMTP_URL, MAIL_FROM: 'Front Door <fd@gm.example>', MAIL_TO: 'bury=duty@bury.example' };
  expect(readConfig(good).mail?.to.get('bury')).toBe('duty@bury.example');
  expect(() => readConfig({ SMTP_URL })).toThrow(/MAIL_FROM is missing/);
  expect(() => readConfig({ ...good, MAIL_TO: 'bury=nobody' })).toThrow(/"nobody"/);
  expect(() => readConfig({ ...good, SMTP_URL: 'secret' })).toThrow(ConfigProblem);
  expect(() => readConfig({ ...good, SMTP_URL: 'http://u:secret@x' })).not.toThrow(/secret/);
  expect(readConfig({}).figuresFloor).toBe(5);
  expect(() => readConfig({ FIGURES_FLOOR: '1' })).toThrow(/FIGURES_FLOOR/);
});
