/**
 * The words by which a consultation is found, as the full text of both databases holds them: folded, each word once,
 * and before each a mark of its area and column. So one list of rows in the index is all that a word needs: those of
 * another area, or with the word in another column, are never read.
 */
import { createHash } from 'node:crypto';
import { foldedWords } from '../base/text.ts';

export const INDEXED_COLUMNS = ['professional', 'agency', 'words'] as const;
type IndexedColumn = (typeof INDEXED_COLUMNS)[number];

/** The text of a consultation in each column: as it was written, or as it is indexed. */
export type SearchableTexts = Record<IndexedColumn | 'area', string>;

const COLUMN_LETTERS: Record<IndexedColumn, string> = { professional: 'p', agency: 'a', words: 'w' };
/** Every mark has the same length, since SQLite counts the letters of a beginning from the start of the mark. */
const AREA_LETTERS = 3;
export const MARK_LETTERS = AREA_LETTERS + 1;

const marksOfAreas = new Map<string, string>();

/** Two areas may have the same mark. A search compares the area of each row as well, so this costs time and nothing else. */
function markOf(area: string, column: IndexedColumn): string {
  let mark = marksOfAreas.get(area);
  if (mark === undefined) {
    mark = createHash('sha256').update(area).digest('hex').slice(0, AREA_LETTERS);
    marksOfAreas.set(area, mark);
  }
  return mark + COLUMN_LETTERS[column];
}

/** Each word of the text once, with its mark. A word in the index begins with one of these if it begins with a word of the text. */
export function markedWords(area: string, column: IndexedColumn, text: string): string[] {
  const mark = markOf(area, column);
  return [...new Set(foldedWords(text))].map((word) => mark + word);
}

export function toIndexed({ area, ...columns }: SearchableTexts): SearchableTexts {
  const indexed = (column: IndexedColumn) => markedWords(area, column, columns[column]).join(' ');
  return { area, professional: indexed('professional'), agency: indexed('agency'), words: indexed('words') };
}
