/**
 * The grammar of the content, file by file, as zod schemas. Every scalar arrives as text (the YAML is read with the failsafe schema);
 * numbers and dates are converted here, where the grammar has them. `flows/README.md` describes the same in words.
 */
import * as z from 'zod';
import { MEANING_KINDS } from '../language-words.ts';
import { forEachTopic, MARKS, TOPICS, type Topic, type WordOf, wordsFor } from '../marks.ts';
import { WEEKDAYS } from '../opening-hours.ts';
import { QUESTION_TYPES } from '../question-types/question-types.ts';
import { desk } from './schema-desk.ts';
import { handoverSheet } from './schema-handover-sheet.ts';
import { handOffs, pathway } from './schema-instrument.ts';
import { nextHours } from './schema-next-hours.ts';
import { script } from './schema-script.ts';
import { cite, condition, id, list, wording } from './schema-words.ts';

const wholeNumber = z
  .string()
  .regex(/^-?\d{1,9}$/, 'a whole number')
  .transform(Number);
/** Whether the calendar has this day: 2026-11-31 is not one. */
function isRealDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date such as 2026-11-22', abort: true })
  .refine(isRealDay, 'a day that the calendar has, such as 2026-11-22');
const dayOr = (word: string) =>
  z
    .string()
    .regex(new RegExp(`^(${word}|\\d{4}-\\d{2}-\\d{2})$`), {
      error: `a date such as 2026-11-22, or "${word}"`,
      abort: true,
    })
    .refine((text) => text === word || isRealDay(text), 'a day that the calendar has, such as 2026-11-22');
/** A year, a month or a day, depending on how precisely the date is known. */
const yearOrMonthOrDay = z
  .string()
  .regex(/^\d{4}(-\d{2}){0,2}$/, {
    error: 'a year, a month or a day, such as 2024, 2024-07 or 2024-07-31',
    abort: true,
  })
  .refine((text) => isRealDay(`${text}-01-01`.slice(0, 10)), 'a date that the calendar has, such as 2024-07');
const rules = list(z.string().regex(/^[A-Z]{1,2}\d{1,2}$/, 'a rule such as BT5')).optional();

const topicMarks = forEachTopic((topic) => z.enum(wordsFor(topic)).optional()) as {
  [T in Topic]: z.ZodOptional<z.ZodType<WordOf<T>>>;
};

/** The highest level of the area's scale, however many levels it has. */
const HIGHEST = 'highest';
const level = z.union([wholeNumber, z.literal(HIGHEST)], { error: 'a number of the scale, or "highest"' }).optional();

export const marks = {
  level,
  ...topicMarks,
  next: list(id).optional(),
  record: list(id).optional(),
};

const timeOfEnd = z
  .string()
  .regex(
    /^(at once|today|no set time|\d{1,3} (hours?|days?|working days?|weeks?|months?))$/,
    'at once, today, no set time, or a number with hours, days, working days, weeks or months',
  );

/** When a line makes sense, what it contradicts, and to whom it sends the reader. */
const line = {
  'only with': condition.optional(),
  'one of': z.record(id, wording).optional(),
  to: list(id).optional(),
};

/** What the answers mean, by ids of `national/meanings.yaml`; or why they have no listed meaning. */
const meaning = {
  means: list(id).optional(),
  'means nothing of its own': wording.optional(),
};

export const unknown = z.strictObject({
  means: list(id).optional(),
  'counts as': wording.optional(),
  'leads to': id.optional(),
  ask: id.optional(),
  'go on': wording.optional(),
  text: wording.optional(),
  'who knows': wording.optional(),
  label: wording.optional(),
  ...marks,
});

const optionBody = z.strictObject({
  text: wording,
  help: wording.optional(),
  cite: cite.optional(),
  rules,
  ...meaning,
  ...marks,
});
const option = z.union([wording, optionBody]);
const options = z.record(id, option);
const each = z.strictObject({ ...marks, cite: cite.optional() });
const group = z.strictObject({ title: wording, help: wording.optional(), options, each: each.optional(), ...meaning });

const questionBody = {
  question: wording,
  why: wording,
  type: z.enum(QUESTION_TYPES),
  unknown,
  cite,
  help: wording.optional(),
  define: list(id).optional(),
  options: options.optional(),
  groups: z.record(id, group).optional(),
  each: each.optional(),
  none: wording.optional(),
  from: wholeNumber.optional(),
  to: wholeNumber.optional(),
  unit: wording.optional(),
  'not before': dayOr('today').optional(),
  'not after': dayOr('today').optional(),
  order: z.literal('rising').optional(),
  'order exceptions': z.array(z.strictObject({ option: id, why: wording, cite })).optional(),
  /** Options that may lead to less help than "I don't know". */
  'weaker than doubt because': z.array(z.strictObject({ option: id, why: wording, cite })).optional(),
  'for the record': z.literal('yes').optional(),
  /** The answer that holds for most readers. A worked case that leaves the question out has this answer. */
  usual: id.optional(),
  /** A list applies to every known answer. A block gives the answers for each meaning, as a condition. */
  means: z.union([z.array(id).min(1), id, z.record(id, z.unknown())]).optional(),
  'means nothing of its own': wording.optional(),
  rules,
};
export const question = z.strictObject(questionBody);

const anyStep = { when: condition.optional(), law: wording.optional(), rules };
export const steps = {
  say: z.strictObject({ say: id, text: wording, cite, ...anyStep }),
  ask: z.strictObject({ ask: id, ...z.strictObject(questionBody).partial().shape, ...anyStep }),
  advise: z.strictObject({
    advise: id,
    text: wording,
    cite,
    contact: list(id).optional(),
    shown: z.literal('at once').optional(),
    ...line,
    // biome-ignore lint/suspicious/noThenProperty: a word of the flow language, never awaited
    then: z.literal('return').optional(),
    ...marks,
    ...anyStep,
  }),
  call: z.strictObject({ call: id, ...anyStep }),
  end: z.strictObject({
    end: id,
    action: wording,
    within: timeOfEnd,
    contacts: z.array(id).min(1),
    cite,
    text: wording.optional(),
    /**
     * Kind of reader → the action for readers whom the usual action would send to themselves. The default is in
     * meanings.yaml.
     */
    'acts themselves': z.record(id, wording).optional(),
    ...line,
    ...marks,
    ...anyStep,
  }),
};

export const flow = z.strictObject({
  flow: id,
  title: wording,
  cite,
  rules,
  returns: list(z.enum([...TOPICS, 'level'])).optional(),
  'may know': list(id).optional(),
  steps: z.array(z.unknown()).min(1),
});

const READERS = ['professional', 'public', 'child'] as const;
const door = z.strictObject({
  title: wording,
  for: z.enum(READERS),
  /** The door for any kind of worry. It must be able to hear everything that the floor lists. */
  main: z.literal('yes').optional(),
  help: wording.optional(),
  words: list(wording).optional(),
});
export const area = z.strictObject({
  area: id,
  name: wording,
  council: wording.optional(),
  'front door': id,
  'front door is called': wording,
  /** The contact to use when the front door is closed, at night and at the weekend. */
  'out of hours': id.optional(),
  'own contacts': z.record(id, id).optional(),
  'reference letter': z.string().regex(/^[A-Z]$/, 'one capital letter'),
  scale: z.record(z.string().regex(/^\d$/, 'a number'), wording),
  'scale is': wording.optional(),
  /** Meaning → the instrument that the area's documents ask for if it is suspected. */
  tools: z.record(id, z.strictObject({ name: wording, cite })).optional(),
  doors: z.record(id, door),
});

export const source = z.strictObject({
  title: wording,
  publisher: wording,
  published: wording,
  'review due': yearOrMonthOrDay.optional(),
  checked: wording.optional(),
  'in force from': dayOr('not known').optional(),
  'replaced by': wording.optional(),
  note: wording.optional(),
  web: wording.optional(),
  paragraphs: z.record(z.string(), wording),
});
export const sources = z.strictObject({ sources: z.record(z.string().regex(/^[A-Z][A-Za-z0-9_]*$/), source) });

const DAYS = new RegExp(`^(${WEEKDAYS.join('|')})( to (${WEEKDAYS.join('|')}))?$`);

const phone = z.strictObject({
  /** The number to dial, with its area code. */
  number: wording,
  /** The number as the source prints it, if it omits the area code. `cite` must then say where the code comes from. */
  'printed as': wording.optional(),
  label: wording.optional(),
  cite: cite.optional(),
});
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 08:30');
const openWindow = z
  .strictObject({
    /** `monday`, or `monday to thursday`. */
    days: z.string().regex(DAYS, 'days such as "monday" or "monday to thursday"'),
    from: clockTime,
    to: clockTime,
  })
  .refine(
    ({ from, to }) => from < to,
    'the time of closing is later than that of opening; write a night as "day and night" or leave it out',
  );
export const contact = z.strictObject({
  name: wording,
  phone: wording.optional(),
  phones: z.array(phone).optional(),
  email: wording.optional(),
  web: wording.optional(),
  /** What it offers on its web page, such as "Chat". */
  'web is for': wording.optional(),
  hours: wording.optional(),
  /** The same hours in a form that the program can read, to tell which number answers now. */
  open: z.union([z.enum(['day and night', 'nights and weekends']), z.array(openWindow).min(1)]).optional(),
  for: wording,
  cite,
  'checked on': dayOr('not checked'),
  checked: wording.optional(),
  conflict: wording.optional(),
  note: wording.optional(),
  /** A remark among editors, such as what a document leaves out. No page shows it. */
  'for editors': wording.optional(),
  /** For a contact that only the reader can know: where to ask who it is, or how to reach them. */
  'reached through': wording.optional(),
  ...line,
});
export const contacts = z.strictObject({ contacts: z.record(id, contact) });

export const nextStep = z.strictObject({
  do: wording,
  who: wording,
  /** Whose step it is: the reader's, somebody else's, or that of certain readers, as meanings of the kind `reader`. */
  whose: z.union([z.enum(['yours', 'others']), list(id)]),
  with: id.optional(),
  within: z
    .string()
    .regex(
      /^(at once|today|\d{1,3} (hours?|days?|working days?|weeks?|months?))$/,
      'at once, today, or such as 7 working days',
    )
    .optional(),
  from: wording.optional(),
  note: wording.optional(),
  cite,
  rules,
  ...line,
});
export const timetable = z.strictObject({ next: z.record(id, nextStep) });

export const recordLine = z.strictObject({ write: wording, cite, rules, ...line });
export const record = z.strictObject({ record: z.record(id, recordLine) });

export const definition = z.strictObject({ term: wording, text: wording, cite, also: list(wording).optional(), rules });
export const definitions = z.strictObject({ definitions: z.record(id, definition) });

export const questions = z.strictObject({ questions: z.record(id, question) });

const expected = z.strictObject({
  level: wholeNumber.optional(),
  end: list(id).optional(),
  within: list(timeOfEnd).optional(),
  'first contact': list(id).optional(),
  ...forEachTopic((topic) => list(z.enum(wordsFor(topic))).optional()),
  next: list(id).optional(),
  record: list(id).optional(),
  contact: list(id).optional(),
  advice: list(id).optional(),
  asked: list(id).optional(),
  'one of': z.record(id, list(wording)).optional(),
});
export const safetyRule = z.strictObject({
  says: wording,
  flows: list(id).optional(),
  whenever: condition,
  always: expected.optional(),
  never: expected.optional(),
  cite,
  rules,
});
/** An area's exception to a floor rule, with its source and the person who answers for it. */
const floorException = z.strictObject({
  rule: id,
  doors: list(id),
  why: wording,
  cite,
  'signed by': wording,
});
export type FloorException = z.output<typeof floorException>;
export const safety = z.strictObject({
  rules: z.record(id, safetyRule),
  'floor exceptions': z.array(floorException).optional(),
});

const floorExpected = expected.extend({
  level: z.literal(HIGHEST).optional(),
  /** At least one of these contacts. */
  'a contact of': list(id).optional(),
  /** At least one next step that is done with one of these contacts, and has a time. */
  'a step with': list(id).optional(),
  /** Meanings. If the area has a tool for one, the action must name it, unless something has to be done at once. */
  'the tool for': list(id).optional(),
  to: list(id).optional(),
});
const floorRule = z.strictObject({
  says: wording,
  for: list(z.enum(READERS)).optional(),
  whenever: condition,
  always: floorExpected.optional(),
  never: floorExpected.optional(),
  cite,
});
export type RawFloorRule = z.output<typeof floorRule>;
const exclusiveGroup = z.strictObject({ says: wording, words: z.array(wording).min(2) });
export const floor = z.strictObject({
  floor: z.record(id, floorRule),
  /** A result may use only one word of each group. */
  'one of': z.record(id, exclusiveGroup),
  'every main door hears': z.array(id),
  /** The first question of every door has an answer with one of these meanings. */
  'first asked': z.array(id),
});
export type RawFloor = z.output<typeof floor>;

/** What an area changes in a step of a national flow. It can only be stricter. */
const stricterStep = z.strictObject({ within: timeOfEnd.optional(), level, ...topicMarks, why: wording, cite });
export type RawStricter = z.output<typeof stricterStep>;
/** National flow → id of an end or of advice. */
export const stricter = z.strictObject({ stricter: z.record(id, z.record(id, stricterStep)) });

/** The complete list of what must come out; it can be empty. */
const completeList = z.union([z.array(id), id]).transform((value) => (Array.isArray(value) ? value : [value]));

const givenAnswer = z.union([z.string(), z.array(z.string())]);
export const workedCase = z.strictObject({
  flow: id,
  /** The printed example that the case is about. */
  example: id.optional(),
  story: wording,
  answers: z.record(id, givenAnswer),
  must: expected.extend({ times: z.record(id, wording).optional() }).optional(),
  'must not': expected.optional(),
  exactly: z
    .strictObject({
      next: completeList,
      record: completeList,
      contact: completeList,
      advice: completeList,
      asked: completeList,
    })
    .partial()
    .optional(),
  cite: cite.optional(),
  rules,
});
export const cases = z.strictObject({ cases: z.record(id, workedCase) });

export const withdrawn = z.strictObject({
  withdrawn: z.array(z.strictObject({ version: z.string().regex(/^[0-9a-f]{16}$/), on: day, why: wording })),
});
/** What happens to answers given earlier: they move to another id, or no longer count. */
const retiredId = z.strictObject({ on: day, why: wording, 'renamed to': id.optional() });
export type RetiredId = z.output<typeof retiredId>;
export const retired = z.strictObject({
  retired: z.record(id, retiredId),
  /** Question id → retired options. */
  'retired options': z.record(id, z.record(id, retiredId)).optional(),
});
/**
 * Every question for which consultations can contain an answer, with the ids of its options, or its type if it has
 * none. Computed.
 */
export const used = z.strictObject({ used: z.record(id, z.union([z.array(id), wording])) });

export const holidays = z.strictObject({ until: day, source: wording, days: z.array(day).min(1) });

/** The numbered rules of the documents, in our own words. National, because the flows and cases of every area cite them. */
const requirement = z.strictObject({ says: wording, 'decides nothing': wording.optional() });
export const requirements = z.strictObject({
  requirements: z.record(z.string().regex(/^[A-Z]{1,2}\d{1,2}$/, 'a rule such as BT5'), requirement),
});

/** What a document prints as an example of one level. */
const example = z.strictObject({ says: wording, level: wholeNumber, cite });
export type PrintedExample = z.output<typeof example>;
export const examples = z.strictObject({ examples: z.record(id, example) });

/** What an end says instead of its action to readers whom it would send to themselves. */
const actsThemselves = z.strictObject({ action: wording, text: wording, contacts: z.array(id).min(1), cite });
/**
 * What the advice about parents says instead of its general sentence. `{front door}` is the name of the service to ask
 * first.
 */
const toParents = z.partialRecord(z.enum(MARKS.parents.words), wording);
const meaningEntry = z.strictObject({
  says: wording,
  kind: list(z.enum(MEANING_KINDS)),
  help: wording.optional(),
  'acts themselves': actsThemselves.optional(),
  'to parents': toParents.optional(),
  cite,
});
export const meanings = z.strictObject({ meanings: z.record(id, meaningEntry) });
export type RawMeaning = z.output<typeof meaningEntry>;

/** Everyday words and what they stand for. See `flows/README.md`, "The search". */
export const search = z.strictObject({
  doors: z.array(z.strictObject({ flows: z.array(id).min(1), words: z.array(wording).min(1) })),
  readers: z.strictObject({
    child: z.array(wording),
    public: z.array(wording),
    professional: z.array(wording),
  }),
  danger: z.array(wording).min(1),
  synonyms: z.record(z.string(), wording),
  elsewhere: z.array(wording),
});
export type Searching = z.output<typeof search>;

/** Phrases as people type them, each with the flows that the search must find first. Safeguarding staff write these tests. */
export const phrases = z.strictObject({ phrases: z.record(z.string(), list(id)) });

/** The content files that are not flows. Any other `.yaml` file is a flow. */
export const FILES = {
  area,
  sources,
  contacts,
  timetable,
  record,
  definitions,
  questions,
  safety,
  cases,
  withdrawn,
  retired,
  used,
  holidays,
  desk,
  requirements,
  examples,
  meanings,
  floor,
  stricter,
  search,
  phrases,
  handover_sheet: handoverSheet,
  next_hours: nextHours,
  pathway,
  hand_offs: handOffs,
  script,
} as const;
export type FileName = keyof typeof FILES;

export type Expected = z.output<typeof expected>;
export type SafetyRule = z.output<typeof safetyRule>;
export type WorkedCase = z.output<typeof workedCase>;

const rawLine = z.object(line);
export type RawLine = z.output<typeof rawLine>;

const rawMarks = z.object(marks);
export type RawMarks = z.output<typeof rawMarks>;
