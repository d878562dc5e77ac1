/** Which backups are kept: the newest of each of the last days, weeks and months for which there is one. */

/** How many days, weeks and months to keep, such as `{ days: 14, weeks: 4, months: 0 }`. */
export interface KeepCounts {
  days: number;
  weeks: number;
  months: number;
}

const STAMP = '\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d';
const WHOLE = new RegExp(`^front-door-(${STAMP})\\.sqlite(\\.age)?$`);
/** The time of the full backup to which it belongs, then its own time. */
const INCREMENT = new RegExp(`^front-door-(${STAMP})\\+(${STAMP})\\.sqlite(\\.age)?$`);
const DAY_MS = 86_400_000;

const ending = (isEncrypted: boolean) => `.sqlite${isEncrypted ? '.age' : ''}`;
const stampOf = (at: Date) => at.toISOString().slice(0, 19).replaceAll(':', '-');

/** `front-door-2026-11-26T18-45-00.sqlite`; the time is UTC. */
export function backupName(at: Date, isEncrypted: boolean): string {
  return `front-door-${stampOf(at)}${ending(isEncrypted)}`;
}

/** `front-door-2026-11-26T18-45-00+2026-11-27T18-45-00.sqlite`. `before`: the backup or increment that it follows. */
export function incrementName(before: string, at: Date, isEncrypted: boolean): string {
  const whole = INCREMENT.exec(before)?.[1] ?? WHOLE.exec(before)?.[1] ?? '';
  return `front-door-${whole}+${stampOf(at)}${ending(isEncrypted)}`;
}

/** The instant in the name, in ISO 8601; undefined if the file is not one of our backups. */
export function instantOf(name: string): string | undefined {
  const stamp = WHOLE.exec(name)?.[1] ?? INCREMENT.exec(name)?.[2];
  const instant = stamp?.replace(/T(\d\d)-(\d\d)-(\d\d)$/, 'T$1:$2:$3.000Z');
  return instant !== undefined && !Number.isNaN(Date.parse(instant)) ? instant : undefined;
}

export const isIncrement = (name: string) => INCREMENT.test(name);

/** The newest backup is always kept, and an increment as long as its full backup. Other files are never touched. */
export function findSuperseded(names: readonly string[], keep: KeepCounts): string[] {
  const gone = new Set(findSupersededWholes(names, keep));
  const stamps = new Set([...gone].map((name) => WHOLE.exec(name)?.[1]));
  return [...gone, ...names.filter((name) => stamps.has(INCREMENT.exec(name)?.[1] ?? ''))];
}

function findSupersededWholes(names: readonly string[], keep: KeepCounts): string[] {
  const backups = names
    .filter((name) => WHOLE.test(name))
    .flatMap((name) => {
      const instant = instantOf(name);
      return instant === undefined ? [] : [{ name, instant }];
    })
    .sort((a, b) => (a.instant < b.instant ? 1 : -1));
  const kept = new Set(backups.slice(0, 1).map(({ name }) => name));
  for (const [periodOf, count] of [
    [dayOf, keep.days],
    [weekOf, keep.weeks],
    [monthOf, keep.months],
  ] as const) {
    const newest = new Map<string, string>();
    for (const { name, instant } of backups) if (!newest.has(periodOf(instant))) newest.set(periodOf(instant), name);
    for (const name of [...newest.values()].slice(0, count)) kept.add(name);
  }
  return backups.map(({ name }) => name).filter((name) => !kept.has(name));
}

const dayOf = (instant: string) => instant.slice(0, 10);
const monthOf = (instant: string) => instant.slice(0, 7);

/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
function weekOf(instant: string): string {
  return String(Math.floor((Math.floor(Date.parse(instant) / DAY_MS) + 3) / 7));
}
