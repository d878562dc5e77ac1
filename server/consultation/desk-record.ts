/** The duty desk's part of the record, as it is exported. Pure. */
import type { DeskField } from '../flow/desk.ts';
import type { Recorded } from './consultation.ts';
import type { DeadlineSet, DeskHappening, Who } from './desk-happening.ts';
import type { Kept } from './record.ts';

/**
 * What others said about an outcome: whether they signed it, agreed with it or disputed it, and how the dispute was
 * decided.
 */
type Said = By<'outcome countersigned'> | By<'referral reviewed'> | By<'disputed'> | By<'dispute decided'>;
/** `deciders`: corrections of who took the decision; the last one counts. The entry keeps what was written first. */
type Outcome = By<'outcome recorded'> & {
  deciders?: { number: number; name: string }[];
  /** People who are named as the decider and say that they did not decide. */
  denials?: { number: number; who?: Who }[];
  said?: Said[];
};

/** `signature`: what a second person said about the decision for this child. */
type Child = By<'household child recorded'> & { signature?: By<'outcome countersigned'> };

type By<Kind extends DeskHappening['kind']> = Recorded<Kind> & { who?: Who };

/** When a deadline was met, by whom, and in which entry. */
interface Met {
  number: number;
  at: string;
  note: string;
}

/** The desk's work as `desk/desk-case.ts` reads it from the entries. */
export interface DeskWork {
  askedAt: string;
  byTelephone: boolean;
  questions: { number: number; at: string; text: string }[];
  reach: string;
  /** The entry that says how they can be reached. */
  reachFrom?: { number: number; at: string };
  claimedBy?: Who;
  fields: Record<string, By<'field recorded'>>;
  state: 'waiting' | 'claimed' | 'closed';
  /** The last outcome, unless it was refused or replaced. It is valid while the state is `closed`. */
  outcome?: Outcome;
  outcomes: Outcome[];
  countersignature?: By<'outcome countersigned'>;
  review?: By<'referral reviewed'>;
  disagreement?: By<'disagreement recorded'>;
  resolution?: By<'disagreement resolved'>;
  answer?: By<'referrer answered'>;
  /** All answers, oldest first. The last one is also `answer` as long as it is valid. */
  answers: By<'referrer answered'>[];
  chasings: By<'chased'>[];
  dispute?: By<'disputed'>;
  disputeDecision?: By<'dispute decided'>;
  reopenings: { number: number; at: string; news: string }[];
  caseNumber?: By<'case number recorded'>;
  files: By<'file kept'>[];
  discussions: By<'strategy discussion recorded'>[];
  /** `earlier`: what was recorded of the child before, the oldest first. */
  household: (Child & { earlier?: Child[] })[];
  /** `number`: number of the entry that set it. `task`: it was set for a colleague, or by somebody for themselves. */
  deadlines: (DeadlineSet & { number: number; met?: Met; task?: { at: string } })[];
}

interface Asked {
  questions: readonly { number: number }[];
  reopenings: readonly { number: number }[];
}

/** Number of the newest entry that told the desk something new after the first question; 0 if there is none. */
export function newsOf(desk: Asked | undefined): number {
  const { questions = [], reopenings = [] } = desk ?? {};
  return Math.max(0, ...[...questions.slice(1), ...reopenings].map(({ number }) => number));
}

/** Who took the decision, as far as is known now. */
export function describeDecider({ decidedBy, deciders = [] }: Pick<Outcome, 'decidedBy' | 'deciders'>): string {
  return deciders.at(-1)?.name ?? decidedBy;
}

/** The same with the name that was written first, and with people who are named and deny it. */
export function describeDecided(outcome: Pick<Outcome, 'decidedBy' | 'deciders' | 'denials'>): string {
  const { decidedBy, deciders = [], denials = [] } = outcome;
  const decider = describeDecider(outcome);
  const denial = denials.findLast(({ number }) => number > (deciders.at(-1)?.number ?? 0));
  const beside = [
    ...(decider === decidedBy ? [] : [`first written: ${decidedBy}`]),
    ...(denial === undefined
      ? []
      : [`${denial.who?.name ?? 'who is named'} says that they did not take this decision`]),
  ];
  return beside.length === 0 ? decider : `${decider} (${beside.join('; ')})`;
}

export const OPEN_AGAIN = 'Earlier outcome, which is open again';

/** Something new has become known since the outcome, so it is neither decided nor refused. */
export function isOpenAgain({ state, outcome }: Pick<DeskWork, 'state' | 'outcome'>, number: number): boolean {
  return state !== 'closed' && outcome?.number === number;
}

export const REOPENED_UNSIGNED = 'It was reopened before anybody signed it, and does not stand';

/** What the second person said, in words. */
export function describeCountersigned({
  signed,
  denies,
}: Pick<By<'outcome countersigned'>, 'signed' | 'denies'>): string {
  if (signed === 'yes') return 'Signed';
  const who =
    denies === 'yes'
      ? 'Not signed by whoever is named as who took the decision, and says that they did not'
      : 'Not signed';
  return `${who}. The outcome no longer stands`;
}

type Shown = Pick<DeskWork, 'countersignature' | 'review' | 'dispute' | 'disputeDecision'>;

/** What was said about an outcome and appears nowhere else in the record. The last thing said has a line of its own. */
export function saidBefore<T extends { number: number }>(said: readonly T[], desk: Shown): T[] {
  const last = [desk.countersignature, desk.review, desk.dispute, desk.disputeDecision].map((one) => one?.number);
  return said.filter(({ number }) => !last.includes(number));
}

/** Describes who has to sign a decision as well; empty if nobody has to. */
export function describeSigning({ signers = [] }: { signers?: readonly string[] }, signed?: 'yes' | 'no'): string {
  if (signed === 'no') return 'NOT SIGNED by the second person: it no longer stands';
  if (signed === 'yes') return 'Signed by a second person';
  return signers.length === 0 ? '' : `NOT YET SIGNED by a second person: ${signers.join(' or ')}`;
}

/** A field of the area's record, whether or not it is filled in. */
export interface DeskRecordField {
  id: string;
  label: string;
  recorded?: Kept<By<'field recorded'>>;
}

/** A record has at most one of each of these. */
type Single =
  | 'reachFrom'
  | 'caseNumber'
  | 'countersignature'
  | 'review'
  | 'disputeDecision'
  | 'disagreement'
  | 'resolution'
  | 'answer'
  | 'dispute';
/** A record can have several of each of these. */
type Each = 'answers' | 'files' | 'discussions' | 'questions' | 'chasings' | 'reopenings';

export type DeskRecord = Omit<DeskWork, 'fields' | 'deadlines' | 'household' | 'outcomes' | Single | Each> & {
  [Name in Each]: Kept<DeskWork[Name][number]>[];
} & {
  [Name in Single]?: Kept<NonNullable<DeskWork[Name]>>;
} & {
  /** In the order of the area's own form. */
  fields: DeskRecordField[];
  outcomes: (Kept<Omit<Outcome, 'said'>> & { said: Kept<Said>[] })[];
  household: (KeptChild & { earlier: KeptChild[] })[];
  /**
   * `set`: who set the task. For a deadline that another entry set, its author and its corrections are shown with that
   * entry.
   */
  deadlines: (DeadlineSet & { number: number; met?: Kept<Met>; set?: Kept<{ number: number; at: string }> })[];
};

type KeptChild = Kept<Omit<Child, 'signature'>> & { signature?: Kept<NonNullable<Child['signature']>> };

function keepChild({ signature, ...child }: Child, keep: Keep): KeptChild {
  return { ...keep(child), ...(signature !== undefined && { signature: keep(signature) }) };
}

/** Adds what a record needs to know about the entry that a value comes from. */
export type Keep = <T extends { number: number; at: string }>(recorded: T) => Kept<T>;

/** `asked`: the fields in the content now. Filled-in fields that the content no longer has come after them. */
export function createDeskRecord(work: DeskWork, asked: readonly DeskField[], keep: Keep): DeskRecord {
  const { fields, files, discussions, household, deadlines, questions, outcomes, ...lists } = work;
  const { answers, chasings, reopenings, ...rest } = lists;
  const { caseNumber, countersignature, review, disagreement, resolution, answer, dispute, ...others } = rest;
  const { reachFrom, disputeDecision, ...same } = others;
  const ids = asked.map((field) => field.id);
  const old = Object.values(fields).filter(({ field }) => !ids.includes(field));
  const describe = (id: string, label: string): DeskRecordField => {
    const recorded = fields[id];
    const isFilled = recorded !== undefined && recorded.value !== '';
    return { id, label, ...(isFilled && { recorded: keep(recorded) }) };
  };
  return {
    ...same,
    fields: [
      ...asked.map(({ id, label }) => describe(id, label)),
      ...old.map(({ field, label }) => describe(field, label)),
    ],
    deadlines: deadlines.map(({ met, task, ...deadline }) => ({
      ...deadline,
      ...(task !== undefined && { set: keep({ number: deadline.number, at: task.at }) }),
      ...(met !== undefined && { met: keep(met) }),
    })),
    ...(caseNumber !== undefined && { caseNumber: keep(caseNumber) }),
    ...(reachFrom !== undefined && { reachFrom: keep(reachFrom) }),
    files: files.map(keep),
    discussions: discussions.map(keep),
    household: household.map(({ earlier = [], ...child }) => ({
      ...keepChild(child, keep),
      earlier: earlier.map((before) => keepChild(before, keep)),
    })),
    ...(countersignature !== undefined && { countersignature: keep(countersignature) }),
    questions: questions.map(keep),
    outcomes: outcomes.map(({ said = [], ...outcome }) => ({ ...keep(outcome), said: said.map(keep) })),
    chasings: chasings.map(keep),
    answers: answers.map(keep),
    reopenings: reopenings.map(keep),
    ...(review !== undefined && { review: keep(review) }),
    ...(disagreement !== undefined && { disagreement: keep(disagreement) }),
    ...(resolution !== undefined && { resolution: keep(resolution) }),
    ...(answer !== undefined && { answer: keep(answer) }),
    ...(dispute !== undefined && { dispute: keep(dispute) }),
    ...(disputeDecision !== undefined && { disputeDecision: keep(disputeDecision) }),
  };
}
