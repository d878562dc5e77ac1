/**
 * The pages that the doors for the public and children can show in a language: each question as asked, refused,
 * changed, and sent by htmx; each result; and the posters that lead there.
 */
import { readReferences } from '../../../server/base/letter-references.ts';
import { paths } from '../../../server/base/paths.ts';
import { walkCases } from '../../../server/flow/compare/worked-cases.ts';
import { plainly } from '../../../server/flow/translation/language.ts';
import { someOf } from '../../short-form.ts';
import { realLibrary, TODAY } from '../app.ts';
import type { Page } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, type Story } from '../walking.ts';

export const READERS = ['public', 'child'] as const;

/** `visit`: a new browser each time. */
export async function* everyState(visit: () => Visitor, language: string): AsyncGenerator<Page> {
  yield await speak(visit(), language);
  yield await visit().go(paths.postersIn(language));
  for (const reader of READERS) {
    const visitor = visit();
    await speak(visitor, language);
    yield await visitor.go(paths.talkFor(reader));
    const refused = new Set<string>();
    for (const story of someOf(storiesFor(reader), 6)) yield* walk(visitor, reader, story, refused);
    // Starting again while there are answers asks the person first.
    yield await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()));
  }
}

/** Presses the language's button on the start page. */
export async function speak(visitor: Visitor, language: string): Promise<Page> {
  const form = (await visitor.go(paths.start())).form(paths.talkLanguage());
  return visitor.send(form, { language });
}

/** Cases that together give every answer that any case gives, and reach every end that any case reaches. */
export function storiesFor(reader: (typeof READERS)[number]): Story[] {
  const flow = realLibrary.areas.get('national')?.flows.get(reader);
  const seen = new Set<string>();
  return walkCases(realLibrary, flow as NonNullable<typeof flow>, TODAY).flatMap(({ answers, position }) => {
    const shown = Object.entries(answers).flatMap(([question, given]) => {
      const several = [given].flat();
      // A tick together with a doubt is shown in other words.
      return [...several, several.length > 1 && several.includes('unknown')].map((one) => `${question}=${one}`);
    });
    if (position.at.kind === 'end') shown.push(position.at.end.id);
    const adds = shown.some((one) => !seen.has(one));
    for (const one of shown) seen.add(one);
    return adds ? [answers as Story] : [];
  });
}

async function* walk(visitor: Visitor, reader: string, story: Story, refused: Set<string>): AsyncGenerator<Page> {
  let page = await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()), { anew: 'yes' });
  let before: string | undefined;
  while (page.question !== undefined) {
    const given = story[page.question];
    if (given === undefined) throw new Error(`the story does not answer ${page.question}`);
    yield page;
    if (!refused.has(page.question)) {
      refused.add(page.question);
      yield await visitor.send(page.questionForm, {}, { 'HX-Request': 'true' });
      yield await visitor.send(page.questionForm);
      if (before !== undefined) yield await visitor.go(paths.talkQuestion(before));
    }
    before = page.question;
    page = await answer(visitor, page, given);
  }
  yield page;
  // Where the end follows from the last answer, as when somebody is told to call 999, that answer can be given again.
  if (before !== undefined && !refused.has('last')) {
    refused.add('last');
    yield await visitor.go(paths.talkQuestion(before));
  }
  yield await visitor.go(paths.talkResultLarge());
}

/** The text of a piece of HTML without elements. */
export function readText(html: string): string {
  return plainly(
    readReferences(html)
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
}

/** Links and addresses are the same in every language. */
export function isAddress(text: string): boolean {
  return /^\S+[.@]\S+$/.test(text);
}
