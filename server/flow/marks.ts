/**
 * The topics of marks other than the level, one entry each. Everything that reads, collects, proves, compares, shows or exports marks uses
 * this table. See `flows/README.md`, "The marks".
 */
interface Mark<Word extends string, Content extends ContentNames> {
  /** From weakest to strongest. The strongest word found is the one that applies. */
  words: readonly [Word, ...Word[]];
  /** Whether advice with a weaker word contradicts the strongest word, and is therefore not given. */
  exclusive: boolean;
  /** Whether a stronger word means more help. If so, more harm must never lead to a weaker word. */
  protective: boolean;
  /** When the outcome table would become too long, topics with a lower rank keep their own rows. */
  rank: number;
  /** Label in lists and exports. */
  name: string;
  /** Heading of its section in a result. */
  title: string;
  /** As the subject of a sentence. */
  subject: string;
  /** What the content calls that which was done about it. */
  inContent: Content;
  /** The instruction to the reader for each word: a sentence without its full stop. `door` is the name of the front door. */
  sentences: Readonly<Record<NoInfer<Word>, (door: string) => string>>;
}

/** Words of YAML. They never change. */
interface ContentNames {
  /** `same as` of a field of `desk.yaml`. */
  sameAs: string;
  /** A key of `record answered by` in `desk.yaml`: the noun of its form. */
  part: string;
  /** `filled by: record …` in `handover_sheet.yaml`. */
  onHandoverSheet: string;
}

function mark<const Word extends string, const Content extends ContentNames>(
  entry: Mark<Word, Content>,
): Mark<Word, Content> {
  return entry;
}

export const MARKS = {
  parents: mark({
    words: ['tell', 'as the child wishes', 'ask first', 'do not tell'],
    exclusive: true,
    protective: false,
    rank: 1,
    name: 'Parents',
    title: 'Parents and carers',
    subject: 'the advice about parents',
    inContent: { sameAs: 'parents told', part: 'parents', onHandoverSheet: 'parents' },
    sentences: {
      tell: () => 'Tell the parents what you are doing',
      'as the child wishes': () => 'Tell the parents only as the child wishes',
      // Also correct if it was a parent who told the reader.
      'ask first': (door) => `Do not tell the parents yet, or anything more if one told you. Ask ${door} first`,
      'do not tell': () => 'Do not tell the parents',
    },
  }),

  consent: mark({
    words: ['needed', 'weigh', 'given', 'not needed'],
    exclusive: true,
    protective: false,
    rank: 3,
    name: 'Consent',
    title: 'Consent, and what to share',
    subject: 'the advice about consent',
    inContent: { sameAs: 'consent', part: 'consents', onHandoverSheet: 'agreement' },
    sentences: {
      needed: () => 'You need consent before you share',
      weigh: () => 'Weigh whether to share without consent, and write down why',
      given: () => 'You have consent. Share what was agreed',
      'not needed': () => 'You do not need consent to share',
    },
  }),

  police: mark({
    words: ['consider', 'report', 'call 999'],
    exclusive: false,
    protective: true,
    rank: 2,
    name: 'Police',
    title: 'The police',
    subject: 'the advice about the police',
    inContent: { sameAs: 'police told', part: 'police', onHandoverSheet: 'police' },
    sentences: {
      consider: () => 'Consider whether the police need to know',
      report: () => 'Report it to the police',
      'call 999': () => 'Call 999',
    },
  }),
};

export type Topic = keyof typeof MARKS;
/** What the content calls that which was done about a mark. */
export type ContentName<Place extends keyof ContentNames> = (typeof MARKS)[Topic]['inContent'][Place];
export type WordOf<T extends Topic> = (typeof MARKS)[T]['words'][number];

/** Whether it is a name of a mark in that place, such as `parents told` in `same as`. */
export function isContentName<Place extends keyof ContentNames>(
  place: Place,
  word: string,
): word is ContentName<Place> {
  return TOPICS.some((topic) => MARKS[topic].inContent[place] === word);
}

/** The mark that has this name in that place. */
export function topicNamed<Place extends keyof ContentNames>(place: Place, name: ContentName<Place>): Topic {
  const topic = TOPICS.find((one) => MARKS[one].inContent[place] === name);
  if (topic === undefined) throw new Error(`No mark is called ${name}`);
  return topic;
}

/** In display order. */
export const TOPICS = Object.keys(MARKS) as Topic[];
export const EXCLUSIVE_TOPICS = TOPICS.filter((topic) => MARKS[topic].exclusive);
export const PROTECTIVE_TOPICS = TOPICS.filter((topic) => MARKS[topic].protective);

/** From weakest to strongest. */
export function wordsFor(topic: Topic): readonly string[] {
  return MARKS[topic].words;
}

/** The rank of a word, counting from 0 (weakest); -1 if there is none. */
export function strength(topic: Topic, word: string | undefined): number {
  return wordsFor(topic).indexOf(word ?? '');
}

/** The instruction to the reader for a word: a sentence without its full stop. `door` is the name of the front door. */
export function describeMark(topic: Topic, word: string, door: string): string {
  const sentences: Record<string, (door: string) => string> = MARKS[topic].sentences;
  return sentences[word]?.(door) ?? word;
}

/** Builds a record with one value for each topic. */
export function forEachTopic<T>(make: (topic: Topic) => T): Record<Topic, T> {
  return Object.fromEntries(TOPICS.map((topic) => [topic, make(topic)])) as Record<Topic, T>;
}

/** The part of `marks` that belongs to topics, without empty entries. */
export function pickTopics<T extends Partial<Record<Topic, unknown>>>(marks: T): Pick<T, Topic> {
  const found = TOPICS.filter((topic) => marks[topic] !== undefined);
  return Object.fromEntries(found.map((topic) => [topic, marks[topic]])) as Pick<T, Topic>;
}
