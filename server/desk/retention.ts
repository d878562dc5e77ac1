/** How long a consultation is kept: when it is due for erasure, who has reviewed that, and legal holds. Pure. */
import { addMonths, askWhetherMeant, describeDay, localDay, readDay } from '../base/days.ts';
import { LONGEST_TEXT } from '../base/text.ts';
import type { Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import { type Desk, findOutcome } from '../flow/desk.ts';
import { DESK_DECISIONS, type DeskDecisionId } from '../flow/desk-decisions.ts';
import { readDeskCase } from './desk-case.ts';

export type KeptKind = DeskDecisionId | 'without an outcome';
export const RETENTION_KINDS: KeptKind[] = [...DESK_DECISIONS, 'without an outcome'];

export interface Retention {
  kind: KeptKind;
  /** The instant of the outcome, and the instant of the last entry that is not about retention. */
  since: string;
  last: string;
  hold?: { reason: string; at: string; who?: Who };
  /** A day. */
  keepUntil?: string;
  approved: boolean;
  /** The child is on a pathway of the specialist team: nothing is erased until it is closed. */
  onPathway: boolean;
}

/** Undefined for a consultation that the desk was never asked about. */
export function readRetention(entries: readonly Entry[]): Retention | undefined {
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined) return undefined;
  const outcome = deskCase.state === 'closed' ? deskCase.outcomes.at(-1) : undefined;
  const last = entries.findLast(({ what }) => !isAboutKeeping(what))?.at ?? '';
  const retention: Retention = {
    kind: outcome?.outcome ?? 'without an outcome',
    since: outcome?.at ?? last,
    last,
    approved: false,
    onPathway: false,
  };
  for (const entry of entries) applyEntry(retention, entry);
  return retention;
}

function isAboutKeeping({ kind }: Happening): boolean {
  return kind === 'held' || kind === 'hold lifted' || kind === 'kept longer' || kind === 'erasure approved';
}

/** Any later entry undoes an approval, since the reviewer has not seen that entry. */
function applyEntry(retention: Retention, { what, at, who }: Entry): void {
  retention.approved = what.kind === 'erasure approved';
  if (what.kind === 'held') retention.hold = { reason: what.reason, at, ...(who !== undefined && { who }) };
  if (what.kind === 'hold lifted') delete retention.hold;
  if (what.kind === 'pathway opened' || what.kind === 'pathway opened again') retention.onPathway = true;
  if (what.kind === 'pathway closed') retention.onPathway = false;
  if (what.kind === 'kept longer') retention.keepUntil = what.until;
}

type Facts = Pick<Retention, 'kind' | 'since' | 'last' | 'keepUntil'>;

/** The first day on which the consultation may be erased. */
export function dueDay({ kind, since, last, keepUntil = '' }: Facts, desk: Desk): string {
  const from = desk.retention.from === 'the outcome' ? since : last;
  const due = addKept(localDay(from), keptFor(kind, desk));
  return due > keepUntil ? due : keepUntil;
}

export function keptFor(kind: KeptKind, desk: Desk): string {
  return (kind === 'without an outcome' ? undefined : findOutcome(desk, kind)?.keep) ?? desk.retention.withoutOutcome;
}

/** The day that is a retention period such as `6 years` after `day`, or before it if `sign` is -1. */
export function addKept(day: string, kept: string, sign: 1 | -1 = 1): string {
  const [count = '0', unit = ''] = kept.split(' ');
  return addMonths(day, sign * Number(count) * (unit.startsWith('year') ? 12 : 1));
}

export interface ReviewContext {
  desk: Desk;
  today: string;
}

export const RETENTION_ACTIONS = {
  holds: hold,
  'hold-liftings': liftHold,
  keepings: keepLonger,
  approvals: approveErasure,
} satisfies Record<string, (entries: readonly Entry[], form: Form, context: ReviewContext) => Happening[] | Refusal>;
export type RetentionNoun = keyof typeof RETENTION_ACTIONS;

const NOT_THERE: Refusal = { refused: 'not found', message: 'Nobody has asked the desk about it' };

function hold(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write why it must not be erased, and who asked for it', LONGEST_TEXT);
  const now = readRetention(entries);
  if (now === undefined) return NOT_THERE;
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  return now.hold?.reason === reason ? [] : [{ kind: 'held', reason }];
}

function liftHold(entries: readonly Entry[], form: Form): Happening[] | Refusal {
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write why it is no longer needed, and who says so', LONGEST_TEXT);
  const now = readRetention(entries);
  if (now === undefined) return NOT_THERE;
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  return now.hold === undefined ? [] : [{ kind: 'hold lifted', reason }];
}

/** The length of a life: nothing is kept longer, so a later year is taken for a typing mistake. */
const LONGEST_KEPT_YEARS = 99;

function keepLonger(entries: readonly Entry[], form: Form, { today }: ReviewContext): Happening[] | Refusal {
  const reader = new Reader(form);
  const until = readDay(reader.text('until'), { today, notBefore: today });
  const reason = reader.must('reason', 'Write why it is needed for longer', LONGEST_TEXT);
  if (!until.ok) reader.wrong.until = until.problem;
  else if (until.day <= today) reader.wrong.until = `${describeDay(until.day)} is over. Write a day that is to come`;
  else {
    const slip = askWhetherMeant(until.day, today, LONGEST_KEPT_YEARS);
    if (slip !== undefined) reader.wrong.until = slip;
  }
  const now = readRetention(entries);
  if (now === undefined) return NOT_THERE;
  if (!until.ok || Object.keys(reader.wrong).length > 0) return invalid(reader);
  return now.keepUntil === until.day ? [] : [{ kind: 'kept longer', until: until.day, reason }];
}

function approveErasure(entries: readonly Entry[], _form: Form, { desk, today }: ReviewContext): Happening[] | Refusal {
  const now = readRetention(entries);
  if (now === undefined) return NOT_THERE;
  if (now.hold !== undefined) return { refused: 'conflict', message: 'There is a legal hold. Lift it first' };
  if (now.onPathway)
    return {
      refused: 'conflict',
      message: 'The child is on the pathway of the specialist team. It is kept until that is closed',
    };
  const due = dueDay(now, desk);
  if (due > today) return { refused: 'conflict', message: `It is kept until ${due}` };
  return now.approved ? [] : [{ kind: 'erasure approved', due }];
}
