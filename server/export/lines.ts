/**
 * Breaks text into lines, and lines into pieces to draw: each in one font and one direction, in their order on the page. A letter that no
 * font has is written as its code point, such as [U+9673], so that it is not lost.
 */

/** A run of text that is drawn in one go. */
export interface Piece {
  text: string;
  font: string;
  /** The real text, if the drawn letters differ from it: for copying, searching and screen readers. */
  actual?: string;
  /** The letters change with their neighbours, so the piece must be set as a whole. */
  shaped: boolean;
  /** The text of the whole right-to-left stretch that this piece is part of, in reading order. */
  stretch?: string;
}

export interface LineOfText {
  pieces: Piece[];
  width: number;
  /** Right-aligned: part of a right-to-left text of several lines. A single line, such as a name, stays with the text beside it. */
  atRight: boolean;
}

/** Access to the fonts. `find` returns undefined for a letter that no font has. */
export interface Letters {
  find(cluster: string): { font: string; shaped: boolean } | undefined;
  measure(text: string, font: string, shaped: boolean): number;
  /** The font for code points in place of missing letters. */
  plain: string;
}

type Direction = 'left to right' | 'right to left' | 'neutral';
interface Word {
  text: string;
  pieces: Piece[];
  width: number;
  direction: Direction;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const PLAIN = /^[\x21-\x7e\u00a1-\u00ac\u00ae-\u00ff‘’“”–—…•]+$/;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Breaks text to a width in points. Line breaks in the text are kept. */
export function breakLines(text: string, width: number, letters: Letters): LineOfText[] {
  return clean(text)
    .split('\n')
    .flatMap((line) => breakLine(line, width, letters));
}

/** Makes direction overrides visible; drops invisible joiners and marks. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2028\u2029\u0085]|\r\n?/g, '\n')
    .replace(/[^\S\n]/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[\u00ad\u200e\u200f\u2060\ufeff]/g, '');
}

function breakLine(text: string, width: number, letters: Letters): LineOfText[] {
  const fromRight = RIGHT_TO_LEFT.test(text.match(LETTER)?.[0] ?? '');
  const space = letters.measure(' ', letters.plain, false);
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of text.split(/ +/).flatMap((long) => toWords(long, width, letters))) {
    const last = lines.at(-1) ?? [];
    if (last.length > 0 && used + space + word.width > width) {
      lines.push([word]);
      used = word.width;
    } else {
      used += word.width + (last.length > 0 ? space : 0);
      last.push(word);
    }
  }
  return lines.map((words) => ({
    pieces: joinPieces(arrange(joinPhrases(words), fromRight, letters.plain), letters.plain),
    width: words.reduce((sum, word) => sum + word.width, space * (words.length - 1)),
    atRight: fromRight && lines.length > 1,
  }));
}

/** Usually one word; several if it is too long for a line. */
function toWords(text: string, width: number, letters: Letters): Word[] {
  const word = toWord(text, letters);
  const all = [...text];
  if (word.width <= width || all.length === 1) return [word];
  const half = Math.ceil(all.length / 2);
  return [all.slice(0, half), all.slice(half)].flatMap((part) => toWords(part.join(''), width, letters));
}

function toWord(text: string, letters: Letters): Word {
  if (PLAIN.test(text)) return toPlainWord(text, letters);
  const pieces: Piece[] = [];
  for (const { segment } of clusters.segment(text)) {
    const found = letters.find(segment);
    const last = pieces.at(-1);
    if (found !== undefined && last?.font === found.font && last.actual === undefined) last.text += segment;
    else if (found !== undefined) pieces.push({ text: segment, ...found });
    else if (last?.actual !== undefined) {
      last.actual += segment;
      last.text = nameLetters(last.actual);
    } else pieces.push({ text: nameLetters(segment), actual: segment, font: letters.plain, shaped: false });
  }
  const width = pieces.reduce((sum, { text: part, font, shaped }) => sum + letters.measure(part, font, shaped), 0);
  const direction = RIGHT_TO_LEFT.test(text) ? 'right to left' : LETTER.test(text) ? 'left to right' : 'neutral';
  return { text, pieces: direction === 'right to left' ? pieces.reverse().map(mirror) : pieces, width, direction };
}

const MIRRORED: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
};

/** In right-to-left text an opening bracket is drawn as its mirror image. */
function mirror(piece: Piece): Piece {
  if (isAlone(piece) || !/[()[\]{}<>]/.test(piece.text)) return piece;
  const text = [...piece.text].map((letter) => MIRRORED[letter] ?? letter).join('');
  return { ...piece, text };
}

/** The fast path for most words: plain letters that need no shaping. */
function toPlainWord(text: string, { plain, measure }: Letters): Word {
  const direction = LETTER.test(text) ? 'left to right' : 'neutral';
  return { text, pieces: [{ text, font: plain, shaped: false }], width: measure(text, plain, false), direction };
}

function nameLetters(letters: string): string {
  const numbers = [...letters].map((letter) =>
    (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'),
  );
  return `[${numbers.map((number) => `U+${number}`).join(' ')}]`;
}

/** Joins neighbouring right-to-left words into one, so that copied text keeps its order. */
function joinPhrases(words: Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const [before, [piece, ...more]] = [joined.at(-1), word.pieces];
    const [last, ...others] = before?.pieces ?? [];
    const isPhrase = before?.direction === 'right to left' && word.direction === 'right to left';
    const single = more.length === 0 && others.length === 0 && last?.shaped === true && last.font === piece?.font;
    if (isPhrase && single) {
      last.text += ` ${piece?.text}`;
      before.text += ` ${word.text}`;
    } else joined.push({ ...word, pieces: word.pieces.map((part) => ({ ...part })) });
  }
  return joined;
}

/** Puts words in their order on the page: right-to-left runs are reversed, left-to-right words inside them are not. */
function arrange(words: Word[], fromRight: boolean, plain: string): Word[] {
  if (fromRight) return [turn(words, plain)];
  return groupWords(words, 'right to left').flatMap((group) =>
    group[0]?.direction === 'right to left' ? [turn(group, plain)] : group,
  );
}

function turn(words: Word[], plain: string): Word {
  const stretch = words.map((word) => word.text).join(' ');
  const order = groupWords(words, 'left to right').reverse().flat();
  const blank: Piece = { text: ' ', font: plain, shaped: false };
  const pieces = order.flatMap((word, index) => (index === 0 ? word.pieces : [blank, ...word.pieces]));
  return {
    text: stretch,
    pieces: pieces.map((piece) => ({ ...piece, stretch })),
    width: 0,
    direction: 'right to left',
  };
}

/** Groups neighbouring words of one direction, with the numbers between them. Every other word is a group of its own. */
function groupWords(words: Word[], direction: Direction): Word[][] {
  const groups: Word[][] = [];
  let numbers: Word[] = [];
  for (const word of words) {
    const last = groups.at(-1);
    const goesOn = last?.[0]?.direction === direction;
    if (word.direction === 'neutral' && goesOn) numbers.push(word);
    else if (word.direction === direction && goesOn) {
      last.push(...numbers, word);
      numbers = [];
    } else {
      groups.push(...numbers.map((number) => [number]), [word]);
      numbers = [];
    }
  }
  return [...groups, ...numbers.map((number) => [number])];
}

/** Merges neighbours with the same font and direction into one piece, with spaces between. */
function joinPieces(words: Word[], plain: string): Piece[] {
  const joined: Piece[] = [];
  const add = (piece: Piece) => {
    const last = joined.at(-1);
    const same = last?.font === piece.font && last.stretch === piece.stretch;
    if (same && !isAlone(last) && !isAlone(piece)) last.text += piece.text;
    else joined.push({ ...piece });
  };
  for (const [index, { pieces }] of words.entries()) {
    if (index > 0) add({ text: ' ', font: plain, shaped: false });
    for (const piece of pieces) add(piece);
  }
  return joined.map((piece) =>
    piece.shaped && piece.stretch === undefined ? { ...piece, actual: piece.text } : piece,
  );
}

function isAlone(piece: Piece): boolean {
  return piece.shaped || piece.actual !== undefined;
}
