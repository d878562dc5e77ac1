/** One-time codes of an authenticator app: six digits, a new one every 30 seconds (RFC 6238). */
import { Secret, TOTP } from 'otpauth';
import type { Random } from '../consultation/code.ts';

const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
/** A code of the step before or after is taken too: clocks differ. */
const WINDOW = 1;

/** In base 32, as apps take it. */
export function makeTotpSecret(random: Random): string {
  return new Secret({ buffer: new Uint8Array(random(SECRET_BYTES)).buffer }).base32;
}

function createTotp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Front Door', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });
}

/** What the square picture says to the app. */
export function totpUri(secret: string, email: string): string {
  return createTotp(secret, email).toString();
}

export function readTotpCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/\s+/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** The step that the code belongs to; undefined when it is wrong, too old, or of a step that was used already. */
export function findTotpStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  const delta = createTotp(secret, '').validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
  return step > lastStep ? step : undefined;
}

/** For trying it out and for tests: what the app would show. */
export function totpCode(secret: string, now: Date): string {
  return createTotp(secret, '').generate({ timestamp: now.getTime() });
}
