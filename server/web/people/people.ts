/** The people of an area, for its administrator: inviting them, disabling them, changing their role. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import {
  type AccountDeed,
  type Held,
  InvitedPage,
  PeoplePage,
  type PeoplePageProps,
  PersonPage,
} from '../../../views/people/people.tsx';
import { paths } from '../../base/paths.ts';
import { hashCode, makeCode } from '../../consultation/code.ts';
import { type Account, parseEmail } from '../../people/account.ts';
import { type Action, isRole } from '../../people/permissions.ts';
import { allow, checkReach, mayDo, personOf } from '../kit/allow.ts';
import { addressDone, DONE_PARAMETER } from '../kit/done-address.ts';
import { hasUnsent } from '../kit/drafts.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';
import { originOf } from '../kit/signed-in.ts';

export function people(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.people(), ...allow('people.see'), (c) => showPeople(services, c));
  app.post(paths.people(), ...allow('people.invite', { form: paths.people() }), async (c) =>
    invite(services, c, await readForm(c)),
  );
  app.get(paths.person(':id'), ...allow('people.see'), async (c) =>
    showPerson(services, c, await findAccount(services, c)),
  );
  addChanges(app, services);
  return app;
}

type ChangeAccount = (c: Context<Env>, account: Account, form: URLSearchParams) => Promise<Response>;

async function inviteAgain(services: Services, c: Context<Env>, { id, name, subject, ...more }: Account) {
  if (subject !== null) return showPerson(services, c, { id, name, subject, ...more }, FROM_ORGANISATION);
  const code = makeCode(services.random);
  await services.store.people.accounts.inviteAgain(id, hashCode(code), personOf(c).id);
  return showInvited(services, c, name, code);
}

/** Changes to other people's accounts. For one's own account they are refused. */
function addChanges(app: Hono<Env>, services: Services): void {
  const change = (path: string, action: Action, work: ChangeAccount) =>
    app.post(path, ...allow(action, { form: paths.person(':id') }), async (c) => {
      const form = await readForm(c);
      const account = await findAccount(services, c);
      return account.id === personOf(c).id ? showPerson(services, c, account, OWN) : work(c, account, form);
    });
  const { accounts } = services.store.people;
  const back = (c: Context<Env>, { id }: Account, deed: AccountDeed) =>
    c.redirect(addressDone(paths.person(id), deed), 303);
  change(paths.invitations(':id'), 'people.invite', (c, account) => inviteAgain(services, c, account));
  change(paths.role(':id'), 'people.change role', async (c, account, form) => {
    const role = form.get('role') ?? '';
    if (!isRole(role)) return showPerson(services, c, account, 'Choose a role');
    await accounts.changeRole(account.id, role, personOf(c).id);
    return back(c, account, 'role');
  });
  change(paths.disablings(':id'), 'people.disable', async (c, account, form) => {
    if (form.get('sure') !== 'yes') return showPerson(services, c, account, UNSURE);
    await accounts.disable(account.id, personOf(c).id);
    return back(c, account, 'disabled');
  });
  change(paths.enablings(':id'), 'people.disable', async (c, account) => {
    await accounts.enable(account.id, personOf(c).id);
    return back(c, account, 'enabled');
  });
}

const MOST_REFUSED = 20;
const OWN = 'This is your own account. Ask another administrator of your area to change it';
const UNSURE = 'Say that you are sure before somebody is disabled. Nothing was changed';
const FROM_ORGANISATION = 'This person signs in with their organisation, and needs no invitation';

/** Throws "not found" both for somebody of another area and for somebody who does not exist. */
async function findAccount(services: Services, c: Context<Env>): Promise<Account> {
  const account = await services.store.people.accounts.find(param(c, 'id'));
  if (account === undefined) throw new WebProblem('not found');
  checkReach(c, { area: account.area, by: account.id });
  return account;
}

async function showPeople(services: Services, c: Context<Env>, more: Pick<PeoplePageProps, 'values' | 'errors'> = {}) {
  const { area } = personOf(c);
  const list = await services.store.people.accounts.listOf(area);
  const areaName = services.library.areas.get(area)?.facts.name ?? area;
  const may = { invite: mayDo(c, 'people.invite', { area }), seeClients: mayDo(c, 'clients.see', { area }) };
  const page = PeoplePage({ page: c.get('page'), areaName, people: list, may, ...more });
  return c.html(renderPage(page), more.errors === undefined ? 200 : 422);
}

async function invite(services: Services, c: Context<Env>, form: URLSearchParams) {
  const values = fieldsOf(form);
  const [name, email, role] = [(values.name ?? '').trim(), parseEmail(values.email ?? ''), values.role ?? ''];
  const errors = {
    ...(name === '' && { name: 'Give the name of the person' }),
    ...(name.length > 200 && { name: 'The name may have 200 characters at most' }),
    ...(email === undefined && { email: 'Give an email address, such as a.person@example.gov.uk' }),
    ...(!isRole(role) && { role: 'Choose a role' }),
  };
  if (email === undefined || !isRole(role) || Object.keys(errors).length > 0)
    return showPeople(services, c, { values, errors });
  const { id, area } = personOf(c);
  const code = makeCode(services.random);
  const invited = await services.store.people.accounts.invite({ name, email, role, area, hash: hashCode(code) }, id);
  if (invited === undefined)
    return showPeople(services, c, { values, errors: { email: 'Somebody has an account with that address' } });
  return showInvited(services, c, name, code);
}

function showInvited(services: Services, c: Context<Env>, name: string, code: string) {
  const join = `${originOf(services, c)}${paths.join()}`;
  return c.html(renderPage(InvitedPage({ page: c.get('page'), name, code, join })));
}

async function showPerson(services: Services, c: Context<Env>, account: Account, error?: string) {
  const entries = (await services.store.people.accounts.entriesOf(account.id)).reverse();
  const refused = await services.store.accessLog.refusedOf(account.id, MOST_REFUSED);
  const own = account.id === personOf(c).id;
  const holds = await countHeld(services, account);
  return c.html(
    renderPage(
      PersonPage({
        page: c.get('page'),
        account,
        entries,
        refused,
        own,
        may: changesOf(c, account),
        holds,
        error,
        done: c.req.query(DONE_PARAMETER),
      }),
    ),
    error === undefined ? 200 : 422,
  );
}

function changesOf(c: Context<Env>, { area, id }: Account) {
  const target = { area, by: id };
  return {
    changeRole: mayDo(c, 'people.change role', target),
    invite: mayDo(c, 'people.invite', target),
    disable: mayDo(c, 'people.disable', target),
  };
}

/**
 * How many consultations would stay with somebody who cannot sign in. Only the number, because an administrator may not
 * see consultations.
 */
async function countHeld(services: Services, { id, area }: Account): Promise<Held> {
  const held = (await services.store.queueRows.queue(area)).filter(({ worker }) => worker === id);
  const unsent = await Promise.all(held.map(({ consultation }) => hasUnsent(services, id, consultation)));
  return { consultations: held.length, unsent: unsent.filter(Boolean).length };
}
