/** What the guidance advises by the answers so far, for the desk's decision. Pure. */
import { readConsultation } from '../consultation/consultation.ts';
import type { Entry } from '../consultation/entry.ts';
import { type Desk, fieldsFor } from '../flow/desk.ts';
import { type Flow, getQuestion } from '../flow/flow.ts';
import { walk } from '../flow/walk/walk.ts';
import type { Now } from './deadlines.ts';
import type { DecisionContext } from './decision.ts';
import { readDeskCase } from './desk-case.ts';
import { highestLevel } from './household.ts';
import { paceOf } from './pace.ts';

/** What the desk's decision is checked against. Before the end of the questions the open question counts as a doubt. */
export function decisionContext(
  { flow, desk, now }: { flow: Flow; desk: Desk; now: Now },
  entries: readonly Entry[],
): DecisionContext {
  const { answers, flow: id } = readConsultation('', entries);
  const { at, standing, doubts, findings } = walk(flow, answers);
  const steps = findings.filter(({ topic }) => topic === 'next').map(({ value }) => String(value));
  const unsure = doubts.map((doubt) => getQuestion(flow, doubt.question).text);
  const fields = fieldsFor(desk, id, standing.level);
  const top = flow.area.scale.length;
  // Advice "at once" counts as the top of the scale, whatever the level.
  const isAtOnce = standing.police === 'call 999' || (at.kind === 'end' && at.end.within === 'at once');
  // The child with the highest level counts: advice for one child never lowers it for another.
  const household = highestLevel(readDeskCase(entries)?.household ?? []);
  const gravest = Math.max(standing.level, household);
  const graveness = isAtOnce ? [gravest, top] : [gravest];
  const pace = paceOf(flow, entries);
  const context = {
    desk,
    now,
    pace,
    fields,
    level: standing.level,
    household,
    graveness,
    top,
    advisedSteps: new Set(steps),
  };
  if (at.kind === 'question') return { ...context, advised: '', doubts: [at.question.text, ...unsure] };
  const { action, within, next = [] } = at.end;
  const advisedToday = isToday(within) ? { next, words: within } : undefined;
  return { ...context, advised: action, doubts: unsure, ...(advisedToday !== undefined && { advisedToday }) };
}

function isToday(within: string): boolean {
  return within === 'at once' || within === 'today';
}
