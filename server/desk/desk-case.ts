/** The desk case of a consultation: a replay of its entries. Undefined until the desk was asked. */
import type { DeadlineSet, DeskHappening, OutcomeInstead, Who } from '../consultation/desk-happening.ts';
import type { Entry } from '../consultation/entry.ts';
import { sortKey } from './deadlines.ts';

export type DeskState = 'waiting' | 'claimed' | 'closed';
type Of<Kind extends DeskHappening['kind']> = Extract<DeskHappening, { kind: Kind }>;
export type Noted<Kind extends DeskHappening['kind']> = Of<Kind> & { number: number; at: string; who?: Who };

export interface Deadline extends DeadlineSet {
  /** Of the entry that set it. */
  number: number;
  /** `number`: of the entry that met it. */
  met?: { number: number; at: string; note: string };
}

export interface DeskCase {
  state: DeskState;
  /** When it came into this state: an instant. */
  since: string;
  askedAt: string;
  byTelephone: boolean;
  /** What was asked, the newest last. */
  questions: { number: number; at: string; text: string }[];
  reach: string;
  claimedBy?: Who;
  claimedAt?: string;
  /** Why whoever has it got it from a colleague. */
  passed?: { by?: Who; reason: string };
  /** Ids of everybody who has claimed it or got it passed on. */
  claimants: string[];
  fields: Record<string, Noted<'field recorded'>>;
  outcome?: Noted<'outcome recorded'>;
  outcomes: Noted<'outcome recorded'>[];
  review?: Noted<'referral reviewed'>;
  disagreement?: Noted<'disagreement recorded'>;
  resolution?: Noted<'disagreement resolved'>;
  answer?: Noted<'referrer answered'>;
  chasings: Noted<'chased'>[];
  dispute?: Noted<'disputed'>;
  disputeDecision?: Noted<'dispute decided'>;
  reopenings: { number: number; at: string; news: string }[];
  caseNumber?: Noted<'case number recorded'>;
  files: Noted<'file kept'>[];
  discussions: Noted<'strategy discussion recorded'>[];
  deadlines: Deadline[];
  told?: string;
}

export function readDeskCase(entries: readonly Entry[]): DeskCase | undefined {
  let deskCase: DeskCase | undefined;
  let told: Pick<Entry, 'number' | 'at'> | undefined;
  for (const entry of entries) {
    if (entry.what.kind === 'told') told = entry;
    deskCase = openCase(deskCase, entry);
    if (deskCase !== undefined) applyEntry(deskCase, entry);
  }
  if (deskCase !== undefined && told !== undefined) {
    deskCase.told = told.at;
    meet(deskCase, 'told', told, '');
  }
  return deskCase;
}

export function isAsked(entries: readonly Entry[]): boolean {
  return entries.some(({ what }) => what.kind === 'handed over');
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
    chasings: [],
    reopenings: [],
    files: [],
    discussions: [],
    deadlines: [],
  };
}

function applyEntry(deskCase: DeskCase, entry: Entry): void {
  const { number, at, who, what } = entry;
  const noted = <T extends object>(happening: T) => ({ ...happening, number, at, ...(who !== undefined && { who }) });
  switch (what.kind) {
    case 'handed over':
      ask(deskCase, number, at, what);
      return;
    case 'taken by telephone':
      deskCase.reach = what.reach;
      setDeadlines(deskCase, number, what.deadlines);
      return;
    case 'claimed':
      if (who !== undefined) assign(deskCase, entry, who);
      return;
    case 'passed on':
      assign(deskCase, entry, what.to);
      deskCase.passed = { reason: what.reason, ...(who !== undefined && { by: who }) };
      return;
    case 'taken over':
      if (who !== undefined) assign(deskCase, entry, who);
      delete deskCase.passed;
      return;
    case 'task set':
      setDeadlines(deskCase, number, [what.task]);
      return;
    case 'case number recorded':
      deskCase.caseNumber = noted(what);
      return;
    case 'file kept':
      deskCase.files.push(noted(what));
      return;
    case 'strategy discussion recorded':
      deskCase.discussions.push(noted(what));
      return;
    case 'handed back':
      release(deskCase, at);
      return;
    case 'field recorded':
      deskCase.fields[what.field] = noted(what);
      return;
    case 'outcome recorded':
      close(deskCase, noted(what));
      return;
    case 'referral reviewed':
      deskCase.review = noted(what);
      meet(deskCase, 'manager_reviews', entry, what.accepted === 'yes' ? 'Agreed' : 'Not agreed');
      if (what.accepted === 'no') replaceOutcome(deskCase, entry, what);
      return;
    case 'dispute decided':
      deskCase.disputeDecision = noted(what);
      for (const { id } of deskCase.deadlines)
        if (id.startsWith('dispute_')) meet(deskCase, id, entry, 'The manager has decided');
      if (what.stands === 'no') replaceOutcome(deskCase, entry, what);
      return;
    case 'disagreement recorded':
      deskCase.disagreement = noted(what);
      delete deskCase.resolution;
      return;
    case 'disagreement resolved':
      deskCase.resolution = noted(what);
      return;
    case 'chased':
      deskCase.chasings.push(noted(what));
      return;
    case 'referrer answered':
      deskCase.answer = noted(what);
      meet(deskCase, 'answer', entry, what.how);
      return;
    case 'deadline met':
      meet(deskCase, what.deadline, entry, what.note);
      return;
    case 'deadline dated':
      for (const deadline of deskCase.deadlines) if (deadline.id === what.deadline) deadline.by = what.by;
      return;
    case 'disputed':
      deskCase.dispute = noted(what);
      delete deskCase.disputeDecision;
      setDeadlines(deskCase, number, what.deadlines);
      return;
    case 'reopened':
      reopen(deskCase, number, at, what);
      return;
    default:
      return;
  }
}

/** Asked again after an outcome: new information has come. */
function ask(deskCase: DeskCase, number: number, at: string, what: Of<'handed over'>): void {
  if (deskCase.state === 'closed') deskCase.reopenings.push({ number, at, news: what.question });
  if (deskCase.state !== 'claimed') release(deskCase, at);
  deskCase.questions.push({ number, at, text: what.question });
  if (what.reach !== '') deskCase.reach = what.reach;
  delete deskCase.answer;
  setDeadlines(deskCase, number, what.deadlines);
}

function assign(deskCase: DeskCase, entry: Entry, who: Who): void {
  const { at } = entry;
  delete deskCase.passed;
  Object.assign(deskCase, { claimedBy: who, claimedAt: at });
  if (deskCase.state !== 'closed') Object.assign(deskCase, { state: 'claimed', since: at });
  if (!deskCase.claimants.includes(who.id)) deskCase.claimants.push(who.id);
  meet(deskCase, 'claim', entry, `Claimed by ${who.name}`);
}

function release(deskCase: DeskCase, at: string): void {
  Object.assign(deskCase, { state: 'waiting', since: at });
  delete deskCase.claimedBy;
  delete deskCase.claimedAt;
  delete deskCase.passed;
  for (const deadline of deskCase.deadlines) if (deadline.id === 'claim') delete deadline.met;
}

function close(deskCase: DeskCase, outcome: Noted<'outcome recorded'>): void {
  Object.assign(deskCase, { state: 'closed', since: outcome.at, outcome });
  deskCase.outcomes.push(outcome);
  delete deskCase.review;
  delete deskCase.dispute;
  delete deskCase.disputeDecision;
  setDeadlines(deskCase, outcome.number, outcome.deadlines);
}

/**
 * A manager does not agree: what stands now, its deadlines, and that the referrer has to hear of it. Entries from before there was an outcome
 * in its place give the consultation back to whoever has it.
 */
function replaceOutcome(deskCase: DeskCase, entry: Entry, what: { reason: string; instead?: OutcomeInstead }): void {
  const { number, at, who } = entry;
  const replaced = deskCase.outcome;
  deskCase.deadlines = deskCase.deadlines.filter(
    ({ number: set, met }) => set !== replaced?.number || met !== undefined,
  );
  delete deskCase.answer;
  if (what.instead === undefined) {
    delete deskCase.outcome;
    Object.assign(deskCase, { state: deskCase.claimedBy === undefined ? 'waiting' : 'claimed', since: at });
    return;
  }
  const decidedBy = who === undefined ? 'the manager' : `${who.name}, ${who.role}`;
  const happening = { kind: 'outcome recorded', ...what.instead, reason: what.reason, decidedBy } as const;
  const outcome = { ...happening, number, at, ...(who !== undefined && { who }) };
  deskCase.outcome = outcome;
  deskCase.outcomes.push(outcome);
  setDeadlines(deskCase, number, what.instead.deadlines);
}

function reopen(deskCase: DeskCase, number: number, at: string, { news, deadlines }: Of<'reopened'>): void {
  deskCase.reopenings.push({ number, at, news });
  const state = deskCase.claimedBy === undefined ? 'waiting' : 'claimed';
  Object.assign(deskCase, { state, since: at });
  delete deskCase.answer;
  setDeadlines(deskCase, number, deadlines);
}

/** A deadline that is set again replaces the old one and is open again. */
function setDeadlines(deskCase: DeskCase, number: number, deadlines: DeadlineSet[]): void {
  const ids = deadlines.map((deadline) => deadline.id);
  const kept = deskCase.deadlines.filter((deadline) => !ids.includes(deadline.id));
  deskCase.deadlines = [...kept, ...deadlines.map((deadline) => ({ ...deadline, number }))];
}

function meet(deskCase: DeskCase, id: string, { number, at }: Pick<Entry, 'number' | 'at'>, note: string): void {
  for (const deadline of deskCase.deadlines) if (deadline.id === id) deadline.met ??= { number, at, note };
}

/** Still to be done, the earliest first; what has no date comes last. */
export function openDeadlines({ deadlines }: DeskCase): Deadline[] {
  const key = (deadline: Deadline) => (deadline.by === undefined ? '9' : sortKey(deadline.by));
  return deadlines.filter((deadline) => deadline.met === undefined).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
