/** When a contact answers, as far as its source says. Pure. */

/** 1 is Monday. */
export interface OpenWindow {
  from: number;
  to: number;
  /** Times such as `08:30`, in London. */
  opens: string;
  closes: string;
}
export type OpeningHours = 'day and night' | 'nights and weekends' | OpenWindow[];

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A moment in London. `weekday`: 1 is Monday. `time`: such as `19:05`. */
export interface LocalMoment {
  weekday: number;
  time: string;
  isHoliday: boolean;
}

export type IsOpen = 'yes' | 'no' | 'not known';

/** For a number that replaces the others at night, office hours are unknown: it may also answer by day. */
export function isOpenAt(hours: OpeningHours | undefined, { weekday, time, isHoliday }: LocalMoment): IsOpen {
  if (hours === undefined) return 'not known';
  if (hours === 'day and night') return 'yes';
  if (hours === 'nights and weekends') return isNight({ weekday, time, isHoliday }) ? 'yes' : 'not known';
  if (isHoliday) return 'not known';
  const isOpen = hours.some(
    ({ from, to, opens, closes }) => weekday >= from && weekday <= to && time >= opens && time < closes,
  );
  return isOpen ? 'yes' : 'no';
}

/** Later than any office hours: no source that we have seen lists an office that is open then. */
const EVENING = '17:30';
const MORNING = '08:00';

function isNight({ weekday, time, isHoliday }: LocalMoment): boolean {
  return isHoliday || weekday > 5 || time >= EVENING || time < MORNING;
}

export function answersAtNight(hours: OpeningHours | undefined): boolean {
  return hours === 'day and night' || hours === 'nights and weekends';
}

/** Such as `Monday to Thursday 08:30 to 17:00`. */
export function describeOpeningHours(hours: OpeningHours): string {
  if (hours === 'day and night') return 'Day and night';
  if (hours === 'nights and weekends') return 'Evenings, nights and weekends';
  return hours.map(({ from, to, opens, closes }) => `${describeDays(from, to)} ${opens} to ${closes}`).join(', ');
}

function describeDays(from: number, to: number): string {
  const name = (day: number) => {
    const word = WEEKDAYS[day - 1] ?? '';
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  return from === to ? name(from) : `${name(from)} to ${name(to)}`;
}
