import { describe, expect, it } from 'vitest';
import { fitLine, shorten, widthOf, wrap } from '../../server/flow/draw/shorten.ts';

describe('shortened text', () => {
  it.each<[string, number, string]>([
    ['exactly ten', 11, 'exactly ten'],
    ['exactly ten', 10, 'exactly…'],
    ['  two \n words ', 9, 'two words'],
    ['one, two three', 9, 'one, two…'],
    ['one two, three', 10, 'one two…'],
    ['one two; three', 10, 'one two…'],
    ['one two: three', 10, 'one two…'],
    ['one two (three)', 10, 'one two…'],
    ['one two. Three', 10, 'one two…'],
    ['one.two three', 9, 'one.two…'],
    ['one, two four five', 12, 'one, two…'],
    ['abcdef, hi jkl', 10, 'abcdef…'],
    ['abcdefg, hi jkl', 13, 'abcdefg, hi…'],
    ['abcdefgh, hi jkl', 13, 'abcdefgh…'],
    ['abcdefghijkl', 5, 'abcde…'],
    [' – and this (', 9, '– and…'],
    ['one – two three', 8, 'one…'],
  ])('“%s” in %i letters', (text, most, expected) => {
    expect(shorten(text, most)).toBe(expected);
  });
});

describe('the width of letters', () => {
  it.each<[string, number]>([
    ["iljI.,:;'|!’‘", 0.33],
    ['tfr()[]-“” /"', 0.43],
    ['mwMW@%—…', 0.98],
    ['ABCDEFGHJKLNOPQRSTUVXYZÄ', 0.74],
    ['abcdeghknopqsuvxyz0123456789ß', 0.62],
  ])('of “%s”', (letters, part) => {
    for (const letter of letters) expect(widthOf(letter, 100)).toBeCloseTo(part * 100);
  });

  it('is larger in bold, and is added up', () => {
    expect(widthOf('im', 10)).toBeCloseTo(13.1);
    expect(widthOf('im', 10, true)).toBeCloseTo(14.017);
    expect(widthOf('', 10)).toBe(0);
  });
});

describe('lines', () => {
  it('break where the next word does not fit', () => {
    expect(wrap('aa aa aa', 16.71 * 2, 10)).toEqual(['aa aa', 'aa']);
    expect(wrap('aa aa', 29.1, 10)).toEqual(['aa aa']);
    expect(wrap('aa aa', 29, 10)).toEqual(['aa', 'aa']);
    expect(wrap('aa aa', 29.1, 10, true)).toEqual(['aa', 'aa']);
    expect(wrap('', 29, 10)).toEqual([]);
    expect(wrap('aa \n  aa', 29, 10)).toEqual(['aa', 'aa']);
  });

  it('break a word that is wider than a line', () => {
    expect(wrap('aaaaaa', 30, 10)).toEqual(['aaa', 'aaa']);
    expect(wrap('aaaaa', 31, 10)).toEqual(['aaaaa']);
    expect(wrap('aaaaaa', 31, 10, true)).toEqual(['aa', 'aa', 'aa']);
    expect(wrap('aaaaa', 32, 10, true)).toEqual(['aaa', 'aa']);
    expect(wrap('ab', 1, 10)).toEqual(['a', 'b']);
    expect(wrap('😀😀', 6, 10)).toEqual(['😀', '😀']);
  });

  it('end in an ellipsis if only one fits', () => {
    expect(fitLine(' aa  aa ', 29.1, 10)).toBe('aa aa');
    expect(fitLine('aa aa', 29, 10)).toBe('aa…');
    expect(fitLine('aa aa aa', 38.9, 10)).toBe('aa aa…');
    expect(fitLine('aa aa aa', 38.8, 10)).toBe('aa…');
    expect(fitLine('aa aa aa', 41, 10, true)).toBe('aa…');
    expect(fitLine('aa, (aa aa', 29, 10)).toBe('aa…');
    expect(fitLine('aaaaaaa', 9, 10)).toBe('aaaaaaa…');
    expect(fitLine('a aaaaaaa', 9, 10)).toBe('a…');
  });
});
