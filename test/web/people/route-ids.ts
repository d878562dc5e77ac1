/** Ids for the parts of a route: the person's own, a colleague's, one in another area, and one that does not exist. */
import { randomBytes } from 'node:crypto';
import { localDay } from '../../../server/base/days.ts';
import { paths } from '../../../server/base/paths.ts';
import { isRefusal } from '../../../server/consultation/entry.ts';
import { makeReference } from '../../../server/consultation/reference.ts';
import { askDutyWorker, claim } from '../../../server/desk/claiming.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import type { openDeskApp } from './desk-app.ts';

type Desk = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<Desk['openDesk']>>;
export type Ids = Record<'own' | 'colleague' | 'foreign' | 'missing', Record<string, string>>;

const MISSING = { id: 'AAAAAAAAAAAAAAAAAAAAAA' };

const shared = new WeakMap<SignedIn, Map<string, Ids>>();

/** For requests that change nothing: the same ids each time. */
export async function findIds(desk: Desk, path: string, me: SignedIn): Promise<Ids> {
  if (!path.includes(':')) return makeIds(desk, path, me);
  const known = shared.get(me) ?? new Map<string, Ids>();
  shared.set(me, known);
  const kind = path.startsWith(paths.pathway(':id')) ? 'pathway' : (path.split('/:')[0] ?? '');
  const ids = known.get(kind) ?? (await makeIds(desk, path, me));
  known.set(kind, ids);
  return ids;
}

/**
 * New ids each time, because what a route does to one must not affect the next. A route with another kind of id gets a
 * line here.
 */
export async function makeIds(desk: Desk, path: string, me: SignedIn): Promise<Ids> {
  if (!path.includes(':')) return { own: {}, colleague: {}, foreign: {}, missing: {} };
  if (path.startsWith('/people/clients/:id')) return makeClients(desk);
  if (path.startsWith('/people/:id')) return makePeople(desk);
  if (path.startsWith(paths.pathway(':id'))) return makePathways(desk, me);
  if (path.startsWith('/desk/consultations/:id')) return makeConsultations(desk, me);
  throw new Error(`What do the ids of ${path} name? Say so in test/web/people/route-ids.ts`);
}

async function makeClients({ services }: Desk): Promise<Ids> {
  const { store, random, clock } = services;
  const make = (area: string) => {
    const tokenHash = random(32).toString('base64url');
    const expiresAt = new Date(clock().getTime() + 86_400_000).toISOString();
    const who = { id: 'x', name: 'An administrator', role: 'administrator' };
    return store.clients.make({ name: 'A system', area, rights: ['read'], tokenHash, expiresAt }, who);
  };
  const [own, foreign] = [await make('bury'), await make('bolton')];
  return { own: { id: own }, colleague: { id: own }, foreign: { id: foreign }, missing: MISSING };
}

async function makePeople(desk: Desk): Promise<Ids> {
  const [own, foreign] = [await desk.addMember('duty worker', 'bury'), await desk.addMember('duty worker', 'bolton')];
  return { own: { id: own.id }, colleague: { id: own.id }, foreign: { id: foreign.id }, missing: MISSING };
}

const colleagues = new WeakMap<Desk, { bury: SignedIn; bolton: SignedIn }>();

async function openColleagues(desk: Desk) {
  const known = colleagues.get(desk);
  if (known !== undefined) return known;
  const made = {
    bury: await desk.openDesk('duty worker', 'bury'),
    bolton: await desk.openDesk('duty worker', 'bolton'),
  };
  colleagues.set(desk, made);
  return made;
}

async function makeConsultations(desk: Desk, me: SignedIn): Promise<Ids> {
  const { bury, bolton } = await openColleagues(desk);
  const mine = me.member.role === 'duty worker' || me.member.role === 'operational manager' ? me : bury;
  const [own, colleague, foreign] = [
    await makeClaimed(desk, 'bury', mine),
    await makeClaimed(desk, 'bury', bury),
    await makeClaimed(desk, 'bolton', bolton),
  ];
  const form = { form: 'interagency_referral' };
  return {
    own: { id: own, ...form },
    colleague: { id: colleague, ...form },
    foreign: { id: foreign, ...form },
    missing: { ...MISSING, ...form },
  };
}

/** The same consultations, each with a pathway and a measurement in progress. Areas without pathways have none. */
async function makePathways(desk: Desk, me: SignedIn): Promise<Ids> {
  const ids = await makeConsultations(desk, me);
  for (const name of ['own', 'colleague'] as const)
    ids[name] = { ...ids[name], ...(await openPathway(desk, ids[name].id ?? '')) };
  const part = { sheet: '1', section: 'details' };
  return { ...ids, foreign: { ...ids.foreign, ...part }, missing: { ...ids.missing, ...part } };
}

async function openPathway({ store, services }: Desk, id: string): Promise<Record<string, string>> {
  const instrument = services.library.areas.get('bury')?.instruments.get('measurement_tool');
  if (instrument === undefined) throw new Error('Bury has no measurement tool');
  const version = versionOf(instrument);
  await store.versions.keepInstrument(version, instrument);
  const { kind: of, title } = instrument;
  const opened = {
    kind: 'pathway opened',
    team: 'the team',
    referred: '2026-11-20',
    why: 'Agreed',
  } as const;
  const started = {
    kind: 'instrument started',
    instrument: instrument.id,
    title,
    of,
    version,
    reason: 'First',
  } as const;
  const decided = await store.log.decide(id, () => [{ ...opened, deadlines: [] }, started], 'duty worker');
  if (isRefusal(decided)) throw new Error(decided.message);
  const [, sheet] = decided.added;
  return { sheet: String(sheet?.number), section: 'details' };
}

/**
 * A professional has asked, and the duty worker has claimed it. Written directly into the log, because each route needs
 * three.
 */
async function makeClaimed({ store, services }: Desk, area: string, { member }: SignedIn): Promise<string> {
  const found = services.library.areas.get(area);
  const flow = found?.flows.get(found.doors.find(({ reader }) => reader === 'professional')?.flow ?? '');
  if (found?.desk === undefined || flow === undefined) throw new Error(`${area} has no desk, or no door to it`);
  const version = versionOf(flow);
  await store.versions.keep(version, flow);
  const now = { at: services.clock().toISOString(), today: localDay(services.clock()) };
  const form = { question: 'Is this for you?', reach: '0161 496 0001' };
  const context = { desk: found.desk, now, urgent: false };
  const { id } = await store.consultations.open({
    area,
    flow: flow.id,
    version,
    by: 'professional',
    makeReference: () => makeReference(flow.area.referenceLetter, randomBytes),
  });
  const asked = await store.log.decide(id, (entries) => askDutyWorker(entries, form, context), 'professional');
  if (isRefusal(asked)) throw new Error(asked.message);
  const who = { id: member.id, name: `A ${member.role}`, role: member.role };
  const claimed = await store.log.decide(id, (entries) => claim(entries, who), { by: 'duty worker', who });
  if (isRefusal(claimed)) throw new Error(claimed.message);
  return id;
}
