/**
 * The file formats for downloading a record. To add one: an entry here, its writer in `server/export`, and a line in
 * `server/web/kit/record-files.ts`, which the type checker asks for. The key is the file extension, ends the URL and is stored in the log,
 * so it must never change.
 */
interface Format {
  contentType: string;
  /** The label on its tab. */
  title: string;
  /** Its name inside a sentence. */
  words: string;
  /** Its name inside a sentence on the professional's pages; `words` if undefined. */
  wordsForProfessional?: string;
  /**
   * Where the file has its proof from the log: in the last field of the object, in lines after the text, or in comments
   * at the end of a PDF.
   */
  proof: 'field' | 'lines' | 'comments';
}

const FORMATS = {
  pdf: { contentType: 'application/pdf', title: 'PDF', words: 'PDF', proof: 'comments' },
  txt: {
    contentType: 'text/plain; charset=utf-8',
    title: 'Text',
    words: 'plain text',
    wordsForProfessional: 'plain text for your case system',
    proof: 'lines',
  },
  json: { contentType: 'application/json; charset=utf-8', title: 'JSON', words: 'JSON', proof: 'field' },
} as const satisfies Record<string, Format>;

export type RecordFormat = keyof typeof FORMATS;
export const RECORD_FORMATS = Object.keys(FORMATS) as RecordFormat[];

export function getFormat(format: RecordFormat): Format {
  return FORMATS[format];
}
