/**
 * What a person did about each mark, in words: for a field of the desk, for the telephone and for the hand-over sheet.
 * Complete by its type. Whatever shows it outside the record reads it from here.
 */
import { capitalise } from '../base/text.ts';
import { forEachTopic, TOPICS, type Topic } from '../flow/marks.ts';
import type { RecordedMarks } from './consultation.ts';

type Recorded<T extends Topic> = NonNullable<RecordedMarks[T]>;

interface Words<T extends Topic> {
  /** What was chosen in its form; an option of a field of the desk has the same id. */
  chosen(recorded: Recorded<T>): string;
  /** A sentence without its full stop. */
  onTelephone(recorded: Recorded<T>): string;
  onHandoverSheet(recorded: Recorded<T>): string;
}

const WORDS: { [T in Topic]: Words<T> } = {
  parents: {
    chosen: ({ parents }) => parents,
    onTelephone: ({ parents }) => `The parents were ${parents}`,
    onHandoverSheet: ({ parents }) => capitalise(parents),
  },
  consent: {
    chosen: ({ consent }) => consent,
    onTelephone: ({ consent }) => `Consent: ${consent}`,
    onHandoverSheet: ({ consent }) => capitalise(consent),
  },
  police: {
    chosen: ({ referred }) => referred,
    onTelephone: ({ referred }) => `The police were ${referred === 'yes' ? 'told' : 'not told'}`,
    onHandoverSheet: ({ referred }) => (referred === 'yes' ? 'Told' : 'Not told'),
  },
};

export interface DoneAboutMark {
  topic: Topic;
  /** Of the entry. */
  number: number;
  reason: string;
  chosen: string;
  onTelephone: string;
  onHandoverSheet: string;
}

function describe<T extends Topic>(topic: T, marks: RecordedMarks): DoneAboutMark | undefined {
  const recorded = marks[topic] as Recorded<T> | undefined;
  if (recorded === undefined) return undefined;
  const { chosen, onTelephone, onHandoverSheet } = WORDS[topic];
  const { number, reason } = recorded as Recorded<Topic>;
  const words = {
    chosen: chosen(recorded),
    onTelephone: onTelephone(recorded),
    onHandoverSheet: onHandoverSheet(recorded),
  };
  return { topic, number, reason, ...words };
}

/** What was done about each mark; undefined where nothing is recorded. */
export function doneAboutMarks(marks: RecordedMarks): Record<Topic, DoneAboutMark | undefined> {
  return forEachTopic((topic) => describe(topic, marks));
}

/** What was done about the marks, in the order in which they are shown; those with nothing recorded are left out. */
export function listDoneAboutMarks(marks: RecordedMarks): DoneAboutMark[] {
  const done = doneAboutMarks(marks);
  return TOPICS.map((topic) => done[topic]).filter((one) => one !== undefined);
}
