/** Single sign-on with an organisation by OpenID Connect: authorisation code flow with PKCE, state and nonce. */
import * as client from 'openid-client';
import { type ClaimRules, readClaims } from './claims.ts';
import type { Role } from './permissions.ts';

export interface OrganisationConfig extends ClaimRules {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Name shown on the button, as in `Sign in with Bury Council`. */
  name: string;
  /** The `acr` value to require, such as the organisation's value for two factors. Undefined: the organisation decides. */
  acr?: string | undefined;
  /**
   * The longest time, in minutes, since the organisation last checked who the person is. Undefined: any open session at
   * the organisation is accepted.
   */
  maxAgeMinutes?: number | undefined;
  /** Allows a provider without https on this machine, for tests and trials. */
  insecure?: boolean | undefined;
}

/** What to remember until the browser comes back. */
export interface Journey {
  state: string;
  nonce: string;
  verifier: string;
}

/** What the organisation says about the person. */
export interface OrganisationClaims {
  subject: string;
  email: string;
  name: string;
  role: Role;
  area: string;
}

/** Why a sign-in through the organisation was refused. It is logged and never shown. */
export type OrganisationRefusal =
  | 'not begun here'
  | 'wrong state'
  | 'error of the organisation'
  | 'answer not valid'
  | 'not reached'
  | 'weaker than asked'
  | 'too long ago'
  | 'no role'
  | 'unknown area'
  | 'disabled'
  | 'address taken'
  | 'changed meanwhile';

/** `subject`: the person's id at the organisation, once verified. */
export interface Refused {
  refused: OrganisationRefusal;
  subject?: string;
}

export interface Organisation {
  name: string;
  begin(returnUrl: string): Promise<{ url: string; journey: Journey }>;
  /** Throws if the organisation's answer is missing or invalid; `whyFailed` gives the reason. */
  finish(url: URL, journey: Journey): Promise<OrganisationClaims | Refused>;
  /** The reason for an error thrown by `start` or `finish`. Error messages are not stored, since they can name a person. */
  whyFailed(error: unknown): OrganisationRefusal;
}

function readToken(
  claims: client.IDToken | undefined,
  config: OrganisationConfig,
): ReturnType<typeof readSaid> | { refused: 'weaker than asked' } {
  if (claims === undefined) throw new Error('the organisation sent no id token');
  if (config.acr !== undefined && claims.acr !== config.acr) return { refused: 'weaker than asked' };
  return readSaid(claims, config);
}

/** The provider may be down when the server starts, so discovery runs on first use and again after a failure. */
function createDiscovery(config: OrganisationConfig): () => Promise<client.Configuration> {
  let discovered: Promise<client.Configuration> | undefined;
  return () => {
    discovered ??= findProvider(config).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
}

/**
 * What the library has to check in the organisation's answer. With `maxAge` (in seconds), it also refuses an answer that
 * does not say when the organisation last checked who the person is (OpenID Connect Core, 3.1.2.1 and 3.1.3.7).
 */
function checksFor({ state, nonce, verifier }: Journey, maxAge: number | undefined) {
  return {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
    ...(maxAge !== undefined && { maxAge }),
  };
}

export function createOrganisation(config: OrganisationConfig): Organisation {
  const discover = createDiscovery(config);
  const maxAge = config.maxAgeMinutes === undefined ? undefined : config.maxAgeMinutes * 60;
  return {
    name: config.name,
    async begin(returnUrl) {
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      const url = client.buildAuthorizationUrl(await discover(), {
        redirect_uri: returnUrl,
        scope: 'openid profile email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(config.acr !== undefined && { acr_values: config.acr }),
        ...(maxAge !== undefined && { max_age: String(maxAge) }),
      });
      return { url: url.href, journey: { state, nonce, verifier } };
    },
    async finish(url, journey) {
      if (url.searchParams.get('state') !== journey.state) return { refused: 'wrong state' };
      const tokens = await client.authorizationCodeGrant(await discover(), url, checksFor(journey, maxAge));
      return readToken(tokens.claims(), config);
    },
    whyFailed,
  };
}

function findProvider({ issuer, clientId, clientSecret, insecure }: OrganisationConfig): Promise<client.Configuration> {
  // Without this, the library trusts the connection alone and does not check the signature of the ID token.
  const execute = [client.enableNonRepudiationChecks, ...(insecure ? [client.allowInsecureRequests] : [])];
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
}

function readSaid(claims: client.IDToken, rules: ClaimRules): OrganisationClaims | Refused {
  const { iss, sub, email, name, preferred_username } = claims;
  const subject = `${iss}|${sub}`;
  const found = readClaims(claims, rules);
  if ('refused' in found) return { ...found, subject };
  const shown = [name, preferred_username, email].find((text) => typeof text === 'string') ?? 'No name given';
  const address = typeof email === 'string' ? email.toLowerCase() : `${sub}@${new URL(iss).hostname}`;
  return { subject, email: address, name: String(shown).slice(0, 200), ...found };
}

function whyFailed(error: unknown): OrganisationRefusal {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return 'error of the organisation';
  const { code, message } = error as { code?: string; message?: string };
  if (isAboutAge(error)) return 'too long ago';
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return 'error of the organisation';
  return code === 'OAUTH_TIMEOUT' || message === 'fetch failed' ? 'not reached' : 'answer not valid';
}

/** The error that names the claim is the cause of the library's error. */
function isAboutAge(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  if (cause === null || typeof cause !== 'object') return false;
  return (cause as { claim?: string }).claim === 'auth_time' || isAboutAge(cause);
}
