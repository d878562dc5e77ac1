/** So many in so many minutes for each key, such as an address; who sends more waits. It counts in memory alone: an address is kept for as long as it counts, and written nowhere. */
export interface Limits {
  most: number;
  minutes: number;
}

export interface WindowLimit {
  /** Minutes to wait; 0 if this one may go on, and is counted. */
  take(key: string): number;
}

/** Most keys that are counted at the same time. Beyond that all are told to wait: there is a flood. */
const MOST_KEYS = 5000;

export function createWindowLimit(clock: () => Date, { most, minutes }: Limits): WindowLimit {
  const taken = new Map<string, number[]>();
  const windowMs = minutes * 60_000;
  const sweep = (now: number) => {
    for (const [key, times] of taken) if ((times.at(-1) ?? 0) <= now - windowMs) taken.delete(key);
  };
  return {
    take(key) {
      const now = clock().getTime();
      const recent = (taken.get(key) ?? []).filter((at) => at > now - windowMs);
      if (!taken.has(key) && taken.size >= MOST_KEYS) sweep(now);
      if (!taken.has(key) && taken.size >= MOST_KEYS) return minutes;
      if (recent.length >= most) return Math.max(1, Math.ceil(((recent[0] ?? now) + windowMs - now) / 60_000));
      taken.set(key, [...recent, now]);
      return 0;
    },
  };
}
