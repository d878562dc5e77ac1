/**
 * The limit on guessing passwords and return codes: how long to wait after wrong ones. A browser that has signed in to
 * the account before is counted separately, so an attacker cannot lock the owner out, neither from the same building
 * nor from many addresses. Pure.
 */
export interface Try {
  /** What is being guessed: an email address, or a reference. */
  target: string;
  /** The client's address, or a keyed hash of it. */
  address: string;
  /** Set if this browser has signed in to the account before. */
  browser: string | null;
  /** When the try began, as an instant. */
  at: string;
}

const WINDOW_MS = 15 * 60_000;
const MOST_ON_ONE = 5;
const MOST_FROM_ONE_ADDRESS = 20;
/** After this many tries on one target from unknown browsers, each address is allowed only one. */
const MOST_FROM_ALL = 50;
/** `minutesToWait` never needs more tries than this. */
export const MOST_READ = MOST_FROM_ALL + MOST_FROM_ONE_ADDRESS;

/** Start of the window: earlier tries do not count. */
export function windowStart(now: Date): string {
  return new Date(now.getTime() - WINDOW_MS).toISOString();
}

/** Minutes to wait; 0 to try now. `tries`: those in the window on this target or from this address, newest first. */
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
