/** Describes one happening at the desk in words, for the record. */
import { describeDayOrInstant, describeInstant } from '../base/days.ts';
import { endLabel } from '../base/text.ts';
import { PATHWAY_DESCRIPTIONS } from './describe-pathway.ts';
import type { DeskHappening, OutcomeInstead, SignedDecision } from './desk-happening.ts';

const LOWERED = { none: 'not urgent', 'at once': 'to act at once', danger: 'immediate danger' } as const;

type Of<Kind extends DeskHappening['kind']> = Extract<DeskHappening, { kind: Kind }>;

/** For a person who was named as the decider and says that the decision was not theirs; they do not sign it. */
const NOT_THEIRS = 'Named as who took the decision, says that they did not, and does not sign it';

/** One entry for each kind, in the words of the record: sentences without their full stop. */
const DESCRIPTIONS: { [Kind in DeskHappening['kind']]: (what: Of<Kind>) => string } = {
  'handed over': (what) =>
    join('The duty worker was asked for a consultation (not a referral)', what.question, reached(what.reach)),
  'taken by telephone': (what) => join('Opened by a duty worker for a telephone caller', reached(what.reach)),
  claimed: () => 'Claimed',
  'handed back': (what) => join('Handed back to the queue', what.reason),
  'passed on': (what) => join(`Passed on to ${what.to.name}`, what.reason),
  'urgency lowered': (what) => join(`Made less urgent: ${LOWERED[what.to]}`, because(what.reason)),
  'field recorded': (what) => join(`${endLabel(what.label)} ${what.words}`, because(what.reason)),
  'outcome recorded': (what) =>
    join(`Outcome: ${what.words}`, departs(what), because(what.reason), `Decided by ${what.decidedBy}`),
  'outcome countersigned': (what) =>
    join(
      what.signed === 'yes'
        ? `Signed by a second person${decisionsSigned(what.decisions)}`
        : `${what.denies === 'yes' ? NOT_THEIRS : 'Not signed by the second person'}${decisionsSigned(what.decisions)}. ${noLongerStands(what.decisions)}`,
      because(what.reason),
    ),
  'referral reviewed': (what) =>
    join(
      `Referral reviewed: ${what.accepted === 'yes' ? 'agreed' : 'not agreed'}`,
      instead(what.instead),
      because(what.reason),
    ),
  'dispute decided': (what) =>
    join(
      `Dispute decided: the outcome ${what.stands === 'yes' ? 'stands' : 'is changed'}`,
      instead(what.instead),
      because(what.reason),
      ...(what.done ?? []).map((step) => `Done: ${step.do}: ${step.note}`),
    ),
  'disagreement recorded': (what) => join(`Disagreement between ${what.between}`, what.about),
  'disagreement resolved': (what) => join(`Disagreement resolved by ${what.decidedBy}`, what.decision),
  chased: (what) => join(`Asked ${what.whom} whether children’s services were told`, what.answer),
  'referrer answered': (what) => join(`Whoever asked was answered (${what.how})`, what.answer),
  'deadline met': (what) => join(`Done: ${what.do ?? what.deadline}`, what.note),
  'deadline dated': (what) =>
    `The time for “${what.do ?? what.deadline}” runs from ${what.from}, until ${describeDayOrInstant(what.by)}`,
  disputed: (what) => join('The outcome is disputed', what.why),
  reopened: (what) => join('Reopened with new information', what.news),
  'task set': (what) => `To be done by ${what.to.name}, ${describeDayOrInstant(what.task.by ?? '')}: ${what.task.do}`,
  'task done': (what) =>
    join(
      what.denies === 'yes' ? 'Named as who took the decision, says that they did not' : `Task done: ${what.do}`,
      what.note,
    ),
  'household child recorded': (what) =>
    join(
      `Child of the household: ${what.name === '' ? 'not named' : what.name}`,
      `Age: ${what.age}`,
      what.levelWords,
      what.outcomeWords === '' ? '' : `Decided: ${what.outcomeWords}`,
      what.note,
    ),
  'household child removed': (what) =>
    join(`Taken out of the household: the child aged ${what.age}`, because(what.reason)),
  'taken over': (what) => join(`Taken over from ${what.from.name}`, because(what.reason)),
  'case number recorded': (what) => `Number in the case system: ${what.caseNumber}`,
  'decision reported': (what) =>
    join(
      `Decided in the case system, ${describeInstant(what.decidedAt)}: ${what.decision}`,
      `By ${what.decidedBy}`,
      because(what.reason),
    ),
  'file kept': (what) => `${what.file}. Kept: ${what.kept}`,
  'strategy discussion recorded': (what) =>
    join(
      `Strategy discussion, ${what.when}`,
      `Took part: ${what.present}`,
      `Agreed: ${what.agreed}`,
      `To be done: ${what.actions}`,
    ),
  held: (what) => join('Legal hold: not to be erased', because(what.reason)),
  'hold lifted': (what) => join('The legal hold was lifted', because(what.reason)),
  'kept longer': (what) => join(`Kept longer, until ${what.until}`, because(what.reason)),
  'erasure approved': (what) => `Erasure approved; due since ${what.due}`,
  ...PATHWAY_DESCRIPTIONS,
};

export function describeDeskHappening(what: DeskHappening): string {
  return (DESCRIPTIONS[what.kind] as (what: DeskHappening) => string)(what);
}

function join(...parts: string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.$/, ''))
    .join('. ')
    .replace(/([?!])\. /g, '$1 ');
}

function instead(outcome: OutcomeInstead | undefined): string {
  return outcome === undefined ? '' : join(`Outcome now: ${outcome.words}`, departs(outcome));
}

function departs({ departs: other, advised }: Pick<OutcomeInstead, 'departs' | 'advised'>): string {
  return other !== 'yes' ? '' : `Other than advised (“${advised}”)`;
}

function because(reason: string): string {
  return reason === '' ? '' : `Reason: ${reason}`;
}

function reached(reach: string): string {
  return reach === '' ? '' : `To be reached at: ${reach}`;
}

/** Whether the signature covers the outcome of the consultation, and not only decisions for other children. */
export function isOfConsultation(decisions: readonly SignedDecision[] = []): boolean {
  return decisions.length === 0 || decisions.some(({ child }) => child === '');
}

function noLongerStands(decisions: readonly SignedDecision[] | undefined): string {
  return isOfConsultation(decisions)
    ? 'The outcome no longer stands'
    : 'What was decided for this child no longer stands; the outcome of the consultation does';
}

function decisionsSigned(decisions: readonly SignedDecision[] = []): string {
  if (!decisions.some(({ child }) => child !== '')) return '';
  const each = decisions.map(({ child, age, words }) =>
    child === '' ? `“${words}”` : `“${words}” for another child (age: ${age})`,
  );
  return `: ${each.join('; ')}`;
}
