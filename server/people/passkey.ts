/**
 * Passkeys (WebAuthn). Challenges are not stored: each carries its expiry time and a signature of ours, bound to one browser. The caller
 * makes sure that each is used only once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Random } from '../consultation/code.ts';

export interface PasskeyGround {
  /** Origin of the pages, such as `https://frontdoor.example.org`. */
  origin: string;
  key: Uint8Array;
  /** Token hash of the browser: a challenge made for one browser cannot be answered from another. */
  browser: string;
  now: Date;
}

/** A passkey as it is stored. */
export interface KeptPasskey {
  id: string;
  publicKey: string;
  counter: number;
  transports: string[];
}

/**
 * Loaded on first use, because with its dependencies it takes a tenth of the server's memory. In `dist` it is one file.
 * If loading fails, for example because no file handle is free, the file is read again next time: Node would remember a
 * failed `import` for as long as it runs.
 */
const webAuthn = (): Promise<typeof import('@simplewebauthn/server')> =>
  import.meta.filename.endsWith('.ts')
    ? import('@simplewebauthn/server')
    : createRequire(import.meta.url)('./passkeys.cjs');

const GOOD_FOR_MS = 5 * 60_000;
const HEAD_BYTES = 24;

function makeChallenge({ key, browser, now }: PasskeyGround, random: Random): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeDoubleBE(now.getTime() + GOOD_FOR_MS);
  head.set(random(HEAD_BYTES - 8), 8);
  return new Uint8Array(Buffer.concat([head, markOf(head, key, browser)]));
}

function markOf(head: Uint8Array, key: Uint8Array, browser: string): Buffer {
  return createHmac('sha256', key).update(head).update(browser).digest();
}

function isOurs(challenge: string, { key, browser, now }: PasskeyGround): boolean {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== HEAD_BYTES + 32) return false;
  const head = bytes.subarray(0, HEAD_BYTES);
  return timingSafeEqual(bytes.subarray(HEAD_BYTES), markOf(head, key, browser)) && head.readDoubleBE() > now.getTime();
}

/** The request lists no passkeys, so it does not reveal who has one. */
export async function askForPasskey(ground: PasskeyGround, random: Random) {
  const { generateAuthenticationOptions } = await webAuthn();
  return generateAuthenticationOptions({
    rpID: new URL(ground.origin).hostname,
    challenge: makeChallenge(ground, random),
    userVerification: 'required',
  });
}

export async function askToMakePasskey(
  ground: PasskeyGround,
  random: Random,
  who: { email: string; name: string },
  known: string[],
) {
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpName: 'Front Door',
    rpID: new URL(ground.origin).hostname,
    userName: who.email,
    userDisplayName: who.name,
    challenge: makeChallenge(ground, random),
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The id of the passkey that an answer claims to come from. */
export function readPasskeyAnswer(text: string): AuthenticationResponseJSON | undefined {
  try {
    const answer = JSON.parse(text) as AuthenticationResponseJSON;
    return typeof answer?.id === 'string' ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined if anything about the answer is wrong. */
export async function checkPasskey(answer: AuthenticationResponseJSON, kept: KeptPasskey, ground: PasskeyGround) {
  const { verifyAuthenticationResponse } = await webAuthn();
  let challenge = '';
  const expectedChallenge = (given: string) => {
    challenge = given;
    return isOurs(given, ground);
  };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge,
      expectedOrigin: ground.origin,
      expectedRPID: new URL(ground.origin).hostname,
      credential: {
        id: kept.id,
        publicKey: new Uint8Array(Buffer.from(kept.publicKey, 'base64url')),
        counter: kept.counter,
      },
    });
    return verified ? { counter: authenticationInfo.newCounter, challenge } : undefined;
  } catch {
    return undefined;
  }
}

/** A new passkey, ready to store. Undefined if anything about the answer is wrong. */
export async function checkNewPasskey(text: string, ground: PasskeyGround): Promise<KeptPasskey | undefined> {
  const { verifyRegistrationResponse } = await webAuthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: JSON.parse(text) as RegistrationResponseJSON,
      expectedChallenge: (given) => isOurs(given, ground),
      expectedOrigin: ground.origin,
      expectedRPID: new URL(ground.origin).hostname,
    });
    if (!verified) return undefined;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
  } catch {
    return undefined;
  }
}
