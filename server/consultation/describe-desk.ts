/** Describes one happening at the desk in words, for the record. */
import { describeInstant } from '../base/days.ts';
import type { DeskHappening, OutcomeInstead } from './desk-happening.ts';

const LOWERED = { none: 'not urgent', 'at once': 'to act at once', danger: 'immediate danger' } as const;

export function describeDeskHappening(what: DeskHappening): string {
  switch (what.kind) {
    case 'handed over':
      return join('The duty worker was asked for a consultation (not a referral)', what.question, reached(what.reach));
    case 'taken by telephone':
      return join('Opened by a duty worker for a telephone caller', reached(what.reach));
    case 'claimed':
      return 'Claimed';
    case 'handed back':
      return join('Handed back to the queue', what.reason);
    case 'passed on':
      return join(`Passed on to ${what.to.name}`, what.reason);
    case 'urgency lowered':
      return join(`Made less urgent: ${LOWERED[what.to]}`, because(what.reason));
    case 'field recorded':
      return join(`${what.label}: ${what.words}`, because(what.reason));
    case 'outcome recorded':
      return join(`Outcome: ${what.words}`, departs(what), because(what.reason), `Decided by ${what.decidedBy}`);
    case 'referral reviewed':
      return join(
        `Referral reviewed: ${what.accepted === 'yes' ? 'agreed' : 'not agreed'}`,
        instead(what.instead),
        because(what.reason),
      );
    case 'dispute decided':
      return join(
        `Dispute decided: the outcome ${what.stands === 'yes' ? 'stands' : 'is changed'}`,
        instead(what.instead),
        because(what.reason),
      );
    case 'disagreement recorded':
      return join(`Disagreement between ${what.between}`, what.about);
    case 'disagreement resolved':
      return join(`Disagreement resolved by ${what.decidedBy}`, what.decision);
    case 'chased':
      return join(`Asked ${what.whom} whether children’s services were told`, what.answer);
    case 'referrer answered':
      return join(`The referrer was answered (${what.how})`, what.answer);
    case 'deadline met':
      return join(`Done: ${what.do ?? what.deadline}`, what.note);
    case 'deadline dated':
      return `The time for “${what.do ?? what.deadline}” runs from ${what.from}, until ${what.by}`;
    case 'disputed':
      return join('The referrer disputes the outcome', what.why);
    case 'reopened':
      return join('Reopened with new information', what.news);
    case 'task set':
      return `To be done by ${what.to.name}, ${describeInstant(what.task.by ?? '')}: ${what.task.do}`;
    case 'taken over':
      return join(`Taken over from ${what.from.name}`, because(what.reason));
    case 'case number recorded':
      return `Number in the case system: ${what.caseNumber}`;
    case 'file kept':
      return `${what.file}. Kept: ${what.kept}`;
    case 'strategy discussion recorded':
      return join(
        `Strategy discussion, ${what.when}`,
        `Took part: ${what.present}`,
        `Agreed: ${what.agreed}`,
        `To be done: ${what.actions}`,
      );
    case 'held':
      return join('Legal hold: not to be erased', because(what.reason));
    case 'hold lifted':
      return join('The legal hold was lifted', because(what.reason));
    case 'kept longer':
      return join(`Kept longer, until ${what.until}`, because(what.reason));
    case 'erasure approved':
      return `Erasure approved; due since ${what.due}`;
  }
}

function join(...parts: string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.$/, ''))
    .join('. ');
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
