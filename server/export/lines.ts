/**
 * Text → lines → pieces that can be drawn: each in one font and one direction, in the order in which they stand on the page. A letter that
 * no font has is written as its number, such as [U+9673], so that it is neither lost nor mistaken.
 */

/** What is drawn at once. */
export interface Piece {
  text: string;
  font: string;
  /** Set when what is drawn is not, letter by letter, what is meant: for copying, searching and reading aloud. */
  actual?: string;
  /** The letters change with their neighbours: to be set as a whole. */
  shaped: boolean;
  /** The whole stretch, as it is read, when this is part of one that runs from right to left. */
  stretch?: string;
}

export interface Line {
  pieces: Piece[];
  width: number;
  /** Of several lines that run from right to left; one alone, such as a name, stays with what is beside it. */
  atRight: boolean;
}

/** Where the fonts come from; `find` gives undefined for a letter that none has. */
export interface Letters {
  find(cluster: string): { font: string; shaped: boolean } | undefined;
  measure(text: string, font: string, shaped: boolean): number;
  /** For the numbers that stand for letters. */
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

/** Line ends in the text are kept. */
export function breakLines(text: string, width: number, letters: Letters): Line[] {
  return clean(text)
    .split('\n')
    .flatMap((line) => breakLine(line, width, letters));
}

/** Signs that turn the direction, and that nobody typed, become visible; those that only join or mark are left out. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2028\u2029\u0085]|\r\n?/g, '\n')
    .replace(/[^\S\n]/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[\u00ad\u200e\u200f\u2060\ufeff]/g, '');
}

function breakLine(text: string, width: number, letters: Letters): Line[] {
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

/** One word; more if it does not fit into a line. */
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

/** A bracket that opens stands at the right. */
function mirror(piece: Piece): Piece {
  if (isAlone(piece) || !/[()[\]{}<>]/.test(piece.text)) return piece;
  const text = [...piece.text].map((letter) => MIRRORED[letter] ?? letter).join('');
  return { ...piece, text };
}

/** Most words: letters that every font of the plain kind has, each standing by itself. */
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

/** Words from right to left that follow each other are set as a whole, which keeps their order for whoever copies them. */
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

/** In the order of the page. What runs from right to left is turned, but for the words within that do not. */
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

/** Words of the direction that follow each other, with the numbers between them, make a group; each other word is one by itself. */
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

/** Beside each other in one font and direction: one piece, with the blanks between. */
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
