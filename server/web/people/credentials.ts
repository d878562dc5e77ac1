/** Checks email address, password and second factor together, and never says which of them was wrong. */

import type { Context } from 'hono';
import type { AccessBody } from '../../audit/access.ts';
import { type Account, parseEmail } from '../../people/account.ts';
import { checkPasskey, type PasskeyGround, readPasskeyAnswer } from '../../people/passkey.ts';
import { hashRecoveryCode } from '../../people/recovery-code.ts';
import { findTotpStep, makeTotpSecret, readTotpCode } from '../../people/totp.ts';
import type { SecondFactor } from '../../store/second-factor-use.ts';
import { clientAddress } from '../kit/client-address.ts';
import type { Env, Services } from '../kit/services.ts';
import { KNOWN_COOKIE, originOf, prepareSession, readCookieHash } from '../kit/signed-in.ts';

export type SignInAnswer = { right: true; account: Account } | { right: false; wait: number };

/** Replaces the secret of an account that has none, so that checking takes the same time. */
const NO_SECRET = makeTotpSecret((bytes) => new Uint8Array(bytes));

export async function signIn(services: Services, c: Context<Env>, form: URLSearchParams): Promise<SignInAnswer> {
  const { signInAttempts, accounts } = services.store.people;
  const email = parseEmail(form.get('email') ?? '') ?? '';
  const attempt = { email, address: clientAddress(services, c), browser: readCookieHash(c, KNOWN_COOKIE) ?? '' };
  const begun = await signInAttempts.begin(attempt);
  if (begun.wait > 0) return { right: false, wait: begun.wait };
  const account = await accounts.findByEmail(email);
  const password = (form.get('password') ?? '').slice(0, 1000);
  const passwordRight = await services.signing.hasher
    .verify(account?.passwordHash ?? null, password)
    .catch(async (error: unknown) => {
      // Nothing was checked, so the attempt does not count.
      if ('number' in begun) await signInAttempts.forgive(begun.number);
      throw error;
    });
  const factor = await findFactor(services, c, account, form);
  if (account === undefined || !passwordRight || factor === undefined) return refuse(services, account);
  if (!(await startSession(services, c, account, factor))) return refuse(services, account);
  if ('number' in begun) await signInAttempts.forgive(begun.number);
  return { right: true, account };
}

async function refuse(services: Services, account: Account | undefined): Promise<SignInAnswer> {
  await keepRefusal(services, account);
  return { right: false, wait: 0 };
}

/**
 * Logged without what was typed, which could be a password. An address without an account is logged as well, so that it
 * takes the same time.
 */
export async function keepRefusal(
  { store }: Services,
  account: Account | undefined,
  body: AccessBody = {},
): Promise<void> {
  const { id, name, role, area } = account ?? { id: '', name: '', role: '', area: '' };
  await store.accessLog.add({ who: { id, name, role }, area, what: 'sign-in failed', body });
}

export async function startSession(
  services: Services,
  c: Context<Env>,
  account: Account,
  factor: SecondFactor,
): Promise<boolean> {
  const { tokenHash, browser, give } = prepareSession(services, c);
  const signingIn = { account: account.id, passwordHash: account.passwordHash, factor, tokenHash, browser };
  const began = await services.store.people.secondFactors.signIn(signingIn);
  if (began) await give();
  return began;
}

async function findFactor(services: Services, c: Context<Env>, account: Account | undefined, form: URLSearchParams) {
  const typed = form.get('code') ?? '';
  const digits = readTotpCode(typed);
  const sealed = account?.totpSecret ?? null;
  const secret = (sealed !== null && services.signing.seal.open(sealed)) || NO_SECRET;
  const step = findTotpStep(secret, digits ?? '000000', services.clock(), account?.totpStep ?? 0);
  if (digits !== undefined)
    return sealed !== null && step !== undefined ? ({ kind: 'totp', step, secret: sealed } as const) : undefined;
  const passkey = readPasskeyAnswer(form.get('passkey') ?? '');
  if (passkey !== undefined) return findPasskeyFactor(services, c, account, passkey);
  const hash = hashRecoveryCode(typed);
  return hash === undefined ? undefined : ({ kind: 'recovery code', hash } as const);
}

async function findPasskeyFactor(
  services: Services,
  c: Context<Env>,
  account: Account | undefined,
  answer: NonNullable<ReturnType<typeof readPasskeyAnswer>>,
): Promise<SecondFactor | undefined> {
  const kept = await services.store.people.secondFactors.findPasskey(answer.id);
  if (kept === undefined || kept.account !== account?.id) return undefined;
  const checked = await checkPasskey(answer, kept, groundOf(services, c));
  return checked && { kind: 'passkey', id: kept.id, ...checked };
}

export function groundOf(services: Services, c: Context<Env>): PasskeyGround {
  const { challengeKey: key } = services.signing;
  return { origin: originOf(services, c), key, browser: c.get('tokenHash'), now: services.clock() };
}
