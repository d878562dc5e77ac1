/**
 * The text of a mail to the desk: that a consultation is waiting, and its reference. It says nothing about the child or
 * the person who asked. Pure.
 */

export interface MailWords {
  subject: string;
  text: string;
}

export interface MailFacts {
  about: string;
  reference: string;
  /** The area's name. */
  area: string;
  /** URL of the desk, if known. */
  desk?: string;
}

export function describeMail({ about, reference, area, desk }: MailFacts): MailWords {
  const what =
    about === 'unclaimed' ? 'A consultation has waited too long, and nobody has claimed it' : 'A consultation waits';
  const where =
    desk === undefined ? 'Sign in to the duty desk to see it.' : `Sign in to the duty desk to see it: ${desk}`;
  const text = [
    `${what}, reference ${reference}.`,
    `It is in the queue of ${area}.`,
    '',
    where,
    '',
    'This mail says nothing about a child on purpose. Nobody reads answers to it.',
    '',
  ].join('\n');
  return { subject: `${what}, reference ${reference}`, text };
}

/** Minutes to wait after each failed try; the last one repeats. */
const DELAYS = [0.25, 1, 2, 5, 10, 30, 60, 120];
/**
 * These are spread over a little more than a day. After that, somebody has to look, and can send it again from the
 * desk.
 */
const MOST_TRIES = 19;

/** Minutes until the next try, or undefined to give up. */
export function delayAfter(tries: number): number | undefined {
  return tries >= MOST_TRIES ? undefined : (DELAYS[tries - 1] ?? DELAYS.at(-1));
}
