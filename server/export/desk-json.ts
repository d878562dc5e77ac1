/** The desk's part of the record as JSON. As in `json.ts`, fields are never renamed or removed, and unknown values are null. */
import { describeDeskHappening } from '../consultation/describe-desk.ts';
import { type DeskRecord, describeDecided, describeDecider, isOpenAgain } from '../consultation/desk-record.ts';
import type { Kept } from '../consultation/record.ts';

interface Written {
  entry: number;
  at: string;
  /** Name of the author's account, or null. */
  by: string | null;
  /** The author with their role at the time, and for whom they wrote. */
  writtenBy: string;
  corrections: CorrectionJson[];
}

export interface CorrectionJson {
  entry: number;
  at: string;
  by: string;
  text: string;
  reason: string;
}

export interface DeskJson {
  askedAt: string;
  byTelephone: boolean;
  questions: ({ text: string } & Written)[];
  reach: string;
  /** Corrections of the entry that says how the referrer can be reached. */
  reachCorrections: CorrectionJson[];
  dutyWorker: string | null;
  /** In the order of the area's own form. `recorded` is null if the field is empty. */
  fields: {
    id: string;
    label: string;
    recorded: ({ value: string; words: string; reason: string } & Written) | null;
  }[];
  /** The last one counts. */
  outcomes: ({
    outcome: string;
    words: string;
    reason: string;
    /** As it is known now, according to the last correction. */
    decidedBy: string;
    /** As it was first written. */
    decidedByFirst: string;
    /** The same as a sentence: with the name that was written first, and with people who are named and deny it. */
    decidedByWords: string;
    level: number;
    advised: string;
    /** Whether it differs from the guidance's advice. */
    departs: boolean;
    /** Whether it is valid now: it is not while it needs a second signature. */
    stands: boolean;
    /** Something new has become known since, and it is being decided again. */
    openAgain: boolean;
    /** Roles of which one has to sign as the second person; empty if no signature is needed. */
    signers: string[];
    /**
     * What others said about it: whether they signed it, agreed with it or disputed it, and how the dispute was
     * decided.
     */
    said: ({ words: string } & Written)[];
  } & Written)[];
  /**
   * The second signature; null if nobody has signed, or nobody has to. `denies`: the person was named as the decider
   * and says that they did not decide.
   */
  countersignature: ({ signed: boolean; reason: string; denies: boolean } & Written) | null;
  review: ({ accepted: boolean; reason: string } & Written) | null;
  disagreement: ({ between: string; about: string } & Written) | null;
  resolution: ({ decidedBy: string; decision: string } & Written) | null;
  answer: ({ how: string; answer: string } & Written) | null;
  /** All answers, oldest first. The last one is also `answer` as long as it is valid. */
  answers: ({ how: string; answer: string } & Written)[];
  chasings: ({ whom: string; answer: string } & Written)[];
  dispute: ({ why: string } & Written) | null;
  disputeDecision: ({ stands: boolean; reason: string; done: { do: string; note: string }[] } & Written) | null;
  reopenings: ({ news: string } & Written)[];
  caseNumber: ({ caseNumber: string } & Written) | null;
  strategyDiscussions: ({ when: string; present: string; agreed: string; actions: string } & Written)[];
  files: ({ file: string; kept: string } & Written)[];
  /** The other children of the household. `level` is 0 and `outcome` is empty if nothing was recorded separately. */
  household: ({
    name: string;
    age: string;
    level: number;
    levelWords: string;
    outcome: string;
    outcomeWords: string;
    note: string;
    /**
     * What a second person said about the decision for this child; null if the signature is still missing, or none is
     * needed.
     */
    signature: ({ signed: boolean; reason: string } & Written) | null;
    signers: string[];
    /** What was recorded about the child before, the oldest first. */
    earlier: ({ name: string; age: string; levelWords: string; outcomeWords: string; note: string } & Written)[];
  } & Written)[];
  deadlines: {
    do: string;
    who: string;
    words: string | null;
    by: string | null;
    /** Corrections of the task's words. */
    corrections: CorrectionJson[];
    /** Who set the task, and when; null for deadlines that the guidance set. */
    set: Written | null;
    done: { at: string; note: string; by: string; entry: number; corrections: CorrectionJson[] } | null;
  }[];
}

type Noted = Kept<{ who?: { name: string } }>;

function written({ number, at, by, who, corrections }: Noted): Written {
  return {
    entry: number,
    at,
    by: who?.name ?? null,
    writtenBy: by,
    corrections: corrections.map(describeCorrection),
  };
}

export function describeCorrection({ number: entry, ...correction }: Noted['corrections'][number]): CorrectionJson {
  return { entry, ...correction };
}

function orNull<T extends Noted, U>(kept: T | undefined, describe: (kept: T) => U): (U & Written) | null {
  return kept === undefined ? null : { ...describe(kept), ...written(kept) };
}

function describeOutcome(desk: DeskRecord, kept: DeskRecord['outcomes'][number]): DeskJson['outcomes'][number] {
  const { outcome: standing, countersignature } = desk;
  const { outcome, words, reason, level, advised } = kept;
  const departs = kept.departs === 'yes';
  const signers = kept.signers ?? [];
  const isUnsigned = signers.length > 0 && countersignature === undefined;
  const openAgain = isOpenAgain(desk, kept.number);
  const stands = kept.number === standing?.number && !isUnsigned && !openAgain;
  const said = kept.said.map((one) => ({ words: describeDeskHappening(one), ...written(one) }));
  return {
    outcome,
    words,
    reason,
    decidedBy: describeDecider(kept),
    decidedByFirst: kept.decidedBy,
    decidedByWords: describeDecided(kept),
    level,
    advised,
    departs,
    stands,
    openAgain,
    signers,
    said,
    ...written(kept),
  };
}

function describeChild(kept: DeskRecord['household'][number]): DeskJson['household'][number] {
  const { name, age, level, levelWords, outcome, outcomeWords, note, signature: said, signers = [] } = kept;
  const signature = orNull(said, ({ signed, reason }) => ({ signed: signed === 'yes', reason }));
  const earlier = kept.earlier.map((before) => ({
    name: before.name,
    age: before.age,
    levelWords: before.levelWords,
    outcomeWords: before.outcomeWords,
    note: before.note,
    ...written(before),
  }));
  return { name, age, level, levelWords, outcome, outcomeWords, note, signature, signers, earlier, ...written(kept) };
}

function describeMet({ at, note, by, number, corrections }: NonNullable<DeskRecord['deadlines'][number]['met']>) {
  return { at, note, by, entry: number, corrections: corrections.map(describeCorrection) };
}

export function toDeskJson(desk: DeskRecord): DeskJson {
  return {
    askedAt: desk.askedAt,
    byTelephone: desk.byTelephone,
    questions: desk.questions.map((kept) => ({ text: kept.text, ...written(kept) })),
    reach: desk.reach,
    reachCorrections: (desk.reachFrom?.corrections ?? []).map(describeCorrection),
    dutyWorker: desk.claimedBy?.name ?? null,
    fields: desk.fields.map(({ id, label, recorded }) => ({
      id,
      label,
      recorded: orNull(recorded, ({ value, words, reason }) => ({ value, words, reason })),
    })),
    outcomes: desk.outcomes.map((kept) => describeOutcome(desk, kept)),
    countersignature: orNull(desk.countersignature, ({ signed, reason, denies }) => ({
      signed: signed === 'yes',
      reason,
      denies: denies === 'yes',
    })),
    review: orNull(desk.review, ({ accepted, reason }) => ({ accepted: accepted === 'yes', reason })),
    disagreement: orNull(desk.disagreement, ({ between, about }) => ({ between, about })),
    resolution: orNull(desk.resolution, ({ decidedBy, decision }) => ({ decidedBy, decision })),
    answer: orNull(desk.answer, ({ how, answer }) => ({ how, answer })),
    answers: desk.answers.map((kept) => ({ how: kept.how, answer: kept.answer, ...written(kept) })),
    chasings: desk.chasings.map((kept) => ({ whom: kept.whom, answer: kept.answer, ...written(kept) })),
    dispute: orNull(desk.dispute, ({ why }) => ({ why })),
    disputeDecision: orNull(desk.disputeDecision, describeDisputeDecision),
    reopenings: desk.reopenings.map((kept) => ({ news: kept.news, ...written(kept) })),
    caseNumber: orNull(desk.caseNumber, ({ caseNumber }) => ({ caseNumber })),
    strategyDiscussions: desk.discussions.map(describeDiscussion),
    household: desk.household.map(describeChild),
    files: desk.files.map((kept) => ({ file: kept.file, kept: kept.kept, ...written(kept) })),
    deadlines: desk.deadlines.map(describeDeadline),
  };
}

function describeDisputeDecision({ stands, reason, done = [] }: NonNullable<DeskRecord['disputeDecision']>) {
  return { stands: stands === 'yes', reason, done: done.map((step) => ({ do: step.do, note: step.note })) };
}

function describeDiscussion(discussion: DeskRecord['discussions'][number]) {
  const { when, present, agreed, actions } = discussion;
  return { when, present, agreed, actions, ...written(discussion) };
}

function describeDeadline({ do: deed, who, words, by, met, set }: DeskRecord['deadlines'][number]) {
  return {
    do: deed,
    who,
    words: words ?? null,
    by: by ?? null,
    corrections: (set?.corrections ?? []).map(describeCorrection),
    set: set === undefined ? null : written(set),
    done: met === undefined ? null : describeMet(met),
  };
}
