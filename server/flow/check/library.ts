/** Reads and checks all content of the folder. */

import type { AreaFacts, Flow } from '../flow.ts';
import { factsOf } from '../language/compile.ts';
import { type Content, type Located, type RawArea, readContent } from '../language/content.ts';
import type { ContentFile } from '../language/folder.ts';
import type { RetiredId, Searching, WorkedCase } from '../language/schema.ts';
import { ownContactsOf } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import { CONSEQUENCES, hasErrors, type Problem } from '../problem.ts';
import { checkLanguages } from '../translation/check-languages.ts';
import type { Language } from '../translation/language.ts';
import { isOfLanguages, readLanguages } from '../translation/read-languages.ts';
import { type CheckedArea, checkArea } from './check.ts';
import type { CompiledArea } from './compiled-area.ts';
import { checkFiles } from './files.ts';
import { checkNationalLines } from './national-lines.ts';
import { checkLetters } from './plausible.ts';
import { checkSearch } from './search.ts';
import { checkUsed } from './used-ids.ts';

export interface Door {
  area: string;
  flow: string;
  title: string;
  help?: string;
  reader: Flow['reader'];
  words: string[];
}

export interface LibraryArea extends CompiledArea {
  facts: AreaFacts;
  doors: Door[];
  /** National contact → the area's own contact that replaces it. */
  ownContacts: Record<string, string>;
  /** The worked cases in the area's folder, by id. */
  cases: ReadonlyMap<string, WorkedCase>;
  /** Undefined if nothing was ever renamed or removed. */
  retired?: Retired;
}

/** An area with the positions of everything in its files, for the authors' commands. */
export interface ReadArea extends LibraryArea {
  content: Content;
}

export interface Withdrawal {
  version: string;
  on: string;
  why: string;
}

export interface Library {
  areas: ReadonlyMap<string, LibraryArea>;
  withdrawn: ReadonlyMap<string, Withdrawal>;
  /** The vocabulary of the search; undefined if the national content has none. */
  searching?: Searching;
  /** Languages other than English for the doors of the public and of children, in the order of their English names. */
  languages?: Language[];
}

export interface ReadLibrary extends Library {
  areas: ReadonlyMap<string, ReadArea>;
}

/** What happened to ids that consultations may still contain. */
export interface Retired {
  /** Question id → what happened to it. */
  questions: Readonly<Record<string, RetiredId>>;
  /** Question id → option → what happened to it. */
  options: Readonly<Record<string, Readonly<Record<string, RetiredId>>>>;
}

/** The area's own and the national ones. */
function retiredIn(contents: readonly (Content | undefined)[]): Retired {
  const own = <T>(tables: (ReadonlyMap<string, Located<T>> | undefined)[]): Record<string, T> =>
    Object.fromEntries(tables.flatMap((table) => [...(table?.values() ?? [])].map(({ id, value }) => [id, value])));
  return {
    questions: own(contents.map((content) => content?.retired)),
    options: own(contents.map((content) => content?.retiredOptions)),
  };
}

/**
 * The library may be used only if no problem is an error. `today` is an ISO date. `parts`: not all the files that an
 * area needs have to be present, for callers that read only some of them.
 */
export function loadLibrary(
  files: ContentFile[],
  today: string,
  of: 'whole' | 'parts' = 'whole',
): { library: ReadLibrary; problems: Problem[] } {
  const { contents, problems } = readFolders(files.filter((file) => !isOfLanguages(file)));
  const languages = readLanguages(files);
  problems.push(...languages.problems);
  const unread = hasErrors(problems);
  const missing = of === 'whole' ? checkFiles(files, contents) : [];
  problems.push(...missing, ...checkLetters(contents.values()));
  const areas = new Map<string, ReadArea>();
  const national = contents.get(NATIONAL);
  for (const [folder, content] of contents) {
    const checked = checkOnce(content, folder === NATIONAL ? undefined : national, today);
    problems.push(...checked.problems.filter(({ cause }) => !isConsequence(cause, unread, missing.length > 0)));
    if (content.area !== undefined) areas.set(folder, describeArea(content.area, content, checked, national));
  }
  const withdrawn = new Map(
    [...contents.values()].flatMap((content) => content.withdrawn.map(({ value }) => [value.version, value] as const)),
  );
  problems.push(...(unread ? [] : checkUsed(contents)));
  const searching = national?.search?.value;
  problems.push(...checkSearch(national, [...contents.values()]));
  if (of === 'whole' && !hasErrors(problems)) problems.push(...checkNationalLines(national, areas));
  if (!hasErrors(problems)) problems.push(...checkLanguages(languages, areas.get(NATIONAL)?.flows.values() ?? []));
  const library = {
    areas,
    withdrawn,
    ...(searching !== undefined && { searching }),
    languages: languages.languages
      .map(({ language }) => language)
      .sort((a, b) => a.englishName.localeCompare(b.englishName)),
  };
  return { library, problems: sortProblems(problems) };
}

interface CheckedOnce {
  national: Content | undefined;
  today: string;
  checked: CheckedArea;
}

const remembered = new WeakMap<Content, CheckedOnce>();

/** An area is checked again only if its content, the national content or the day is another one (see `readContent`). */
function checkOnce(own: Content, national: Content | undefined, today: string): CheckedArea {
  const known = remembered.get(own);
  if (known !== undefined && known.national === national && known.today === today) return known.checked;
  const checked = checkArea({ own, ...(national !== undefined && { national }) }, today);
  remembered.set(own, { national, today, checked });
  return checked;
}

/** If a file is missing or cannot be read, what it contains also seems to be missing wherever it is referred to. */
function isConsequence(cause: Problem['cause'], unread: boolean, missing: boolean): boolean {
  return (unread && cause !== undefined) || (missing && cause === 'missing');
}

/** The content of each folder, the national one first. */
function readFolders(files: ContentFile[]): { contents: Map<string, Content>; problems: Problem[] } {
  const folders = [...new Set(files.map((file) => file.folder))].sort(
    (a, b) => Number(b === NATIONAL) - Number(a === NATIONAL),
  );
  const problems: Problem[] = [];
  const contents = new Map<string, Content>();
  for (const folder of folders) {
    const own = files.filter((file) => file.folder === folder);
    const read = readContent(folder, own);
    problems.push(...read.problems);
    contents.set(folder, read.content);
  }
  return { contents, problems };
}

function describeArea(
  { value: area }: Located<RawArea>,
  content: Content,
  checked: CheckedArea,
  national: Content | undefined,
): ReadArea {
  const own = Object.entries(area.doors);
  const shared = content === national ? [] : Object.entries(national?.area?.value.doors ?? {});
  const doors = [...own, ...shared.filter(([, door]) => door.for === 'professional')].map(([flow, door]) => ({
    area: content.folder,
    flow,
    title: door.title,
    ...(door.help !== undefined && { help: door.help }),
    reader: door.for,
    words: door.words ?? [],
  }));
  const cases = new Map([...content.cases.values()].map(({ id, value }) => [id, value] as const));
  const { problems: _told, ...compiled } = checked;
  return {
    ...compiled,
    facts: factsOf(area),
    doors,
    ownContacts: ownContactsOf(content),
    retired: retiredIn([national, content]),
    cases,
    content,
  };
}

/**
 * Removes duplicates, since every area that uses the national content reports its problems again. Causes come before what may only follow
 * from them, and then by file and position.
 */
function sortProblems(problems: Problem[]): Problem[] {
  const unique = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  return unique.sort(
    (a, b) =>
      distanceFromCause(a) - distanceFromCause(b) ||
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

function distanceFromCause({ cause }: Problem): number {
  return cause === undefined ? 0 : CONSEQUENCES.indexOf(cause) + 1;
}
