/** Codes for signing in without the phone: shown once, stored as hashes, each valid for one sign-in. */
import { hashCode, makeCode, parseCode, type Random } from '../consultation/code.ts';

const HOW_MANY = 10;

export function makeRecoveryCodes(random: Random): string[] {
  return Array.from({ length: HOW_MANY }, () => makeCode(random));
}

/** Undefined if what was typed cannot be a recovery code. */
export function hashRecoveryCode(typed: string): string | undefined {
  const code = parseCode(typed);
  return code === undefined ? undefined : hashCode(code);
}
