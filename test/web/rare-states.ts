/** Pages with forms that are only shown in states that take many steps to reach; each is brought there as in use. */
import { addDays, describeDay, localDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { type Happening, isRefusal } from '../../server/consultation/entry.ts';
import { UNSENT_INPUT, UNSENT_STAYS } from '../../server/desk/actions.ts';
import type { Library } from '../../server/flow/check/library.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import { readCase } from '../../server/flow/walk/written-answers.ts';
import { loadReal } from '../real-content.ts';
import { beginConsultation } from './begin-consultation.ts';
import { chooseIn, openAsked, STORY, WRITTEN } from './desk/desk-story.ts';
import { complete, getInstrument, makeReferred } from './pathway/pathway-world.ts';
import type { Browser } from './people/browser.ts';
import type { openDeskApp } from './people/desk-app.ts';
import { makeIds } from './people/route-ids.ts';
import { storyOf } from './walking.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type Pages = AsyncGenerator<[Browser, string]>;

const TODAY = '2026-11-22';
const YEAR = 366 * 24 * 60;

/** An earlier version of a flow, which was withdrawn. */
function makeEarlierFlow() {
  const library = loadReal();
  const now = library.areas.get('bury')?.flows.get('level');
  if (now === undefined) throw new Error('Bury has no main door');
  const flow = { ...now, title: `${now.title}, as it was` };
  return { library, flow, version: versionOf(flow) };
}

/** The real content, in which one flow replaces an earlier one that was withdrawn. */
export function libraryWithWithdrawn(): Library {
  const { library, version } = makeEarlierFlow();
  return { ...library, withdrawn: new Map([[version, { version, on: '2026-11-20', why: 'It was wrong' }]]) };
}

/**
 * `world`: with the library above. It moves the clock by six years at its end, so anybody who was signed in before is
 * signed out then.
 */
export async function* pagesInRareStates(world: World): Pages {
  yield* ofProfessionals(world);
  yield* ofAccounts(world);
  yield* ofTheDesk(world);
  yield* ofPathways(world);
  yield* ofNumbers(world);
  yield* yearsLater(world);
}

async function open(world: World, flow: string, ...happenings: Happening[]) {
  const browser = world.openBrowser();
  const { id } = await beginConsultation(browser, { area: 'bury', flow });
  if (happenings.length > 0) await append(world, id, ...happenings);
  return { browser, id };
}

async function append({ store }: World, id: string, ...happenings: Happening[]): Promise<void> {
  const decided = await store.log.decide(id, () => happenings, 'professional');
  if (isRefusal(decided)) throw new Error(decided.message);
}

async function ask(world: World) {
  const { browser, id } = await open(world, 'level');
  await browser.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, paths.handover(id));
  return { browser, id };
}

async function* ofProfessionals(world: World): Pages {
  const { flow, version } = makeEarlierFlow();
  await world.store.versions.keep(version, flow);
  const withdrawn = await open(world, 'level', { kind: 'moved', version, why: 'It was begun before' });
  yield [withdrawn.browser, paths.consultation(withdrawn.id)];

  const { flow: door, story } = storyOf('bury', 'organised_abuse');
  const compiled = world.services.library.areas.get('bury')?.flows.get(door);
  if (compiled === undefined) throw new Error(`Bury has no flow ${door}`);
  const answers = Object.entries(readCase(compiled, story, TODAY).answers);
  const result = await open(
    world,
    door,
    ...answers.map(([question, answer]) => ({ kind: 'answered', question, answer }) as const),
  );
  yield [result.browser, paths.result(result.id)];

  const lines = [{ part: 'seen' as const, label: 'What you saw', words: 'She is thin' }];
  await append(world, result.id, { kind: 'handover sheet taken away', as: 'pdf', lines });
  yield [result.browser, paths.handoverSheet(result.id)];
}

async function* ofAccounts(world: World): Pages {
  const me = await world.openDesk('duty worker');
  const passkey = { id: 'p', publicKey: '', counter: 0, transports: [], name: 'My telephone' };
  await world.store.people.secondFactors.addPasskey({ ...passkey, account: me.member.id });
  yield [me, paths.account()];
  const until = describeDay(addDays(localDay(world.clock()), 1));
  await me.post(paths.deskAbsences(), { until }, paths.deskHandover());
  yield [me, paths.deskHandover()];

  const administrator = await world.openDesk('administrator');
  const { own } = await makeIds(world, paths.client(':id'), administrator);
  const client = await world.store.clients.find(own.id ?? '');
  if (client === undefined) throw new Error('there is no client');
  const webhook = { url: 'https://case.example/front-door', secret: world.services.signing.seal.close('secret') };
  await world.store.clients.setWebhook(client, webhook, { id: 'x', name: 'A', role: 'administrator' });
  await ask(world);
  yield [administrator, paths.client(client.id)];
}

/** Yields each page before the action on it is done. */
async function* ofTheDesk(world: World): Pages {
  const desk = await openAsked(world);
  const { id, people, professional } = desk;
  for (const [who, noun, written = WRITTEN[noun]] of STORY) {
    yield [people[who], paths.deskRecord(id)];
    const chosen = await chooseIn(desk, noun);
    // What a browser has typed on the page in the meantime is kept as a draft, and passing on asks about it.
    const sent = { [UNSENT_INPUT]: UNSENT_STAYS, ...written, ...chosen };
    const { status, location } = await people[who].post(paths.deskAction(id, noun), sent, paths.deskRecord(id));
    if (status !== 303) throw new Error(`${who} could not send ${noun}: ${status} ${location ?? ''}`);
    if (noun === 'outcomes') yield [professional, paths.handover(id)];
  }
}

async function* ofPathways(world: World): Pages {
  const [duty, manager] = [await world.openDesk('duty worker'), await world.openDesk('operational manager')];
  const specialist = await world.openDesk('specialist worker');
  const id = await makeReferred(world, duty);
  yield [specialist, paths.pathway(id)];
  const opening = { referred: '20 11 2026', why: 'Agreed with the manager of MASH' };
  await specialist.post(paths.pathwayAction(id, 'openings'), opening, paths.pathway(id));
  await complete(manager, id, getInstrument(world, 'exit_meeting'), { held_on: '22 11 2026' });
  yield [manager, paths.pathway(id)];
  await manager.post(paths.pathwayAction(id, 'closings'), { reason: 'The family has help' }, paths.pathway(id));
  yield [manager, paths.pathway(id)];
}

async function* ofNumbers(world: World): Pages {
  const reported = { area: 'bury', contact: 'mash', way: '0161 253 5678', wrong: 'nobody_answers' };
  await world.store.numberReports.add(reported);
  yield [await world.openDesk('safeguarding lead'), paths.deskNumbers()];
}

/** A mail that was given up, and a record that is due for erasure. */
async function* yearsLater(world: World): Pages {
  const { id } = await ask(world);
  world.clock.pass(6 * YEAR);
  await world.store.mails.queueUnclaimed(['bury'], 0);
  const { number = 0 } = (await world.store.mails.take(5)) ?? {};
  await world.store.mails.settle(number, 'failed', '550 No such desk');
  yield [await world.openDesk('duty worker'), paths.deskMails()];
  const lead = await world.openDesk('safeguarding lead');
  const page = paths.deskRetention(id);
  yield [lead, page];
  await lead.post(paths.deskRetentionAction(id, 'holds'), { reason: 'Court, case 12' }, page);
  yield [lead, page];
}
