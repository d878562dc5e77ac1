/** The state of a consultation at the desk, replayed from its entries. Undefined until the desk is asked. */
import { describeWithin } from '../consultation/deadline.ts';
import { findCorrected, withoutDenied } from '../consultation/denied.ts';
import { isOfConsultation } from '../consultation/describe-desk.ts';
import {
  type DeadlineSet,
  type DeskHappening,
  isDeskKind,
  type SignedDecision,
  type Who,
} from '../consultation/desk-happening.ts';
import type { DeskWork } from '../consultation/desk-record.ts';
import type { Entry } from '../consultation/entry.ts';
import { compareDue, timeOf } from './deadlines.ts';
import { describeSigners, isAsConsultation } from './signers.ts';

/** Id of the deadline by which a second person signs the outcome. */
export const COUNTERSIGNATURE = 'countersignature';

/**
 * Id of the deadline for signing one decision. An empty `child` means the outcome; otherwise it is the decision for
 * that child.
 */
export const signingOf = (child: string) => (child === '' ? COUNTERSIGNATURE : `${COUNTERSIGNATURE}_${child}`);

export function isSigning(deadline: string): boolean {
  return deadline.startsWith(COUNTERSIGNATURE);
}

/** Id of the deadline for recording another outcome after the second person refused to sign. */
export const DECIDE_ANEW = 'decide_anew';

/** Id of the deadline for deciding again about a child of the household after the second person refused to sign. */
export const decideAnewFor = (child: string) => `${DECIDE_ANEW}_${child}`;

export function isDecideAnew(deadline: string): boolean {
  return deadline.startsWith(DECIDE_ANEW);
}

/**
 * Id of the deadline for recording the outcome of a consultation that is already answered. It is due when the answer
 * was due.
 */
export const RECORD_OUTCOME = 'record_outcome';

/** Prefix of the ids of a dispute's deadlines. */
export const DISPUTE_STEP = 'dispute_';

/** Prefix of the ids of tasks for people whom somebody else named as decider. */
export const NAMED_TASK = 'task_named_';

export function isNamedTask(deadline: string): boolean {
  return deadline.startsWith(NAMED_TASK);
}

/** Id of the deadline for correcting who decided, after the person who was named denied it. */
export const NAME_DECIDER = 'name_decider';

/** Id of the deadline for filling in a field that an urgent outcome did not wait for. */
export const fillingOf = (field: string) => `fill_${field}`;

export function isFilling(deadline: string): boolean {
  return deadline.startsWith(fillingOf(''));
}

export type DeskState = 'waiting' | 'claimed' | 'closed';
type Of<Kind extends DeskHappening['kind']> = Extract<DeskHappening, { kind: Kind }>;
export type DeskEntry<Kind extends DeskHappening['kind']> = Of<Kind> & { number: number; at: string; who?: Who };

/** What others said about an outcome. It stays with that outcome when another replaces it. */
type SaidOfOutcome =
  | DeskEntry<'outcome countersigned'>
  | DeskEntry<'referral reviewed'>
  | DeskEntry<'disputed'>
  | DeskEntry<'dispute decided'>;
/** `deciders`: corrections of who took the decision; the last one counts. The first one that was written is kept. */
type RecordedOutcome = DeskEntry<'outcome recorded'> & {
  deciders?: { number: number; name: string; who?: Who }[];
  denials?: { number: number; who?: Who }[];
  said?: SaidOfOutcome[];
};

/**
 * `signature`: what a second person said about the decision for this child. Undefined while it is waiting, or if none
 * is needed.
 */
type RecordedChild = DeskEntry<'household child recorded'> & { signature?: DeskEntry<'outcome countersigned'> };
/** Another child of the household, as last recorded. `earlier`: what was recorded before, the oldest first. */
export type HouseholdChild = RecordedChild & { earlier?: RecordedChild[] };

export interface Deadline extends DeadlineSet {
  /** For a task: who gave it to whom, and when. */
  task?: { to: Who; by?: Who; at: string };
  /** Number of the entry that set it. */
  number: number;
  /** `number`: the number of the entry that met it. */
  met?: { number: number; at: string; note: string };
}

export interface DeskCase {
  state: DeskState;
  /** The instant at which it came into this state. */
  since: string;
  askedAt: string;
  byTelephone: boolean;
  /** What was asked, the newest last. */
  questions: { number: number; at: string; text: string }[];
  reach: string;
  /** The entry that says how the referrer can be reached. */
  reachFrom?: { number: number; at: string };
  claimedBy?: Who;
  claimedAt?: string;
  /** If a colleague passed it on: who, and why. */
  passed?: { by?: Who; reason: string };
  /** Ids of all people who have claimed it or to whom it was passed on. */
  claimants: string[];
  fields: Record<string, DeskEntry<'field recorded'>>;
  outcome?: RecordedOutcome;
  outcomes: RecordedOutcome[];
  review?: DeskEntry<'referral reviewed'>;
  disagreement?: DeskEntry<'disagreement recorded'>;
  resolution?: DeskEntry<'disagreement resolved'>;
  answer?: DeskEntry<'referrer answered'>;
  /** Every answer, the oldest first. Answers from before a reopening or another outcome no longer stand. */
  answers: DeskEntry<'referrer answered'>[];
  chasings: DeskEntry<'chased'>[];
  dispute?: DeskEntry<'disputed'>;
  disputeDecision?: DeskEntry<'dispute decided'>;
  reopenings: { number: number; at: string; news: string }[];
  caseNumber?: DeskEntry<'case number recorded'>;
  files: DeskEntry<'file kept'>[];
  discussions: DeskEntry<'strategy discussion recorded'>[];
  /** In the order in which they were first recorded. */
  household: HouseholdChild[];
  /** The second signature under the outcome. Each child of the household has its own. */
  countersignature?: DeskEntry<'outcome countersigned'>;
  deadlines: Deadline[];
  /** The instant of the last entry which says that children's services were told. */
  told?: string;
  /** Number of the last such entry that does not come from before the consultation. */
  toldIn?: number;
}

/**
 * What the record does not show of the case, and why. Complete by its type: a new property of `DeskCase` stands in
 * `DeskWork` of `consultation/desk-record.ts`, or here with its reason.
 */
const NOT_IN_RECORD: Record<Exclude<keyof DeskCase, keyof DeskWork>, string> = {
  since: 'the entry that brought it into its state says so',
  claimedAt: 'the entry of the claim says so',
  passed: 'for whoever has it now; the entry of the passing stays',
  claimants: 'ids of accounts, to find who has had it',
  told: 'the record of the consultation shows all tellings',
  toldIn: 'the record of the consultation shows all tellings',
};

/** The part of the case that the record shows. */
export function workOf(deskCase: DeskCase): DeskWork {
  const shown = Object.entries(deskCase).filter(([part]) => !Object.hasOwn(NOT_IN_RECORD, part));
  return Object.fromEntries(shown) as unknown as DeskWork;
}

export function readDeskCase(entries: readonly Entry[]): DeskCase | undefined {
  let deskCase: DeskCase | undefined;
  const tellings: Entry[] = [];
  for (const entry of withoutDenied(entries)) {
    if (entry.what.kind === 'told') tellings.push(entry);
    deskCase = openCase(deskCase, entry);
    if (deskCase === undefined) continue;
    applyEntry(deskCase, entry);
    correctDecider(deskCase, entry, entries);
  }
  if (deskCase === undefined) return undefined;
  meetTold(deskCase, tellings);
  nameSigners(deskCase);
  return deskCase;
}

/**
 * Says beside each open deadline for a signature who may sign now. That can change after the deadline was set: whoever
 * corrects who decided does not sign any more.
 */
function nameSigners(deskCase: DeskCase): void {
  const waiting = decisionsToSign(deskCase);
  for (const deadline of deskCase.deadlines) {
    if (deadline.met !== undefined || !isSigning(deadline.id)) continue;
    const under = waiting.filter(({ child }) => signingUnder(deskCase, child) === deadline.id);
    const signers = new Set(under.map((decision) => describeSigners(deskCase, decision)));
    if (signers.size > 0) deadline.who = [...signers].join('; ');
  }
}

/**
 * Meets the deadline for telling children's services. Telling them before the consultation began, or before the news
 * that set the deadline, does not meet it.
 */
function meetTold(deskCase: DeskCase, tellings: readonly Entry[]): void {
  const last = tellings.at(-1);
  if (last === undefined) return;
  deskCase.told = last.at;
  const counts = tellings.findLast(({ what }) => what.kind === 'told' && what.before === undefined);
  if (counts === undefined) return;
  const { number, at } = counts;
  deskCase.toldIn = number;
  for (const deadline of deskCase.deadlines) {
    const isNews = deskCase.reopenings.some((news) => news.number > number && news.number < deadline.number);
    if (deadline.id === 'told' && !isNews) deadline.met ??= { number, at, note: '' };
  }
}

export function isAsked(entries: readonly Entry[]): boolean {
  return lastAskedAt(entries) !== undefined;
}

/** The instant at which the asker last asked the desk, or told it something new. */
export function lastAskedAt(entries: readonly Entry[]): string | undefined {
  return entries.findLast(({ what }) => what.kind === 'handed over')?.at;
}

/** A correction names somebody else as the decider; the decision itself does not change. */
function correctDecider(deskCase: DeskCase, { number, at, who, what }: Entry, entries: readonly Entry[]): void {
  if (what.kind !== 'corrected' || what.decider === undefined) return;
  const corrected = findCorrected(entries, what.corrects)?.number;
  const outcome = deskCase.outcomes.find((one) => one.number === corrected);
  if (outcome === undefined) return;
  outcome.deciders = [...(outcome.deciders ?? []), { number, name: what.decider, ...(who !== undefined && { who }) }];
  if (outcome !== deskCase.outcome) return;
  meet(deskCase, NAME_DECIDER, { number, at }, what.text);
  dropNaming(deskCase);
}

/** Opens the case at the first entry that asks the desk. */
function openCase(deskCase: DeskCase | undefined, { at, what }: Entry): DeskCase | undefined {
  if (deskCase !== undefined || (what.kind !== 'handed over' && what.kind !== 'taken by telephone')) return deskCase;
  return {
    state: 'waiting',
    since: at,
    askedAt: at,
    byTelephone: what.kind === 'taken by telephone',
    questions: [],
    reach: '',
    claimants: [],
    fields: {},
    outcomes: [],
    answers: [],
    chasings: [],
    reopenings: [],
    files: [],
    discussions: [],
    household: [],
    deadlines: [],
  };
}

/** How each kind of happening changes the case. */
type Changes = { [Kind in DeskHappening['kind']]: (deskCase: DeskCase, entry: DeskEntry<Kind>) => void };

const nothing = () => {};

/** Contains every kind, so that the type checker reports a missing one. */
const CHANGES: Changes = {
  'handed over': ask,
  'taken by telephone': (deskCase, { number, at, reach, deadlines }) => {
    Object.assign(deskCase, { reach, reachFrom: { number, at } });
    setDeadlines(deskCase, number, deadlines);
  },
  claimed: (deskCase, entry) => assign(deskCase, entry, entry.who),
  'handed back': (deskCase, { at }) => release(deskCase, at),
  'passed on': passOn,
  'taken over': (deskCase, entry) => assign(deskCase, entry, entry.who),
  'task set': setTask,
  'task done': (deskCase, entry) => {
    meet(deskCase, entry.task, entry, entry.note);
    if (entry.denies === 'yes') noteDenial(deskCase, entry);
    setDeadlines(deskCase, entry.number, entry.deadlines ?? []);
  },
  'household child recorded': recordChild,
  'household child removed': (deskCase, { child }) => {
    deskCase.household = deskCase.household.filter((known) => known.child !== child);
    dropDeadline(deskCase, decideAnewFor(child));
    dropNeedlessSigning(deskCase);
  },
  // Urgency is worked out of all entries together: see `urgency.ts`.
  'urgency lowered': nothing,
  'field recorded': (deskCase, entry) => {
    deskCase.fields[entry.field] = entry;
    if (entry.value !== '') meet(deskCase, fillingOf(entry.field), entry, entry.words);
  },
  'case number recorded': (deskCase, entry) => {
    deskCase.caseNumber = entry;
  },
  // A decision that another system reports is shown in the log and changes nothing here.
  'decision reported': nothing,
  'file kept': (deskCase, entry) => {
    deskCase.files.push(entry);
  },
  'strategy discussion recorded': (deskCase, entry) => {
    deskCase.discussions.push(entry);
  },
  'outcome recorded': close,
  'outcome countersigned': countersign,
  'referral reviewed': review,
  disputed: dispute,
  'dispute decided': decideDispute,
  'disagreement recorded': (deskCase, entry) => {
    deskCase.disagreement = entry;
    delete deskCase.resolution;
  },
  'disagreement resolved': (deskCase, entry) => {
    deskCase.resolution = entry;
  },
  chased: (deskCase, entry) => {
    deskCase.chasings.push(entry);
  },
  'referrer answered': (deskCase, entry) => {
    deskCase.answer = entry;
    deskCase.answers.push(entry);
    meet(deskCase, 'answer', entry, entry.how);
    if (deskCase.state !== 'closed') oweOutcome(deskCase, entry.number);
  },
  'deadline met': (deskCase, entry) => meet(deskCase, entry.deadline, entry, entry.note),
  'deadline dated': (deskCase, { deadline: id, by, within }) => {
    for (const deadline of deskCase.deadlines)
      if (deadline.id === id)
        Object.assign(deadline, { by }, within !== undefined && { within, words: describeWithin(within) });
  },
  reopened: reopen,
  // These change how long it is kept, not what the desk has to do: see `retention.ts`.
  held: nothing,
  'hold lifted': nothing,
  'kept longer': nothing,
  'erasure approved': nothing,
  // The rest of the pathway is read by `pathway/pathway.ts`. Only its deadlines are listed here, with all others.
  'pathway opened': (deskCase, { number, deadlines }) => setDeadlines(deskCase, number, deadlines),
  'pathway opened again': (deskCase, { number, deadlines }) => setDeadlines(deskCase, number, deadlines),
  'instrument started': nothing,
  'instrument filled': nothing,
  'instrument completed': (deskCase, entry) => meetAndSet(deskCase, entry, entry.title),
  'instrument given up': nothing,
  'placement recorded': nothing,
  'pathway noted': nothing,
  'pathway closed': (deskCase, entry) => {
    for (const id of entry.meets) meet(deskCase, id, entry, 'The pathway was closed');
  },
  'pathway entry': (deskCase, entry) => meetAndSet(deskCase, entry, ''),
};

function meetAndSet(
  deskCase: DeskCase,
  entry: DeskEntry<'instrument completed' | 'pathway entry'>,
  note: string,
): void {
  for (const id of entry.meets) meet(deskCase, id, entry, note);
  setDeadlines(deskCase, entry.number, entry.deadlines);
}

function applyEntry(deskCase: DeskCase, { number, at, who, what }: Entry): void {
  if (!isDeskKind(what.kind)) return;
  const noted = { ...what, number, at, ...(who !== undefined && { who }) };
  (CHANGES[what.kind] as (deskCase: DeskCase, entry: typeof noted) => void)(deskCase, noted);
}

/** Asked again after an outcome: new information has come. */
function ask(deskCase: DeskCase, { number, at, question, reach, deadlines }: DeskEntry<'handed over'>): void {
  if (deskCase.state === 'closed') {
    deskCase.reopenings.push({ number, at, news: question });
    dropCountersigning(deskCase);
  }
  if (deskCase.state !== 'claimed') release(deskCase, at);
  deskCase.questions.push({ number, at, text: question });
  if (reach !== '') Object.assign(deskCase, { reach, reachFrom: { number, at } });
  delete deskCase.answer;
  setDeadlines(deskCase, number, deadlines);
}

function assign(deskCase: DeskCase, { number, at }: Pick<Entry, 'number' | 'at'>, to: Who | undefined): void {
  if (to === undefined) return;
  delete deskCase.passed;
  Object.assign(deskCase, { claimedBy: to, claimedAt: at });
  if (deskCase.state !== 'closed') Object.assign(deskCase, { state: 'claimed', since: at });
  if (!deskCase.claimants.includes(to.id)) deskCase.claimants.push(to.id);
  meet(deskCase, 'claim', { number, at }, `Claimed by ${to.name}`);
}

/** Here the asker already has their answer. Without an outcome the consultation is open, and the outcome is due. */
function oweOutcome(deskCase: DeskCase, number: number): void {
  if (openDeadlines(deskCase).some(({ id }) => id === DECIDE_ANEW)) return;
  const answer = deskCase.deadlines.find(({ id }) => id === 'answer');
  const outcome = { id: RECORD_OUTCOME, do: 'Record the outcome', who: 'the duty worker' };
  setDeadlines(deskCase, number, [{ ...outcome, ...timeOf(answer ?? {}) }]);
}

function passOn(deskCase: DeskCase, entry: DeskEntry<'passed on'>): void {
  assign(deskCase, entry, entry.to);
  deskCase.passed = { reason: entry.reason, ...(entry.who !== undefined && { by: entry.who }) };
}

function release(deskCase: DeskCase, at: string): void {
  Object.assign(deskCase, { state: 'waiting', since: at });
  delete deskCase.claimedBy;
  delete deskCase.claimedAt;
  delete deskCase.passed;
  for (const deadline of deskCase.deadlines) if (deadline.id === 'claim') delete deadline.met;
}

function setTask(deskCase: DeskCase, { number, at, task, to, who }: DeskEntry<'task set'>): void {
  setDeadlines(deskCase, number, [{ ...task, task: { to, at, ...(who !== undefined && { by: who }) } }]);
}

function recordChild(deskCase: DeskCase, entry: HouseholdChild): void {
  const place = deskCase.household.findIndex(({ child }) => child === entry.child);
  if (place === -1) deskCase.household.push(entry);
  else {
    const { earlier = [], ...before } = deskCase.household[place] as HouseholdChild;
    deskCase.household[place] = { ...entry, earlier: [...earlier, before] };
  }
  meet(deskCase, decideAnewFor(entry.child), entry, 'Recorded anew');
  // Signatures that somebody gave for the other children stay valid.
  if (deskCase.outcome !== undefined) setDeadlines(deskCase, entry.number, entry.deadlines ?? []);
  dropNeedlessSigning(deskCase);
}

/** A decision that is waiting for a second signature. */
export interface DecisionToSign extends SignedDecision {
  /**
   * Identifies this version of the decision, so that a form that was opened before the decision changed cannot sign the
   * new one.
   */
  id: string;
  signers: readonly string[];
  /** The name of another child of the household, if it is known. */
  name: string;
}

const needsSignature = ({ signers = [] }: { signers?: readonly string[] }) => signers.length > 0;

/** Whether the decision for this child of the household is waiting for a second signature. */
export const waitsForSignature = (child: HouseholdChild) => needsSignature(child) && child.signature === undefined;

/**
 * Every decision that nobody has signed or refused yet: the outcome, and the decisions for other children. Each is
 * signed separately.
 */
export function decisionsToSign({ outcome, countersignature, household }: DeskCase): DecisionToSign[] {
  const isOutcomeOpen = outcome !== undefined && needsSignature(outcome) && countersignature === undefined;
  const { number = 0, words = '', signers = [] } = outcome ?? {};
  const own = isOutcomeOpen ? [{ id: String(number), number, child: '', age: '', name: '', words, signers }] : [];
  // A child who shares the consultation's outcome has no decision to sign until there is an outcome.
  const children = household.filter(
    (child) => waitsForSignature(child) && (outcome !== undefined || !isAsConsultation(child)),
  );
  return [
    ...own,
    ...children.map(({ signers: roles = [], outcomeWords, ...child }) => ({
      id: isAsConsultation(child) ? `${child.number}-${number}` : String(child.number),
      number: child.number,
      child: child.child,
      age: child.age,
      name: child.name,
      words: outcomeWords || words,
      signers: roles,
    })),
  ];
}

/** Whether the outcome itself is waiting for its second signature. */
export function isOutcomeToSign(deskCase: DeskCase): boolean {
  return decisionsToSign(deskCase).some(({ child }) => child === '');
}

/**
 * Records a signature or a refusal. A refusal undoes only the decisions that were waiting for this signature; the
 * person who has the consultation has to decide those again.
 */
function countersign(deskCase: DeskCase, entry: DeskEntry<'outcome countersigned'>): void {
  const { decisions = [] } = entry;
  const isMeant = (number: number) =>
    decisions.length === 0 || decisions.some((decision) => decision.number === number);
  const waiting = decisionsToSign(deskCase).filter(({ number }) => isMeant(number));
  const isOutcome = isOfConsultation(decisions);
  deskCase.household = deskCase.household.map((child) =>
    waiting.some(({ number }) => number === child.number) ? { ...child, signature: entry } : child,
  );
  if (isOutcome) {
    deskCase.countersignature = entry;
    noteOnOutcome(deskCase, entry);
  }
  if (entry.denies === 'yes') {
    noteDenial(deskCase, entry);
    // They have said it here, so they are not asked again.
    for (const { id, task } of openDeadlines(deskCase))
      if (isNamedTask(id) && task?.to.id === entry.who?.id) meet(deskCase, id, entry, entry.reason);
  }
  for (const id of signingDone(deskCase, waiting))
    meet(deskCase, id, entry, entry.signed === 'yes' ? 'Signed' : 'Not signed');
  if (entry.signed === 'no' && isOutcome) replaceOutcome(deskCase, entry);
  setDeadlines(deskCase, entry.number, entry.deadlines);
}

/** The deadline under which this decision is signed: its own, or the one deadline for all that older entries set. */
function signingUnder({ deadlines }: DeskCase, child: string): string {
  const own = signingOf(child);
  return deadlines.some(({ id, met }) => id === own && met === undefined) ? own : COUNTERSIGNATURE;
}

/** Ids of the deadlines that these signatures meet: those under which nothing else is waiting. */
function signingDone(deskCase: DeskCase, signed: readonly SignedDecision[]): Set<string> {
  const stillOpen = new Set(decisionsToSign(deskCase).map(({ child }) => signingUnder(deskCase, child)));
  const met = signed.map(({ child }) => signingUnder(deskCase, child));
  return new Set(met.filter((id) => !stillOpen.has(id)));
}

function dropDeadline(deskCase: DeskCase, dropped: string): void {
  deskCase.deadlines = deskCase.deadlines.filter(({ id, met }) => id !== dropped || met !== undefined);
}

/** The outcome is open again, so no signature is needed. */
function dropCountersigning(deskCase: DeskCase): void {
  deskCase.deadlines = deskCase.deadlines.filter(({ id, met }) => !isSigning(id) || met !== undefined);
}

/** Removes the deadlines of signatures that are no longer needed after a child was recorded again or removed. */
function dropNeedlessSigning(deskCase: DeskCase): void {
  const needed = new Set(decisionsToSign(deskCase).map(({ child }) => signingUnder(deskCase, child)));
  for (const { id } of openDeadlines(deskCase)) if (isSigning(id) && !needed.has(id)) dropDeadline(deskCase, id);
}

function close(deskCase: DeskCase, outcome: DeskEntry<'outcome recorded'>): void {
  Object.assign(deskCase, { state: 'closed', since: outcome.at, outcome });
  deskCase.outcomes.push(outcome);
  delete deskCase.review;
  delete deskCase.countersignature;
  deskCase.household = deskCase.household.map((child) => underNewOutcome(child));
  dropCountersigning(deskCase);
  dropNaming(deskCase);
  for (const { id } of openDeadlines(deskCase))
    if (
      id === DECIDE_ANEW ||
      id === RECORD_OUTCOME ||
      deskCase.household.some((child) => isAsConsultation(child) && decideAnewFor(child.child) === id)
    )
      meet(deskCase, id, outcome, outcome.words);
  delete deskCase.dispute;
  delete deskCase.disputeDecision;
  setDeadlines(deskCase, outcome.number, outcome.deadlines);
}

/** A signature for a child who shares the consultation's outcome was for the previous outcome, so it is dropped. */
export function underNewOutcome({ signature, ...child }: HouseholdChild): HouseholdChild {
  return signature === undefined || isAsConsultation(child) ? child : { ...child, signature };
}

/** The person who is named as the decider says that they did not take the decision. */
function noteDenial({ outcome }: DeskCase, { number, who }: Pick<Entry, 'number' | 'who'>): void {
  if (outcome !== undefined)
    outcome.denials = [...(outcome.denials ?? []), { number, ...(who !== undefined && { who }) }];
}

/** There is another outcome, so nobody needs to say any more who took the previous one. */
function dropNaming(deskCase: DeskCase): void {
  deskCase.deadlines = deskCase.deadlines.filter(
    ({ id, met }) => met !== undefined || !(isNamedTask(id) || id === NAME_DECIDER),
  );
}

function noteOnOutcome({ outcome }: DeskCase, entry: SaidOfOutcome): void {
  if (outcome !== undefined) outcome.said = [...(outcome.said ?? []), entry];
}

function review(deskCase: DeskCase, entry: DeskEntry<'referral reviewed'>): void {
  deskCase.review = entry;
  noteOnOutcome(deskCase, entry);
  meet(deskCase, 'manager_reviews', entry, entry.accepted === 'yes' ? 'Agreed' : 'Not agreed');
  if (entry.accepted === 'no') replaceOutcome(deskCase, entry);
}

function dispute(deskCase: DeskCase, entry: DeskEntry<'disputed'>): void {
  deskCase.dispute = entry;
  noteOnOutcome(deskCase, entry);
  delete deskCase.disputeDecision;
  setDeadlines(deskCase, entry.number, entry.deadlines);
}

/** The open steps of a dispute. Other people's steps stay open although the manager has decided. */
export function disputeSteps(deskCase: DeskCase): Deadline[] {
  return openDeadlines(deskCase).filter(({ id }) => id.startsWith(DISPUTE_STEP));
}

function decideDispute(deskCase: DeskCase, entry: DeskEntry<'dispute decided'>): void {
  deskCase.disputeDecision = entry;
  noteOnOutcome(deskCase, entry);
  const done =
    entry.done ?? disputeSteps(deskCase).map(({ id }) => ({ deadline: id, note: 'The manager has decided' }));
  for (const { deadline, note } of done) meet(deskCase, deadline, entry, note);
  if (entry.stands === 'no') replaceOutcome(deskCase, entry);
}

/**
 * A manager disagrees: the other outcome replaces the recorded one with its deadlines, and the referrer has to be told.
 * Older entries do not name another outcome; they return the consultation to the person who has it.
 */
function replaceOutcome(
  deskCase: DeskCase,
  entry: DeskEntry<'referral reviewed' | 'dispute decided'> | DeskEntry<'outcome countersigned'>,
): void {
  const { number, at, who, reason } = entry;
  const instead = entry.kind === 'outcome countersigned' ? undefined : entry.instead;
  const replaced = deskCase.outcome;
  delete deskCase.answer;
  dropNaming(deskCase);
  if (instead === undefined) delete deskCase.outcome;
  // Decisions for other children are still to be signed.
  const children = decisionsToSign(deskCase).filter(({ child }) => child !== '');
  const toSign = new Set(children.map(({ child }) => signingUnder(deskCase, child)));
  deskCase.deadlines = deskCase.deadlines.filter(
    ({ id, number: set, met }) => set !== replaced?.number || met !== undefined || toSign.has(id),
  );
  if (instead === undefined) {
    Object.assign(deskCase, { state: deskCase.claimedBy === undefined ? 'waiting' : 'claimed', since: at });
    return;
  }
  const decidedBy = who === undefined ? 'the manager' : `${who.name}, ${who.role}`;
  const happening = { kind: 'outcome recorded', ...instead, reason, decidedBy } as const;
  const outcome = { ...happening, number, at, ...(who !== undefined && { who }) };
  deskCase.outcome = outcome;
  deskCase.outcomes.push(outcome);
  setDeadlines(deskCase, number, instead.deadlines);
}

function reopen(deskCase: DeskCase, { number, at, news, deadlines }: DeskEntry<'reopened'>): void {
  deskCase.reopenings.push({ number, at, news });
  const state = deskCase.claimedBy === undefined ? 'waiting' : 'claimed';
  Object.assign(deskCase, { state, since: at });
  delete deskCase.answer;
  dropCountersigning(deskCase);
  setDeadlines(deskCase, number, deadlines);
}

/** A deadline that is set again replaces the earlier one and is open. */
function setDeadlines(deskCase: DeskCase, number: number, deadlines: (DeadlineSet & Pick<Deadline, 'task'>)[]): void {
  const ids = deadlines.map((deadline) => deadline.id);
  const kept = deskCase.deadlines.filter((deadline) => !ids.includes(deadline.id));
  deskCase.deadlines = [...kept, ...deadlines.map((deadline) => ({ ...deadline, number }))];
}

function meet(deskCase: DeskCase, id: string, { number, at }: Pick<Entry, 'number' | 'at'>, note: string): void {
  for (const deadline of deskCase.deadlines) if (deadline.id === id) deadline.met ??= { number, at, note };
}

/** Deadlines that are still open, the earliest first; those without a date come last. */
export function openDeadlines({ deadlines }: DeskCase): Deadline[] {
  return deadlines.filter((deadline) => deadline.met === undefined).sort(compareDue);
}
