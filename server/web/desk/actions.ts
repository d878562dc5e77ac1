/** The desk's verbs by the noun of their URL, each with the action of the permissions that it is. */

import type { DeskNoun } from '../../base/paths.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { answerReferrer, chase, dateDeadline, disputeOutcome, meetDeadline, reopen } from '../../desk/aftercare.ts';
import { claim, handBack, passOn } from '../../desk/claiming.ts';
import { disagree, recordDecision, resolve, reviewReferral } from '../../desk/decision.ts';
import { decisionContext } from '../../desk/guidance-so-far.ts';
import { fillIn } from '../../desk/record-fields.ts';
import type { Action } from '../../people/permissions.ts';
import { nowOf, type Services } from '../kit/services.ts';
import type { DeskConsultation } from './load-desk-consultation.ts';

export interface DeskVerbContext {
  services: Services;
  values: Record<string, string>;
  found: DeskConsultation;
  who: Who;
  colleagues: Who[];
}

interface DeskVerb {
  action: Action;
  decide: (entries: readonly Entry[], context: DeskVerbContext) => readonly Happening[] | Refusal;
}

export const DESK_VERBS: Record<DeskNoun, DeskVerb> = {
  claims: { action: 'consultation.claim', decide: (entries, { who }) => claim(entries, who) },
  'hand-backs': { action: 'consultation.hand back', decide: (entries, { values }) => handBack(entries, values) },
  passings: {
    action: 'consultation.pass on',
    decide: (entries, { values, colleagues }) => passOn(entries, values, colleagues),
  },
  fields: { action: 'record.write', decide: (entries, { values, found }) => fillIn(entries, found.fields, values) },
  outcomes: { action: 'outcome.record', decide: fillInAndDecide },
  reviews: {
    action: 'outcome.review',
    decide: (entries, { values, found }) => reviewReferral(entries, values, found.desk),
  },
  disagreements: { action: 'record.write', decide: (entries, { values }) => disagree(entries, values) },
  resolutions: { action: 'record.write', decide: (entries, { values }) => resolve(entries, values) },
  replies: { action: 'record.write', decide: (entries, { values }) => answerReferrer(entries, values) },
  chasings: { action: 'record.write', decide: (entries, { values }) => chase(entries, values) },
  'done-deadlines': { action: 'record.write', decide: (entries, { values }) => meetDeadline(entries, values) },
  'dated-deadlines': {
    action: 'record.write',
    decide: (entries, { services, values, found }) => dateDeadline(entries, values, found.desk, nowOf(services)),
  },
  disputes: {
    action: 'consultation.escalate',
    decide: (entries, { services, values, found }) => disputeOutcome(entries, values, found.desk, nowOf(services)),
  },
  reopenings: {
    action: 'consultation.reopen',
    decide: (entries, { services, values, found }) => reopen(entries, values, found.desk, nowOf(services)),
  },
};

/** One form has both: what was filled in counts already for the outcome. */
function fillInAndDecide(
  entries: readonly Entry[],
  { services, values, found }: DeskVerbContext,
): readonly Happening[] | Refusal {
  const filled = fillIn(entries, found.fields, values);
  if (isRefusal(filled)) return filled;
  const now: Entry[] = filled.map((what, index) => ({
    number: entries.length + index + 1,
    at: nowOf(services).at,
    by: 'duty worker',
    what,
  }));
  const all = [...entries, ...now];
  const decided = recordDecision(
    all,
    values,
    decisionContext({ flow: found.flow, desk: found.desk, now: nowOf(services) }, all),
  );
  return isRefusal(decided) ? decided : [...filled, ...decided];
}
