/** One-time codes from an authenticator app: six digits, a new code every 30 seconds (RFC 6238). */
import { Secret, TOTP } from 'otpauth';
import type { Random } from '../consultation/code.ts';

const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
/** Codes of the previous and the next step are accepted too, since clocks differ. */
const WINDOW = 1;

/** In base 32, as authenticator apps expect it. */
export function makeTotpSecret(random: Random): string {
  return new Secret({ buffer: new Uint8Array(random(SECRET_BYTES)).buffer }).base32;
}

function createTotp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Front Door', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });
}

/** The `otpauth:` URI that the QR code encodes. */
export function totpUri(secret: string, email: string): string {
  return createTotp(secret, email).toString();
}

export function readTotpCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/\s+/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** The time step of the code. Undefined if the code is wrong, too old, or not newer than `lastStep`. */
export function findTotpStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  const delta = createTotp(secret, '').validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
  return step > lastStep ? step : undefined;
}

/** The code that the app would show. For tests and trials. */
export function totpCode(secret: string, now: Date): string {
  return createTotp(secret, '').generate({ timestamp: now.getTime() });
}
