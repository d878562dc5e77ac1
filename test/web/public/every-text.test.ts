/** Every text of every page of the two doors, in each language. */
import { describe, expect, it } from 'vitest';
import { doorSentences } from '../../../server/flow/translation/door-sentences.ts';
import {
  gapsIn,
  type Language,
  plainly,
  sentencesIn,
  translatorOf,
} from '../../../server/flow/translation/language.ts';
import { inLanguage } from '../../../views/kit/in-language.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { SCRIPT_WORDS } from '../../../views/kit/script-words.ts';
import { ProblemPage } from '../../../views/site/problem.tsx';
import { NO_ASSETS } from '../../reading/shown-results.ts';
import { isShort } from '../../short-form.ts';
import { openApp, realLibrary } from '../app.ts';
import { everyState, isAddress, readText } from './every-state.ts';

const languages = realLibrary.languages ?? [];

/** Every text of every page of the two doors, in English. */
let read: Promise<ReadonlySet<string>> | undefined;

function everyText(): Promise<ReadonlySet<string>> {
  read ??= readEveryText();
  return read;
}

async function readEveryText(): Promise<ReadonlySet<string>> {
  const none: Language = { id: 'xx', name: 'X', englishName: 'X', direction: 'ltr', sentences: {} };
  const { visit } = await openApp({ library: { ...realLibrary, languages: [none] } });
  const texts = new Set<string>(SCRIPT_WORDS.map((words) => words.replace('{n}', '2')));
  const add = (html: string) => {
    for (const text of textsOf(html)) texts.add(text);
  };
  for await (const page of everyState(visit, 'xx')) add(page.html);
  for (const kind of ['not found', 'out of step', 'cross-site', 'ours'] as const)
    add(inLanguage(renderPage(ProblemPage({ page: { ...PAGE, language: none }, kind, goOn: GO_ON })), none));
  for (const text of SOMETIMES) texts.add(text);
  return texts;
}

/**
 * Whether there is one of something or several depends on the content of the day, and the last two need a signature and
 * a script.
 */
const SOMETIMES = [
  ...['contact', 'step', 'point', 'question', 'answer'].flatMap((word) => [`1 ${word}`, `2 ${word}s`]),
  '1 answer, 2 documents',
  'About 2 questions, 1 minute.',
  'About 9 questions, 3 minutes.',
  'The translation was checked by 12.',
  'Question added: number 2.',
];

describe('a language', () => {
  it('covers everything that any page of the two doors says', async () => {
    const texts = await everyText();
    expect(texts.size).toBeGreaterThan(isShort ? 150 : 300);
    for (const language of languages) {
      const translate = translatorOf(language);
      const left = [...texts].filter((text) => translate(text).some(({ english }) => english) && !isAddress(text));
      expect([language.id, left]).toEqual([language.id, []]);
    }
  }, 120_000);
});

describe('the list of what the pages say', () => {
  it.skipIf(isShort)('has nothing that no page says any more', async () => {
    const parts = [...(await everyText())].flatMap((text) => [
      text,
      ...text.split('; '),
      text.replace(/ – Front Door$/, ''),
    ]);
    const shown = new Set(parts.flatMap((text) => [plainly(text), ...sentencesIn(text)]));
    const content = doorSentences(realLibrary.areas.get('national')?.flows.values() ?? []);
    const own = Object.keys(languages[0]?.sentences ?? {}).filter((sentence) => !content.has(sentence));
    expect(own.filter((sentence) => !isShown(sentence, shown))).toEqual([]);
  });
});

const PAGE = { leaving: true, assets: NO_ASSETS, token: 't' };
const GO_ON = { href: '/', words: 'Go on with the open question' };

/** What should be translated: texts and attributes that are read aloud, outside of what stays in English. */
function textsOf(html: string): string[] {
  const attributes = [...html.matchAll(/\s(?:aria-label|data-i18n[\w.-]*)="([^"]*)"/g)].map(([, words = '']) => words);
  const marked = [...html.matchAll(/(?:<span lang="en" dir="ltr">[^<]*<\/span> ?)+/g)].map(([text]) =>
    text.replace(/<[^>]*>/g, ''),
  );
  const titles = [...html.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title = '']) => title);
  return [...marked, ...titles, ...attributes].map(readText).filter((text) => text !== '');
}

function isShown(sentence: string, shown: ReadonlySet<string>): boolean {
  if (gapsIn(sentence).length === 0) return shown.has(sentence);
  const echo: Language = {
    id: 'yy',
    name: 'Y',
    englishName: 'Y',
    direction: 'ltr',
    sentences: { [sentence]: sentence },
  };
  return [...shown].some((text) => translatorOf(echo)(text).some(({ english }) => !english));
}
