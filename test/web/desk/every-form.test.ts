/**
 * Every pair of forms of every page that a signed-in person can open: what is typed into one of them is still there after any other was sent.
 * The pages are taken from the routes, and the forms from the pages, so a new one is in by itself.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { type Happening, isRefusal } from '../../../server/consultation/entry.ts';
import { readCase } from '../../../server/flow/walk/written-answers.ts';
import { ROLES, type Role } from '../../../server/people/person.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { isOpen } from '../../../server/web/kit/open-routes.ts';
import { type PageForm, readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { makeIds } from '../people/route-ids.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<World['openDesk']>>;

/** What hands a consultation on, or ends something, takes the forms from its page: it is sent last. */
const LAST = /(claims|take-overs|hand-backs|passings|outcomes|disablings|revocations|removals|completions|givings-up)$/;
/** Pages that end something by being opened, or that begin with another site. */
const NOT_OPENED = [paths.leave(), paths.organisation(), paths.organisationReturn()];
/** Address of a form → why what is typed there is kept nowhere. */
const NOT_KEPT: Record<string, string> = {
  [paths.search()]: 'leads to a list, and changes nothing',
  [paths.deskSearch()]: 'leads to a list, and changes nothing; the words may be a name',
  [paths.deskExport()]: 'leads to a file, and changes nothing',
  [paths.signIn()]: 'is a password and a code',
  [paths.join()]: 'is a password and a code',
  [paths.password()]: 'is a password',
  [paths.authenticator()]: 'is a code',
  [paths.talkLanguage()]: 'is one choice, which is sent at once',
  [paths.talkAnswers()]: 'is a conversation of the public, of which nothing is kept anywhere',
};

describe('what is typed into one form of a page', () => {
  it('of a conversation of the public is not kept, whoever tries it out', async () => {
    const world = await openDeskApp();
    const me = await world.openDesk('duty worker');
    await me.post(paths.talk(), { reader: 'public' }, paths.talkFor('public'));
    const question = await me.get((await me.get(paths.talk())).location ?? '');
    const form = readForms(question.text).find(({ action }) => action === paths.talkAnswers());
    expect(form).toBeDefined();
    expect(form === undefined || isKept(form)).toBe(false);
  });

  it.each(ROLES)(
    'is still there after every other form of it was sent: %s',
    async (role) => {
      const { world, me, addresses } = await openPages(role);
      const subjects = new Map<string, string>();
      const several: string[] = [];
      for (const address of addresses) {
        const page = await me.get(address);
        if (page.status !== 200 || !page.headers.get('Content-Type')?.startsWith('text/html')) continue;
        const forms = readForms(page.text).filter((form) => isFilledIn(form) && !savesItself(form));
        const [kept, others] = [forms.filter(isKept), forms.filter((form) => !isKept(form))];
        expect([address, others.filter(({ action }) => !(action in NOT_KEPT)).map(({ action }) => action)]).toEqual([
          address,
          [],
        ]);
        if (kept.length > 1) several.push(address);
        // Those that other pages have as well were gone over there: one of them is enough here.
        const fresh = kept.filter(({ draft }) => !subjects.has(draft));
        for (const form of kept) expectOneSubject(subjects, form);
        if (fresh.length === 0) continue;
        await expectNothingLost(me, address, [...fresh, ...kept.filter((form) => !fresh.includes(form)).slice(0, 1)]);
        for (const { draft } of kept) await me.post(paths.draftRemovals(), { 'draft-removed': draft });
      }
      expect(several.length, `pages of ${role} with several forms`).toBeGreaterThanOrEqual(SEVERAL[role]);
      await world.store.close();
    },
    240_000,
  );
});

/** So that the test does not go over pages that are not there. */
const SEVERAL: Record<Role, number> = {
  'duty worker': 6,
  'operational manager': 8,
  'specialist worker': 2,
  'safeguarding lead': 2,
  administrator: 3,
};

const isFilledIn = ({ tag, texts, choices, hasPassword }: PageForm) =>
  /method="post"/.test(tag) && (hasPassword || texts.length + choices.length > 0);

/** As `static/drafts.js` has it. */
const isKept = ({ action, tag, hasPassword, hidden }: PageForm) =>
  !hasPassword &&
  action !== paths.authenticator() &&
  !tag.includes('data-leaves-page') &&
  (!tag.includes('data-hx-post') || hidden.draft !== undefined);

/** The sheet for a referral is saved while it is typed. */
const savesItself = ({ tag }: PageForm) => tag.includes('data-saves-itself');

/** A draft is known by its key: the same key never stands for forms about two things. `back`: where its page leads afterwards. */
function expectOneSubject(subjects: Map<string, string>, { draft, hidden }: PageForm): void {
  const about = JSON.stringify(Object.entries(hidden).filter(([name]) => !/^seen(-|$)|^(draft|back)$/.test(name)));
  expect([draft, subjects.get(draft) ?? about]).toEqual([draft, about]);
  subjects.set(draft, about);
}

async function expectNothingLost(me: SignedIn, address: string, all: PageForm[]): Promise<void> {
  const typed = new Map(all.map((form, index) => [form.draft, somethingTyped(form, index)]));
  const keep = async (form: PageForm) => {
    const seen = Object.entries(form.values).filter(([name]) => name.startsWith('seen'));
    const [name, value] = typed.get(form.draft) ?? ['', ''];
    const place = { 'draft-form': form.draft, 'draft-page': address };
    const kept = await me.post(paths.drafts(), { ...Object.fromEntries(seen), ...place, [name]: value });
    expect([address, form.draft, kept.status]).toEqual([address, form.draft, 204]);
  };
  const isIn = (html: string, draft: string) => {
    const form = readForms(html).find((found) => found.draft === draft);
    const [name, value] = typed.get(draft) ?? ['', ''];
    return form === undefined ? undefined : form.values[name] === value;
  };
  for (const form of all) await keep(form);
  let page = (await me.get(address)).text;
  for (const { draft } of all) expect([address, draft, isIn(page, draft)]).toEqual([address, draft, true]);
  /** Was taken, and is no draft any more. */
  const done = new Set<string>();
  const order = [...all].sort((a, b) => Number(LAST.test(a.action)) - Number(LAST.test(b.action)));
  for (const { draft } of order) {
    const form = readForms(page).find((found) => found.draft === draft);
    // What was sent before it has taken it from the page.
    if (form === undefined) continue;
    const answer = await me.post(form.action, form.values);
    page = (await me.get(address)).text;
    const kept = (await me.get(paths.drafts())).text;
    if (answer.status < 400) done.add(draft);
    for (const other of all.filter((one) => one.draft !== draft && !done.has(one.draft))) {
      const inAnswer = answer.status === 303 ? undefined : isIn(answer.text, other.draft);
      const there = [inAnswer, isIn(page, other.draft)].filter((found) => found !== undefined);
      const [, value = ''] = typed.get(other.draft) ?? [];
      const isLost = there.includes(false) || (there.length === 0 && !kept.includes(value));
      expect([address, form.action, answer.status, other.draft, isLost]).toEqual([
        address,
        form.action,
        answer.status,
        other.draft,
        false,
      ]);
    }
    const again = readForms(page).find((found) => found.draft === draft);
    if (again !== undefined) {
      await keep(again);
      done.delete(draft);
    }
    page = (await me.get(address)).text;
  }
}

/** Into its first box; without a box, the first choice that is not made yet. */
function somethingTyped({ texts: [text], choices: [choice] }: PageForm, index: number): [string, string] {
  return text === undefined ? (choice ?? ['', '']) : [text, `typed into ${index} and not sent`];
}

/** Every address that this person can open, with something to do on each. */
async function openPages(role: Role) {
  const world = await openDeskApp();
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
  return { world, me, addresses: [...addresses, ...asked(...ids)] };
}

const PATHWAY = paths.pathway(':id');

/** What is on a page only when its address asks for it. */
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

/** One's own, as a professional. */
async function openConversation({ store, services }: World, me: SignedIn, isFinished: boolean): Promise<string> {
  const opened = await me.post(paths.consultations(), { area: 'bury', flow: 'level' }, '/areas/bury');
  const id = opened.location?.split('/')[2] ?? '';
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
