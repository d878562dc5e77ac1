/** The outcome, who took the decision, and where they did not agree. Pure. */

import { isInWords, LONGEST_TEXT, saysSomething } from '../base/text.ts';
import type { DeadlineSet, OutcomeInstead, StepDone, Who } from '../consultation/desk-happening.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import { describeAction } from '../consultation/provisional-advice.ts';
import { type Form, happeningOrRefusal, invalid, Reader } from '../consultation/recording.ts';
import { type Desk, type DeskDecision, type DeskField, findOutcome } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import { answerBy, deadlineWithin } from './claiming.ts';
import { countersignBy, signersOf } from './countersigning.ts';
import { type Now, setDeadline } from './deadlines.ts';
import { decisionContext } from './decision-context.ts';
import {
  type DeskCase,
  disputeSteps,
  fillingOf,
  readDeskCase,
  underNewOutcome,
  waitsForSignature,
} from './desk-case.ts';
import { askNamed } from './named-decider.ts';
import type { Pace } from './pace.ts';
import { reasonFor, whoTells } from './readers.ts';
import { fillIn, missingFor, valueName } from './record-fields.ts';
import { refuseUnless } from './transitions.ts';

export interface DecisionContext {
  desk: Desk;
  now: Now;
  /** The area's fields that are asked in this consultation. */
  fields: readonly DeskField[];
  level: number;
  /** Levels with which an outcome is compared to see whether it departs from the advice; `[level]` if left out. */
  graveness?: readonly number[];
  /**
   * The level if every open question were answered "I don't know". It counts only against an outcome that does less,
   * since doubt is no reason to do less.
   */
  levelIfNoMore?: number;
  /** The highest level that a person has recorded for another child of the household. */
  household?: number;
  /** The highest level of the scale. */
  top?: number;
  /** What the answers so far advise; empty before the first answer. */
  advised: string;
  /** The next steps of that advice, and its time. "At once" is given as today. */
  advisedToday?: { next: readonly string[]; words: string };
  /** Whether it came by telephone; no if left out. */
  byTelephone?: boolean;
  /** Ids of every next step that the guidance gave so far. */
  advisedSteps: ReadonlySet<string>;
  /** How soon the desk has to act; if left out, within its usual times. */
  pace?: Pace;
  /** Questions that were answered with "I don't know". */
  doubts: readonly string[];
  /** The first question without an answer; undefined when the questions are finished. */
  open?: string;
}

export function recordDecision(entries: readonly Entry[], form: Form, context: DecisionContext): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  const reader = new Reader(form);
  const outcome = findOutcome(context.desk, reader.text('outcome'));
  const reason = reader.text('reason', LONGEST_TEXT);
  const isReason = saysSomething(reason);
  const decidedBy = reader.must('decidedBy', 'Write who took the decision: name and role');
  if (deskCase?.outcome?.outcome === outcome?.id && deskCase?.state === 'closed' && deskCase.outcome?.reason === reason)
    return [];
  const refusal = refuseUnless(deskCase, 'record outcome');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  if (outcome === undefined) reader.wrong.outcome = 'Choose the outcome';
  else {
    if (outcome.needsReason && !isReason) reader.wrong.reason = `Write the reason: “${outcome.label}” needs one`;
    for (const field of isForNow(outcome, context) ? [] : missingFor(outcome.id, context.fields, deskCase))
      reader.wrong[valueName(field.id)] = `The record needs this before “${outcome.label}”: ${field.label}`;
    checkNoDoubt(reader, outcome, context);
    checkDeparture(reader, outcome, context);
  }
  if (outcome === undefined || Object.keys(reader.wrong).length > 0) return invalid(reader);
  const owed = missingFor(outcome.id, context.fields, deskCase).map((field) => fillLater(field, context));
  const outcomeNow = describeOutcome(outcome, context);
  const described = { ...outcomeNow, deadlines: [...outcomeNow.deadlines, ...owed] };
  const own = signersOf(outcome, described.departs === 'yes', context.desk);
  const toSign = signaturesFor(own, outcome, deskCase, context);
  const recorded = { kind: 'outcome recorded' as const, reason, decidedBy, ...described };
  const signers = own.length > 0 && { signers: own };
  return [{ ...recorded, ...signers, deadlines: [...described.deadlines, ...toSign] }];
}

/** One deadline for each signature that is needed: for the outcome, and for each decision for another child. */
function signaturesFor(
  own: readonly string[],
  { label }: DeskDecision,
  { household }: DeskCase,
  context: DecisionContext,
): DeadlineSet[] {
  const ofOutcome = own.length === 0 ? [] : [countersignBy({ words: label }, context)];
  const children = household.map(underNewOutcome).filter(waitsForSignature);
  const ofChildren = children.map(({ outcomeWords, ...child }) =>
    countersignBy({ ...child, words: outcomeWords || label }, context),
  );
  return [...ofOutcome, ...ofChildren];
}

/** An outcome that protects a child now does not wait for missing fields. */
function isForNow({ id }: DeskDecision, { pace }: DecisionContext): boolean {
  return id === 'urgent_route' || (id === 'referral_agreed' && pace === 'at once');
}

/** A deadline of today for a field that the outcome did not wait for. */
function fillLater({ id, label }: DeskField, { desk, now }: DecisionContext) {
  return {
    id: fillingOf(id),
    do: `Fill in the record: ${label}`,
    who: 'the duty worker',
    ...deadlineWithin('today', now, desk),
  };
}

function describeOutcome(outcome: DeskDecision, context: DecisionContext): OutcomeInstead {
  const { level, open } = context;
  const advised = describeAction({ action: context.advised, isFinished: open === undefined });
  const departs = departsAt(outcome, context).length > 0 ? 'yes' : 'no';
  const deadlines = deadlinesOf(outcome, context);
  return { outcome: outcome.id, words: outcome.label, level, advised, departs, deadlines };
}

/** The advised levels from which this outcome departs. */
function departsAt(outcome: DeskDecision, context: DecisionContext): number[] {
  const { level, levelIfNoMore = level, graveness = [level] } = context;
  const levels = isLeast(outcome, context) ? new Set([...graveness, levelIfNoMore]) : graveness;
  return [...levels].filter((one) => outcome.departsAt.includes(one));
}

/**
 * An outcome that departs from the advice needs a reason. At the top of the scale it also has to be confirmed, so that
 * a slip of the mouse cannot close the consultation. The same holds before the first answer, when nobody knows yet
 * whether a child is in danger.
 */
function checkDeparture(reader: Reader, outcome: DeskDecision, context: DecisionContext): void {
  const { desk, top } = context;
  const departs = departsAt(outcome, context);
  const isUnasked = context.advised === '' && departs.length === 0 && isLeast(outcome, context);
  if (departs.length === 0 && !isUnasked) return;
  const advice = describeAdvice(context);
  if (!isInWords(reader.text('reason', LONGEST_TEXT)))
    reader.wrong.reason = isUnasked
      ? `${advice}. Answer the questions, or write in words why “${outcome.label}” is enough`
      : `${advice}. “${outcome.label}” is something else: write why, in words`;
  const confirmed = findOutcome(desk, reader.text('departs'))?.id === outcome.id;
  if (top !== undefined && (departs.includes(top) || isUnasked) && !confirmed)
    reader.wrong.departs = `${advice}. Is “${outcome.label}” meant? Say so here, or choose another outcome`;
}

function describeAdvice(context: DecisionContext): string {
  const { advised, open, household = 0 } = context;
  const level = context.levelIfNoMore ?? context.level;
  if (household > level) return `A child of the household is at level ${household}`;
  if (advised === '') return 'No question is answered, so nobody knows yet whether a child is in danger';
  const advises = open === undefined ? 'The guidance advises' : 'By the answers so far the guidance advises';
  return `${advises} “${advised}”${level === 0 ? '' : ` (level ${level})`}`;
}

interface FilledForm {
  form: Form;
  flow: Flow;
  desk: Desk;
  fields: readonly DeskField[];
  now: Now;
  who: Who;
  /** People who may be named as having decided, and are then asked. */
  colleagues?: readonly Who[];
}

/** The fields and the outcome share one form, so fields that were filled in with the outcome count for it. */
export function fillInAndDecide(entries: readonly Entry[], context: FilledForm): readonly Happening[] | Refusal {
  const { form, fields, now, who } = context;
  const filled = fillIn(entries, fields, form);
  if (isRefusal(filled)) return filled;
  const added: Entry[] = filled.map((what, index) => ({
    number: entries.length + index + 1,
    at: now.at,
    by: 'duty worker',
    what,
  }));
  const all = [...entries, ...added];
  const decided = recordDecision(all, form, decisionContext(context, all));
  if (isRefusal(decided)) return decided;
  const { colleagues = [], desk } = context;
  const named = decided.flatMap((what) =>
    what.kind === 'outcome recorded'
      ? askNamed({ decider: what.decidedBy, words: what.words, who, colleagues, desk, now })
      : [],
  );
  return [...filled, ...decided, ...named];
}

/**
 * While anything is in doubt, an outcome that does less than advised is refused. "No further action" also has to be
 * confirmed.
 */
function checkNoDoubt(reader: Reader, outcome: DeskDecision, context: DecisionContext): void {
  if (isOutOfDoubt(outcome, context))
    reader.wrong.outcome = `${describeDoubts(outcome, context)} Find it out and change the answers, or choose another outcome`;
  else if (outcome.id === 'no_further_action' && reader.text('certain') !== 'yes')
    reader.wrong.certain = 'Confirm that there is no doubt left, or choose another outcome';
}

function isOutOfDoubt(outcome: DeskDecision, context: DecisionContext): boolean {
  if (outcome.id === 'no_further_action' && context.open !== undefined) return true;
  return context.doubts.length > 0 && endsInLess(outcome, context);
}

function describeDoubts({ label }: DeskDecision, { doubts, open }: DecisionContext): string {
  const unknown = open === undefined ? doubts : [open, ...doubts];
  return `“${label}” is never chosen out of doubt. Not known yet: ${unknown.join(' ')}`;
}

/**
 * Whether the outcome does less than is advised. An outcome that does not suit the top of the scale also does too
 * little when something has to be done today.
 */
function endsInLess(outcome: DeskDecision, context: DecisionContext): boolean {
  if (outcome.id === 'no_further_action') return true;
  if (context.advised === '' || !isLeast(outcome, context)) return false;
  return context.advisedToday !== undefined || departsAt(outcome, context).length > 0;
}

/** Whether the outcome departs from the top of the scale. */
function isLeast(outcome: DeskDecision, { top }: DecisionContext): boolean {
  return top !== undefined && outcome.departsAt.includes(top);
}

/** A deadline for each next step of the timetable, and one for telling children's services. */
function deadlinesOf(
  { next, nextIfAdvised, tellWithin }: DeskDecision,
  { desk, now, advisedToday, advisedSteps, pace = 'usual', byTelephone = false }: DecisionContext,
) {
  // A later step, such as an exit meeting, keeps the time of the timetable, or has none.
  const given = nextIfAdvised.filter(({ id }) => advisedSteps.has(id)).map((step) => setDeadline(step, now, desk));
  const first = next.map((step) => {
    const set = setDeadline(step, now, desk);
    // Without a time in the timetable, the time of the advice counts. "At once" becomes today: as an instant it would
    // already be overdue.
    const takes = set.words === undefined && set.from === undefined && advisedToday?.next.includes(step.id);
    return takes ? { ...set, words: `${advisedToday?.words}, as was advised`, by: now.today } : set;
  });
  const steps = [...first, ...given];
  if (tellWithin === undefined) return steps;
  const within = tellWithin !== 'at once' && (pace === 'at once' || pace === 'today') ? pace : tellWithin;
  const telling = { do: 'See that children’s services are told', who: whoTells({ byTelephone }) };
  return [{ id: 'told', ...telling, ...deadlineWithin(within, now, desk) }, ...steps];
}

/** The manager agrees, or decides another outcome instead. */
export function reviewReferral(entries: readonly Entry[], form: Form, context: DecisionContext): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'review');
  if (refusal !== undefined) return refusal;
  const outcome = findOutcome(context.desk, deskCase?.outcome?.outcome ?? '');
  if (outcome?.reviewed !== true) return { refused: 'conflict', message: 'This outcome is not one that is reviewed' };
  const reader = new Reader(form);
  const accepted = reader.choice('accepted', ['yes', 'no'], 'Choose whether you agree with the referral');
  const reason = reader.must('reason', 'Write the reason. The record needs it', LONGEST_TEXT);
  if (accepted === 'yes') return happeningOrRefusal(reader, { kind: 'referral reviewed', accepted, reason });
  const instead = readInstead(reader, outcome.id, context);
  return happeningOrRefusal(reader, {
    kind: 'referral reviewed',
    accepted,
    reason,
    ...(instead !== undefined && { instead }),
  });
}

/** The manager's decision on a dispute: the outcome stands, or another is put in its place. */
export function decideDispute(entries: readonly Entry[], form: Form, context: DecisionContext): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'decide dispute');
  if (refusal !== undefined) return refusal;
  if (deskCase?.dispute === undefined || deskCase.disputeDecision !== undefined)
    return { refused: 'conflict', message: 'There is no dispute that waits for a decision' };
  const reader = new Reader(form);
  const stands = reader.choice('stands', ['yes', 'no'], 'Choose whether the outcome stands or is changed');
  const reason = reader.must('reason', reasonFor(deskCase), LONGEST_TEXT);
  const done = readStepsDone(reader, deskCase);
  if (stands === 'yes') return happeningOrRefusal(reader, { kind: 'dispute decided', stands, reason, done });
  const instead = readInstead(reader, deskCase.outcome?.outcome, context);
  return happeningOrRefusal(reader, {
    kind: 'dispute decided',
    stands,
    reason,
    done,
    ...(instead !== undefined && { instead }),
  });
}

/** Name of the field in which the decision says who did a step of the dispute, and when. */
export const stepDoneName = (deadline: string) => `done-${deadline}`;

function readStepsDone(reader: Reader, deskCase: DeskCase): StepDone[] {
  return disputeSteps(deskCase).flatMap(({ id, do: what }) => {
    const name = stepDoneName(id);
    const note = reader.text(name, LONGEST_TEXT);
    if (note === '') return [];
    if (!isInWords(note))
      reader.wrong[name] = 'Write who did it, and when; or leave it empty if it is still to be done';
    return [{ deadline: id, do: what, note }];
  });
}

/** The outcome that now stands; the referrer has to be told. */
function readInstead(
  reader: Reader,
  replaced: DeskDecision['id'] | undefined,
  context: DecisionContext,
): OutcomeInstead | undefined {
  const outcome = findOutcome(context.desk, reader.text('instead'));
  if (outcome === undefined || outcome.id === replaced) {
    reader.wrong.instead = 'Choose the outcome that stands instead';
    return undefined;
  }
  if (isOutOfDoubt(outcome, context)) reader.wrong.instead = describeDoubts(outcome, context);
  if (departsAt(outcome, context).length > 0 && !isInWords(reader.text('reason', LONGEST_TEXT)))
    reader.wrong.reason = `“${outcome.label}” is other than advised (“${context.advised}”): write why, in words`;
  const described = describeOutcome(outcome, context);
  return { ...described, deadlines: [answerBy(context), ...described.deadlines] };
}

export function disagree(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const between = reader.must('between', 'Write who does not agree with whom');
  const about = reader.must('about', 'Write what they do not agree on, and why', LONGEST_TEXT);
  return (
    refuseUnless(readDeskCase(entries), 'disagree') ??
    happeningOrRefusal(reader, { kind: 'disagreement recorded', between, about })
  );
}

export function resolve(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const deskCase = readDeskCase(entries);
  if (deskCase?.disagreement === undefined) return { refused: 'conflict', message: 'No disagreement is recorded' };
  const reader = new Reader(form);
  const decidedBy = reader.must('decidedBy', 'Write who decided in the end');
  const decision = reader.must('decision', 'Write how it was resolved', LONGEST_TEXT);
  return (
    refuseUnless(deskCase, 'resolve') ??
    happeningOrRefusal(reader, { kind: 'disagreement resolved', decidedBy, decision })
  );
}
