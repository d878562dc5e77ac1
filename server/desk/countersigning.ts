/** The second signature: where the area's `desk.yaml` asks for two, somebody else has to sign the outcome as well. Pure. */
import { foldedWords, LONGEST_TEXT } from '../base/text.ts';
import type { DeadlineSet, Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, Reader, settle } from '../consultation/recording.ts';
import { type Desk, type DeskDecision, SIGNERS } from '../flow/desk.ts';
import { answerBy, timed } from './claiming.ts';
import type { Now } from './deadlines.ts';
import {
  COUNTERSIGNATURE,
  DECIDE_ANEW,
  type DecisionToSign,
  type DeskCase,
  decideAnewFor,
  decisionsToSign,
  isDecideAnew,
  openDeadlines,
  readDeskCase,
} from './desk-case.ts';
import { answerWithin, type Pace } from './pace.ts';
import { refuseUnless } from './transitions.ts';

type Signer = (typeof SIGNERS)[number];

/** The roles, one of which has to sign; empty if none has to. */
export function signersOf(outcome: DeskDecision, departs: boolean, desk: Desk): Signer[] {
  if (outcome.countersignedBy.length > 0) return outcome.countersignedBy;
  return departs ? desk.departuresCountersignedBy : [];
}

/** What does not wait until tomorrow is signed within the time in which it would be claimed. */
export function countersignBy(
  signers: readonly string[],
  {
    desk,
    now,
    outcome,
    pace = 'usual',
    recorders,
  }: { desk: Desk; now: Now; outcome: string; pace?: Pace; recorders: readonly Pick<Who, 'role'>[] },
): DeadlineSet {
  const within = pace === 'usual' ? desk.countersignWithin : desk.claimWithin;
  const who = describeSigners(signers, recorders);
  return {
    id: COUNTERSIGNATURE,
    do: `Sign the outcome as a second person: “${outcome}”`,
    who,
    ...timed(within, now, desk),
  };
}

/** Some outcome of the area, or one other than advised, does not hold before a second person has signed it. */
export function canNeedSignature({ outcomes, departuresCountersignedBy }: Desk): boolean {
  return departuresCountersignedBy.length > 0 || outcomes.some(({ countersignedBy }) => countersignedBy.length > 0);
}

export function isToCountersign(deskCase: DeskCase): boolean {
  return deskCase.state === 'closed' && decisionsToSign(deskCase).length > 0;
}

/** Whether a decision waits for a signature, or has to be made again for a child because it was not signed. */
export function isUndecided(deskCase: DeskCase): boolean {
  return (
    deskCase.state !== 'closed' ||
    isToCountersign(deskCase) ||
    openDeadlines(deskCase).some(({ id }) => isDecideAnew(id))
  );
}

/** Roles, one of which signs what waits. */
export function signersToAsk(deskCase: DeskCase): string[] {
  return [...new Set(decisionsToSign(deskCase).flatMap(({ signers }) => signers))];
}

/** Which child, and what was decided: whoever signs reads this. `asked`: the name of the child that was asked about. */
export function describeToSign({ child, name, age, words }: DecisionToSign, asked = ''): string {
  if (child === '') return `${asked || 'The child who was asked about'}: “${words}”`;
  return `${name || 'Another child of the household, not named'}, age ${age}: “${words}”`;
}

/** What somebody of these roles has recorded, any second person of the desk may sign: an area can have one manager. */
function isOpenToDesk(signers: readonly string[], recorders: readonly Pick<Who, 'role'>[]): boolean {
  return recorders.some(({ role }) => signers.includes(role));
}

/** Who signs, in words: the same rule as `whyNotSign`. */
export function describeSigners(signers: readonly string[], recorders: readonly Pick<Who, 'role'>[]): string {
  const roles = isOpenToDesk(signers, recorders)
    ? `any second person of the desk (${SIGNERS.join(' or ')})`
    : signers.join(' or ');
  return `${roles}, not whoever recorded it and not whoever took the decision`;
}

/** Whoever recorded what is to be signed: the outcome, or one of its own for another child of the household. */
export function recordersOf({ outcome, household }: DeskCase): Who[] {
  const waiting = household.filter(({ signature }) => signature === undefined);
  const children = waiting.flatMap(({ earlier = [], ...child }) => [...earlier, child]);
  const departing = children.filter(({ signers = [] }) => signers.length > 0);
  return [outcome, ...departing].flatMap((one) => one?.who ?? []);
}

/**
 * Whether the words in which a decider was named mean this person: all of their name stands there, or what was written as the name, before
 * role and agency, is a part of theirs.
 */
function isNamedAs(decidedBy: string, name: string): boolean {
  const own = foldedWords(name);
  const written = foldedWords(decidedBy);
  const asName = foldedWords(decidedBy.split(/[,;:(\n]| [-–—] /)[0] ?? '');
  const isWithin = (some: readonly string[], all: readonly string[]) =>
    some.length > 0 && some.every((word) => all.includes(word));
  return isWithin(own, written) || isWithin(asName, own);
}

/** Why this person may not sign; undefined if they may. */
export function whyNotSign(deskCase: DeskCase, { id, name, role }: Who): string | undefined {
  const { outcome } = deskCase;
  if (outcome === undefined || !isToCountersign(deskCase)) return 'No outcome waits for a second signature';
  const recorders = recordersOf(deskCase);
  if (recorders.some((recorder) => recorder.id === id))
    return 'You recorded the outcome yourself. Somebody else signs it';
  if (isNamedAs(outcome.decidedBy, name))
    return `You are named as who took the decision (“${outcome.decidedBy}”). Somebody else signs it. If you did not take it, say so here. If nobody else can sign, record the outcome yourself: then any colleague of the desk may sign it`;
  const signers = signersToAsk(deskCase);
  if (isOpenToDesk(signers, recorders) && SIGNERS.some((signer) => signer === role)) return undefined;
  return signers.includes(role) ? undefined : `Only these sign it: ${signers.join(', ')}`;
}

/** Who may refuse to sign: whoever may sign, and whoever is named as having decided and did not. They sign nothing. */
export function mayRefuse(deskCase: DeskCase, who: Who): boolean {
  if (whyNotSign(deskCase, who) === undefined) return true;
  const isRecorder = recordersOf(deskCase).some(({ id }) => id === who.id);
  return isToCountersign(deskCase) && !isRecorder && isNamedAs(deskCase.outcome?.decidedBy ?? '', who.name);
}

/** Signs what waits, or refuses to: then it no longer stands, and the person who has the consultation decides again. */
export function countersign(
  entries: readonly Entry[],
  { form, who, desk, now, pace = 'usual' }: { form: Form; who: Who; desk: Desk; now: Now; pace?: Pace },
): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'countersign');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const why = whyNotSign(deskCase, who);
  if (why !== undefined && !(form.signed === 'no' && mayRefuse(deskCase, who)))
    return { refused: 'conflict', message: why };
  const signed = reader.choice('signed', ['yes', 'no'], 'Choose whether you sign it');
  const reason =
    signed === 'no'
      ? reader.must('reason', 'Write why you do not sign it', LONGEST_TEXT)
      : reader.text('reason', LONGEST_TEXT);
  const waiting = decisionsToSign(deskCase);
  const deadlines = signed === 'yes' ? [] : afterRefusal(waiting, { desk, now, pace });
  const decisions = waiting.map(({ number, child, age, words }) => ({ number, child, age, words }));
  return settle(reader, { kind: 'outcome countersigned', signed, reason, decisions, deadlines });
}

/** The referrer is answered anew about the outcome; what was decided for other children is the desk's own. */
function afterRefusal(
  refused: readonly DecisionToSign[],
  { desk, now, pace }: { desk: Desk; now: Now; pace: Pace },
): DeadlineSet[] {
  const anew = { who: 'the duty worker', ...timed(answerWithin(pace, desk), now, desk) };
  const isOutcome = refused.some(({ child }) => child === '');
  const ofOutcome = { id: DECIDE_ANEW, do: 'Decide anew: the outcome was not signed', ...anew };
  const ofChildren = refused
    .filter(({ child }) => child !== '')
    .map(({ child, age, words }) => ({
      id: decideAnewFor(child),
      do: `Decide anew for another child of the household (age: ${age}): “${words}” was not signed`,
      ...anew,
    }));
  return [...(isOutcome ? [ofOutcome, answerBy({ desk, now, pace })] : []), ...ofChildren];
}
