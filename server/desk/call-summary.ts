/**
 * What a duty worker on the telephone sees while they enter the answers: level, action, by when, and whether to tell
 * the parents, as far as these are known. Pure.
 */
import { localDay } from '../base/days.ts';
import type { Consultation } from '../consultation/consultation.ts';
import { deadlineOf, describeDeadline } from '../consultation/deadline.ts';
import { describeStanding } from '../consultation/mark-sentence.ts';
import { adviseSoFar } from '../consultation/provisional-advice.ts';
import type { Flow } from '../flow/flow.ts';
import { TOPICS } from '../flow/marks.ts';
import { walk } from '../flow/walk/walk.ts';

/** What is to be done, and by when: in words. */
export interface Advised {
  action: string;
  byWhen: string;
}

export interface SoFar {
  isFinished: boolean;
  /** Name of the level; undefined while there is none. */
  level?: string;
  /**
   * While a question is open, what the guidance would advise if the caller hung up now and everything open stayed
   * unknown. Undefined before the first answer.
   */
  advised?: Advised;
  parents?: string;
  /** What is advised about consent and the police, in words. */
  others: string[];
}

export function readSoFar(flow: Flow, consultation: Pick<Consultation, 'answers' | 'openedAt'>): SoFar {
  const { answers, openedAt } = consultation;
  const position = walk(flow, answers);
  const { standing, at } = position;
  const say = (topic: (typeof TOPICS)[number]) => {
    const word = standing[topic];
    return word === undefined ? [] : [describeStanding(flow, position, topic, flow.area.frontDoorName)];
  };
  const [parents] = say('parents');
  const advice = adviseSoFar(flow, answers, position);
  const described = advice && {
    action: advice.action,
    byWhen: describeDeadline(deadlineOf(advice.within, localDay(openedAt), flow.holidays)),
  };
  return {
    isFinished: at.kind === 'end',
    ...(standing.level > 0 && { level: flow.area.scale[standing.level - 1] ?? '' }),
    ...(described !== undefined && { advised: described }),
    ...(parents !== undefined && { parents }),
    others: TOPICS.filter((topic) => topic !== 'parents').flatMap(say),
  };
}
