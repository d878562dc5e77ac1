import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines, type Letters, type LineOfText } from '../../server/export/lines.ts';

/**
 * Every letter is 10 wide. Latin letters are in one font, those with marks in another, Arabic in a third; nothing else
 * exists.
 */
const LETTERS: Letters = {
  plain: 'plain',
  find: (cluster) => {
    if (/^[\x20-\x7e]$/.test(cluster)) return { font: 'plain', shaped: false };
    if (/^\p{Script=Latin}$/u.test(cluster)) return { font: 'marked', shaped: false };
    if (/^[\p{Script=Arabic}\p{M}]+$/u.test(cluster)) return { font: 'arabic', shaped: true };
    return undefined;
  },
  measure: (text) => 10 * [...text].length,
};
const onOneLine = (text: string) => breakLines(text, 100_000, LETTERS)[0]?.pieces.map((piece) => piece.text);

/** The line in reading order: each right-to-left stretch once, and the real text of each piece. */
function asRead({ pieces }: LineOfText): string {
  return pieces
    .filter((piece, index) => piece.stretch === undefined || piece.stretch !== pieces[index - 1]?.stretch)
    .map((piece) => piece.stretch ?? piece.actual ?? piece.text)
    .join('');
}

describe('lines', () => {
  it('break at spaces, at line breaks in the text, and within a word that is too long', () => {
    const lines = breakLines('one two three\nfour incomprehensible', 80, LETTERS);
    expect(lines.map(asRead)).toEqual(['one two', 'three', 'four', 'incompre', 'hensible']);
    for (const { width } of lines) expect(width).toBeLessThanOrEqual(80);
  });

  it('change the font where necessary, and join neighbouring text in the same font', () => {
    expect(onOneLine('Wanda Żółć said so')).toEqual(['Wanda ', 'Żółć', ' said so']);
  });

  it('write code points for letters that no font has', () => {
    expect(breakLines('is 陳小明.', 1000, LETTERS)[0]?.pieces).toMatchObject([
      { text: 'is ' },
      { text: '[U+9673 U+5C0F U+660E]', actual: '陳小明' },
      { text: '.' },
    ]);
    expect(onOneLine('\u202ex')).toEqual(['[U+FFFD]', 'x']);
  });

  it('set a right-to-left phrase as a whole, and reverse the order around it', () => {
    expect(onOneLine('named محمد ظہیر here')).toEqual(['named ', 'محمد ظہیر', ' here']);
    expect(onOneLine('born محمد 2016 علی, then')).toEqual(['born ', ',', 'علی', ' 2016 ', 'محمد', ' then']);
    expect(onOneLine('(محمد)')).toEqual(['(', 'محمد', ')']);
    expect(onOneLine('میں Bolton Town میں')).toEqual(['میں', ' Bolton Town ', 'میں']);
  });

  it('are right-aligned for a right-to-left text longer than a line', () => {
    expect(breakLines('محمد', 100, LETTERS).map((line) => line.atRight)).toEqual([false]);
    expect(breakLines('محمد ظہیر الدین', 100, LETTERS).map((line) => line.atRight)).toEqual([true, true]);
  });

  it('lose no text', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('محمد', 'ظہیر', '2016', 'Żółć', '陳', '(علی)', 'plain', '\n'),
    );
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
    const bare = (written: string) => written.replace(/\s/g, '');
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 600 }), (written, width) => {
        const expected = written
          .normalize('NFC')
          .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
          .replace(/[\u00ad\u200e\u200f\u2060\ufeff\u0085]/g, '');
        const lines = breakLines(written, width, LETTERS);
        const letters = (all: string) => [...bare(all)].sort().join('');
        expect(letters(lines.map(asRead).join(''))).toBe(letters(expected));
      }),
    );
  });
});
