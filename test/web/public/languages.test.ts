import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
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
import { contentFiles, openApp, readLibrary, realLibrary } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, type Story } from '../walking.ts';
import { everyState, READERS, speak, storiesFor } from './every-state.ts';

const languages = realLibrary.languages ?? [];
const ENGLISH = /<span lang="en" dir="ltr">([^<]*)<\/span>/g;

/** English that stands on the page for want of a translation. Addresses are the same in every language. */
function englishIn({ html }: Page): string[] {
  return [...html.matchAll(ENGLISH)].map(([, words = '']) => readText(words)).filter((words) => !isAddress(words));
}

function readText(html: string): string {
  return plainly(
    html
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
}

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

/** It depends on the content of the day whether there is one of something or more, and the last two need a signature and a script. */
const SOMETIMES = [
  ...['contact', 'step', 'point', 'question', 'answer'].flatMap((word) => [`1 ${word}`, `2 ${word}s`]),
  '1 answer, 2 documents',
  'About 2 questions, 1 minute.',
  'About 9 questions, 3 minutes.',
  'The translation was checked by 12.',
  'Question added: number 2.',
];

/** Links and addresses are the same in every language. */
function isAddress(text: string): boolean {
  return /^\S+[.@]\S+$/.test(text);
}

describe('a language', () => {
  it('is Arabic, Polish and Urdu, and nobody has signed them yet', () => {
    expect(languages.map(({ englishName }) => englishName)).toEqual(['Arabic', 'Polish', 'Urdu']);
    expect(languages.map(({ signed }) => signed)).toEqual([undefined, undefined, undefined]);
  });

  it('covers everything that any page of the two doors says', async () => {
    const texts = await everyText();
    expect(texts.size).toBeGreaterThan(300);
    for (const language of languages) {
      const translate = translatorOf(language);
      const left = [...texts].filter((text) => translate(text).some(({ english }) => english) && !isAddress(text));
      expect([language.id, left]).toEqual([language.id, []]);
    }
  }, 120_000);

  it.each(languages)('$englishName is marked on each page, with English one tap away', async (language) => {
    const visitor = (await openApp()).visit();
    const [, story = {}] = storiesFor('child');
    const pages = [await speak(visitor, language.id), await visitor.go(paths.talkFor('child'))];
    for await (const page of walkOn(visitor, 'child', story)) pages.push(page);
    pages.push(await visitor.go(`${paths.talk()}/nothing`));
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) {
      expect(page.html).toContain(`<html lang="${language.id}" dir="${language.direction}"`);
      expect(page.html).toContain(language.sentences['Translated without a professional translator, not yet checked.']);
      expect(page.html).toContain('>English</button>');
      expect(page.html).toContain('href="tel:999"');
      expect(page.way.join(' ')).not.toMatch(/\b(ur|pl|ar|urdu|polish|arabic)\b/i);
      expect(englishIn(page)).toEqual([]);
    }
  });

  it.each(READERS)('changes no telephone number and no link for the %s', async (reader) => {
    const { visit } = await openApp();
    const [story = {}] = storiesFor(reader);
    const [english, urdu] = [visit(), visit()];
    await speak(urdu, 'ur');
    const results: Page[] = [];
    for (const visitor of [english, urdu])
      for await (const page of walkOn(visitor, reader, story)) if (page.end !== undefined) results.push(page);
    const [inEnglish = [], inUrdu = []] = results.map((page) =>
      page.all('main a').map((link) => attribute(link, 'href')),
    );
    expect(inUrdu).toEqual(inEnglish);
    expect(results[1]?.html).toContain('lang="en" dir="ltr" translate="no">“Interpreter, please. I speak Urdu.”');
  });

  it('is left for English with one button, on the page where one was', async () => {
    const visitor = (await openApp()).visit();
    await speak(visitor, 'ar');
    const page = await visitor.send((await visitor.go(paths.talkFor('child'))).form(paths.talk()));
    const { question } = page;
    const back = await visitor.send(page.form(paths.talkLanguage()), { language: 'en' });
    expect(attribute(back.find('html'), 'lang')).toBe('en-GB');
    expect(back.question).toBe(question);
    expect(englishIn(back)).toEqual([]);
  });

  it('travels sealed with the browser, for an hour, and ends with the conversation', async () => {
    const { visit, clock } = await openApp();
    const visitor = visit();
    await visitor.go(paths.start());
    await speak(visitor, 'ur');
    expect(visitor.cookies.get('front_door_talk')).toMatch(/^\d+\.[\w-]{60,}$/);
    await speak(visitor, 'none');
    expect(visitor.cookies.has('front_door_talk')).toBe(false);
    await speak(visitor, 'ur');
    const htmlLang = async () => attribute((await visitor.go(paths.talkFor('child'))).find('html'), 'lang');
    expect(await htmlLang()).toBe('ur');
    await visitor.request(paths.leave(), {
      method: 'POST',
      headers: { 'Content-Type': 'text/ping', 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(await htmlLang()).toBe('en-GB');
    await speak(visitor, 'ur');
    clock.pass(61);
    expect(await htmlLang()).toBe('en-GB');
  });

  it('that nobody offers is English', async () => {
    const visitor = (await openApp()).visit();
    await speak(visitor, 'ur');
    const page = await speak(visitor, '<script>');
    expect(page.url).toBe(paths.start());
  });

  it('reads a telephone number from left to right, and dates in its own words', () => {
    const urdu = languages.find(({ id }) => id === 'ur') as Language;
    expect(inLanguage('<p><a href="tel:08001111">0800 1111</a></p>', urdu)).toContain('<bdi dir="ltr">0800 1111</bdi>');
    expect(inLanguage('<p>Today, Thursday 26 November 2026</p>', urdu)).toBe('<p>آج، جمعرات، 26 نومبر، 2026</p>');
  });
});

describe('what has no translation', () => {
  const missing = 'Are you safe now, and will you be safe tonight?';
  const file = 'languages/ur.yaml';
  const files = contentFiles.map((one) =>
    one.name === file
      ? { ...one, text: one.text.replace(/^ {2}Are you safe now, and will you be safe tonight\?.*\n/m, '') }
      : one,
  );

  it('stands in English, marked as English, while the sentences around it are translated', async () => {
    const { visit } = await openApp({ library: readLibrary(files) });
    const visitor = visit();
    await speak(visitor, 'ur');
    const page = await visitor.send((await visitor.go(paths.talkFor('child'))).form(paths.talk()));
    expect(englishIn(page)).toEqual([missing]);
  });

  it('is escaped like everything else', () => {
    const none: Language = {
      id: 'xx',
      name: 'X',
      englishName: 'X',
      direction: 'rtl',
      sentences: { 'A & B.': 'C < D' },
    };
    expect(inLanguage('<p title="A &amp; B.">A &amp; B. Use &lt;b&gt;</p><cite>A &amp; B.</cite>', none)).toBe(
      '<p title="C &lt; D">C &lt; D <span lang="en" dir="ltr">Use &lt;b&gt;</span></p><cite lang="en" dir="ltr">A &amp; B.</cite>',
    );
  });
});

describe('the list of what the pages say', () => {
  it('has nothing that no page says any more', async () => {
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

  it('has what the scripts say', () => {
    const scripts = ['answers.js', 'swaps.js', 'forms.js', 'slow.js', 'copy.js', 'ticks.js'].map((name) =>
      readFileSync(join(import.meta.dirname, '../../../static', name), 'utf8').replace(/\$\{[^}]*\}/g, '{n}'),
    );
    for (const words of SCRIPT_WORDS)
      expect([words, scripts.some((text) => text.includes(words))]).toEqual([words, true]);
  });
});

const PAGE = { leaving: true, assets: NO_ASSETS, token: 't' };
const GO_ON = { href: '/', words: 'Go on with the open question' };

/** What would be translated: texts and the attributes that are read aloud, outside of what stays in English. */
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

async function* walkOn(visitor: Visitor, reader: string, story: Story): AsyncGenerator<Page> {
  let page = await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()), { anew: 'yes' });
  yield page;
  while (page.question !== undefined) {
    page = await answer(visitor, page, story[page.question] ?? 'unknown');
    yield page;
  }
}
