/** One's own account: passkeys, recovery codes, password, and text that was kept. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { AccountPage, type AccountPageProps, CodesPage } from '../../../views/people/account.tsx';
import { KeptFormsPage } from '../../../views/people/unsent-forms.tsx';
import { paths } from '../../base/paths.ts';
import { hashCode } from '../../consultation/code.ts';
import type { Account } from '../../people/account.ts';
import { askToMakePasskey, checkNewPasskey } from '../../people/passkey.ts';
import { checkPassword } from '../../people/password.ts';
import { makeRecoveryCodes } from '../../people/recovery-code.ts';
import { hashToken } from '../../store/sessions.ts';
import { allow, personOf } from '../kit/allow.ts';
import type { Env, Parts } from '../kit/app-context.ts';
import { readForm } from '../kit/form.ts';
import { WebProblem } from '../kit/problem.ts';
import { DESK_COOKIE, readCookieHash } from '../kit/signed-in.ts';
import { readKeptForms } from '../kit/unsent-forms.ts';
import { groundOf } from './credentials.ts';

type Errors = NonNullable<AccountPageProps['errors']>;

/** What changes the way in asks to sign in again first, if that was long ago. */
const CHANGE = { form: paths.account(), fresh: true };

export function account(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.account(), ...allow('account.see'), (c) => showAccount(parts, c));
  app.post(paths.passkeyOptions(), ...allow('account.change', CHANGE), async (c) => {
    await readForm(c);
    const me = await findMe(parts, c);
    const known = await parts.store.people.factors.passkeysOf(me.id);
    const ids = known.map(({ id }) => id);
    return c.json(await askToMakePasskey(groundOf(parts, c), parts.random, me, ids));
  });
  app.post(paths.passkeys(), ...allow('account.change', CHANGE), async (c) => addPasskey(parts, c, await readForm(c)));
  app.post(paths.passkeyRemovals(), ...allow('account.change', CHANGE), async (c) =>
    removePasskey(parts, c, await readForm(c)),
  );
  app.post(paths.recoveryCodes(), ...allow('account.change', CHANGE), async (c) => {
    await readForm(c);
    const codes = makeRecoveryCodes(parts.random);
    await parts.store.people.factors.setRecoveryCodes(personOf(c).id, codes.map(hashCode));
    return c.html(renderPage(CodesPage({ around: c.get('around'), codes })));
  });
  app.post(paths.password(), ...allow('account.change', CHANGE), async (c) =>
    changePassword(parts, c, await readForm(c)),
  );
  app.get(paths.keptForms(), ...allow('account.see'), async (c) => {
    const forms = await readKeptForms(c, parts);
    return c.html(renderPage(KeptFormsPage({ around: c.get('around'), forms })));
  });
  app.post(paths.keptForms(), ...allow('account.change', { form: paths.keptForms() }), async (c) => {
    const action = (await readForm(c)).get('action') ?? '';
    await parts.store.people.keptForms.remove({ browser: c.get('tokenHash'), account: personOf(c).id }, action);
    return c.redirect(paths.keptForms(), 303);
  });
  return app;
}

export async function findMe(parts: Parts, c: Context<Env>): Promise<Account> {
  const me = await parts.store.people.accounts.find(personOf(c).id);
  if (me === undefined) throw new WebProblem('not found');
  return me;
}

async function showAccount(parts: Parts, c: Context<Env>, errors: Errors = {}) {
  const me = await findMe(parts, c);
  const { factors, accounts } = parts.store.people;
  const props = {
    around: c.get('around'),
    account: me,
    areaName: parts.library.areas.get(me.area)?.facts.name ?? me.area,
    passkeys: await factors.passkeysOf(me.id),
    codesLeft: await factors.countRecoveryCodes(me.id),
    entries: (await accounts.entriesOf(me.id)).slice(-10).reverse(),
    errors,
  };
  return c.html(renderPage(AccountPage(props)), Object.keys(errors).length > 0 ? 422 : 200);
}

async function addPasskey(parts: Parts, c: Context<Env>, form: URLSearchParams) {
  const passkey = await checkNewPasskey(form.get('passkey') ?? '', groundOf(parts, c));
  if (passkey === undefined) return showAccount(parts, c, { name: 'The passkey could not be made. Try again' });
  const name = (form.get('name') ?? '').trim().slice(0, 100) || 'Passkey';
  const { factors } = parts.store.people;
  if (!(await factors.addPasskey({ ...passkey, account: personOf(c).id, name })))
    return showAccount(parts, c, { name: 'That passkey is in use already' });
  return c.redirect(paths.account(), 303);
}

async function removePasskey(parts: Parts, c: Context<Env>, form: URLSearchParams) {
  const removed = await parts.store.people.factors.removePasskey(personOf(c).id, form.get('passkey') ?? '');
  if (!removed)
    return showAccount(parts, c, {
      name: 'This is your only second factor. Add another passkey, or set up an app, first',
    });
  return c.redirect(paths.account(), 303);
}

async function changePassword(parts: Parts, c: Context<Env>, form: URLSearchParams) {
  const me = await findMe(parts, c);
  const { hasher } = parts.signing;
  if (me.passwordHash === null) throw new WebProblem('not found');
  const error = checkPassword(form.get('password') ?? '', me);
  if (error !== undefined) return showAccount(parts, c, { password: error });
  if (!(await hasher.verify(me.passwordHash, (form.get('old_password') ?? '').slice(0, 1000))))
    return showAccount(parts, c, { old_password: 'That is not your password of now' });
  const passwordHash = await hasher.hash(form.get('password') ?? '');
  const session = readCookieHash(c, DESK_COOKIE) ?? hashToken('');
  await parts.store.people.factors.setPassword(me.id, passwordHash, session);
  return c.redirect(paths.account(), 303);
}
