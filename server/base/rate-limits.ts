/**
 * The rate limits on what anybody can do without an account: so many at once from one network, and so many a minute after that. The numbers are far above
 * what a school, a hospital or a council behind one address does, and far below what fills a queue. Counts are in memory only. Pure.
 */
export interface Rate {
  atOnce: number;
  aMinute: number;
}

/** By kind of request; see `docs/hazards.md`. */
export const RATE_LIMITS = {
  /** New consultations and conversations. */
  opening: { atOnce: 120, aMinute: 60 },
  /** Questions to the duty desk. */
  asking: { atOnce: 30, aMinute: 12 },
  /** Every form of a consultation: 60 people of a school who answer a question every three seconds send 1,200 a minute. */
  sending: { atOnce: 3000, aMinute: 1500 },
  /** What is written into a record. */
  writing: { atOnce: 300, aMinute: 240 },
} as const satisfies Record<string, Rate>;

const MOST_NETWORKS = 20_000;

export interface RateLimit {
  /** Whether this one may go on; counts it if so. */
  mayGoOn(network: string): boolean;
}

/** `clock`: in milliseconds. */
export function createRateLimit({ atOnce, aMinute }: Rate, clock: () => number): RateLimit {
  const left = new Map<string, { count: number; at: number }>();
  return {
    mayGoOn(network) {
      const now = clock();
      const known = left.get(network) ?? { count: atOnce, at: now };
      const count = Math.min(atOnce, known.count + ((now - known.at) / 60_000) * aMinute);
      // Moved to the end: the networks that were quiet for longest are forgotten first.
      left.delete(network);
      left.set(network, { count: count < 1 ? count : count - 1, at: now });
      const [quietest] = left.keys();
      if (left.size > MOST_NETWORKS && quietest !== undefined) left.delete(quietest);
      return count >= 1;
    },
  };
}
