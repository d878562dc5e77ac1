/**
 * Finds values that are well formed but implausible: numbers that cannot be dialled, dates in the future, texts too long for their place,
 * reference letters used twice.
 */

import type { Content, FlowContent, Located, RawQuestion } from '../language/content.ts';
import { type Path, problemIn } from '../language/read.ts';
import type { Problem } from '../problem.ts';
import { NATIONAL } from '../words.ts';

/** `today` is an ISO date. */
export function checkPlausible(content: Content, today: string): Problem[] {
  return [...checkNumbers(content), ...checkDaysToCome(content, today), ...checkLengths(content)];
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
  if (digits.length >= 3 && digits.length <= 15) return undefined;
  return `"${number}" has ${digits.length} digits; a telephone number has 3 to 15. Write all of it, with its area code.`;
}

/** A day of checking is past. What is withdrawn or retired may be so from a day to come. */
function checkDaysToCome(content: Content, today: string): Problem[] {
  return [...content.contacts.values()].flatMap((contact) => {
    const day = contact.value['checked on'];
    if (!/^\d/.test(day) || day <= today) return [];
    const message = `"checked on: ${day}" is still to come. Write the day on which somebody checked it.`;
    return [problemIn(contact.document, [...contact.path, 'checked on'], message)];
  });
}

/** Maximum lengths in characters, so that each text fits its place on a phone screen and on paper. */
const LONGEST = {
  title: 120,
  question: 250,
  why: 300,
  help: 900,
  option: 250,
  action: 160,
  text: 900,
  name: 120,
  for: 250,
  do: 350,
  write: 400,
};

function checkLengths(content: Content): Problem[] {
  return [
    ...[...content.questions.values()].flatMap(checkQuestionLengths),
    ...[...content.flows.values()].flatMap(checkFlowLengths),
    ...[...content.contacts.values()].flatMap((contact) => [
      ...checkLength(contact, ['name'], 'name', contact.value.name),
      ...checkLength(contact, ['for'], 'for', contact.value.for),
    ]),
    ...[...content.next.values()].flatMap((next) => checkLength(next, ['do'], 'do', next.value.do)),
    ...[...content.record.values()].flatMap((record) => checkLength(record, ['write'], 'write', record.value.write)),
  ];
}

function checkQuestionLengths(question: Located<RawQuestion>): Problem[] {
  const { question: text, why, help, options = {} } = question.value;
  return [
    ...checkLength(question, ['question'], 'question', text),
    ...checkLength(question, ['why'], 'why', why),
    ...checkLength(question, ['help'], 'help', help),
    ...Object.entries(options).flatMap(([id, option]) =>
      checkLength(question, ['options', id], 'option', typeof option === 'string' ? option : option.text),
    ),
  ];
}

function checkFlowLengths(flow: FlowContent): Problem[] {
  return [
    ...checkLength(flow, ['title'], 'title', flow.value.title),
    ...flow.steps.flatMap((step) => [
      ...('text' in step.value ? checkLength(step, ['text'], 'text', step.value.text) : []),
      ...('action' in step.value ? checkLength(step, ['action'], 'action', step.value.action) : []),
    ]),
  ];
}

function checkLength(
  { document, path }: Located<unknown>,
  within: Path,
  key: keyof typeof LONGEST,
  text: string | undefined,
): Problem[] {
  if (text === undefined || text.length <= LONGEST[key]) return [];
  const message = `this has ${text.length} characters, and at most ${LONGEST[key]} fit here. Shorten it, or say the rest further down.`;
  return [problemIn(document, [...path, ...within], message)];
}

/** References begin with the area's letter, so two areas must not share one. */
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
