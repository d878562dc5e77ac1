/** Times, deadlines and what stands, in the words of an export. */
import type { Citation } from '../consultation/citation.ts';
import type { Deadline } from '../consultation/deadline.ts';
import type { Topic } from '../flow/words.ts';

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const LONDON_DAY = new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'Europe/London' });
const LONDON_TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...DAY, timeZone: 'UTC' });

/** An instant → `22 November 2026 at 14:05`, in the time of England. */
export function describeInstant(instant: string): string {
  const date = new Date(instant);
  return `${LONDON_DAY.format(date)} at ${LONDON_TIME.format(date)}`;
}

/** `2026-11-22` → `Sunday 22 November 2026`; other words (`after 2018`) stay as they are. */
export function describeDay(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  return WEEKDAY.format(new Date(`${date}T00:00:00Z`)).replace(',', '');
}

/** `Within 7 working days, by Tuesday 1 December 2026`. */
export function describeDeadline({ words, by, from }: Deadline): string {
  const start = capitalise(words);
  if (by !== undefined) return words === 'today' ? `${start}, ${describeDay(by)}` : `${start}, by ${describeDay(by)}`;
  return from === undefined ? start : `${start}, counted from ${from === 'referral' ? 'the referral' : from}`;
}

const SENTENCES: Record<Topic, Record<string, (door: string) => string>> = {
  parents: {
    tell: () => 'Tell the parents what you are doing',
    'as the child wishes': () => 'Tell the parents only as the child wishes',
    'ask first': (door) => `Do not tell the parents yet. Ask ${door} first`,
    'do not tell': () => 'Do not tell the parents',
  },
  consent: {
    needed: () => 'You need consent before you share',
    weigh: () => 'Weigh whether to share without consent, and write down why',
    'not needed': () => 'You do not need consent to share',
  },
  police: {
    consider: () => 'Consider whether the police need to know',
    report: () => 'Report it to the police',
    'call 999': () => 'Call 999',
  },
};

/** `door`: the name of the front door. */
export function describeStand(topic: Topic, word: string, door: string): string {
  return SENTENCES[topic][word]?.(door) ?? word;
}

/** `[BT 5.7, BC 6]`; empty when there are none. The list of sources has them in full. */
export function describeShort(citations: readonly Citation[]): string {
  return citations.length === 0 ? '' : `[${citations.map((citation) => citation.short).join(', ')}]`;
}

export function describeCitation({ short, title, publisher, paragraphTitle, published, ...more }: Citation): string {
  const age = [published === 'undated' ? published : `published ${published}`];
  if (more.reviewDue !== undefined) age.push(`review due ${more.reviewDue}`);
  if (more.checked !== undefined) age.push(`last checked ${more.checked}`);
  if (more.replacedBy !== undefined) age.push(`replaced by ${more.replacedBy}`);
  const paragraph = paragraphTitle === '' ? '' : ` (${paragraphTitle})`;
  return `${short}${paragraph}: ${title}, ${publisher}; ${age.join('; ')}`;
}

export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
