/** Checks contacts, sources and the other tables: is everything there, is it used, is it about to expire? */

import { problemIn } from '../language/read.ts';
import { describeMissing, findIn, type Scope } from '../language/scope.ts';
import { didYouMean, type Message, type Problem } from '../problem.ts';

const DAY = 86_400_000;
const WARN_DAYS = 90;

export function checkTables(scope: Scope, today: string): Problem[] {
  return [
    ...checkContacts(scope),
    ...checkOwnContacts(scope),
    ...checkTwice(scope),
    ...checkReplaced(scope),
    ...checkHolidays(scope, today),
    ...checkScale(scope),
  ];
}

function checkContacts(scope: Scope): Problem[] {
  return [...scope.own.contacts.values()].flatMap((contact) => {
    const { phone, phones = [], email, web, note, conflict } = contact.value;
    const at = (message: string) => problemIn(contact.document, contact.path, message);
    const reachedBy = [phone, ...phones, email, web].filter((one) => one !== undefined);
    const problems =
      reachedBy.length === 0 && note === undefined
        ? [at(`"${contact.id}" has no telephone, mail or web address. Add one, or say in "note" why there is none.`)]
        : [];
    if (conflict !== undefined && phones.length < 2)
      problems.push(at(`"${contact.id}" speaks of a conflict: list both numbers under "phones".`));
    if (contact.value['web is for'] !== undefined && web === undefined)
      problems.push(at(`"${contact.id}" says what its web page is for, and has none. Add "web".`));
    return [...problems, ...phones.flatMap((one) => checkPrinted(contact.id, one)).map(at)];
  });
}

type Contact = Scope['own']['contacts'] extends Map<string, { value: infer Value }> ? Value : never;
type Phone = NonNullable<Contact['phones']>[number];

/** Messages about a number that its document prints without the area code. */
function checkPrinted(contact: string, { number, 'printed as': printed, cite }: Phone): string[] {
  if (printed === undefined) return [];
  const isWhole = digitsOf(number) === digitsOf(printed);
  const dialled =
    isWhole || !digitsOf(number).endsWith(digitsOf(printed))
      ? [
          `"${contact}" dials ${number}, printed as ${printed}: the dialled number is the area code and then what is printed.`,
        ]
      : [];
  const uncited =
    cite === undefined
      ? [`"${contact}" adds an area code to ${printed}: say under "cite" of that number where the code comes from.`]
      : [];
  return [...dialled, ...uncited];
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

/** `own contacts` maps a contact that national flows name to the area's replacement for it. */
function checkOwnContacts(scope: Scope): Problem[] {
  const { area } = scope.own;
  return Object.entries(area?.value['own contacts'] ?? {}).flatMap(([named, own]) => {
    if (area === undefined) return [];
    const at = (message: Message) => [problemIn(area.document, ['own contacts', named], message)];
    if (scope.national === undefined)
      return at('"own contacts" stand in the area.yaml of an area; national contacts are the ones they replace.');
    if (!scope.national.contacts.has(named))
      return at({
        missing: `no national contact is called "${named}".${didYouMean(named, [...scope.national.contacts.keys()])}`,
      });
    return findIn(scope, 'contacts', own) === undefined ? at(describeMissing(scope, 'contacts', own)) : [];
  });
}

/** An id must not be defined both in the area and nationally, since it would be unclear which one is shown. */
function checkTwice(scope: Scope): Problem[] {
  const { own, national } = scope;
  if (national === undefined) return [];
  const tables = ['sources', 'contacts', 'next', 'record', 'definitions', 'questions', 'flows'] as const;
  return tables.flatMap((table) =>
    [...own[table].values()].flatMap((item) => {
      const other = national[table].get(item.id);
      if (other === undefined) return [];
      return [
        problemIn(
          item.document,
          item.path,
          `"${item.id}" stands here and in ${other.document.file}. Give one of them another id.`,
        ),
      ];
    }),
  );
}

function checkReplaced(scope: Scope): Problem[] {
  return [...scope.own.sources.values()].flatMap((source) => {
    const [by] = (source.value['replaced by'] ?? '').split(' ');
    if (by === undefined || by === '' || findIn(scope, 'sources', by) !== undefined) return [];
    return [problemIn(source.document, [...source.path, 'replaced by'], describeMissing(scope, 'sources', by))];
  });
}

function checkHolidays(scope: Scope, today: string): Problem[] {
  const { holidays, folder } = scope.own;
  const file = `flows/${folder}/holidays.yaml`;
  if (holidays === undefined) return [];
  const problem = (message: string, kind: Problem['kind']): Problem => ({ file, line: 1, column: 1, message, kind });
  const wrong = holidays.days.flatMap((day, index) => {
    const before = holidays.days[index - 1];
    if (day > holidays.until) return [problem(`${day} is after "until: ${holidays.until}".`, 'error')];
    if (before === undefined || before < day) return [];
    return [problem(`${day} stands after ${before}. Write each day once, the earliest first.`, 'error')];
  });
  const left = (Date.parse(holidays.until) - Date.parse(today)) / DAY;
  if (left >= WARN_DAYS) return wrong;
  const ending = `the bank holidays end on ${holidays.until}. Add those of the following years.`;
  return [...wrong, problem(ending, left < 0 ? 'error' : 'warning')];
}

function checkScale(scope: Scope): Problem[] {
  const area = scope.own.area;
  if (area === undefined) return [];
  const levels = Object.keys(area.value.scale).sort();
  if (levels.length > 0 && levels.every((level, index) => Number(level) === index + 1)) return [];
  return [
    problemIn(
      area.document,
      ['scale'],
      `the scale has ${levels.join(', ') || 'nothing'}. Number it 1, 2, 3 … without a gap.`,
    ),
  ];
}
