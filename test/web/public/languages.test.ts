import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Language } from '../../../server/flow/translation/language.ts';
import { inLanguage } from '../../../views/kit/in-language.ts';
import { SCRIPT_WORDS } from '../../../views/kit/script-words.ts';
import { contentFiles, openApp, readLibrary, realLibrary } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, type Story } from '../walking.ts';
import { isAddress, READERS, readText, speak, storiesFor } from './every-state.ts';

const languages = realLibrary.languages ?? [];
const NOT_CHECKED = 'Translated without a professional translator, not yet checked.';
const ENGLISH = /<span lang="en" dir="ltr">([^<]*)<\/span>/g;

/** English text on the page that lacks a translation. URLs are the same in every language. */
function englishIn({ html }: Page): string[] {
  return [...html.matchAll(ENGLISH)].map(([, words = '']) => readText(words)).filter((words) => !isAddress(words));
}

describe('a language', () => {
  it('is each file of the folder, among them Arabic, Polish and Urdu', () => {
    const files = contentFiles.flatMap(({ name }) => /^languages\/(.+)\.yaml$/.exec(name)?.[1] ?? []);
    const names = files.filter((name) => name !== 'pages');
    expect(languages.map(({ id }) => id).toSorted()).toEqual(names.toSorted());
    expect(languages.map(({ englishName }) => englishName)).toEqual(
      expect.arrayContaining(['Arabic', 'Polish', 'Urdu']),
    );
  });

  it('is named on the accessibility page until somebody has signed it', async () => {
    const [first, ...others] = languages.map(({ signed: _, ...language }) => language);
    const signed = { ...(first as Language), signed: { by: 'A. Lead, safeguarding lead', on: '2026-11-01' } };
    const added = { ...(first as Language), id: 'so', englishName: 'Somali' };
    const library = { ...realLibrary, languages: [signed, ...others, added] };
    const { html: words } = await (await openApp({ library })).visit().go(paths.accessibility());
    for (const { englishName } of [...others, added]) expect(words).toContain(englishName);
    expect(words).not.toContain(signed.englishName);
  });

  it.each(languages)('$englishName is marked on each page, with English one tap away', async (language) => {
    const visitor = (await openApp()).visit();
    const [, story = {}] = storiesFor('child');
    const pages = [await speak(visitor, language.id), await visitor.go(paths.talkFor('child'))];
    for await (const page of walkOn(visitor, 'child', story)) pages.push(page);
    pages.push(await visitor.go(`${paths.talk()}/nothing`));
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) {
      expect(page.html).toContain(`<html lang="${language.id}" dir="${language.direction}"`);
      if (language.signed === undefined) expect(page.html).toContain(language.sentences[NOT_CHECKED]);
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

  it('can be left for English with one button, on the same page', async () => {
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

  it('that is not offered becomes English', async () => {
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

  it('is shown in English, marked as English, while the sentences around it are translated', async () => {
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
  it('includes what the scripts say', () => {
    const scripts = ['answers.js', 'swaps.js', 'forms.js', 'slow.js', 'copy.js', 'ticks.js'].map((name) =>
      readFileSync(join(import.meta.dirname, '../../../static', name), 'utf8').replace(/\$\{[^}]*\}/g, '{n}'),
    );
    for (const words of SCRIPT_WORDS)
      expect([words, scripts.some((text) => text.includes(words))]).toEqual([words, true]);
  });
});

async function* walkOn(visitor: Visitor, reader: string, story: Story): AsyncGenerator<Page> {
  let page = await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()), { anew: 'yes' });
  yield page;
  while (page.question !== undefined) {
    page = await answer(visitor, page, story[page.question] ?? 'unknown');
    yield page;
  }
}
