/**
 * A refused form comes back with everything that was sent in it, whichever field is refused: for every form of every
 * page that somebody at the desk can open. Forms and fields are read from the pages, including fields that a form only
 * asks after a refusal.
 */

import { expect, it } from 'vitest';
import { isShort, someOf } from '../../short-form.ts';
import { type PageForm, readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { openPages } from './open-pages.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<World['openDesk']>>;

/** Values that make a form ask for more: a time before the opening, an outcome that does less than advised. */
const ASKS_MORE: Record<string, string> = { when: '1 March 2019 at 9:00', outcome: 'advice_only' };
/** Longer than any box allows. */
const TOO_LONG = 'w '.repeat(20_001);

/** The guidance and its pages, which have no form of the desk. */
const NO_DESK = /^\/(areas|flows|instruments|search|posters|talk)/;

/** The questions of a call: each valid answer is saved separately, whatever is refused beside it (`drafts.test.ts`). */
const savesApart = ({ action }: PageForm) => /^\/desk\/consultations\/[^/]+\/answers$/.test(action);

/** The one form that two buttons send: the fields, and the fields with the outcome. */
function withOutcome(form: PageForm): PageForm[] {
  const outcomes = form.action.replace(/\/fields$/, '/outcomes');
  return outcomes === form.action ? [form] : [form, { ...form, action: outcomes }];
}

const isText = ({ texts }: PageForm, name: string) => texts.includes(name);

/** Each field with something in it: boxes with their own words, and the first of the choices. */
function filled(form: PageForm): Record<string, string> {
  const chosen = Object.fromEntries([...form.choices].reverse());
  const typed = form.texts.map((name) => [name, ASKS_MORE[name] ?? `words in ${name}`]);
  const asked = Object.entries(ASKS_MORE).filter(([name]) => name in chosen);
  return { ...form.values, ...chosen, ...Object.fromEntries([...typed, ...asked]) };
}

/**
 * What of the sent values came back on the page that answers. Undefined if the form was not refused, or the page no
 * longer has it.
 */
async function send(me: SignedIn, form: PageForm, sent: Record<string, string>) {
  const { status, text } = await me.post(form.action, sent);
  return status < 400 ? undefined : readForms(text).find(({ draft }) => draft === form.draft);
}

/** The form with everything that it asks step by step. */
async function askedIn(me: SignedIn, form: PageForm): Promise<PageForm> {
  const refused = await send(me, form, { ...filled(form), ...tooLong(form, form.texts.at(-1)) });
  if (refused === undefined) return form;
  const isNew = ([name]: [string, string]) => !(name in filled(form));
  return { ...form, texts: refused.texts, choices: [...form.choices, ...refused.choices.filter(isNew)] };
}

const tooLong = (form: PageForm, name: string | undefined) =>
  name === undefined ? {} : { [name]: isText(form, name) ? TOO_LONG : 'nothing that is offered' };

it('a refused form comes back complete, for a person who has every form of the desk', async () => {
  const world = await openDeskApp();
  const { me, addresses } = await openPages('operational manager', world);
  const seen = new Set<string>();
  const asked = new Set<string>();
  let refusals = 0;
  for (const address of someOf(
    addresses.filter((one) => !NO_DESK.test(one)),
    17,
  )) {
    const page = await me.get(address);
    if (page.status !== 200 || !page.headers.get('Content-Type')?.startsWith('text/html')) continue;
    for (const form of readForms(page.text).flatMap(withOutcome)) {
      const kind = `${form.action.replace(/[\w-]{22}/g, '')} ${form.texts.join(' ')}`;
      if (seen.has(kind) || form.hasPassword || form.texts.length === 0 || savesApart(form)) continue;
      seen.add(kind);
      const whole = await askedIn(me, form);
      const all = filled(whole);
      for (const name of [...whole.texts, ...new Set(whole.choices.map(([one]) => one))]) {
        const sent = { ...all, ...tooLong(whole, name) };
        const back = await send(me, whole, sent);
        if (back === undefined) continue;
        refusals++;
        const fields = [...whole.texts, ...new Set(whole.choices.map(([one]) => one))];
        for (const field of fields) asked.add(field);
        const lost = fields.filter((field) => {
          // A code is never written into a page; and the confirmation is for that outcome only.
          if (field === 'code' || (field === 'departs' && name === 'outcome')) return false;
          const isOffered = isText(whole, field) || field !== name;
          return isOffered && (back.values[field] ?? '').trim() !== (sent[field] ?? '').trim();
        });
        expect([address, form.action, name, lost]).toEqual([address, form.action, name, []]);
      }
    }
  }
  // Includes what a form only asks after a refusal.
  if (!isShort)
    expect([...asked]).toEqual(expect.arrayContaining(['before', 'departs', 'unsent', 'stands', 'signed', 'toldBy']));
  expect(refusals).toBeGreaterThan(isShort ? 3 : 150);
  await world.store.close();
}, 240_000);
