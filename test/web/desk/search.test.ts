/**
 * The search of the desk: names however they are spelt, by child, worker and state, with the text around each match.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { asStranger } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;

async function askFrom(browser: ReturnType<World['openBrowser']>, id: string) {
  const asker = { name: 'Zoë Núñez', role: 'Teacher', agency: 'St. Mary’s', contact: '' };
  await browser.post(paths.addition(id, 'asker'), asker, paths.record(id));
  await browser.post(
    paths.handovers(id),
    { question: 'He slept at a friend’s house again', reach: '0161 496 0001 or 07700 900123' },
    paths.record(id),
  );
}

async function openAsked() {
  const world = await openDeskApp();
  const ask = async (name: string) => {
    const browser = world.openBrowser();
    const { id } = await beginConsultation(browser);
    await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
    await askFrom(browser, id);
    return id;
  };
  const id = await ask('Łukasz O’Brien');
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  const search = async (form: Record<string, string>) => worker.post(paths.deskSearch(), form, paths.deskSearch());
  return { id, worker, ask, search, world };
}

it('finds by child, worker, agency and state, with letters folded', async () => {
  const { search } = await openAsked();
  const found: Record<string, string>[] = [
    { child: 'lukasz obrien' },
    { child: 'O’Brien' },
    { child: 'brien, ŁUKASZ' },
    { agency: 'st marys' },
    { agency: 'St. Mary’s' },
    { professional: 'zoe nunez' },
    { worker: 'duty worker' },
    { state: 'open', child: 'lukasz' },
    { words: 'friends house' },
    { telephone: '01614960001' },
    { telephone: '+44 161 496 0001' },
    { telephone: '0044 (0)161-496-0001' },
    { telephone: '07700 900 123', child: 'lukasz' },
  ];
  for (const form of found) {
    const { text } = await search(form);
    expect([form, text.includes('1 found')]).toEqual([form, true]);
  }
  const missed: Record<string, string>[] = [
    { child: 'Lucas' },
    { worker: 'nobody' },
    { state: 'closed' },
    { level: '5' },
    { words: 'sleeping' },
    { telephone: '0161 496 0002' },
    { telephone: '0161 496 0001', child: 'Lucas' },
  ];
  for (const form of missed)
    expect([form, (await search(form)).text.includes('Nothing was found')]).toEqual([form, true]);
}, 60_000);

it('finds a telephone number in its own area alone, wants all of it, and logs that it was looked for', async () => {
  const { id, search, world } = await openAsked();
  const short = await search({ telephone: '0161' });
  expect([short.status, short.text.includes('at least nine digits')]).toEqual([422, true]);
  const theirs = await world.openDesk('duty worker', 'bolton');
  const elsewhere = await theirs.post(paths.deskSearch(), { telephone: '0161 496 0001' }, paths.deskSearch());
  expect(elsewhere.text).toContain('Nothing was found');
  await search({ telephone: '0161 496 0001' });
  const logged = await asStranger(
    world.store.file,
    `select body, area from looks where what = 'search' order by seq desc limit 1`,
  );
  expect(logged).toMatchObject([{ area: 'bury' }]);
  // As it was looked for: its last nine digits.
  expect(JSON.stringify(logged)).toContain('614960001');
  expect(JSON.stringify(logged)).toContain(id);
}, 60_000);

it('shows the text around what was found, and refuses what has no letter', async () => {
  const { search } = await openAsked();
  expect((await search({ words: 'slept' })).text).toContain('He slept at a friend’s house again');
  for (const name of ['words', 'child', 'agency']) {
    const refused = await search({ [name]: '_' });
    expect([name, refused.status, refused.text.includes('has no letter')]).toEqual([name, 422, true]);
  }
}, 60_000);

it('offers a consultation about a child with a similar name, and merges nothing', async () => {
  const { id, worker, ask } = await openAsked();
  const alike = await ask('Lukazs Obrien');
  const zara = await ask('Zara Khan');
  const zahra = await ask('Khan, Zahra');
  const page = (await worker.get(paths.deskRecord(zara))).text;
  expect(page).toContain('Consultations on a child with a similar name');
  expect(page).toContain(`href="${paths.deskRecord(zahra)}"`);
  expect(page).not.toContain('Consultations on a child of the same name');
  // That the same caller rang is said separately, and not by the child's name.
  const byName = page.replace(/<p class="fd-queue__who"><strong>May be the same as.*?<\/p>/g, '');
  for (const other of [id, alike]) expect(byName).not.toContain(`href="${paths.deskRecord(other)}"`);
}, 60_000);
