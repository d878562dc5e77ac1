/**
 * Reads `flows/national/languages`: one file for each language, and `pages.yaml` with the English sentences that are
 * not in the content.
 */
import * as z from 'zod';
import type { ContentFile } from '../language/folder.ts';
import { type Document, readYaml, validate } from '../language/read.ts';
import type { Problem } from '../problem.ts';
import { type Language, plainly } from './language.ts';

/** The subfolder of the national content with the translations. */
const FOLDER = 'languages/';
const PAGES = 'pages.yaml';

export function isOfLanguages({ name }: Pick<ContentFile, 'name'>): boolean {
  return name.startsWith(FOLDER);
}

const words = z.string().trim().min(1);
const languageFile = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'the code of a language, such as ur'),
  'calls itself': words,
  'in English': words,
  reads: z.enum(['left to right', 'right to left']),
  'signed by': words,
  'signed on': z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-22')
    .optional(),
  sentences: z.record(words, words),
});
const pagesFile = z.strictObject({ sentences: z.array(words).min(1) });

/** The value of `signed by` until a safeguarding lead answers for the translation. */
export const NOBODY = 'nobody yet';

export interface ReadLanguage {
  language: Language;
  document: Document;
}

export interface ReadLanguages {
  languages: ReadLanguage[];
  /** The sentences of the pages. */
  pages: { sentences: string[]; document?: Document };
  problems: Problem[];
}

export function readLanguages(files: readonly ContentFile[]): ReadLanguages {
  const read: ReadLanguages = { languages: [], pages: { sentences: [] }, problems: [] };
  for (const { folder, name, text } of files.filter(isOfLanguages)) {
    const { document, problems } = readYaml(`flows/${folder}/${name}`, text);
    read.problems.push(...problems);
    if (document === undefined || problems.length > 0) continue;
    if (name === FOLDER + PAGES) readPages(read, document);
    else readLanguage(read, document);
  }
  return read;
}

function readPages(read: ReadLanguages, document: Document): void {
  const { value, problems } = validate(pagesFile, document, [], document.value);
  read.problems.push(...problems);
  if (value !== undefined) read.pages = { sentences: value.sentences.map(plainly), document };
}

function readLanguage(read: ReadLanguages, document: Document): void {
  const { value, problems } = validate(languageFile, document, [], document.value);
  read.problems.push(...problems);
  if (value === undefined) return;
  const { 'signed by': by, 'signed on': on } = value;
  read.languages.push({
    document,
    language: {
      id: value.language,
      name: value['calls itself'],
      englishName: value['in English'],
      direction: value.reads === 'right to left' ? 'rtl' : 'ltr',
      ...(by !== NOBODY && on !== undefined && { signed: { by, on } }),
      sentences: Object.fromEntries(Object.entries(value.sentences).map(([key, text]) => [plainly(key), text])),
    },
  });
}
