/** Waiting times: the median and the 90th percentile, from counts per minute. Pure. */
import type { Count } from './figures.ts';

export interface Times {
  id: string;
  title: string;
  sentence: string;
  /** In minutes. Undefined if there are too few consultations. */
  median?: number;
  /** The 90th percentile, in minutes. Undefined if there are too few consultations. */
  slowest?: number;
}

const TITLES = { 'minutes to claim': 'Time to claim', 'minutes to answer': 'Time to answer' };
const DEEDS = { 'minutes to claim': 'claimed', 'minutes to answer': 'answered' };

/** The 90th percentile of a small group is a single consultation, so it needs at least twice the floor. */
export function describeTimes(counts: readonly Count[], floor: number): Times[] {
  return (['minutes to claim', 'minutes to answer'] as const).map((id) => {
    const sorted = counts
      .filter((count) => count.figure === id && count.count > 0)
      .map(({ value, count }) => [Number(value), count] as const)
      .sort(([a], [b]) => a - b);
    const all = sorted.reduce((sum, [, count]) => sum + count, 0);
    const median = all >= floor ? at(sorted, all * 0.5) : undefined;
    const slowest = all >= 2 * floor ? at(sorted, all * 0.9) : undefined;
    return {
      id,
      title: TITLES[id],
      sentence: describe(DEEDS[id], median, slowest),
      ...(median !== undefined && { median }),
      ...(slowest !== undefined && { slowest }),
    };
  });
}

/** The value at this place when all are sorted; `sorted` holds pairs of value and count. */
function at(sorted: readonly (readonly [number, number])[], place: number): number | undefined {
  let passed = 0;
  return sorted.find(([, count]) => {
    passed += count;
    return passed >= place;
  })?.[0];
}

function describe(deed: string, median: number | undefined, slowest: number | undefined): string {
  if (median === undefined) return `Too few were ${deed} to give a time.`;
  const half = `Half of those that were ${deed} were so within ${describeMinutes(median)}`;
  return slowest === undefined ? `${half}.` : `${half}; the slowest tenth took ${describeMinutes(slowest)} or longer.`;
}

export function describeMinutes(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [count(days, 'day'), count(hours, 'hour'), days === 0 ? count(minutes % 60, 'minute') : ''];
  return parts.filter((part) => part !== '').join(' ') || '0 minutes';
}

function count(number: number, unit: string): string {
  if (number === 0) return '';
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
