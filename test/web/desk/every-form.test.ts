/**
 * Every pair of forms of every page that a signed-in person can open: what is typed into one of them is still there
 * after any other was sent. The pages are taken from the routes and the forms from the pages, so a new one is included
 * automatically.
 */

import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { ROLES, type Role } from '../../../server/people/permissions.ts';
import { fieldsOnPage } from '../../../server/web/kit/form-words.ts';
import { readText } from '../../../server/web/kit/refill.ts';
import { someOf } from '../../short-form.ts';
import { type PageForm, readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { openPages } from './open-pages.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<World['openDesk']>>;

/** Forms that pass a consultation on, or end something, remove the page's other forms, so they are sent last. */
const LAST = /(claims|take-overs|hand-backs|passings|outcomes|disablings|revocations|removals|completions|givings-up)$/;
/** Address of a form → why what is typed there is not kept. */
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

  it.each(someOf(ROLES, 5))(
    'is still there after every other form of it was sent: %s',
    async (role) => {
      const world = await openDeskApp();
      const { me, addresses } = await openPages(role, world);
      const subjects = new Map<string, string>();
      const several: string[] = [];
      const tried = new Set(someOf(addresses, 20));
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
        // Forms that other pages also have were tried there: one of them is enough here.
        const fresh = kept.filter(({ draft }) => !subjects.has(draft));
        for (const form of kept) expectOneSubject(subjects, form);
        if (fresh.length === 0 || !tried.has(address)) continue;
        await expectNothingLost(me, address, [...fresh, ...kept.filter((form) => !fresh.includes(form)).slice(0, 1)]);
        for (const { draft } of kept) await me.post(paths.draftRemovals(), { 'draft-removed': draft, sure: 'yes' });
      }
      expect(several.length, `pages of ${role} with several forms`).toBeGreaterThanOrEqual(SEVERAL[role]);
      await world.store.close();
    },
    240_000,
  );
});

/** Keeps the test from passing by opening too few pages. */
const SEVERAL: Record<Role, number> = {
  'duty worker': 6,
  'operational manager': 8,
  'specialist worker': 2,
  'safeguarding lead': 2,
  administrator: 3,
};

const isFilledIn = ({ tag, texts, choices, hasPassword }: PageForm) =>
  /method="post"/.test(tag) && (hasPassword || texts.length + choices.length > 0);

/** The same rule as in `static/drafts.js`. */
const isKept = ({ action, tag, hasPassword, hidden }: PageForm) =>
  !hasPassword &&
  action !== paths.authenticator() &&
  !tag.includes('data-leaves-page') &&
  (!tag.includes('data-hx-post') || hidden.draft !== undefined);

/** The hand-over sheet is saved while it is typed. */
const savesItself = ({ tag }: PageForm) => tag.includes('data-saves-itself');

/**
 * A draft is identified by its key, so the same key must never be used for forms about two different things. `back`:
 * where its page leads afterwards.
 */
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
  await expectNamed(me, page, typed);
  /** Forms that were accepted and have no draft any more. */
  const done = new Set<string>();
  const order = [...all].sort((a, b) => Number(LAST.test(a.action)) - Number(LAST.test(b.action)));
  for (const { draft } of order) {
    const form = readForms(page).find((found) => found.draft === draft);
    // What was sent before has removed it from the page.
    if (form === undefined) continue;
    // The server keeps a refused form even if no script has saved it before.
    await me.post(paths.draftRemovals(), { 'draft-removed': draft, sure: 'yes' });
    const answer = await me.post(form.action, form.values);
    page = (await me.get(address)).text;
    const kept = (await me.get(paths.drafts())).text;
    if (answer.status === 303 && form.action.startsWith(paths.desk()))
      await expectSaid(me, form, answer.location ?? '');
    if (answer.status < 400) done.add(draft);
    else expectKept(kept, form, typed.get(draft));
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

/**
 * The list of drafts calls each field as its form does, except what the form says about its subject. For questions see
 * `drafts.test.ts`.
 */
async function expectNamed(me: SignedIn, page: string, typed: ReadonlyMap<string, [string, string]>): Promise<void> {
  const list = (await me.get(paths.drafts())).text;
  const lines = [...list.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, label = '', words = '']) => [
    label,
    words,
  ]);
  for (const [draft, [name, value]] of typed) {
    if (/\/answers(#|$)/.test(draft)) continue;
    const field = fieldsOnPage(page, draft).find((one) => one.name === name);
    const labels = lines.filter(([, words]) => words === value).map(([label]) => readText(label ?? '').toLowerCase());
    // Of a choice the list shows the words that its form has; a text appears in the list once.
    if (labels.length === 0) expect([draft, name, field?.kind]).toEqual([draft, name, 'choice']);
    else
      expect([draft, name, labels, labels.some((label) => field?.label.toLowerCase().includes(label))]).toEqual([
        draft,
        name,
        labels,
        true,
      ]);
  }
}

/** The next page says what was done, and its URL points there. */
async function expectSaid(me: SignedIn, { action }: PageForm, location: string): Promise<void> {
  const [address = '', hash] = location.split('#');
  const said = (await me.get(address)).text.match(/id="done" role="status" tabindex="-1"/g);
  expect([action, location, hash, said?.length]).toEqual([action, location, 'done', 1]);
}

function expectKept(kept: string, { action, texts }: PageForm, [name, value] = ['', '']): void {
  if (texts.includes(name)) expect([action, kept.includes(value)]).toEqual([action, true]);
}

/** Types into the first box or, without a box, takes the first choice that is not made yet. */
function somethingTyped({ texts: [text], choices: [choice] }: PageForm, index: number): [string, string] {
  return text === undefined ? (choice ?? ['', '']) : [text, `typed into ${index} and not sent`];
}
