/**
 * Checks that an area and the national folder have the files that they need. The contents of a file can only be checked
 * if the file exists: without safety rules or cases an area would pass every check based on them.
 */
import type { Content } from '../language/content.ts';
import type { ContentFile } from '../language/folder.ts';
import type { FileName } from '../language/schema.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';

type Needed = Partial<Record<FileName, string>>;

/** File → what to write in it. `area.yaml` is demanded by `checkArea`. */
const NEEDED_IN_AN_AREA: Needed = {
  sources: 'the documents that the area follows, each with the paragraphs that may be cited',
  contacts: 'the front door and whoever else is rung, each with its number, source and date',
  safety: 'at least one safety rule: what must always, or must never, come out',
  cases: 'at least one worked case for each door: a story, its answers, and what must come out',
  desk: 'the times, the outcomes and the retention of the duty desk, and what happens when one is disputed',
};

const NEEDED_IN_NATIONAL: Needed = {
  ...NEEDED_IN_AN_AREA,
  contacts: 'whoever is rung everywhere, each with its number, source and date',
  questions: 'the questions that more than one area asks',
  meanings: 'what answers can mean, which the floor reads',
  holidays: 'the bank holidays, without which working days are counted wrongly',
  requirements: 'the numbered rules of the documents',
};

/** Content without a floor, such as a small area in a test, needs no particular files either. */
export function checkFiles(files: readonly ContentFile[], contents: ReadonlyMap<string, Content>): Problem[] {
  const has = (folder: string, name: string) =>
    files.some((file) => file.folder === folder && file.name === `${name}.yaml`);
  if (!has(NATIONAL, 'floor')) return [];
  return [...contents].flatMap(([folder, content]) => {
    const needed = folder === NATIONAL ? NEEDED_IN_NATIONAL : NEEDED_IN_AN_AREA;
    const missing = Object.entries(needed).filter(([name]) => !has(folder, name));
    return [
      ...missing.map(([name, what]) => missingFile(folder, name, `the file is missing. Add it, with ${what}.`)),
      ...(has(folder, 'safety') && isEmpty(content, 'safety', content.rules)
        ? [
            missingFile(
              folder,
              'safety',
              'there is no safety rule in it. Add one: what must always, or must never, come out.',
            ),
          ]
        : []),
      ...(has(folder, 'cases') ? findDoorsWithoutCases(folder, content) : []),
    ];
  });
}

/** A file that cannot be read is reported separately. */
function isEmpty(content: Content, name: FileName, table: ReadonlyMap<string, unknown>): boolean {
  return table.size === 0 && content.read.has(name);
}

function findDoorsWithoutCases(folder: string, content: Content): Problem[] {
  if (!content.read.has('cases')) return [];
  const told = new Set([...content.cases.values()].map(({ value }) => value.flow));
  return Object.keys(content.area?.value.doors ?? {})
    .filter((door) => !told.has(door))
    .map((door) =>
      missingFile(
        folder,
        'cases',
        `no case comes through the door "${door}". Write at least one: a story, its answers, and what must come out.`,
      ),
    );
}

function missingFile(folder: string, name: string, message: string): Problem {
  return { file: `flows/${folder}/${name}.yaml`, line: 1, column: 1, message, kind: 'error' };
}
