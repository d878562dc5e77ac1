/** What a duty worker on the telephone is shown while they fill in the answers: level, action, by when, and parents, as far as each is known. Pure. */
import { localDay } from '../base/days.ts';
import type { Consultation } from '../consultation/consultation.ts';
import { deadlineOf, describeDeadline } from '../consultation/deadline.ts';
import type { EndStep, Flow } from '../flow/flow.ts';
import { describeMark, TOPICS } from '../flow/marks.ts';
import { type Position, walk } from '../flow/walk/walk.ts';

/** What is to be done, and by when: in words. */
export interface Advised {
  action: string;
  byWhen: string;
}

export interface SoFar {
  isFinished: boolean;
  /** Name of the level; undefined while there is none. */
  level?: string;
  /** Undefined while a question is open. */
  advised?: Advised;
  /** What the guidance advises if the caller hangs up now: whatever is open is not known. Undefined before the first answer, and at the end. */
  ifCallEnds?: Advised;
  parents?: string;
  /** Consent and police, in words. */
  others: string[];
}

export function readSoFar(flow: Flow, consultation: Pick<Consultation, 'answers' | 'openedAt'>): SoFar {
  const { answers, openedAt } = consultation;
  const position = walk(flow, answers);
  const { standing, at } = position;
  const say = (topic: (typeof TOPICS)[number]) => {
    const word = standing[topic];
    return word === undefined ? [] : [describeMark(topic, word, flow.area.frontDoorName)];
  };
  const describe = ({ action, within }: EndStep): Advised => {
    return { action, byWhen: describeDeadline(deadlineOf(within, localDay(openedAt), flow.holidays)) };
  };
  const [parents] = say('parents');
  const end = Object.keys(answers).length === 0 || at.kind === 'end' ? undefined : findEndOfDoubt(flow, answers);
  return {
    isFinished: at.kind === 'end',
    ...(standing.level > 0 && { level: flow.area.scale[standing.level - 1] ?? '' }),
    ...(at.kind === 'end' && { advised: describe(at.end) }),
    ...(end !== undefined && { ifCallEnds: describe(end) }),
    ...(parents !== undefined && { parents }),
    others: TOPICS.filter((topic) => topic !== 'parents').flatMap(say),
  };
}

/** More questions than any flow asks. */
const MOST = 500;

/** "I don't know" can be said to every question, and is always safe. */
function findEndOfDoubt(flow: Flow, answers: Parameters<typeof walk>[1]): EndStep | undefined {
  const given = { ...answers };
  for (let count = 0; count < MOST; count++) {
    const { at }: Position = walk(flow, given);
    if (at.kind === 'end') return at.end;
    given[at.question.id] = 'unknown';
  }
  return undefined;
}
