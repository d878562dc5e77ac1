/**
 * Finds values that are well formed but implausible: numbers that cannot be dialled, dates in the future, texts too long for their place,
 * reference letters used twice.
 */

import type { Content, Located } from '../language/content.ts';
import { type Document, type Path, problemIn } from '../language/read.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';

/** `today` is an ISO date. */
export function checkPlausible(content: Content, today: string): Problem[] {
  return [
    ...checkNumbers(content),
    ...checkDaysToCome(content, today),
    ...checkLengths(content),
    ...checkTimesInWords(content),
  ];
}

function checkNumbers(content: Content): Problem[] {
  return [...content.contacts.values()].flatMap((contact) => {
    const { phone, phones = [] } = contact.value;
    const listed = phones.map(({ number }, index): [string, Path] => [number, ['phones', index, 'number']]);
    const numbers: [string, Path][] = phone === undefined ? listed : [[phone, ['phone']], ...listed];
    return numbers.flatMap(([number, path]) => {
      const message = describeBadNumber(number);
      return message === undefined ? [] : [problemIn(contact.document, [...contact.path, ...path], message)];
    });
  });
}

/** The page turns the whole text into a telephone link, so it must contain nothing but a number. */
function describeBadNumber(number: string): string | undefined {
  const [wrong] = number.match(/[^\d +()-]/u) ?? [];
  if (wrong !== undefined)
    return `"${number}" is no telephone number: "${wrong}" cannot be dialled. Write digits and blanks only; what else is to be said goes to "label" or "note".`;
  const digits = number.replace(/\D/g, '');
  const [least, most] = lengthOf(number.trim(), digits);
  if (digits.length < least || digits.length > most)
    return `"${number}" has ${digits.length} digits; a telephone number of this kind has ${least} to ${most}. Write all of it, with its area code.`;
  if (/^[0+(]/.test(number.trim()) || SHORT_NUMBER.test(digits)) return undefined;
  return `"${number}" cannot be dialled from everywhere: its area code is missing. Write it in front, and the number as the source prints it under "printed as".`;
}

/**
 * 999, 101 and 111, 116 000, the relay's 18000, and five digits for text messages: these are the same throughout the
 * country.
 */
const SHORT_NUMBER = /^(\d{3}|116\d{3}|1800[01]|[678]\d{4})$/;
/** Childline's number is shorter than all others. */
const CHILDLINE = '08001111';

/** The least and the greatest number of digits. */
function lengthOf(number: string, digits: string): [number, number] {
  if (number.startsWith('+')) return [8, 15];
  if (digits.startsWith('0') && digits !== CHILDLINE) return [10, 11];
  return [3, 15];
}

/** The day of a check is in the past. Withdrawals and retirements may begin on a future day. */
function checkDaysToCome(content: Content, today: string): Problem[] {
  return [...content.contacts.values()].flatMap((contact) => {
    const day = contact.value['checked on'];
    if (!/^\d/.test(day) || day <= today) return [];
    const message = `"checked on: ${day}" is still to come. Write the day on which somebody checked it.`;
    return [problemIn(contact.document, [...contact.path, 'checked on'], message)];
  });
}

/** Words about time in an action, with the only time that its end may then have. */
const TIMES_IN_WORDS: readonly [RegExp, string][] = [
  [/\btoday\b/i, 'today'],
  [/\b(at once|immediately|without delay)\b/i, 'at once'],
];

/** If an action names a time, it must be the time of its end. */
function checkTimesInWords({ flows }: Content): Problem[] {
  const ends = [...flows.values()].flatMap(({ steps }) => steps.filter((step) => step.kind === 'end'));
  return ends.flatMap(({ document, path, value: { action, within } }) =>
    TIMES_IN_WORDS.flatMap(([word, time]) => {
      const [said] = word.exec(action) ?? [];
      if (said === undefined || within === time) return [];
      const message = `the action says "${said}", and "within" says "${within}". Let both say the same.`;
      return [problemIn(document, [...path, 'action'], message)];
    }),
  );
}

/**
 * Maximum lengths in characters, so that each text fits on a phone screen and on paper. They apply to a key wherever it
 * is in a file. Texts that readers never see, such as the stories of cases, have no limit.
 */
const LONGEST: Readonly<Record<string, number>> = {
  title: 120,
  question: 250,
  why: 300,
  help: 500,
  none: 160,
  label: 160,
  'go on': 300,
  'who knows': 200,
  action: 160,
  text: 900,
  name: 120,
  'front door is called': 80,
  council: 120,
  for: 250,
  hours: 250,
  conflict: 400,
  do: 350,
  who: 200,
  write: 400,
  term: 120,
  note: 400,
  hint: 300,
  message: 900,
};
const LONGEST_OPTION = 250;
/** The page of the sources has room for how a newer document differs. */
const LONGEST_NOTE_OF_A_SOURCE = 1200;

function checkLengths(content: Content): Problem[] {
  return [...documentsOf(content)].flatMap((document) =>
    textsIn(document.value, []).flatMap(({ text, path }) => {
      const longest = longestAt(document, path);
      if (longest === undefined || text.length <= longest) return [];
      const message = `this has ${text.length} characters, and at most ${longest} fit here. Shorten it, or say the rest further down.`;
      return [problemIn(document, path, message)];
    }),
  );
}

/** The files of which readers see something. */
function documentsOf(content: Content): Set<Document> {
  const { area, desk, sources, contacts, next, record, definitions, questions, flows } = content;
  const tables = [sources, contacts, next, record, definitions, questions, flows];
  const located: (Located<unknown> | undefined)[] = [area, desk, ...tables.flatMap((table) => [...table.values()])];
  return new Set(located.flatMap((one) => one?.document ?? []));
}

function textsIn(value: unknown, path: Path): { text: string; path: Path }[] {
  if (typeof value === 'string') return [{ text: value.trim(), path }];
  if (value === null || typeof value !== 'object') return [];
  const inside: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inside.flatMap(([key, item]) => textsIn(item, [...path, key]));
}

function longestAt({ file }: Document, path: Path): number | undefined {
  const [outer, parent, key] = [path.at(-3), path.at(-2), path.at(-1)];
  if (parent === 'options' || (outer === 'options' && key === 'text')) return LONGEST_OPTION;
  if (key === 'note' && file.endsWith('/sources.yaml')) return LONGEST_NOTE_OF_A_SOURCE;
  return TABLES_OF_IDS.includes(String(parent)) ? undefined : LONGEST[String(key)];
}

/** Keys below these are ids chosen by an author. */
const TABLES_OF_IDS = ['paragraphs', 'scale', 'own contacts', 'one of'];

/** References begin with the area's letter, so no two areas may share one. */
export function checkLetters(contents: Iterable<Content>): Problem[] {
  const taken = new Map<string, string>();
  return [...contents].flatMap(({ area, folder }) => {
    const letter = area?.value['reference letter'];
    if (area === undefined || letter === undefined) return [];
    const other = taken.get(letter);
    taken.set(letter, folder);
    if (other === undefined) return [];
    const whose = other === NATIONAL ? 'the national pages' : other;
    return [
      problemIn(area.document, ['reference letter'], `"${letter}" is the letter of ${whose} already. Choose another.`),
    ];
  });
}
