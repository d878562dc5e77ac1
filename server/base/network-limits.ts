/**
 * Limits by network, for what anybody can do without an account: so many requests at once, and so many per minute after
 * that. Somebody who has signed in is counted by `web/kit/limit-per-key.ts` instead. The numbers are far above what a
 * school, a hospital or a council behind one address needs, and far below what fills a queue. Counts are in memory
 * only. Pure.
 */
export interface Rate {
  atOnce: number;
  aMinute: number;
}

/** Kind of request → limit; see `docs/hazards.md`. */
export const NETWORK_LIMITS = {
  /** New consultations and conversations. */
  opening: { atOnce: 120, aMinute: 60 },
  /** Questions to the duty desk. */
  asking: { atOnce: 30, aMinute: 12 },
  /**
   * Every form of a consultation: 60 people at a school who each answer a question every three seconds send 1,200 a
   * minute.
   */
  sending: { atOnce: 3000, aMinute: 1500 },
  /** Entries in a record. */
  writing: { atOnce: 300, aMinute: 240 },
} as const satisfies Record<string, Rate>;

const MOST_NETWORKS = 20_000;

export interface NetworkLimit {
  /** Whether this request may continue; if so, it is counted. */
  mayGoOn(network: string): boolean;
}

/** `clock`: returns milliseconds. */
export function createNetworkLimit({ atOnce, aMinute }: Rate, clock: () => number): NetworkLimit {
  const left = new Map<string, { count: number; at: number }>();
  return {
    mayGoOn(network) {
      const now = clock();
      const known = left.get(network) ?? { count: atOnce, at: now };
      const count = Math.min(atOnce, known.count + ((now - known.at) / 60_000) * aMinute);
      // Moved to the end, so that the networks that have been quiet longest are forgotten first.
      left.delete(network);
      left.set(network, { count: count < 1 ? count : count - 1, at: now });
      const [quietest] = left.keys();
      if (left.size > MOST_NETWORKS && quietest !== undefined) left.delete(quietest);
      return count >= 1;
    },
  };
}
