/** The second signature: where the area's `desk.yaml` asks for two, somebody else has to sign the outcome as well. Pure. */
import { LONGEST_TEXT } from '../base/text.ts';
import type { DeadlineSet, Who } from '../consultation/desk-happening.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import { type Form, happeningOrRefusal, Reader } from '../consultation/recording.ts';
import type { Desk, DeskDecision, SIGNERS } from '../flow/desk.ts';
import { answerBy, deadlineWithin } from './claiming.ts';
import type { Now } from './deadlines.ts';
import {
  DECIDE_ANEW,
  type DecisionToSign,
  type DeskCase,
  decideAnewFor,
  decisionsToSign,
  isDecideAnew,
  openDeadlines,
  readDeskCase,
  signingOf,
} from './desk-case.ts';
import { answerWithin, claimWithin, type Pace } from './pace.ts';
import { mayRefuse, whyNotSign } from './signers.ts';
import { refuseUnless } from './transitions.ts';

type Signer = (typeof SIGNERS)[number];

/** The roles of which one has to sign; empty if no signature is needed. */
export function signersOf(outcome: DeskDecision, departs: boolean, desk: Desk): Signer[] {
  if (outcome.countersignedBy.length > 0) return outcome.countersignedBy;
  return departs ? desk.departuresCountersignedBy : [];
}

/** The decision to be signed: the outcome, or the decision for another child. Only a child has an id and an age. */
interface ToSign {
  words: string;
  child?: string;
  age?: string;
}

/**
 * A decision that cannot wait until tomorrow has to be signed as quickly as a consultation would have to be claimed.
 */
export function countersignBy(
  { words, child = '', age = '' }: ToSign,
  { desk, now, pace = 'usual' }: { desk: Desk; now: Now; pace?: Pace },
): DeadlineSet {
  const within = pace === 'usual' ? desk.countersignWithin : claimWithin(pace, desk);
  const what = child === '' ? 'the outcome' : `what was decided for another child (age: ${age})`;
  return {
    id: signingOf(child),
    do: `Sign ${what} as a second person: “${words}”`,
    // Whoever reads the deadline is told who may sign now: see `desk-case.ts`.
    who: 'a second person',
    ...deadlineWithin(within, now, desk),
  };
}

/** Whether in this area some outcome, or any departure from the advice, needs a second signature. */
export function canNeedSignature({ outcomes, departuresCountersignedBy }: Desk): boolean {
  return departuresCountersignedBy.length > 0 || outcomes.some(({ countersignedBy }) => countersignedBy.length > 0);
}

/**
 * The decisions that can be signed now. In a reopened consultation there are none, with one exception: if the outcome
 * itself was refused, the decisions for other children can still be signed.
 */
export function waitingForSignature(deskCase: DeskCase): DecisionToSign[] {
  const { state, outcome, countersignature } = deskCase;
  const isRefused = outcome === undefined && countersignature?.signed === 'no';
  return state === 'closed' || isRefused ? decisionsToSign(deskCase) : [];
}

export function isToCountersign(deskCase: DeskCase): boolean {
  return waitingForSignature(deskCase).length > 0;
}

/** Whether a decision waits for a signature, or has to be made again for a child because it was not signed. */
export function isUndecided(deskCase: DeskCase): boolean {
  return (
    deskCase.state !== 'closed' ||
    isToCountersign(deskCase) ||
    openDeadlines(deskCase).some(({ id }) => isDecideAnew(id))
  );
}

/**
 * Names the child and the decision for the person who signs. `asked`: the name of the child whom the questions are
 * about.
 */
export function describeToSign({ child, name, age, words }: DecisionToSign, asked = ''): string {
  if (child === '') return `${asked || 'The child who was asked about'}: “${words}”`;
  return `${name || 'Another child of the household, not named'}, age ${age}: “${words}”`;
}

/** What the person who is named ticks to deny it. */
export const DENIAL_LABEL = 'No. I am named as who took it, and I did not';

const GONE =
  'This no longer waits for a signature, or was decided anew meanwhile. Nothing was saved: look at what waits now';

/** The decision that the form is about. A form that names none means the only decision that is waiting. */
function findToSign(deskCase: DeskCase, { signing = '' }: Form): DecisionToSign | Refusal {
  const waiting = waitingForSignature(deskCase);
  const [only, ...others] = signing === '' ? waiting : waiting.filter(({ id }) => id === signing);
  if (only !== undefined && others.length === 0) return only;
  const message =
    signing !== ''
      ? GONE
      : only === undefined
        ? 'No outcome waits for a second signature'
        : 'Several decisions wait for a signature. Sign each of them by its own form';
  return { refused: 'conflict', message };
}

/** A double click, or a form that was submitted twice. */
function isSignedAlready(entries: readonly Entry[], { signing = '', signed }: Form, { id }: Who): boolean {
  const number = Number(signing.split('-')[0]);
  return entries.some(
    ({ who, what }) =>
      what.kind === 'outcome countersigned' &&
      who?.id === id &&
      what.signed === signed &&
      what.decisions?.length === 1 &&
      what.decisions[0]?.number === number,
  );
}

/**
 * Signs one decision, or refuses to. A refused decision no longer stands, and the person who has the consultation has
 * to decide again.
 */
export function countersign(
  entries: readonly Entry[],
  { form, who, desk, now, pace = 'usual' }: { form: Form; who: Who; desk: Desk; now: Now; pace?: Pace },
): Happening[] | Refusal {
  const reader = new Reader(form);
  const deskCase = readDeskCase(entries);
  const refusal = refuseUnless(deskCase, 'countersign');
  if (refusal !== undefined || deskCase === undefined) return refusal ?? [];
  const decision = findToSign(deskCase, form);
  if (isRefusal(decision)) return isSignedAlready(entries, form, who) ? [] : decision;
  const why = whyNotSign(deskCase, decision, who);
  if (why !== undefined) {
    const conflict = checkDenial(reader, form, why, mayRefuse(deskCase, decision, who));
    if (conflict !== undefined) return conflict;
  }
  const signed = why !== undefined ? 'no' : reader.choice('signed', ['yes', 'no'], 'Choose whether you sign it');
  const reason =
    signed === 'no'
      ? reader.must('reason', 'Write why you do not sign it', LONGEST_TEXT)
      : reader.text('reason', LONGEST_TEXT);
  const { number, child, age, words } = decision;
  return happeningOrRefusal(reader, {
    kind: 'outcome countersigned',
    signed,
    reason,
    ...(why !== undefined && { denies: 'yes' as const }),
    decisions: [{ number, child, age, words }],
    deadlines: signed === 'yes' ? [] : afterRefusal(decision, { desk, now, pace }),
  });
}

/** Somebody who may not sign, for the reason `why`, can still deny having decided, if they are named as the decider. */
function checkDenial(reader: Reader, { signed = '' }: Form, why: string, isNamed: boolean): Refusal | undefined {
  if (!isNamed || (signed !== 'no' && reader.text('signed') !== '')) return { refused: 'conflict', message: why };
  if (signed !== 'no')
    reader.wrong.signed = `Tick “${DENIAL_LABEL}” if it is so. If you did take it, leave this as it is: somebody else signs it`;
  return undefined;
}

/**
 * After a refused outcome the referrer has to be answered again. Decisions for other children concern the desk alone.
 */
function afterRefusal(
  { child, age, words }: DecisionToSign,
  { desk, now, pace }: { desk: Desk; now: Now; pace: Pace },
): DeadlineSet[] {
  const anew = { who: 'the duty worker', ...deadlineWithin(answerWithin(pace, desk), now, desk) };
  if (child === '')
    return [{ id: DECIDE_ANEW, do: 'Decide anew: the outcome was not signed', ...anew }, answerBy({ desk, now, pace })];
  const again = `Decide anew for another child of the household (age: ${age}): “${words}” was not signed`;
  return [{ id: decideAnewFor(child), do: again, ...anew }];
}
