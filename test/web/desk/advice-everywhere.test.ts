/**
 * What is advised, and whether somebody is in danger: every place at the desk says the same, even before the questions
 * are finished.
 */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type Given = [question: string, answer: string][];

async function open() {
  const world = await openDeskApp();
  return { world, worker: await world.openDesk('duty worker'), manager: await world.openDesk('operational manager') };
}

type Desk = Awaited<ReturnType<typeof open>>;

/** A consultation that was asked with these answers, and claimed. */
async function ask({ world, worker }: Desk, given: Given) {
  const browser = world.openBrowser();
  const { id } = await beginConsultation(browser);
  const answer = async (more: Given) => {
    for (const [question, answered] of more) {
      const entries = (await world.store.log.read(id)) ?? [];
      const before = entries.findLast(({ what }) => what.kind === 'answered' && what.question === question);
      const seen = String(before?.number ?? 0);
      await browser.post(paths.answers(id), { question, [question]: answered, seen }, paths.consultation(id));
    }
  };
  await answer(given);
  await browser.post(
    paths.handovers(id),
    { question: 'Is it one for you?', reach: '0161 496 0001' },
    paths.handover(id),
  );
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  return { id, answer };
}

const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ');

/** Without what is on every page, where 999 also appears. */
const mainOf = (html: string) => html.slice(html.indexOf('<h1'), html.indexOf('</main>'));

/** Place → its words about this consultation. */
async function placesOf({ worker, manager }: Desk, id: string): Promise<[place: string, text: string][]> {
  const card = async (path: string, reader = worker) => {
    const { text } = await reader.get(path);
    const [, after = ''] = text.split(`id="line-${id}"`);
    return words(after.split('id="line-')[0] ?? '');
  };
  const handover = (await worker.get(paths.deskHandover())).text;
  const [, inList = ''] = handover.split(`href="${paths.deskRecord(id)}"`);
  return [
    ['the queue', await card(paths.desk())],
    ['one’s own', await card(paths.deskOf('mine'))],
    ['the manager’s tray', await card(paths.deskOf('urgent'), manager)],
    ['the hand-over', words(inList.split('Pass on')[0] ?? '')],
    ['the record', words(mainOf((await worker.get(paths.deskRecord(id))).text))],
    ['the call', words(mainOf((await worker.get(paths.deskQuestions(id))).text))],
    ['the copy', words(mainOf((await worker.get(paths.deskCopy(id))).text))],
    ['the text', (await worker.get(paths.deskDownload(id, 'txt'))).text.replace(/\s+/g, ' ')],
    ['the JSON', (await worker.get(paths.deskDownload(id, 'json'))).text],
  ];
}

/** The files show the answers; only pages have the badge. */
const hasBadge = ([place]: [string, string]) => !['the copy', 'the text', 'the JSON'].includes(place);

async function expectEverywhere(desk: Desk, id: string, said: { advice: string; badge: string; not: string[] }) {
  const places = await placesOf(desk, id);
  const missing = places.filter(([, text]) => !text.includes(said.advice)).map(([place]) => place);
  const bare = places.filter(hasBadge).filter(([, text]) => !text.includes(said.badge));
  expect([said.advice, missing, said.badge, bare.map(([place]) => place)]).toEqual([said.advice, [], said.badge, []]);
  for (const wrong of [...said.not, 'othing is advised'])
    expect([wrong, places.filter(([, text]) => text.includes(wrong)).map(([place]) => place)]).toEqual([wrong, []]);
}

const NOW = 'In danger now';
const UNKNOWN = 'Not known whether in danger now';
const TAKEN_BACK = 'Danger was answered, and taken back';

it('in danger, with questions open, says 999 first, and what comes after the call', async () => {
  const desk = await open();
  const { id, answer } = await ask(desk, [['immediate_danger', 'yes']]);
  await expectEverywhere(desk, id, { advice: 'Call 999 now', badge: NOW, not: [UNKNOWN, TAKEN_BACK] });
  const { text } = await desk.worker.get(paths.desk());
  expect(text.replaceAll('&quot;', '"')).toContain(`"${id}":"${NOW}"`);

  await answer([['danger_reported', 'called']]);
  const advice = '999 has been called, as it was answered. Then: Refer to MASH without delay';
  await expectEverywhere(desk, id, { advice, badge: NOW, not: [UNKNOWN, TAKEN_BACK] });

  await answer([['immediate_danger', 'no']]);
  await expectEverywhere(desk, id, {
    advice: 'Telephone MASH',
    badge: TAKEN_BACK,
    not: [NOW, UNKNOWN, 'Call 999 now, at once'],
  });
});

it('with danger not known, says just that, as urgently as danger', async () => {
  const desk = await open();
  const { id } = await ask(desk, [
    ['immediate_danger', 'unknown'],
    ['danger_seen', 'unknown'],
  ]);
  await expectEverywhere(desk, id, {
    advice: 'Telephone MASH',
    badge: UNKNOWN,
    not: [NOW, TAKEN_BACK, 'Call 999 now'],
  });
  expect((await desk.world.store.queueRows.find(id))?.urgency).toBe('danger');
});

it('with nothing answered, advises nothing, and says that the urgency is not known', async () => {
  const desk = await open();
  const { id } = await ask(desk, []);
  for (const [place, text] of (await placesOf(desk, id)).filter(([place]) => /queue|hand-over|record|text/.test(place)))
    expect([place, /othing is advised yet|no question is answered/.test(text)]).toEqual([place, true]);
});
