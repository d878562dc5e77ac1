/** A consultation as the desk has it: a replay of its entries. Undefined until the desk was asked. */
import type { DeadlineSet, DeskHappening, Who } from '../consultation/desk-happening.ts';
import type { Entry } from '../consultation/entry.ts';
import { sortKey } from './deadlines.ts';

export type DeskState = 'waiting' | 'claimed' | 'closed';
type Of<Kind extends DeskHappening['kind']> = Extract<DeskHappening, { kind: Kind }>;
export type Noted<Kind extends DeskHappening['kind']> = Of<Kind> & { number: number; at: string; who?: Who };

export interface Deadline extends DeadlineSet {
  /** Of the entry that set it. */
  number: number;
  met?: { at: string; note: string };
}

export interface Handover {
  state: DeskState;
  /** Since when it waits, is claimed, or is closed. */
  since: string;
  askedAt: string;
  byTelephone: boolean;
  urgent: boolean;
  /** What was asked, the newest last. */
  questions: { at: string; text: string }[];
  reach: string;
  claimedBy?: Who;
  claimedAt?: string;
  /** Everybody who has had it. */
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
  reopenings: { number: number; at: string; news: string }[];
  deadlines: Deadline[];
  told?: string;
}

export function readHandover(entries: readonly Entry[]): Handover | undefined {
  let handover: Handover | undefined;
  let told: string | undefined;
  for (const entry of entries) {
    if (entry.what.kind === 'told') told = entry.at;
    handover = begin(handover, entry);
    if (handover !== undefined) take(handover, entry);
  }
  if (handover !== undefined && told !== undefined) {
    handover.told = told;
    meet(handover, 'told', told, '');
  }
  return handover;
}

export function isAsked(entries: readonly Entry[]): boolean {
  return entries.some(({ what }) => what.kind === 'handed over');
}

/** The first time that the desk hears of it. */
function begin(handover: Handover | undefined, { at, what }: Entry): Handover | undefined {
  if (handover !== undefined || (what.kind !== 'handed over' && what.kind !== 'taken by telephone')) return handover;
  return {
    state: 'waiting',
    since: at,
    askedAt: at,
    byTelephone: what.kind === 'taken by telephone',
    urgent: false,
    questions: [],
    reach: '',
    claimants: [],
    fields: {},
    outcomes: [],
    chasings: [],
    reopenings: [],
    deadlines: [],
  };
}

function take(handover: Handover, { number, at, who, what }: Entry): void {
  const noted = <T extends object>(happening: T) => ({ ...happening, number, at, ...(who !== undefined && { who }) });
  switch (what.kind) {
    case 'handed over':
      ask(handover, number, at, what);
      return;
    case 'taken by telephone':
      handover.reach = what.reach;
      setDeadlines(handover, number, what.deadlines);
      return;
    case 'claimed':
      if (who !== undefined) give(handover, at, who);
      return;
    case 'passed on':
      give(handover, at, what.to);
      return;
    case 'handed back':
      release(handover, at);
      return;
    case 'field recorded':
      handover.fields[what.field] = noted(what);
      return;
    case 'outcome recorded':
      close(handover, noted(what));
      return;
    case 'referral reviewed':
      handover.review = noted(what);
      meet(handover, 'manager_reviews', at, what.accepted === 'yes' ? 'Agreed' : 'Not agreed');
      return;
    case 'disagreement recorded':
      handover.disagreement = noted(what);
      delete handover.resolution;
      return;
    case 'disagreement resolved':
      handover.resolution = noted(what);
      return;
    case 'chased':
      handover.chasings.push(noted(what));
      return;
    case 'referrer answered':
      handover.answer = noted(what);
      meet(handover, 'answer', at, what.how);
      return;
    case 'deadline met':
      meet(handover, what.deadline, at, what.note);
      return;
    case 'deadline dated':
      for (const deadline of handover.deadlines) if (deadline.id === what.deadline) deadline.by = what.by;
      return;
    case 'disputed':
      handover.dispute = noted(what);
      setDeadlines(handover, number, what.deadlines);
      return;
    case 'reopened':
      reopen(handover, number, at, what);
      return;
    default:
      return;
  }
}

/** Asked again after an outcome: new information has come. */
function ask(handover: Handover, number: number, at: string, what: Of<'handed over'>): void {
  if (handover.state === 'closed') handover.reopenings.push({ number, at, news: what.question });
  if (handover.state !== 'claimed') release(handover, at);
  handover.urgent ||= what.urgent === 'yes';
  handover.questions.push({ at, text: what.question });
  if (what.reach !== '') handover.reach = what.reach;
  delete handover.answer;
  setDeadlines(handover, number, what.deadlines);
}

function give(handover: Handover, at: string, who: Who): void {
  Object.assign(handover, { claimedBy: who, claimedAt: at });
  if (handover.state !== 'closed') Object.assign(handover, { state: 'claimed', since: at });
  if (!handover.claimants.includes(who.id)) handover.claimants.push(who.id);
  meet(handover, 'claim', at, `Claimed by ${who.name}`);
}

function release(handover: Handover, at: string): void {
  Object.assign(handover, { state: 'waiting', since: at });
  delete handover.claimedBy;
  delete handover.claimedAt;
  for (const deadline of handover.deadlines) if (deadline.id === 'claim') delete deadline.met;
}

function close(handover: Handover, outcome: Noted<'outcome recorded'>): void {
  Object.assign(handover, { state: 'closed', since: outcome.at, outcome });
  handover.outcomes.push(outcome);
  delete handover.review;
  delete handover.dispute;
  setDeadlines(handover, outcome.number, outcome.deadlines);
}

function reopen(handover: Handover, number: number, at: string, { news, deadlines }: Of<'reopened'>): void {
  handover.reopenings.push({ number, at, news });
  const state = handover.claimedBy === undefined ? 'waiting' : 'claimed';
  Object.assign(handover, { state, since: at });
  delete handover.answer;
  setDeadlines(handover, number, deadlines);
}

/** Set anew, it runs anew. */
function setDeadlines(handover: Handover, number: number, deadlines: DeadlineSet[]): void {
  const ids = deadlines.map((deadline) => deadline.id);
  const kept = handover.deadlines.filter((deadline) => !ids.includes(deadline.id));
  handover.deadlines = [...kept, ...deadlines.map((deadline) => ({ ...deadline, number }))];
}

function meet(handover: Handover, id: string, at: string, note: string): void {
  for (const deadline of handover.deadlines) if (deadline.id === id) deadline.met ??= { at, note };
}

/** Still to be done, the earliest first; what has no date comes last. */
export function openDeadlines({ deadlines }: Handover): Deadline[] {
  const key = (deadline: Deadline) => (deadline.by === undefined ? '9' : sortKey(deadline.by));
  return deadlines.filter((deadline) => deadline.met === undefined).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
