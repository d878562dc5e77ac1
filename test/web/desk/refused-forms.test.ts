/**
 * A form that is refused comes back with everything that was sent in it, whichever of its fields is refused: for every form of every page that
 * somebody of the desk can open. Forms and fields are read from the pages, also what a form asks only once it is refused.
 */

import { expect, it } from 'vitest';
import { isShort, someOf } from '../../short-form.ts';
import { type PageForm, readForms } from '../page-forms.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { openPages } from './open-pages.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<World['openDesk']>>;

/** What each of these is filled with, so that its form asks for more: a time before the opening, an outcome that is less than advised. */
const ASKS_MORE: Record<string, string> = { when: '1 March 2019 at 9:00', outcome: 'advice_only' };
/** More than any box takes. */
const TOO_LONG = 'w '.repeat(20_001);

/** The guidance and its pages, which have no form of the desk. */
const NO_DESK = /^\/(areas|flows|instruments|search|posters|talk)/;

/** The questions of a call: each answer that can be read is saved by itself, whatever is refused beside it (`drafts.test.ts`). */
const savesApart = ({ action }: PageForm) => /^\/desk\/consultations\/[^/]+\/answers$/.test(action);

/** The one form that two buttons send: what is filled in, and the outcome with it. */
function withOutcome(form: PageForm): PageForm[] {
  const outcomes = form.action.replace(/\/fields$/, '/outcomes');
  return outcomes === form.action ? [form] : [form, { ...form, action: outcomes }];
}

const isText = ({ texts }: PageForm, name: string) => texts.includes(name);

/** Each field with something in it: boxes with words of their own, of the choices the first. */
function filled(form: PageForm): Record<string, string> {
  const chosen = Object.fromEntries([...form.choices].reverse());
  const typed = form.texts.map((name) => [name, ASKS_MORE[name] ?? `words in ${name}`]);
  const asked = Object.entries(ASKS_MORE).filter(([name]) => name in chosen);
  return { ...form.values, ...chosen, ...Object.fromEntries([...typed, ...asked]) };
}

/** Of the page that answers: what came back of what was sent. Undefined if it was not refused, or has no such form any more. */
async function send(me: SignedIn, form: PageForm, sent: Record<string, string>) {
  const { status, text } = await me.post(form.action, sent);
  return status < 400 ? undefined : readForms(text).find(({ draft }) => draft === form.draft);
}

/** With all that it asks by and by. */
async function askedIn(me: SignedIn, form: PageForm): Promise<PageForm> {
  const refused = await send(me, form, { ...filled(form), ...tooLong(form, form.texts.at(-1)) });
  if (refused === undefined) return form;
  const isNew = ([name]: [string, string]) => !(name in filled(form));
  return { ...form, texts: refused.texts, choices: [...form.choices, ...refused.choices.filter(isNew)] };
}

const tooLong = (form: PageForm, name: string | undefined) =>
  name === undefined ? {} : { [name]: isText(form, name) ? TOO_LONG : 'nothing that is offered' };

it('a refused form has all of it: somebody who has every form of the desk', async () => {
  const world = await openDeskApp();
  const { me, addresses } = await openPages('operational manager', world);
  const seen = new Set<string>();
  const asked = new Set<string>();
  let refusals = 0;
  for (const address of someOf(
    addresses.filter((one) => !NO_DESK.test(one)),
    6,
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
          // The code is written into no page; that an outcome is meant is said of that outcome alone.
          if (field === 'code' || (field === 'departs' && name === 'outcome')) return false;
          const isOffered = isText(whole, field) || field !== name;
          return isOffered && (back.values[field] ?? '').trim() !== (sent[field] ?? '').trim();
        });
        expect([address, form.action, name, lost]).toEqual([address, form.action, name, []]);
      }
    }
  }
  // What a form asks only once it is refused is among them.
  if (!isShort)
    expect([...asked]).toEqual(expect.arrayContaining(['before', 'departs', 'unsent', 'stands', 'signed', 'toldBy']));
  expect(refusals).toBeGreaterThan(isShort ? 15 : 150);
  await world.store.close();
}, 240_000);
