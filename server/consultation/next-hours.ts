/**
 * The next hours: when the child could next be in danger, what to do until then, and whom to ring if nobody answers.
 * Pure.
 */
import type { AreaFacts, Flow } from '../flow/flow.ts';
import type { NextHours, NextHoursLine } from '../flow/next-hours.ts';
import { answersAtNight, type IsOpen, isOpenAt, type LocalMoment } from '../flow/opening-hours.ts';
import { holds } from '../flow/walk/condition.ts';
import { knownAt } from '../flow/walk/known.ts';
import type { Position } from '../flow/walk/walk.ts';
import { type Citation, citationsOf } from './citation.ts';
import type { Entry, Happening, Refusal } from './entry.ts';
import { invalid, Reader } from './recording.ts';
import type { Result, ShownContact } from './result.ts';

export interface ChosenHours {
  id: string;
  words: string;
}

/**
 * Whether to ask about them: somebody has to act today or at once, or the level is one of the two highest of the scale.
 * If it says to call 999, no question comes before that.
 */
export function mattersSoon({ howSoon, level }: Pick<Result, 'howSoon' | 'level'>, { scale }: AreaFacts): boolean {
  if (howSoon === 'emergency') return false;
  return howSoon !== 'not urgent' || (level !== undefined && level.number >= Math.max(scale.length - 1, 1));
}

interface HoursForm {
  chosen: readonly string[];
  note: string;
  /** Number of the last entry that the page showed. */
  seen: string;
}

/** A form that is sent twice is recorded once. The advice does not change. */
export function recordNextHours(
  entries: readonly Entry[],
  { chosen, note, seen }: HoursForm,
  { options }: NextHours,
): Happening[] | Refusal {
  const reader = new Reader({ note });
  const words = reader.text('note');
  const ticked = options.filter(({ id }) => chosen.includes(id)).map(({ id, text }) => ({ id, words: text }));
  if (ticked.length === 0) reader.wrong.chosen = 'Tick what is so. If you cannot say, tick “I don’t know”';
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const happening: Happening = { kind: 'next hours recorded', chosen: ticked, note: words };
  const known = entries.filter(({ what }) => what.kind === 'next hours recorded');
  const last = known.at(-1);
  if (last !== undefined && JSON.stringify(last.what) === JSON.stringify(happening)) return [];
  if (last !== undefined && last.number > Number(seen))
    return {
      refused: 'conflict',
      message: 'This was answered on another page meanwhile. If yours is right, send it again',
    };
  return [happening];
}

export function describeNextHours({ chosen, note }: { chosen: readonly ChosenHours[]; note: string }): string {
  const words = chosen.map((one) => one.words).join('; ');
  return note === '' ? words : `${words}. ${note}`;
}

/**
 * Whether the question makes sense for this child: for an unborn baby, nobody is asked when they will next be with
 * somebody.
 */
export function isAsked({ notAskedWhen }: NextHours, { flow, position }: { flow: Flow; position: Position }): boolean {
  return notAskedWhen === undefined || !holds(notAskedWhen, knownAt(flow, position));
}

/**
 * What the answers already say about the next hours, so that nobody is asked the same again beside the result. Empty if
 * they say nothing.
 */
export function knownHours(
  { options }: NextHours,
  { flow, position }: { flow: Flow; position: Position },
): ChosenHours[] {
  const known = knownAt(flow, position);
  return options
    .filter(({ knownWhen }) => knownWhen !== undefined && holds(knownWhen, known))
    .map(({ id, text }) => ({ id, words: text }));
}

export interface MeanwhileAdvice {
  do: string;
  citations: Citation[];
}

/** What to do until somebody answers, in the order of the options and without repeats. */
export function adviseMeanwhile(
  nextHours: NextHours,
  chosen: readonly ChosenHours[],
  { flow, position }: { flow: Flow; position: Position },
): MeanwhileAdvice[] {
  const known = knownAt(flow, position);
  const ticked = nextHours.options.filter(({ id }) => chosen.some((one) => one.id === id));
  const lines = ticked.flatMap((option) => option.untilThen).filter(({ onlyWith }) => holds(onlyWith, known));
  const unique = [...new Map(lines.map((line) => [line.do, line])).values()];
  return unique.map((line: NextHoursLine) => ({ do: line.do, citations: citationsOf(nextHours, line.cite) }));
}

export interface NumberInTurn {
  contact: ShownContact;
  isOpen: IsOpen;
}

/** The numbers of the police and of an ambulance are shown separately. */
const APART = /^(police|ambulance|silent|text)_/;
const MOST = 4;
const TURN: Record<IsOpen, number> = { yes: 0, 'not known': 1, no: 2 };

/** Whom to ring, one after the other: first those who answer at this hour, then those whose hours are not known. */
export function numbersInTurn(result: Pick<Result, 'contacts' | 'outOfHours'>, moment: LocalMoment): NumberInTurn[] {
  const { contacts, outOfHours } = result;
  const all = [...contacts, ...(outOfHours === undefined ? [] : [outOfHours])];
  const unique = [...new Map(all.map((contact) => [contact.id, contact])).values()];
  const turns = unique
    .filter(({ id, phones }) => phones.length > 0 && !APART.test(id))
    .map((contact) => ({ contact, isOpen: isOpenAt(contact.open, moment) }));
  const inTurn = [...turns].sort((a, b) => TURN[a.isOpen] - TURN[b.isOpen]);
  // The number that answers at night is never cut off.
  return inTurn.filter(({ contact }, index) => index < MOST || answersAtNight(contact.open));
}

export function hasNightNumber(numbers: readonly NumberInTurn[]): boolean {
  return numbers.some(({ contact }) => answersAtNight(contact.open));
}
