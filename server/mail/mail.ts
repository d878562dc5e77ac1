/** What a mail says: that a consultation waits, and its reference. Nothing of the child or of who asked. Pure. */

export interface MailWords {
  subject: string;
  text: string;
}

export interface MailFacts {
  about: string;
  reference: string;
  /** Name of the area. */
  area: string;
  /** Address of the desk; left out when it is not known. */
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

const DELAYS = [0.25, 1, 2, 5, 10, 30, 60, 120];
/** A little more than a day. Then somebody has to look, and can try again from the desk. */
const MOST_TRIES = 19;

/** Minutes until the next try; undefined when it is given up. */
export function delayAfter(tries: number): number | undefined {
  return tries >= MOST_TRIES ? undefined : (DELAYS[tries - 1] ?? DELAYS.at(-1));
}
