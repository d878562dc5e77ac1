/** Codes for the day when the telephone is lost: shown once, kept as hashes, each good for one sign-in. */
import { hashCode, makeCode, parseCode, type Random } from '../consultation/code.ts';

const HOW_MANY = 10;

export function makeRecoveryCodes(random: Random): string[] {
  return Array.from({ length: HOW_MANY }, () => makeCode(random));
}

/** Undefined when what was typed can be no such code. */
export function hashRecoveryCode(typed: string): string | undefined {
  const code = parseCode(typed);
  return code === undefined ? undefined : hashCode(code);
}
