/** Joining: with the code of an invitation, a new password, and a second factor that is tried at once. */

import { type Context, Hono } from 'hono';
import { HOMES } from '../../../views/kit/home.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { AcceptInvitationPage, JoinedPage } from '../../../views/people/accept-invitation.tsx';
import { paths } from '../../base/paths.ts';
import { hashCode, parseCode } from '../../consultation/code.ts';
import type { Account } from '../../people/account.ts';
import { askToMakePasskey, checkNewPasskey } from '../../people/passkey.ts';
import { checkPassword } from '../../people/password.ts';
import { makeRecoveryCodes } from '../../people/recovery-code.ts';
import { findTotpStep, makeTotpSecret, readTotpCode, totpUri } from '../../people/totp.ts';
import { clientAddress } from '../kit/client-address.ts';
import { readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';
import { prepareSession } from '../kit/signed-in.ts';
import { groundOf } from './credentials.ts';
import { describeWait } from './sign-in.ts';

type Errors = Record<string, string>;

const WRONG_INVITATION =
  'That is not the code of an open invitation. Check it, or ask for a new one: it is good for three days';
export const WRONG_CODE =
  'That is not the code that the app shows now. Check the clock of your telephone, and try the next one';
const WRONG_PASSKEY = 'The passkey could not be made. Try again, or use an app';

export function acceptInvitation(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.join(), (c) => c.html(showForm(services, c, makeTotpSecret(services.random))));
  app.post(paths.join(), async (c) => takeForm(services, c, await readForm(c)));
  app.post(paths.joinPasskeyOptions(), async (c) => {
    await readForm(c);
    const who = { email: 'Front Door', name: 'Front Door' };
    return c.json(await askToMakePasskey(groundOf(services, c), services.random, who, []));
  });
  return app;
}

/** The secret is part of the form, sealed, so that nothing is stored before the person has joined. */
function showForm(
  services: Services,
  c: Context<Env>,
  secret: string,
  more: { invitation?: string; errors?: Errors } = {},
) {
  const sealed = services.signing.seal.close(`join ${secret}`);
  return renderPage(
    AcceptInvitationPage({ page: c.get('page'), secret, uri: totpUri(secret, 'duty desk'), sealed, ...more }),
  );
}

async function takeForm(services: Services, c: Context<Env>, form: URLSearchParams) {
  const { signInAttempts, accounts } = services.store.people;
  const secret = readSecret(services, form) ?? makeTotpSecret(services.random);
  const invitation = form.get('invitation') ?? '';
  const refuse = (errors: Errors, status: 422 | 429) =>
    c.html(showForm(services, c, secret, { invitation, errors }), status);
  const hash = hashCode(parseCode(invitation) ?? '');
  const begun = await signInAttempts.begin({ email: `join ${hash}`, address: clientAddress(services, c), browser: '' });
  if (begun.wait > 0) return refuse({ invitation: describeWait(begun.wait) }, 429);
  const account = await accounts.findInvited(hash);
  if (account === undefined) return refuse({ invitation: WRONG_INVITATION }, 422);
  if ('number' in begun) await signInAttempts.forgive(begun.number);
  const { errors, totp, passkey } = await checkFactors(services, c, { form, account, secret });
  if (Object.keys(errors).length > 0) return refuse(errors, 422);
  const recoveryCodes = makeRecoveryCodes(services.random);
  const { tokenHash, browser, give } = prepareSession(services, c);
  const joined = await services.store.people.secondFactors.join({
    account: account.id,
    invitation: hash,
    passwordHash: await services.signing.hasher.hash(form.get('password') ?? ''),
    totp,
    passkey: passkey && { ...passkey, name: 'First passkey' },
    recoveryCodes: recoveryCodes.map(hashCode),
    tokenHash,
    browser,
  });
  if (!joined) return refuse({ invitation: WRONG_INVITATION }, 422);
  await give();
  return c.html(renderPage(JoinedPage({ page: c.get('page'), codes: recoveryCodes, goOn: HOMES[account.role].href })));
}

function readSecret({ signing }: Services, form: URLSearchParams): string | undefined {
  const text = signing.seal.open(form.get('secret') ?? '');
  return text?.startsWith('join ') ? text.slice('join '.length) : undefined;
}

async function checkFactors(
  services: Services,
  c: Context<Env>,
  { form, account, secret }: { form: URLSearchParams; account: Account; secret: string },
) {
  const errors: Errors = {};
  const wrongPassword = await checkPassword(form.get('password') ?? '', account, services.signing.readLeaked);
  if (wrongPassword !== undefined) errors.password = wrongPassword;
  const answer = form.get('passkey') ?? '';
  if (answer !== '') {
    const passkey = await checkNewPasskey(answer, groundOf(services, c));
    if (passkey === undefined) errors.code = WRONG_PASSKEY;
    return { errors, passkey, totp: undefined };
  }
  const step = findTotpStep(secret, readTotpCode(form.get('code') ?? '') ?? '', services.clock(), 0);
  if (step === undefined) errors.code = WRONG_CODE;
  const totp = step === undefined ? undefined : { secret: services.signing.seal.close(secret), step };
  return { errors, passkey: undefined, totp };
}
