/** What a person adds to the record. Turns a submitted form into log entries, or into error messages. Pure. */
import { describeInstant, readPast } from '../base/days.ts';
import { cleanText, foldedWords, isInWords, LONGEST_TEXT, saysSomething } from '../base/text.ts';
import { readConsultation } from './consultation.ts';
import { findCorrected, readDenied, whatCanBeDenied, withoutDenied } from './denied.ts';
import type { Who } from './desk-happening.ts';
import { type Author, CONSENTS, type Entry, type Happening, PARENTS_TOLD, type Refusal, TOLD_BY } from './entry.ts';

export type Form = Readonly<Record<string, string>>;
/** `opened`: the instant at which the consultation was opened. */
type Recording = (form: Reader, now: Clock, by: Author['by'], opened: string) => Happening;

/** The current instant, and its day in London. */
export interface Clock {
  at: string;
  today: string;
}

const SHORT = 300;

/** Reads the fields of a form and collects error messages in `wrong`. */
export class Reader {
  readonly wrong: Record<string, string> = {};
  private readonly form: Form;

  constructor(form: Form) {
    this.form = form;
  }

  text(field: string, longest = SHORT): string {
    const text = cleanText(Object.hasOwn(this.form, field) ? (this.form[field] ?? '') : '');
    if (text.length > longest)
      this.wrong[field] = `You wrote ${text.length} characters. Shorten it to ${longest} or fewer`;
    return text;
  }

  must(field: string, message: string, longest = SHORT): string {
    const text = this.text(field, longest);
    if (!saysSomething(text)) this.wrong[field] ??= message;
    return text;
  }

  /** The day and time of something already done. Empty, with an error message, if it cannot be read. */
  past(field: string, now: Clock): string {
    const reading = readPast(this.text(field), now);
    if (!reading.ok) this.wrong[field] ??= reading.problem;
    return reading.ok ? describeInstant(reading.at) : '';
  }

  choice<T extends string>(field: string, choices: readonly T[], message: string): T {
    const found = choices.find((choice) => choice === this.text(field));
    if (found === undefined) this.wrong[field] = message;
    return found ?? (choices[0] as T);
  }
}

const REASON = 'Write the reason. The record needs it';

/** Noun in the URL → how its form is read. Rules BT5, BT11, ST5, ST8 and X9 say which need a reason. */
export const RECORDINGS = {
  asker: (form) => ({
    kind: 'asker named',
    asker: {
      name: form.text('name'),
      role: form.text('role'),
      agency: form.text('agency'),
      contact: form.text('contact'),
    },
  }),
  child: (form) => ({
    kind: 'child named',
    known: form.choice('known', ['yes', 'no'], 'Choose whether you want to name the child here. You never have to'),
    name: form.text('name'),
  }),
  tellings: (form, now, by, opened) => ({
    kind: 'told',
    spokeTo: form.must('spokeTo', 'Write whom you spoke to: a name, or the team'),
    when: form.past('when', now),
    reference: form.text('reference'),
    // The person who asked can only report what they told themselves. The desk also writes for others.
    ...(by === 'duty worker' && {
      toldBy: form.choice('toldBy', TOLD_BY, 'Choose who told them: whoever asked, or you'),
    }),
    ...readBefore(form, { now, by, opened }),
  }),
  consents: (form) => ({
    kind: 'consent recorded',
    consent: form.choice('consent', CONSENTS, 'Choose how it stands with consent'),
    reason: form.must('reason', REASON, LONGEST_TEXT),
  }),
  parents: (form) => ({
    kind: 'parents recorded',
    parents: form.choice('parents', PARENTS_TOLD, 'Choose whether the parents were told'),
    reason: form.must('reason', REASON, LONGEST_TEXT),
  }),
  sharings: (form) => ({
    kind: 'shared',
    what: form.must('what', 'Write what you shared', LONGEST_TEXT),
    withWhom: form.must('withWhom', 'Write with whom you shared it'),
    purpose: form.must('purpose', 'Write for what purpose you shared it', LONGEST_TEXT),
  }),
  police: (form) => ({
    kind: 'police recorded',
    referred: form.choice('referred', ['yes', 'no'], 'Choose whether the police were told'),
    reason: form.must('reason', REASON, LONGEST_TEXT),
  }),
  decisions: (form) => {
    const asAdvised = form.choice('asAdvised', ['yes', 'no'], 'Choose whether you do what is advised here');
    const other = asAdvised === 'no';
    return {
      kind: 'decided',
      asAdvised,
      decision: other
        ? form.must('decision', 'Write what you decided instead', LONGEST_TEXT)
        : form.text('decision', LONGEST_TEXT),
      reason: other
        ? form.must('reason', 'Write why you decided otherwise than advised', LONGEST_TEXT)
        : form.text('reason', LONGEST_TEXT),
    };
  },
  notes: (form) => ({ kind: 'noted', text: form.must('text', 'Write the note', LONGEST_TEXT) }),
} satisfies Record<string, Recording>;

const DAY_MS = 86_400_000;

interface Telling {
  now: Clock;
  by: Author['by'];
  /** The instant at which the consultation was opened. */
  opened: string;
  /**
   * How long before the opening somebody without an account may say that they told children's services, without being
   * asked whether the day is right.
   */
  unasked?: number;
}

/**
 * Handles a report that children's services were told before the consultation was opened; the comparison is exact to
 * the minute. People at the desk, and anybody whose report is from more than a day before, have to explain the day in
 * words: it may be a slip, and what was said then was not about what was found out here.
 */
export function readBefore(form: Reader, { now, by, opened, unasked = DAY_MS }: Telling): { before?: string } {
  const told = readPast(form.text('when'), now);
  if (!told.ok || Date.parse(told.at) >= Math.floor(Date.parse(opened) / 60_000) * 60_000) return {};
  const before = form.text('before', LONGEST_TEXT);
  const isAsked = by === 'duty worker' || Date.parse(told.at) < Date.parse(opened) - unasked;
  if (isAsked && !isInWords(before))
    form.wrong.before = `${describeInstant(told.at)} is before this consultation was opened (${describeInstant(opened)}). Is this day meant? Write why, or change “When”`;
  return { before };
}

export type RecordingNoun = keyof typeof RECORDINGS;
/** The kinds of entry that these forms write. `test/consultation/recording.test.ts` holds that no kind is without one. */
export type RecordedKind = ReturnType<(typeof RECORDINGS)[RecordingNoun]>['kind'];

/** For each noun: whether all its entries count, or only the last. */
const EACH_STANDS: Record<RecordingNoun, boolean> = {
  asker: false,
  child: false,
  tellings: false,
  consents: false,
  parents: false,
  sharings: true,
  police: false,
  decisions: false,
  notes: true,
};

/** The instant of the first entry. */
export function openedAt(entries: readonly Entry[], now: Clock): string {
  return entries[0]?.at ?? now.at;
}

/** A form sent twice is recorded once. An outdated form that says something different is refused as a conflict. */
export function record(
  entries: readonly Entry[],
  { noun, form, now, by }: { noun: RecordingNoun; form: Form; now: Clock; by: Author['by'] },
): Happening[] | Refusal {
  const reader = new Reader(form);
  const recording: Recording = RECORDINGS[noun];
  const happening = recording(reader, now, by, openedAt(entries, now));
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const known = withoutDenied(entries).filter((entry) => entry.what.kind === happening.kind);
  const seen = seenBy(form);
  const since = known.filter((entry) => seen !== undefined && entry.number > seen);
  if (since.some((entry) => isSame(entry.what, happening))) return [];
  const eachStands = EACH_STANDS[noun];
  if (!eachStands && since.length > 0) return { refused: 'conflict', message: OLDER };
  const last = known.at(-1);
  const stands = last !== undefined && isSame(last.what, happening);
  return stands && (!eachStands || seen === undefined) ? [] : [happening];
}

const OLDER =
  'Something else was written down here after you opened this form. Look at what stands now. If yours is right, send it again';

/** Number of the last entry on the page that the form came from. */
function seenBy(form: Form): number | undefined {
  return /^\d{1,9}$/.test(form.seen ?? '') ? Number(form.seen) : undefined;
}

/** Who corrects, and the labels of the outcomes that a correction could be mistaken for. */
interface Correcting {
  who?: Who;
  outcomes?: readonly string[];
}

/** Entries signed by one person: only that person may correct them. */
const SIGNED: ReadonlySet<Happening['kind']> = new Set([
  'outcome countersigned',
  'referral reviewed',
  'dispute decided',
]);
/** Entries that set an outcome: their wording can be corrected, the outcome cannot. */
const DECIDES: ReadonlySet<Happening['kind']> = new Set(['outcome recorded', 'referral reviewed', 'dispute decided']);

/** Records a correction of an entry with its reason; the old entry stays readable. */
export function correctEntry(
  entries: readonly Entry[],
  form: Form,
  correcting: Correcting = {},
): Happening[] | Refusal {
  const reader = new Reader(form);
  const number = Number(reader.text('corrects'));
  const correctable = entries.some((entry) => entry.number === number && entry.what.kind !== 'opened');
  if (!correctable) reader.wrong.corrects = 'Choose the entry that you want to correct';
  const text = reader.must('text', 'Write what is right', LONGEST_TEXT);
  const reason = reader.must('reason', 'Write why it is corrected', LONGEST_TEXT);
  const corrected = findCorrected(entries, number);
  checkSubject(reader, corrected, correcting);
  const happened = readHappened(reader, corrected, correcting);
  if (Object.keys(reader.wrong).length > 0) return invalid(reader);
  const { corrections } = readConsultation('', entries);
  const isNews = happened !== undefined && (happened === 'no') !== readDenied(entries).has(corrected?.number ?? 0);
  const same = corrections.some((known) => known.corrects === number && known.text === text);
  if (same && !isNews) return [];
  const numbers = [number, ...(happened === undefined ? [] : toldWith(entries, corrected))];
  return numbers.map((corrects) => ({
    kind: 'corrected',
    corrects,
    text,
    reason,
    ...(happened !== undefined && { happened }),
  }));
}

/**
 * Sending a hand-over sheet to children's services also tells them, which the entry after it says. If one did not
 * happen, neither did the other.
 */
function toldWith(entries: readonly Entry[], sending: Entry | undefined): number[] {
  const telling = sending?.what.kind === 'handover sheet sent' ? entries[sending.number] : undefined;
  return telling?.what.kind === 'told' && telling.at === sending?.at ? [telling.number] : [];
}

/** Choices of the field `subject`. */
export const NOT_DONE = 'not done';
export const DONE = 'done';

/** Whether it happened, according to the correction; undefined if only the words are corrected. */
function readHappened(reader: Reader, corrected: Entry | undefined, { who }: Correcting): 'yes' | 'no' | undefined {
  const what = corrected !== undefined && whatCanBeDenied(corrected, who !== undefined);
  if (what === false) return undefined;
  const subject = reader.text('subject');
  if (subject === NOT_DONE) return 'no';
  if (subject === DONE) return 'yes';
  if (what === 'entry' && subject !== 'words')
    reader.wrong.subject = 'Choose what is wrong: only the words, or that it happened at all';
  return undefined;
}

export function isOfOutcome(entries: readonly Entry[], number: number): boolean {
  return DECIDES.has(findCorrected(entries, number)?.what.kind ?? 'opened');
}

function checkSubject(reader: Reader, corrected: Entry | undefined, { who, outcomes = [] }: Correcting): void {
  if (corrected === undefined) return;
  if (SIGNED.has(corrected.what.kind) && corrected.who?.id !== who?.id) {
    const signer = corrected.who?.name ?? 'the person who signed it';
    reader.wrong.text = `Only ${signer} corrects this: it has their name under it. Ask them, or write a note of what is wrong`;
    return;
  }
  if (!DECIDES.has(corrected.what.kind)) return;
  if (who === undefined) {
    reader.wrong.text = 'The desk decided this. Tell the duty worker what is wrong, or say that you do not agree';
    return;
  }
  // Recognises an outcome by how its label begins: “Urgent route”.
  const begin = (text: string) => foldedWords(text).slice(0, 2).join(' ');
  const isOutcome = outcomes.some((label) => begin(label) === begin(reader.text('text', LONGEST_TEXT)));
  const subject = reader.text('subject');
  const isOfSteps = subject === NOT_DONE || subject === DONE;
  if (isOfSteps && whatCanBeDenied(corrected, true) === 'steps') return;
  if (isOutcome || subject === 'outcome') reader.wrong.subject = NEW_OUTCOME;
  else if (subject !== 'words')
    reader.wrong.subject = 'Choose what is wrong: the words, who took the decision, or the outcome itself';
}

export const NEW_OUTCOME =
  'A correction changes no outcome: not for whoever asked, the deadlines or the figures. To change it, record a new outcome (reopen the consultation first if it is closed)';

export function invalid(reader: Pick<Reader, 'wrong'>): Refusal {
  return { refused: 'invalid', message: 'Something is missing or too long', fields: reader.wrong };
}

/** The happening that the form asks for, or everything that is wrong with the form. */
export function happeningOrRefusal(reader: Pick<Reader, 'wrong'>, happening: Happening): Happening[] | Refusal {
  return Object.keys(reader.wrong).length > 0 ? invalid(reader) : [happening];
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
