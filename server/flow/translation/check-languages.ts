/**
 * Checks translations against the English that the doors show now. A missing or outdated translation is a warning,
 * because the page falls back to English, and a changed English sentence must not keep the server from starting. A
 * different telephone number is an error, because somebody would ring the wrong one.
 */
import type { Flow } from '../flow.ts';
import { placeIn, problemIn } from '../language/read.ts';
import { nearest, type Problem } from '../problem.ts';
import { doorSentences } from './door-sentences.ts';
import { gapsIn } from './language.ts';
import { NOBODY, type ReadLanguage, type ReadLanguages } from './read-languages.ts';

export function checkLanguages({ languages, pages }: ReadLanguages, flows: Iterable<Flow>): Problem[] {
  const english = new Set([...doorSentences(flows), ...pages.sentences]);
  return languages.flatMap((read) => [
    ...checkSignature(read),
    ...findMissing(read, english),
    ...Object.entries(read.language.sentences).flatMap(([sentence, translation]) =>
      checkSentence(read, english, sentence, translation),
    ),
  ]);
}

function checkSignature({ document }: ReadLanguage): Problem[] {
  const { 'signed by': by, 'signed on': on } = document.value as Record<string, string>;
  if ((by === NOBODY) === (on === undefined)) return [];
  const message = `"signed by" and "signed on" belong together. Write the name and role of the lead who answers for this translation, and the day; until then "signed by: ${NOBODY}" alone.`;
  return [problemIn(document, ['signed by'], message)];
}

function findMissing({ language, document }: ReadLanguage, english: ReadonlySet<string>): Problem[] {
  return [...english]
    .filter((sentence) => !Object.hasOwn(language.sentences, sentence))
    .map((sentence) =>
      problemIn(
        document,
        ['sentences'],
        `no translation for "${sentence}". Until there is one, readers see it in English.`,
        'warning',
      ),
    );
}

function whatInstead({ sentences }: ReadLanguage['language'], english: ReadonlySet<string>, sentence: string): string {
  const untranslated = [...english].filter((one) => !Object.hasOwn(sentences, one));
  const now = nearest(sentence, untranslated);
  return now === undefined ? 'Take it out.' : `It may be "${now}" now: check the translation, and change the key.`;
}

function checkSentence(
  { language, document }: ReadLanguage,
  english: ReadonlySet<string>,
  sentence: string,
  translation: string,
): Problem[] {
  const at = (message: string, kind: Problem['kind']): Problem => ({
    file: document.file,
    ...placeIn(document, ['sentences', written(document.value, sentence)]),
    message,
    kind,
  });
  const problems: Problem[] = [];
  if (!english.has(sentence))
    problems.push(at(`no door says "${sentence}" any more. ${whatInstead(language, english, sentence)}`, 'warning'));
  if (numbersIn(sentence) !== numbersIn(translation))
    problems.push(
      at(
        `the numbers differ: "${sentence}" has ${numbersIn(sentence) || 'none'}, its translation ${numbersIn(translation) || 'none'}.`,
        'error',
      ),
    );
  if (gapsIn(sentence).join() !== gapsIn(translation).join())
    problems.push(
      at(`the gaps in braces differ: "${sentence}" has ${gapsIn(sentence).join(', ') || 'none'}.`, 'error'),
    );
  return problems;
}

/** The key as it is in the file, where apostrophes may be straight. */
function written(value: unknown, sentence: string): string {
  const keys = Object.keys((value as { sentences: object }).sentences);
  return keys.find((key) => key.replaceAll("'", '’') === sentence) ?? sentence;
}

/** Sorted, since languages put words in different orders. */
function numbersIn(text: string): string {
  return (text.match(/\d[\d ]*\d|\d/g) ?? []).sort().join(', ');
}
