/**
 * The files that a record can be taken away as. A new format is an entry here, its writer in `server/export`, and a line in
 * `server/web/kit/record-files.ts`, which the type checker asks for. The key ends the URL and the file's name, and stands in the log: it
 * never changes.
 */
interface Format {
  contentType: string;
  /** On a tab of its own. */
  title: string;
  /** In a sentence. */
  words: string;
  /** In a sentence, to somebody who asks for advice; left out: `words`. */
  wordsForProfessional?: string;
}

const FORMATS = {
  pdf: { contentType: 'application/pdf', title: 'PDF', words: 'PDF' },
  txt: {
    contentType: 'text/plain; charset=utf-8',
    title: 'Text',
    words: 'plain text',
    wordsForProfessional: 'plain text for your case system',
  },
  json: { contentType: 'application/json; charset=utf-8', title: 'JSON', words: 'JSON' },
} as const satisfies Record<string, Format>;

export type RecordFormat = keyof typeof FORMATS;
export const RECORD_FORMATS = Object.keys(FORMATS) as RecordFormat[];

export function describeFormat(format: RecordFormat): Format {
  return FORMATS[format];
}
