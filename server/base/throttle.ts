/**
 * How long somebody must wait after wrong tries: at an account, or at a consultation's return code. A browser in which this account was signed
 * in before is counted for itself alone, so nobody can lock others out, neither from the same building nor from everywhere at once. Pure.
 */
export interface Try {
  /** What is guessed at: an email address, or a reference. */
  target: string;
  /** From where: of the browser, or a keyed hash of it. */
  address: string;
  /** Set when it came from a browser that knows the account. */
  browser: string | null;
  /** The instant at which it began. */
  at: string;
}

const WINDOW_MS = 15 * 60_000;
const MOST_ON_ONE = 5;
const MOST_FROM_ONE_ADDRESS = 20;
/** Tries on one target from strange browsers everywhere, after which each address gets only one. */
const MOST_FROM_ALL = 50;
/** No list of tries has to be longer. */
export const MOST_READ = MOST_FROM_ALL + MOST_FROM_ONE_ADDRESS;

/** Tries before this instant no longer count. */
export function windowStart(now: Date): string {
  return new Date(now.getTime() - WINDOW_MS).toISOString();
}

/** 0: may try now. `tries`: those of the window on this target or from this address, the newest first. */
export function minutesToWait(tries: readonly Try[], mine: Omit<Try, 'at'>, now: Date): number {
  const oldest = triesInTheWay(tries, mine).at(-1);
  if (oldest === undefined) return 0;
  return Math.max(1, Math.ceil((Date.parse(oldest.at) + WINDOW_MS - now.getTime()) / 60_000));
}

function triesInTheWay(tries: readonly Try[], { target, address, browser }: Omit<Try, 'at'>): readonly Try[] {
  if (browser !== null) {
    const own = tries.filter((one) => one.target === target && one.browser === browser);
    return own.length >= MOST_ON_ONE ? own : [];
  }
  const strange = tries.filter((one) => one.browser === null);
  const here = strange.filter((one) => one.address === address);
  const onTarget = here.filter((one) => one.target === target);
  const underAttack = strange.filter((one) => one.target === target).length >= MOST_FROM_ALL;
  if (onTarget.length >= (underAttack ? 1 : MOST_ON_ONE)) return onTarget;
  return here.length >= MOST_FROM_ONE_ADDRESS ? here : [];
}
