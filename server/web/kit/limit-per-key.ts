/**
 * Allows each key, such as the account of a person or an address, this many requests in this many minutes; after that
 * it has to wait. A route makes its own. Counts are kept in memory only. An address is kept as long as it counts and is
 * never written anywhere.
 */
export interface Limits {
  most: number;
  minutes: number;
}

export interface LimitPerKey {
  /** Minutes to wait. 0 if the request may continue; then it is counted. */
  countOrWait(key: string): number;
}

/** The largest number of keys counted at the same time. Beyond that everybody has to wait, because there is a flood. */
const MOST_KEYS = 5000;

export function createLimitPerKey(clock: () => Date, { most, minutes }: Limits): LimitPerKey {
  const taken = new Map<string, number[]>();
  const windowMs = minutes * 60_000;
  const sweep = (now: number) => {
    for (const [key, times] of taken) if ((times.at(-1) ?? 0) <= now - windowMs) taken.delete(key);
  };
  return {
    countOrWait(key) {
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
