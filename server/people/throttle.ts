/**
 * How long somebody must wait after wrong tries. A browser in which this account was signed in before is counted for itself alone, so nobody
 * can lock others out, neither from the same building nor from everywhere at once. A try counts from when it begins.
 */
export interface Try {
  email: string;
  address: string;
  /** Set when it came from a browser that knows the account. */
  browser: string | null;
  at: string;
}

export const WINDOW_MINUTES = 15;
const MOST_ON_ONE = 5;
const MOST_FROM_ONE_ADDRESS = 20;
/** Tries on one account from strange browsers everywhere, after which each address gets only one. */
const MOST_FROM_ALL = 50;
/** No list needs to be longer. */
export const MOST_READ = MOST_FROM_ALL + MOST_FROM_ONE_ADDRESS;

/** 0: may try now. `tries`: those of the window for this account or this address, the newest first. */
export function minutesToWait(tries: readonly Try[], mine: Omit<Try, 'at'>, now: Date): number {
  const oldest = waitingFor(tries, mine).at(-1);
  if (oldest === undefined) return 0;
  return Math.max(1, Math.ceil(WINDOW_MINUTES - (now.getTime() - Date.parse(oldest.at)) / 60_000));
}

function waitingFor(tries: readonly Try[], { email, address, browser }: Omit<Try, 'at'>): readonly Try[] {
  if (browser !== null) {
    const own = tries.filter((line) => line.email === email && line.browser === browser);
    return own.length >= MOST_ON_ONE ? own : [];
  }
  const strange = tries.filter((line) => line.browser === null);
  const here = strange.filter((line) => line.address === address);
  const onOne = here.filter((line) => line.email === email);
  const underAttack = strange.filter((line) => line.email === email).length >= MOST_FROM_ALL;
  if (onOne.length >= (underAttack ? 1 : MOST_ON_ONE)) return onOne;
  return here.length >= MOST_FROM_ONE_ADDRESS ? here : [];
}
