/** Shortens and wraps text for boxes. The reader's font is unknown here, so letter widths are generous estimates. */

/** Cuts at a clause if one ends late enough, otherwise at a word, and adds an ellipsis. `most` is in characters. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const room = line.slice(0, most);
  const clause = Math.max(...[',', ';', ':', ' (', '. '].map((sign) => room.lastIndexOf(sign)));
  const word = room.lastIndexOf(' ');
  const cut = clause > most * 0.6 ? clause : word > 0 ? word : most;
  return `${room.slice(0, cut).replace(/[\s,;:.(–-]+$/, '')}…`;
}

/** Estimated width, in the same unit as `height` (the font size). */
export function widthOf(text: string, height: number, bold = false): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * height * (bold ? 1.07 : 1);
}

function letterWidth(letter: string): number {
  if ("iljI.,:;'|!’‘".includes(letter)) return 0.33;
  if ('tfr()[]-“” /"'.includes(letter)) return 0.43;
  if ('mwMW@%—…'.includes(letter)) return 0.98;
  return /\p{Lu}/u.test(letter) ? 0.74 : 0.62;
}

export function wrap(text: string, width: number, height: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((item) => breakWord(item, width, height, bold))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, height, bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** Splits a word that is wider than the box, such as a web address. */
function breakWord(word: string, width: number, height: number, bold: boolean): string[] {
  if (widthOf(word, height, bold) <= width) return [word];
  const letters = Math.max(1, Math.floor(width / (height * (bold ? 1.06 : 0.99))));
  return word.match(new RegExp(`.{1,${letters}}`, 'gu')) ?? [word];
}

/** As many of the first words as fit on one line, with an ellipsis if some are left out. */
export function fitLine(text: string, width: number, height: number, bold = false): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (widthOf(line, height, bold) <= width) return line;
  const words = line.split(' ');
  while (words.length > 1 && widthOf(`${words.join(' ')}…`, height, bold) > width) words.pop();
  return `${words.join(' ').replace(/[,;:.(]+$/, '')}…`;
}
