/** Filling in an instrument for a child, section by section. Pure: takes a form and returns entries, or a refusal. */
import { describeDay, describeInstant } from '../base/days.ts';
import { LONGEST_TEXT } from '../base/text.ts';
import type { Entry, Happening, Refusal } from '../consultation/entry.ts';
import type { SheetResult } from '../consultation/pathway-happening.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import {
  dayOf,
  describeInput,
  type FillingDays,
  type Input,
  inputsOfSection,
  missingIn,
  normaliseInput,
  wrongIn,
} from '../flow/instruments/inputs.ts';
import {
  fieldsOfInstrument,
  type Instrument,
  type InstrumentAnswers,
  type InstrumentSection,
} from '../flow/instruments/instrument.ts';
import { readScore, referralsOf } from '../flow/instruments/score.ts';
import { deadlineFrom, openedOf, type PathwayContext } from './opening.ts';
import { answersAt, findSheet, type Pathway, readPathway, type Sheet } from './pathway.ts';

export interface SheetContext extends PathwayContext {
  /** The instrument, in the version with which the sheet was started. */
  instrument: Instrument;
  version: string;
  /** Number of the sheet; 0 for one that is to be started. */
  sheet: number;
}

type Decided = Happening[] | Refusal;

/** `kept`: the stored version of the instrument. If a sheet is already open, it is continued, so that a form sent twice starts only one. */
export function startSheet(entries: readonly Entry[], { form, instrument, version }: SheetContext): Decided {
  const pathway = openedOf(entries);
  if ('refused' in pathway) return pathway;
  const reader = new Reader(form);
  const reason = reader.must(
    'reason',
    'Write why it is filled in now, such as “3 month review” or the incident',
    LONGEST_TEXT,
  );
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const open = pathway.sheets.find((sheet) => sheet.instrument === instrument.id && sheet.state === 'open');
  if (open !== undefined)
    return {
      refused: 'conflict',
      message: `“${instrument.title}” was begun on ${describeInstant(open.startedAt)} and is not finished. Go on with it, or say that it is given up`,
    };
  return [
    {
      kind: 'instrument started',
      instrument: instrument.id,
      title: instrument.title,
      of: instrument.kind,
      version,
      reason,
    },
  ];
}

function openSheet(entries: readonly Entry[], number: number): { pathway: Pathway; sheet: Sheet } | Refusal {
  const pathway = openedOf(entries);
  if ('refused' in pathway) return pathway;
  const sheet = findSheet(pathway, number);
  if (sheet === undefined) return { refused: 'not found', message: 'There is no such form on this pathway' };
  if (sheet.state === 'open') return { pathway, sheet };
  const when = describeInstant((sheet.completed ?? sheet.givenUp)?.at ?? sheet.savedAt);
  const what = sheet.state === 'given up' ? 'given up' : 'completed';
  return {
    refused: 'conflict',
    message: `This version was ${what} on ${when}, and is never changed. Begin a new one; nothing was saved, and what you wrote is still here`,
  };
}

export interface SectionForm {
  section: InstrumentSection;
  /** Number of the last entry that the page had seen. */
  seen: number;
}

/** The form as it would be saved. A choice that is not sent keeps its value; a box that is not sent becomes unticked. */
export function readSection(
  section: InstrumentSection,
  form: Form,
  shown: InstrumentAnswers,
  today: string,
): Record<string, string> {
  return Object.fromEntries(
    inputsOfSection(section).map((input): [string, string] => {
      if (Object.hasOwn(form, input.name)) return [input.name, normaliseInput(input, form[input.name] ?? '', today)];
      return [input.name, input.kind === 'tick' ? '' : (shown[input.name] ?? '')];
    }),
  );
}

/**
 * Saves what was changed on this page since it was shown. A colleague's changes meanwhile are kept. If both changed the same answer, both
 * versions are shown, and nothing is saved until the person sends the form again.
 */
export function fillSection(entries: readonly Entry[], context: SheetContext, { section, seen }: SectionForm): Decided {
  const found = openSheet(entries, context.sheet);
  if ('refused' in found) return found;
  const { sheet, pathway } = found;
  const shown = answersAt(entries, sheet.number, seen);
  const sent = readSection(section, context.form, shown, context.now.today);
  const inputs = inputsOfSection(section).filter(({ name }) => (sent[name] ?? '') !== (shown[name] ?? ''));
  const clashes = inputs.filter(
    ({ name }) =>
      (sheet.answers[name] ?? '') !== (shown[name] ?? '') && (sheet.answers[name] ?? '') !== (sent[name] ?? ''),
  );
  const wrong = wrongIn(section.fields, sent, daysOf(context, pathway));
  if (clashes.length > 0)
    return { refused: 'conflict', message: CLASH, fields: { ...wrong, ...describeClashes(clashes, sheet) } };
  if (Object.keys(wrong).length > 0)
    return {
      refused: 'invalid',
      message: 'Nothing was saved yet. Put right what is marked, and save again',
      fields: wrong,
    };
  const changed = inputs.filter(({ name }) => (sent[name] ?? '') !== (sheet.answers[name] ?? ''));
  if (changed.length === 0) return [];
  const answers = Object.fromEntries(changed.map(({ name }) => [name, sent[name] ?? '']));
  return [{ kind: 'instrument filled', sheet: sheet.number, title: sheet.title, section: section.title, answers }];
}

const CLASH = 'Somebody else has answered the same. Nothing was saved yet: look at both, and save again what is right';

function describeClashes(inputs: readonly Input[], { answers }: Sheet): Record<string, string> {
  return Object.fromEntries(
    inputs.map((input) => [
      input.name,
      `Meanwhile somebody else answered: “${describeInput(input, answers[input.name] ?? '') || 'nothing'}”. Saving again keeps what stands here`,
    ]),
  );
}

function daysOf({ now }: Pick<PathwayContext, 'now'>, { opened }: Pick<Pathway, 'opened'>): FillingDays {
  return { today: now.today, referral: opened.referred };
}

/** A completed sheet counts, and is never changed. */
export function completeSheet(entries: readonly Entry[], context: SheetContext): Decided {
  if (isIn(entries, context.sheet, 'completed')) return [];
  const found = openSheet(entries, context.sheet);
  if ('refused' in found) return found;
  const { sheet, pathway } = found;
  const { instrument } = context;
  const missing = missingIn(instrument, sheet.answers);
  const wrong = wrongIn(fieldsOfInstrument(instrument), sheet.answers, daysOf(context, pathway));
  const on = dayOf(instrument, sheet.answers);
  if (missing.length > 0 || Object.keys(wrong).length > 0 || on === undefined)
    return {
      refused: 'invalid',
      message: 'It is not complete. What is missing stands below; until then it is kept and does not count',
      fields: { ...Object.fromEntries(missing.map(({ input, message }) => [input, message])), ...wrong },
    };
  const result = resultOf(instrument, sheet.answers);
  return [
    {
      kind: 'instrument completed',
      sheet: sheet.number,
      title: instrument.title,
      of: instrument.kind,
      on,
      ...(result !== undefined && { result }),
      referred: referralsOf(instrument, sheet.answers).map(({ says }) => says),
      deadlines: deadlinesAfter(context, sheet.answers, result),
      meets: instrument.meets,
    },
  ];
}

function resultOf(instrument: Instrument, answers: InstrumentAnswers): SheetResult | undefined {
  const score = readScore(instrument, answers);
  if (score?.total === undefined || score.band === undefined) return undefined;
  const { id, name, from, to, colour } = score.band;
  return { total: score.total, band: id, bandName: name, from, to, colour };
}

/** Deadlines set by the instrument, and those of a referral that is due whatever the total is. */
function deadlinesAfter(context: SheetContext, answers: InstrumentAnswers, result: SheetResult | undefined) {
  const { instrument } = context;
  const set = instrument.sets
    .filter(({ bands }) => bands.length === 0 || (result !== undefined && bands.includes(result.band)))
    .flatMap(({ step: id, from }) => {
      const [step, day] = [instrument.steps[id], answers[from]];
      return step === undefined || day === undefined ? [] : [deadlineFrom(step, day, context)];
    });
  const referred = referralsOf(instrument, answers)
    .flatMap(({ next }) => next)
    .flatMap((id) => {
      const step = instrument.steps[id];
      return step === undefined ? [] : [deadlineFrom(step, context.now.today, context)];
    });
  return [...new Map([...set, ...referred].map((deadline) => [deadline.id, deadline])).values()];
}

/** A form that is sent twice takes effect once. */
function isIn(entries: readonly Entry[], sheet: number, state: Sheet['state']): boolean {
  const pathway = readPathway(entries);
  return pathway !== undefined && findSheet(pathway, sheet)?.state === state;
}

/** A sheet that was given up can still be read, and never counts. */
export function giveUpSheet(entries: readonly Entry[], { form, sheet: number }: SheetContext): Decided {
  if (isIn(entries, number, 'given up')) return [];
  const found = openSheet(entries, number);
  if ('refused' in found) return found;
  const reader = new Reader(form);
  const reason = reader.must('reason', 'Write why it is not finished', LONGEST_TEXT);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  return [{ kind: 'instrument given up', sheet: number, title: found.sheet.title, reason }];
}

/** For example `Completed on 26 November 2026` or `Begun on 2 November 2026, not finished`. */
export function describeState({ state, completed, startedAt }: Sheet): string {
  if (state === 'completed') return `Completed, of ${describeDay(completed?.on ?? '')}`;
  if (state === 'denied')
    return `Written down as completed, of ${describeDay(completed?.on ?? '')}, and was not: it does not count`;
  return `Begun ${describeInstant(startedAt)}, ${state === 'open' ? 'not finished: it does not count yet' : 'given up: it does not count'}`;
}
