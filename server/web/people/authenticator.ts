/** Replaces the authenticator app: shows the new key, checks one of its codes, and only then makes it valid. */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import {
  AuthenticatorPage,
  type AuthenticatorPageProps,
  AuthenticatorSetPage,
} from '../../../views/people/authenticator.tsx';
import { paths } from '../../base/paths.ts';
import type { Account } from '../../people/account.ts';
import { findTotpStep, makeTotpSecret, readTotpCode, totpUri } from '../../people/totp.ts';
import { hashToken } from '../../store/sessions.ts';
import { allow } from '../kit/allow.ts';
import { readForm } from '../kit/form.ts';
import { WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';
import { DESK_COOKIE, readCookieHash } from '../kit/signed-in.ts';
import { WRONG_CODE } from './accept-invitation.ts';
import { findMe } from './account.ts';

const CHANGE = { form: paths.authenticator(), fresh: true };
const STALE =
  'Your app was replaced after this page was opened, or the page was not made for you. Nothing was changed just now';

/**
 * What the page offers is part of its form, sealed, together with what it would replace. Nothing is stored before the
 * new app has proved that it works.
 */
interface Offer {
  account: string;
  before: string | null;
  secret: string;
}

export function authenticator(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.authenticator(), ...allow('account.change', CHANGE), async (c) => {
    const me = await findOwner(services, c);
    return c.html(showOffer(services, c, { me, offer: makeOffer(services, me) }));
  });
  app.post(paths.authenticator(), ...allow('account.change', CHANGE), async (c) =>
    setAuthenticator(services, c, await readForm(c)),
  );
  return app;
}

async function setAuthenticator(services: Services, c: Context<Env>, form: URLSearchParams) {
  const me = await findOwner(services, c);
  const offer = readOffer(services, form, me);
  if (offer !== undefined && isInUse(services, me, offer)) return c.html(showDone(c, offer));
  if (offer === undefined || offer.before !== me.totpSecret) return refuseStale(services, c, me);
  const step = findTotpStep(offer.secret, readTotpCode(form.get('code') ?? '') ?? '', services.clock(), 0);
  if (step === undefined) return c.html(showOffer(services, c, { me, offer, errors: { code: WRONG_CODE } }), 422);
  const replaced = await services.store.people.secondFactors.replaceTotp({
    account: me.id,
    before: offer.before,
    secret: services.signing.seal.close(offer.secret),
    step,
    except: readCookieHash(c, DESK_COOKIE) ?? hashToken(''),
  });
  if (replaced) return c.html(showDone(c, offer));
  // Lost a race. The same key means that the form was sent twice, another key that this page is stale.
  const now = await findOwner(services, c);
  return isInUse(services, now, offer) ? c.html(showDone(c, offer)) : refuseStale(services, c, now);
}

/** People who use single sign-on have no authenticator app here. */
async function findOwner(services: Services, c: Context<Env>): Promise<Account> {
  const me = await findMe(services, c);
  if (me.passwordHash === null) throw new WebProblem('not found');
  return me;
}

function makeOffer({ random }: Services, { id, totpSecret }: Account): Offer {
  return { account: id, before: totpSecret, secret: makeTotpSecret(random) };
}

const PURPOSE = 'authenticator ';

function readOffer({ signing }: Services, form: URLSearchParams, { id }: Account): Offer | undefined {
  const text = signing.seal.open(form.get('secret') ?? '');
  if (!text?.startsWith(PURPOSE)) return undefined;
  const offer = JSON.parse(text.slice(PURPOSE.length)) as Offer;
  return offer.account === id ? offer : undefined;
}

function isInUse({ signing }: Services, { totpSecret }: Account, { secret }: Offer): boolean {
  return totpSecret !== null && signing.seal.open(totpSecret) === secret;
}

function showOffer(
  services: Services,
  c: Context<Env>,
  { me, offer, errors }: { me: Account; offer: Offer; errors?: AuthenticatorPageProps['errors'] },
) {
  const { secret, before } = offer;
  const sealed = services.signing.seal.close(PURPOSE + JSON.stringify(offer));
  const uri = totpUri(secret, me.email);
  return renderPage(AuthenticatorPage({ page: c.get('page'), secret, uri, sealed, first: before === null, errors }));
}

function refuseStale(services: Services, c: Context<Env>, me: Account) {
  const page = showOffer(services, c, { me, offer: makeOffer(services, me), errors: { code: STALE } });
  return c.html(page, 409);
}

function showDone(c: Context<Env>, { before }: Offer) {
  return renderPage(AuthenticatorSetPage({ page: c.get('page'), first: before === null }));
}
