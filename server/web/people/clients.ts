/** Case systems, for the administrator of an area: creating and revoking tokens, and the webhook deliveries. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import {
  ClientPage,
  type ClientPageProps,
  ClientsPage,
  type ClientsPageProps,
  LIFETIMES,
  SecretPage,
} from '../../../views/people/clients.tsx';
import { paths } from '../../base/paths.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import { type Client, hashClientToken, isClientRight, makeClientToken, problemOfWebhook } from '../../people/client.ts';
import { allow, checkReach, mayDo, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';

const DAY_MS = 86_400_000;
const SECRET_BYTES = 24;
const MOST_DELIVERIES = 50;

export function clients(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { store } = services;
  app.get(paths.clients(), ...allow('clients.see'), (c) => showClients(services, c));
  app.post(paths.clients(), ...allow('clients.manage', { form: paths.clients(), fresh: true }), async (c) =>
    makeClient(services, c, await readForm(c)),
  );
  app.get(paths.client(':id'), ...allow('clients.see'), async (c) =>
    showClient(services, c, await findClient(services, c)),
  );
  const form = paths.client(':id');
  app.post(paths.clientAction(':id', 'revocations'), ...allow('clients.manage', { form }), async (c) => {
    await readForm(c);
    const client = await findClient(services, c);
    await store.clients.revoke(client, whoIs(c));
    return c.redirect(paths.client(client.id), 303);
  });
  app.post(paths.clientAction(':id', 'webhook'), ...allow('clients.manage', { form, fresh: true }), async (c) =>
    setWebhook(services, c, await readForm(c)),
  );
  app.post(paths.clientAction(':id', 'replays'), ...allow('clients.manage', { form }), async (c) => {
    const number = Number((await readForm(c)).get('number'));
    const client = await findClient(services, c);
    // A delivery that was erased in the meantime cannot be sent again; the page shows those that exist.
    await store.deliveries.replay(client.id, number);
    return c.redirect(`${paths.client(client.id)}#deliveries`, 303);
  });
  return app;
}

function whoIs(c: Context<Env>): Who {
  const { id, name, role } = personOf(c);
  return { id, name, role };
}

/** Throws "not found" both for a client of another area and for one that does not exist. */
async function findClient(services: Services, c: Context<Env>): Promise<Client> {
  const client = await services.store.clients.find(param(c, 'id'));
  if (client === undefined) throw new WebProblem('not found');
  checkReach(c, { area: client.area });
  return client;
}

async function showClients(
  services: Services,
  c: Context<Env>,
  more: Pick<ClientsPageProps, 'values' | 'rights' | 'errors'> = {},
) {
  const { area } = personOf(c);
  const list = await services.store.clients.listOf(area);
  const areaName = services.library.areas.get(area)?.facts.name ?? area;
  const now = services.clock().toISOString();
  const mayManage = mayDo(c, 'clients.manage', { area });
  const page = ClientsPage({ page: c.get('page'), areaName, clients: list, now, mayManage, ...more });
  return c.html(renderPage(page), more.errors === undefined ? 200 : 422);
}

async function makeClient(services: Services, c: Context<Env>, form: URLSearchParams) {
  const values = fieldsOf(form);
  const given = form.getAll('rights');
  const rights = given.filter(isClientRight);
  const name = (values.name ?? '').trim();
  const days = LIFETIMES.find(([value]) => value === values.days)?.[0];
  const errors = {
    ...(name === '' && { name: 'Give the name of the case system' }),
    ...(name.length > 200 && { name: 'The name may have 200 characters at most' }),
    ...(rights.length === 0 && { rights: 'Choose what it may do' }),
    ...(days === undefined && { days: 'Choose when the token expires' }),
  };
  if (days === undefined || Object.keys(errors).length > 0)
    return showClients(services, c, { values, rights: given, errors });
  const token = makeClientToken(services.random);
  const tokenHash = hashClientToken(token);
  if (tokenHash === undefined) throw new Error('a token that was just made is none');
  const { area } = personOf(c);
  const expiresAt = new Date(services.clock().getTime() + Number(days) * DAY_MS).toISOString();
  const id = await services.store.clients.make({ name, area, rights, tokenHash, expiresAt }, whoIs(c));
  return showSecret(services, c, { id, secret: token, what: 'Token' });
}

async function showSecret(
  services: Services,
  c: Context<Env>,
  { id, secret, what }: { id: string; secret: string; what: 'Token' | 'Secret' },
) {
  const client = await services.store.clients.find(id);
  if (client === undefined) throw new WebProblem('not found');
  return c.html(renderPage(SecretPage({ page: c.get('page'), client, secret, what })));
}

async function setWebhook(services: Services, c: Context<Env>, form: URLSearchParams) {
  const client = await findClient(services, c);
  if (client.revokedAt !== null) return showClient(services, c, client, { errors: { url: 'The token was revoked' } });
  const url = (form.get('url') ?? '').trim();
  if (url === '') {
    await services.store.clients.setWebhook(client, undefined, whoIs(c));
    return c.redirect(paths.client(client.id), 303);
  }
  const problem = problemOfWebhook(url, services.allowsWebhook);
  if (problem !== undefined) return showClient(services, c, client, { values: { url }, errors: { url: problem } });
  const secret = `whsec_${services.random(SECRET_BYTES).toString('base64')}`;
  const sealed = services.signing.seal.close(secret);
  await services.store.clients.setWebhook(client, { url, secret: sealed }, whoIs(c));
  return showSecret(services, c, { id: client.id, secret, what: 'Secret' });
}

async function showClient(
  services: Services,
  c: Context<Env>,
  client: Client,
  more: Pick<ClientPageProps, 'values' | 'errors'> = {},
) {
  const deliveries = await services.store.deliveries.listOf(client.id, MOST_DELIVERIES);
  const now = services.clock().toISOString();
  const mayManage = mayDo(c, 'clients.manage', { area: client.area });
  const page = ClientPage({ page: c.get('page'), client, now, deliveries, mayManage, ...more });
  return c.html(renderPage(page), more.errors === undefined ? 200 : 422);
}
