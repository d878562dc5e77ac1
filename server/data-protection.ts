/** What is kept about people, as Markdown: from the tables of the database and the retention periods of each area. */
import { markdownTable } from './base/markdown.ts';
import type { Library } from './flow/check/library.ts';
import { type DataSubject, KEPT_DATA } from './store/kept-data.ts';

const BEGIN = '<!-- made by npm run data-protection -- --write -->';
const END = '<!-- end -->';

export function describeKept(library: Pick<Library, 'areas'>): string {
  return [
    ...markdownTable(
      ['table', 'what it is', 'whose', 'level', 'columns that can hold personal data', 'kept'],
      Object.entries(KEPT_DATA).map(([table, { about, whose, until, personal }]) => [
        `\`${table}\``,
        about,
        whose.join(', '),
        levelOf(whose),
        personal.length === 0 ? 'none' : personal.map((column) => `\`${String(column)}\``).join(', '),
        until,
      ]),
    ),
    '',
    ...markdownTable(['area', 'what', 'kept'], retentionRows(library)),
  ].join('\n');
}

/** docs/data-protection.md explains, above the table, what each level requires. */
function levelOf(whose: readonly DataSubject[]): 'highest' | 'high' | 'low' {
  if (whose.some((one) => one !== 'nobody' && one !== 'staff')) return 'highest';
  return whose.includes('staff') ? 'high' : 'low';
}

function retentionRows({ areas }: Pick<Library, 'areas'>): string[][] {
  return [...areas.values()].flatMap(({ facts, desk }) => {
    if (desk === undefined) return [];
    const { retention, outcomes } = desk;
    return [
      ...outcomes.map(({ label, keep }) => [facts.name, label, keep]),
      [facts.name, 'asked, without an outcome', retention.withoutOutcome],
      [facts.name, 'the desk was never asked', retention.neverAsked],
      [facts.name, 'what was searched for', retention.searches],
    ];
  });
}

/** The document with its generated part updated. Throws if the document has no such part. */
export function replaceKept(document: string, kept: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/data-protection.md has no part between ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n\n${kept}\n\n${END}${after}`;
}
