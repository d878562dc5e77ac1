/** Opening, closing and updating the pathway of a child. Pure: takes a form and returns entries, or a refusal. */
import { readDay } from '../base/days.ts';
import { LONGEST_TEXT } from '../base/text.ts';
import { findCorrected, whatCanBeDenied } from '../consultation/denied.ts';
import type { DeadlineSet, Who } from '../consultation/desk-happening.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import { isPathwayKind } from '../consultation/pathway-happening.ts';
import { correctEntry, DONE, type Form, invalid, NOT_DONE, Reader } from '../consultation/recording.ts';
import { type Now, setDeadline, type Timetable } from '../desk/deadlines.ts';
import { openDeadlines, readDeskCase } from '../desk/desk-case.ts';
import type { NextStep } from '../flow/flow.ts';
import type { Instrument, PathwayRules } from '../flow/instruments/instrument.ts';
import { completedOf, type Pathway, readPathway, readReduction } from './pathway.ts';

export interface PathwayContext {
  form: Form;
  rules: PathwayRules;
  instruments: ReadonlyMap<string, Instrument>;
  timetable: Timetable;
  now: Now;
  /** The person who writes. */
  who: Who;
  /** Whether this person may close it without a lower measurement. */
  mayOverrule: boolean;
}

type Decided = Happening[] | Refusal;

const NOT_THERE: Refusal = { refused: 'not found', message: 'There is no pathway of this child here' };
const IS_CLOSED: Refusal = { refused: 'conflict', message: 'The pathway is closed. Open it again first' };

/** A deadline that is counted from a given day instead of from now. */
export function deadlineFrom(
  step: NextStep,
  day: string,
  { timetable, now }: Pick<PathwayContext, 'timetable' | 'now'>,
): DeadlineSet {
  const { from, ...rest } = step;
  const counted = setDeadline(rest, { at: now.at, today: day }, timetable);
  return { ...counted, ...(counted.by === undefined && from !== undefined && { from }) };
}

/** Whether a consultation can open the area's pathway: it is about exploitation, by its flow or its record, and was referred. */
export function canOpen(entries: readonly Entry[], rules: PathwayRules | undefined): boolean {
  const deskCase = readDeskCase(entries);
  const [opened] = entries;
  if (rules === undefined || deskCase?.outcome === undefined || opened?.what.kind !== 'opened') return false;
  const { flow } = opened.what;
  const isRecorded = Object.entries(rules.recorded).some(([field, answers]) =>
    answers.includes(deskCase.fields[field]?.value ?? ''),
  );
  return (rules.flows.includes(flow) || isRecorded) && rules.outcomes.includes(deskCase.outcome.outcome);
}

function openPathway(entries: readonly Entry[], context: PathwayContext): Decided {
  const { form, rules, now } = context;
  if (readPathway(entries) !== undefined) return [];
  if (!canOpen(entries, rules))
    return {
      refused: 'conflict',
      message:
        'A pathway opens from a consultation about exploitation whose outcome is a referral. Record the outcome first',
    };
  const reader = new Reader(form);
  const referred = readPastDay(reader, 'referred', now);
  const why = reader.must('why', 'Write why the pathway is opened, and who decided it', LONGEST_TEXT);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const met = new Set(
    readDeskCase(entries)
      ?.deadlines.filter((one) => one.met !== undefined)
      .map(({ id }) => id),
  );
  const deadlines = rules.sets.flatMap((id) => {
    const step = rules.steps[id];
    return step === undefined || met.has(id) ? [] : [deadlineFrom(step, referred, context)];
  });
  return [{ kind: 'pathway opened', team: rules.team, referred, why, deadlines }];
}

function readPastDay(reader: Reader, name: string, { today }: Now): string {
  const read = readDay(reader.text(name), { today, notAfter: today });
  if (!read.ok) reader.wrong[name] = read.problem;
  else if (read.day > today) reader.wrong[name] = 'This day has not come yet. Write the day on which it was';
  return read.ok ? read.day : today;
}

function notePathway(entries: readonly Entry[], { form }: PathwayContext): Decided {
  if (readPathway(entries) === undefined) return NOT_THERE;
  const reader = new Reader(form);
  const text = reader.must('text', 'Write the note', LONGEST_TEXT);
  return Object.keys(reader.wrong).length > 0 ? invalid(reader) : [{ kind: 'pathway noted', text }];
}

/** Who has placed a looked-after child here, and when that council was told (BC 8, BS governance: children of other local authorities). */
function recordPlacement(entries: readonly Entry[], { form, now }: PathwayContext): Decided {
  const pathway = readPathway(entries);
  if (pathway === undefined) return NOT_THERE;
  const reader = new Reader(form);
  const council = reader.must('council', 'Write which council looks after the child');
  const told = reader.text('told') === '' ? '' : readPastDay(reader, 'told', now);
  const whom = reader.text('whom');
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const known = pathway.placement;
  if (known?.council === council && known.told === told && known.whom === whom) return [];
  return [{ kind: 'placement recorded', council, told, whom }];
}

/**
 * It can be closed only after an exit meeting and when the risk has come down; otherwise a manager decides and gives
 * the reason (BC 8: "Case cannot be closed to Phoenix until completed"; BC app2: teams must show that they have reduced
 * the risk).
 */
function closePathway(entries: readonly Entry[], context: PathwayContext): Decided {
  const { form, rules } = context;
  const pathway = readPathway(entries);
  if (pathway === undefined) return NOT_THERE;
  if (pathway.state === 'closed') return [];
  const missing = missingForExit(pathway, context);
  if (missing !== undefined) return { refused: 'conflict', message: missing };
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write why the pathway is closed, and what help goes on', LONGEST_TEXT);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const ids = deadlineIds(rules, context.instruments);
  const deskCase = readDeskCase(entries);
  const meets =
    deskCase === undefined
      ? []
      : openDeadlines(deskCase)
          .map(({ id }) => id)
          .filter((id) => ids.has(id));
  return [{ kind: 'pathway closed', reason, ...readReduction(pathway, rules.reducedIn), meets }];
}

/** Ids of all deadlines that the pathway sets, at its opening or by an instrument. */
export function deadlineIds(rules: PathwayRules, instruments: ReadonlyMap<string, Instrument>): Set<string> {
  const ofInstruments = [...instruments.values()].flatMap(({ sets, refer }) => [
    ...sets.map(({ step }) => step),
    ...refer.flatMap(({ next }) => next),
  ]);
  return new Set([...rules.sets, ...ofInstruments]);
}

/** Why this person cannot close it now; undefined if they can. */
export function missingForExit(
  pathway: Pathway,
  { rules, instruments, mayOverrule }: Omit<PathwayContext, 'form' | 'timetable' | 'now' | 'who'>,
): string | undefined {
  const opened = pathway.openings.at(-1) ?? 0;
  const exits = completedOf(pathway, rules.exitAfter).filter(({ completed }) => (completed?.number ?? 0) > opened);
  const title = instruments.get(rules.exitAfter)?.title ?? rules.exitAfter;
  if (exits.length === 0) return `The pathway cannot be closed before the exit meeting. Complete this first: ${title}`;
  if (pathway.sheets.some(({ state }) => state === 'open'))
    return 'Something is begun and not finished. Complete it, or say that it is given up';
  if (readReduction(pathway, rules.reducedIn).reduced === 'yes' || mayOverrule) return undefined;
  return 'No measurement shows that the risk has come down. Measure it again, or let a manager decide and say why';
}

function openAgain(entries: readonly Entry[], context: PathwayContext): Decided {
  const { form, rules, now } = context;
  const pathway = readPathway(entries);
  if (pathway === undefined) return NOT_THERE;
  if (pathway.state === 'open') return [];
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write what is new', LONGEST_TEXT);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const deadlines = rules.sets.flatMap((id) => {
    const step = rules.steps[id];
    return step === undefined ? [] : [deadlineFrom(step, now.today, context)];
  });
  return [{ kind: 'pathway opened again', reason, deadlines }];
}

/**
 * Corrects an entry of the pathway as one of the record is corrected, also after it was closed. What somebody recorded
 * as done can be said not to have happened; what was opened, begun or closed has happened, and is ended or opened again.
 */
function correctPathway(entries: readonly Entry[], { form, who }: PathwayContext): Decided {
  const corrected = findCorrected(entries, Number(form.corrects));
  if (readPathway(entries) === undefined) return NOT_THERE;
  // Without an entry the form says what is missing.
  if (corrected !== undefined && !isPathwayKind(corrected.what.kind)) return NOT_THERE;
  const says = form.subject === NOT_DONE || form.subject === DONE;
  if (says && corrected !== undefined && whatCanBeDenied(corrected, true) === false)
    return {
      refused: 'invalid',
      message: 'This happened',
      fields: { subject: 'This cannot be said not to have happened. Correct the words, or close what was opened' },
    };
  return correctEntry(entries, form, { who });
}

/** Returns a refusal unless the pathway exists and is open. */
export function openedOf(entries: readonly Entry[]): Pathway | Refusal {
  const pathway = readPathway(entries);
  if (pathway === undefined) return NOT_THERE;
  return pathway.state === 'closed' ? IS_CLOSED : pathway;
}

/** Noun in the URL → the action. */
export const PATHWAY_ACTIONS = {
  openings: openPathway,
  notes: notePathway,
  placements: recordPlacement,
  closings: closePathway,
  reopenings: openAgain,
  corrections: correctPathway,
} satisfies Record<string, (entries: readonly Entry[], context: PathwayContext) => Decided>;
export type PathwayNoun = keyof typeof PATHWAY_ACTIONS;
