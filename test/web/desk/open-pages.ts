/**
 * Every page that a signed-in person can open, with something to do on each: a claimed consultation, one that is
 * decided and needs a second signature, pathways, conversations of their own. Taken from the routes, so a new page is
 * included automatically.
 */
import { paths } from '../../../server/base/paths.ts';
import { type Happening, isRefusal } from '../../../server/consultation/entry.ts';
import { readCase } from '../../../server/flow/walk/written-answers.ts';
import type { Role } from '../../../server/people/permissions.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { isOpen } from '../../../server/web/kit/open-routes.ts';
import { beginConsultation } from '../begin-consultation.ts';
import type { openDeskApp } from '../people/desk-app.ts';
import { makeIds } from '../people/route-ids.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<World['openDesk']>>;

/** Pages that end something when they are opened, or begin on another site. */
const NOT_OPENED = [paths.leave(), paths.organisation(), paths.organisationReturn()];

/** Every URL that this person can open, with something to do on each. */
export async function openPages(role: Role, world: World) {
  const colleague = await world.openDesk('duty worker');
  const me = await world.openDesk(role);
  const [claimed, closed] = [await makeIds(world, PATHWAY, me), await makeIds(world, PATHWAY, colleague)];
  const records: Record<string, string>[] = [claimed.own, closed.own].map((ids) => ({
    ...ids,
    form: 'interagency_referral',
  }));
  for (const { id = '' } of records) await append(world, id, ONGOING);
  await append(world, records[1]?.id ?? '', DECIDED, colleague);
  const conversations = [await openConversation(world, me, false), await openConversation(world, me, true)];
  const instances = async (path: string): Promise<Record<string, string>[]> => {
    if (!path.includes(':')) return [{}];
    if (path.startsWith(paths.deskRecord(':id'))) return records;
    if (path.startsWith(paths.consultation(':id')))
      return conversations.map((id) => ({ id, question: 'immediate_danger' }));
    if (path.startsWith('/people/')) return [(await makeIds(world, path, me)).own];
    return [];
  };
  const routes = world.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
  const named = new Set(readRoutes(world.app).named.map(({ path }) => path));
  const opened = [...new Set(routes)].filter(
    (path) => (named.has(path) || isOpen('GET', path)) && !NOT_OPENED.includes(path),
  );
  const addresses: string[] = [];
  for (const path of opened)
    for (const ids of await instances(path))
      addresses.push(path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? ''));
  const ids = [records[0]?.id ?? '', conversations[0] ?? ''] as const;
  return { me, addresses: [...addresses, ...asked(...ids), await correctingPathway(world, ids[0])] };
}

/** The page of a pathway with the form that corrects its first entry. */
async function correctingPathway({ store }: World, id: string): Promise<string> {
  const entries = (await store.log.read(id)) ?? [];
  const opened = entries.find(({ what }) => what.kind === 'pathway opened');
  if (opened === undefined) throw new Error('The pathway was not opened');
  return paths.pathwayCorrecting(id, opened.number).replace(/#.*/, '');
}

const PATHWAY = paths.pathway(':id');

/** What is on a page only if its URL asks for it. */
function asked(record: string, conversation: string): string[] {
  const corrections = [2, 3].flatMap((entry) => [
    paths.deskCorrecting(record, entry),
    paths.correcting(conversation, entry),
  ]);
  const contacts = ['mash', 'edt'].map((contact) => paths.wrongNumberOf('bury', contact));
  return [...corrections, ...contacts].map((address) => address.replace(/#.*/, ''));
}

const LATER = '2026-12-01T10:00:00.000Z';
const ONGOING: Happening[] = [
  {
    kind: 'household child recorded',
    child: 'child_9',
    name: 'Ada Lee',
    age: '5',
    level: 2,
    levelWords: 'Level 2',
    outcome: '',
    outcomeWords: '',
    note: '',
  },
  { kind: 'disagreement recorded', between: 'The school and the police', about: 'Whether it is a referral' },
];
const DECIDED: Happening[] = [
  {
    kind: 'outcome recorded',
    outcome: 'referral_agreed',
    words: 'Referral agreed',
    reason: '',
    decidedBy: 'A duty worker',
    level: 5,
    advised: '',
    departs: 'no',
    signers: ['operational manager'],
    deadlines: [
      { id: 'manager_reviews', do: 'Review the referral', who: 'a manager', by: LATER },
      { id: 'countersignature', do: 'Sign it', who: 'a manager', by: LATER },
      { id: 'visit', do: 'Visit the family', who: 'the desk', within: '3 days', from: 'the first call' },
    ],
  },
  { kind: 'disputed', why: 'She has not eaten since Friday', deadlines: [] },
];

async function append({ store }: World, id: string, happenings: readonly Happening[], by?: SignedIn): Promise<void> {
  const author =
    by === undefined ? 'duty worker' : { by: 'duty worker' as const, who: { ...by.member, name: 'A duty worker' } };
  const decided = await store.log.decide(id, () => happenings, author);
  if (isRefusal(decided)) throw new Error(decided.message);
}

/** One's own conversation, as a professional. */
async function openConversation({ store, services }: World, me: SignedIn, isFinished: boolean): Promise<string> {
  const { id } = await beginConsultation(me);
  const area = services.library.areas.get('bury');
  const found = [...(area?.cases.values() ?? [])].find(({ flow }) => flow === 'level');
  const flow = area?.flows.get('level');
  if (found === undefined || flow === undefined) throw new Error('Bury has no case of its main door');
  const { answers } = readCase(flow, found.answers, '2026-11-22');
  const happenings = Object.entries(answers).map(
    ([question, answer]) => ({ kind: 'answered', question, answer }) as const,
  );
  await store.log.decide(id, () => (isFinished ? happenings : happenings.slice(0, 2)), 'professional');
  return id;
}
