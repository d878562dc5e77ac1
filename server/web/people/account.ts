/** The page of one's own account: passkeys, recovery codes, password, and drafts. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { AccountPage, type AccountPageProps, CodesPage } from '../../../views/people/account.tsx';
import { DraftRemovalPage, DraftsPage } from '../../../views/people/drafts.tsx';
import { digestOfSession } from '../../audit/account-state.ts';
import { paths } from '../../base/paths.ts';
import { hashCode } from '../../consultation/code.ts';
import type { Account } from '../../people/account.ts';
import { askToMakePasskey, checkNewPasskey } from '../../people/passkey.ts';
import { checkPassword } from '../../people/password.ts';
import { makeRecoveryCodes } from '../../people/recovery-code.ts';
import { hashToken } from '../../store/sessions.ts';
import { allow, personOf } from '../kit/allow.ts';
import { addressDone, DONE_PARAMETER } from '../kit/done-address.ts';
import { ASKED_DRAFT, CAME_FROM, keepDraft, removeDraft } from '../kit/drafts.ts';
import { readForm } from '../kit/form.ts';
import { WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';
import { DESK_COOKIE, readCookieHash } from '../kit/signed-in.ts';
import { groundOf } from './credentials.ts';
import { listDrafts } from './drafts-list.ts';

type Errors = NonNullable<AccountPageProps['errors']>;

/** Changes to how somebody signs in ask them to sign in again first, if that was long ago. */
const CHANGE = { form: paths.account(), fresh: true };

export function account(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.account(), ...allow('account.see'), (c) => showAccount(services, c));
  app.post(paths.passkeyOptions(), ...allow('account.change', CHANGE), (c) => sendPasskeyOptions(services, c));
  app.post(paths.passkeys(), ...allow('account.change', CHANGE), async (c) =>
    addPasskey(services, c, await readForm(c)),
  );
  app.post(paths.passkeyRemovals(), ...allow('account.change', CHANGE), async (c) =>
    removePasskey(services, c, await readForm(c)),
  );
  app.post(paths.recoveryCodes(), ...allow('account.change', CHANGE), (c) => giveRecoveryCodes(services, c));
  app.post(paths.password(), ...allow('account.change', CHANGE), async (c) =>
    changePassword(services, c, await readForm(c)),
  );
  app.post(paths.sessionEndings(), ...allow('account.change', { form: paths.account() }), async (c) => {
    const form = await readForm(c);
    await services.store.people.accounts.signOutElsewhere(personOf(c).id, form.get('session') ?? '');
    return c.redirect(paths.account(), 303);
  });
  addDrafts(app, services);
  return app;
}

/** The options for the browser's call that makes a passkey. */
async function sendPasskeyOptions(services: Services, c: Context<Env>) {
  await readForm(c);
  const me = await findMe(services, c);
  const known = await services.store.people.secondFactors.passkeysOf(me.id);
  const ids = known.map(({ id }) => id);
  return c.json(await askToMakePasskey(groundOf(services, c), services.random, me, ids));
}

/** New recovery codes, shown once; the older ones become invalid. */
async function giveRecoveryCodes(services: Services, c: Context<Env>) {
  await readForm(c);
  const codes = makeRecoveryCodes(services.random);
  await services.store.people.secondFactors.setRecoveryCodes(personOf(c).id, codes.map(hashCode));
  return c.html(renderPage(CodesPage({ page: c.get('page'), codes })));
}

function addDrafts(app: Hono<Env>, services: Services): void {
  app.get(paths.drafts(), ...allow('account.see'), async (c) => {
    const drafts = await listDrafts(services, c);
    const [asked, isFromList] = [c.req.query(ASKED_DRAFT), c.req.query(CAME_FROM) === 'list'];
    const draft = drafts.find(({ id }) => id === asked);
    if (draft !== undefined) return c.html(renderPage(DraftRemovalPage({ page: c.get('page'), draft, isFromList })));
    if (asked !== undefined) return c.redirect(addressDone(paths.drafts(), 'draft-stays'), 303);
    return c.html(renderPage(DraftsPage({ page: c.get('page'), drafts, done: c.req.query(DONE_PARAMETER) })));
  });
  app.post(paths.drafts(), ...allow('account.change', { background: true }), (c) =>
    keepDraft(services, c, personOf(c).id),
  );
  app.post(paths.draftRemovals(), ...allow('account.change', { form: paths.drafts() }), async (c) =>
    c.redirect(await removeDraft(services, c, personOf(c).id), 303),
  );
}

export async function findMe(services: Services, c: Context<Env>): Promise<Account> {
  const me = await services.store.people.accounts.find(personOf(c).id);
  if (me === undefined) throw new WebProblem('not found');
  return me;
}

async function showAccount(services: Services, c: Context<Env>, errors: Errors = {}, passkeyName?: string) {
  const me = await findMe(services, c);
  const { secondFactors, accounts, signins } = services.store.people;
  const here = digestOfSession(readCookieHash(c, DESK_COOKIE) ?? '');
  const props = {
    page: c.get('page'),
    account: me,
    areaName: services.library.areas.get(me.area)?.facts.name ?? me.area,
    passkeys: await secondFactors.passkeysOf(me.id),
    codesLeft: await secondFactors.countRecoveryCodes(me.id),
    sessions: (await signins.listOf(me.id)).map((open) => ({ ...open, isHere: open.id === here })),
    entries: (await accounts.entriesOf(me.id)).slice(-10).reverse(),
    errors,
    passkeyName,
  };
  return c.html(renderPage(AccountPage(props)), Object.keys(errors).length > 0 ? 422 : 200);
}

async function addPasskey(services: Services, c: Context<Env>, form: URLSearchParams) {
  const passkey = await checkNewPasskey(form.get('passkey') ?? '', groundOf(services, c));
  const called = form.get('name') ?? '';
  if (passkey === undefined)
    return showAccount(services, c, { name: 'The passkey could not be made. Try again' }, called);
  const name = called.trim().slice(0, 100) || 'Passkey';
  const { secondFactors } = services.store.people;
  if (!(await secondFactors.addPasskey({ ...passkey, account: personOf(c).id, name })))
    return showAccount(services, c, { name: 'That passkey is in use already' }, called);
  return c.redirect(paths.account(), 303);
}

async function removePasskey(services: Services, c: Context<Env>, form: URLSearchParams) {
  const removed = await services.store.people.secondFactors.removePasskey(personOf(c).id, form.get('passkey') ?? '');
  if (!removed)
    return showAccount(services, c, {
      name: 'This is your only second factor. Add another passkey, or set up an app, first',
    });
  return c.redirect(paths.account(), 303);
}

async function changePassword(services: Services, c: Context<Env>, form: URLSearchParams) {
  const me = await findMe(services, c);
  const { hasher } = services.signing;
  if (me.passwordHash === null) throw new WebProblem('not found');
  const error = await checkPassword(form.get('password') ?? '', me, services.signing.readLeaked);
  if (error !== undefined) return showAccount(services, c, { password: error });
  if (!(await hasher.verify(me.passwordHash, (form.get('old_password') ?? '').slice(0, 1000))))
    return showAccount(services, c, { old_password: 'That is not your password of now' });
  const passwordHash = await hasher.hash(form.get('password') ?? '');
  const session = readCookieHash(c, DESK_COOKIE) ?? hashToken('');
  await services.store.people.secondFactors.setPassword(me.id, passwordHash, session);
  return c.redirect(paths.account(), 303);
}
