/** What stands about parents, consent or police, in words: on the page, on paper and in every export. */
import type { Topic } from '../flow/words.ts';

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
export function describeTopicVerdict(topic: Topic, word: string, door: string): string {
  return SENTENCES[topic][word]?.(door) ?? word;
}
