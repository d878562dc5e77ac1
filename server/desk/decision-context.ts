/** What the guidance advises on the answers so far, as the basis for the desk's decision. Pure. */

import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { adviseSoFar, walkInDoubt } from '../consultation/provisional-advice.ts';
import { type Desk, fieldsFor } from '../flow/desk.ts';
import { type Flow, getQuestion } from '../flow/flow.ts';
import { walk } from '../flow/walk/walk.ts';
import type { Now } from './deadlines.ts';
import type { DecisionContext } from './decision.ts';
import { readDeskCase } from './desk-case.ts';
import { highestLevel } from './household.ts';
import { paceOf } from './pace.ts';

/**
 * What the desk's decision is checked against: the same advice that the page shows as the action so far, even while
 * questions are open. Before the first answer there is none.
 */
export function decisionContext(
  { flow, desk, now }: { flow: Flow; desk: Desk; now: Now },
  entries: readonly Entry[],
): DecisionContext {
  const { answers, flow: id } = readConsultation('', entries);
  const position = walk(flow, answers);
  const { at, standing, findings } = position;
  const advice = adviseSoFar(flow, answers, position);
  const advised = advice === undefined ? position : walkInDoubt(flow, answers, position);
  const end = advised.at.kind === 'end' ? advised.at.end : undefined;
  const steps = findings.filter(({ topic }) => topic === 'next').map(({ value }) => String(value));
  const unsure = advised.doubts.filter(({ question }) => Object.hasOwn(answers, question));
  const fields = fieldsFor(desk, id, standing.level);
  const top = flow.area.scale.length;
  const isOpen = at.kind === 'question';
  // Advice "at once" counts as the top of the scale, whatever its level. So does "today" until all the questions have
  // been asked.
  const isGrave = standing.police === 'call 999' || end?.within === 'at once' || (isOpen && end?.within === 'today');
  // The child with the highest level counts: what holds for one child never lowers the advice for another.
  const { household: children = [], byTelephone = false } = readDeskCase(entries) ?? {};
  const household = highestLevel(children);
  const gravest = Math.max(standing.level, household);
  const graveness = isGrave ? [gravest, top] : [gravest];
  const advisedToday =
    end !== undefined && isToday(end.within) ? { next: end.next ?? [], words: end.within } : undefined;
  return {
    desk,
    now,
    pace: paceOf(flow, entries),
    byTelephone,
    fields,
    level: standing.level,
    levelIfNoMore: advised.standing.level,
    household,
    graveness,
    top,
    advisedSteps: new Set(steps),
    advised: advice?.action ?? '',
    doubts: unsure.map(({ question }) => getQuestion(flow, question).text),
    ...(isOpen && { open: at.question.text }),
    ...(advisedToday !== undefined && { advisedToday }),
  };
}

function isToday(within: string): boolean {
  return within === 'at once' || within === 'today';
}
