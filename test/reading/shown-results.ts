/** The result page of each worked case as first shown, before anything is expanded. */
import { localClock } from '../../server/base/days.ts';
import { readReferences } from '../../server/base/letter-references.ts';
import { readConsultation } from '../../server/consultation/consultation.ts';
import type { Entry } from '../../server/consultation/entry.ts';
import { isAsked, mattersSoon, numbersInTurn } from '../../server/consultation/next-hours.ts';
import { describeResult } from '../../server/consultation/result.ts';
import { wordsToSay } from '../../server/consultation/script-lines.ts';
import { pastTurns } from '../../server/consultation/transcript.ts';
import type { Library, LibraryArea } from '../../server/flow/check/library.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import type { Flow, Reader } from '../../server/flow/flow.ts';
import { areaLineOf } from '../../server/web/kit/load-consultation.ts';
import type { Assets, PageContext } from '../../views/kit/page-context.ts';
import { renderPage } from '../../views/kit/render.ts';
import { AnonymousResultPage } from '../../views/public/anonymous-conversation.tsx';
import { ResultPage } from '../../views/result/result.tsx';

export interface ShownResult {
  /** For example `bury/level danger_now`. */
  name: string;
  reader: Reader;
  end: string;
  html: string;
  /** Number of visible words. */
  words: number;
  /** Visible text, one sentence or line each. */
  lines: string[];
}

export const NO_ASSETS: Assets = {
  styles: '',
  restOfStyles: '',
  script: '',
  firstScript: '',
  conversation: '',
  desk: '',
  handoverSheet: '',
  exit: '',
  passkey: '',
  numbers: '',
  icon: '',
};
const AT = '2026-11-26T10:00:00.000Z';
const DAY = AT.slice(0, 10);

const EVERYBODY: readonly Reader[] = ['professional', 'public', 'child'];

export interface Shown {
  /** URLs of the built files, for tests that show the page in a browser. */
  assets?: Assets;
  readers?: readonly Reader[];
  /** Uses every nth case of a flow; all if omitted. */
  every?: number;
}

export function* shownResults(
  library: Library,
  { assets = NO_ASSETS, readers = EVERYBODY, every = 1 }: Shown = {},
): Generator<ShownResult> {
  for (const area of library.areas.values())
    for (const flow of [...area.flows.values()].filter(({ reader }) => readers.includes(reader)))
      for (const [index, { id, answers, position }] of walkCases(library, flow, DAY).entries()) {
        if (index % every !== 0 || position.at.kind !== 'end') continue;
        const html = render(flow, answers, position, { assets, nextHours: area.nextHours, script: area.script });
        const lines = linesInSight(html);
        const words = lines
          .join(' ')
          .split(/\s+/)
          .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
        const { reader } = flow;
        yield { name: `${area.facts.id}/${flow.id} ${id}`, reader, end: position.at.end.id, html, words, lines };
      }
}

type Way = ReturnType<typeof walkCases>[number];

interface Parts {
  assets: Assets;
  nextHours: LibraryArea['nextHours'];
  script: LibraryArea['script'];
}

function render(
  flow: Flow,
  answers: Way['answers'],
  position: Way['position'],
  { assets, nextHours, script }: Parts,
): string {
  const result = describeResult({ flow, position, answers }, { opened: DAY, today: DAY });
  const turns = pastTurns(flow, position);
  const page: PageContext = { assets, token: 't', area: areaLineOf(flow) };
  if (flow.reader !== 'professional')
    return renderPage(AnonymousResultPage({ page, reader: flow.reader, area: flow.area, result, turns }));
  const opened: Entry = {
    number: 1,
    at: AT,
    by: 'professional',
    what: { kind: 'opened', reference: 'B123456789', area: flow.area.id, flow: flow.id, version: 'v' },
  };
  const consultation = { ...readConsultation('id', [opened]), answers };
  const moment = { ...localClock(AT), isHoliday: false };
  const hours = nextHours !== undefined && mattersSoon(result, flow.area);
  const shown = hours
    ? {
        content: nextHours,
        asked: isAsked(nextHours, { flow, position }),
        numbers: numbersInTurn(result, moment),
        untilThen: [],
      }
    : undefined;
  return renderPage(
    ResultPage({
      page,
      consultation,
      area: flow.area,
      result,
      turns,
      ...(shown !== undefined && { nextHours: shown }),
      ...(script !== undefined && { words: wordsToSay(script, { flow, position }) }),
    }),
  );
}

/** The main part without collapsed content; the summary of a collapsed section is visible. */
export function linesInSight(html: string): string[] {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
  let text = readReferences(main);
  for (let before = ''; before !== text; ) {
    before = text;
    // Innermost first, so that nested sections are removed too.
    text = text.replace(
      /<details(?![^>]*\sopen)[^>]*>\s*<summary[^>]*>((?:(?!<\/summary>).)*)<\/summary>(?:(?!<details|<\/details>).)*<\/details>/gs,
      '\n$1\n',
    );
  }
  return text
    .replace(/<p class="fd-only-print".*?<\/p>/gs, '')
    .replace(/<[^>]* hidden(="")?[^>]*>.*?<\/\w+>/gs, '')
    .replace(/<span class="govuk-visually-hidden">.*?<\/span>/gs, '')
    .replace(/<\/?(p|li|h\d|dt|dd|div|section|ul|ol|button|form)\b[^>]*>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&(quot|#39|lt|gt);/g, '’')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
