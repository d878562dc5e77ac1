/** Content that is well formed but cannot be intended is reported with its place and how to fix it. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { describeProblem } from '../../server/flow/problem.ts';
import { swap, TODAY, town } from './small-content.ts';

function told(changes: Parameters<typeof town>[0]): string[] {
  return loadLibrary(town(changes), TODAY).problems.map(describeProblem);
}

describe('the small area', () => {
  it('has no such problem', () => {
    expect(told({})).toEqual([]);
  });
});

describe('a telephone number', () => {
  it.each([
    ['0161 496 OOOO', '"O" cannot be dialled'],
    ['0161 496 0000 (day)', '"d" cannot be dialled'],
    ['0161–496', '"–" cannot be dialled'],
    ['12', 'has 2 digits; a telephone number of this kind has 3 to 15'],
    ['0161 496 0000 0161 496 0001', 'has 22 digits'],
    ['0161 496 00', 'has 9 digits; a telephone number of this kind has 10 to 11'],
    ['496 0000', 'its area code is missing'],
    ['+44 161', 'has 5 digits'],
  ])('is not %s', (number, message) => {
    const [problem, ...more] = told({ 'contacts.yaml': swap('0161 496 0000', number) });
    expect(problem).toMatch(/^flows\/town\/contacts\.yaml:\d+:\d+: /);
    expect(problem).toContain(message);
    expect(more).toEqual([]);
  });

  it.each(['999', '+44 161 496 0000', '(0161) 496 0000', '116 123', '0800 1111', '18000', '85258', '01200 12345'])(
    'can be %s',
    (number) => {
      expect(told({ 'contacts.yaml': swap('0161 496 0000', number) })).toEqual([]);
    },
  );
});

describe('an action that names a time', () => {
  it.each([
    ['Refer at once', 'the action says "at once", and "within" says "today"'],
    ['Refer without delay', 'the action says "without delay", and "within" says "today"'],
  ])('is refused with "%s" if the end has another time', (action, message) => {
    const [problem, ...more] = told({ 'worry.yaml': swap('action: Refer\n', `action: ${action}\n`) });
    expect(problem).toMatch(/^flows\/town\/worry\.yaml:\d+:\d+: /);
    expect(problem).toContain(message);
    expect(more).toEqual([]);
  });

  it('may name the end’s own time', () => {
    expect(told({ 'worry.yaml': swap('action: Refer\n', 'action: Refer today\n') })).toEqual([]);
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-31', 'a day that the calendar has'],
    ['2025-02-29', 'a day that the calendar has'],
    ['2031-01-01', 'is still to come'],
    ['22.11.2026', 'a date such as 2026-11-22'],
  ])('of checking is not %s', (day, message) => {
    expect(told({ 'contacts.yaml': swap('checked on: not checked', `checked on: ${day}`) }).join()).toContain(message);
  });

  it.each(['2024-07-31', '2026-11-22'])('of checking can be %s', (day) => {
    expect(told({ 'contacts.yaml': swap('checked on: not checked', `checked on: ${day}`) })).toEqual([]);
  });

  it('of a review is a year, a month or a day', () => {
    const review = (day: string) =>
      told({ 'sources.yaml': swap('published: undated', `published: undated\n    review due: ${day}`) });
    expect(review('03/2024').join()).toContain('such as 2024, 2024-07 or 2024-07-31');
    expect(review('2024-13').join()).toContain('a date that the calendar has');
    for (const day of ['2024', '2024-07', '2024-07-31']) expect(review(day)).toEqual([]);
  });
});

describe('a character that looks like another', () => {
  it.each([
    ['\ufffd', 'no UTF-8 text'],
    ['\u00a0', 'a blank that does not break (U+00A0)'],
    ['\u200b', 'a sign that cannot be seen (U+200B)'],
    ['\u2009', 'a sign that cannot be seen (U+2009)'],
    ['\u00ad', 'a sign that cannot be seen (U+00AD)'],
    ['\uff21', 'looks like a plain character and is another one'],
    ['\u{1d400}', 'looks like a plain character and is another one'],
    ['\u0663', 'a digit of another alphabet or form'],
    [' \u0441\u043e\u0441\u0430 ', '"\u0441" (U+0441) is a letter of another alphabet'],
    [' \u039f ', 'a letter of another alphabet'],
  ])('%j is reported', (sign, message) => {
    expect(told({ 'worry.yaml': swap('Danger comes first.', `Danger${sign}comes first.`) }).join()).toContain(message);
  });

  it('from another alphabet is reported inside a word, unless the whole word is in that alphabet', () => {
    const cyrillic = '\u0430';
    expect(told({ 'worry.yaml': swap('Danger comes', `D${cyrillic}nger comes`) }).join()).toContain(
      'a letter of another alphabet',
    );
    expect(told({ 'worry.yaml': swap('Danger comes', 'Мама comes') })).toEqual([]);
  });

  it('includes a dash that begins a list item', () => {
    expect(told({ 'worry.yaml': swap('  - end: call', '  – end: call') }).join()).toContain(
      'A list begins with a hyphen',
    );
  });
});

describe('a text', () => {
  it('must fit its place', () => {
    const long = 'word '.repeat(60).trim();
    expect(told({ 'worry.yaml': swap('action: Call now', `action: ${long}`) })).toEqual([
      expect.stringMatching(/^flows\/town\/worry\.yaml:\d+:\d+: this has 299 characters, and at most 160 fit here\./),
    ]);
  });
});

describe('a text too long', () => {
  const long = 'word '.repeat(300).trim();
  it.each([
    ['of an option', 'worry.yaml', swap('text: A bruise', `text: ${long}`), 250],
    ['of the help', 'worry.yaml', swap('type: several of', `type: several of\n    help: ${long}`), 500],
    ['of "I don’t know"', 'worry.yaml', swap('ask: desk, level: 2', `ask: desk, level: 2, label: ${long}`), 160],
    ['of a door', 'area.yaml', swap('title: I am worried', `title: I am worried\n    help: ${long}`), 500],
    ['of a contact', 'contacts.yaml', swap('for: Every doubt', `for: Every doubt\n    note: ${long}`), 400],
    ['of a source', 'sources.yaml', swap('publisher: Town', `publisher: Town\n    note: ${long}`), 1200],
  ])('%s is reported with the maximum', (_name, file, change, fits) => {
    expect(told({ [file]: change }).join()).toContain(`this has 1499 characters, and at most ${fits} fit here.`);
  });
});

describe('the letter of a reference', () => {
  it('belongs to only one area', () => {
    const other = town({ 'area.yaml': swap('area: town', 'area: village') }).map((file) => ({
      ...file,
      folder: 'village',
    }));
    const problems = loadLibrary([...town(), ...other], TODAY).problems.map(describeProblem);
    expect(problems).toEqual([
      expect.stringMatching(/area\.yaml:\d+:\d+: "T" is the letter of \w+ already\. Choose another\./),
    ]);
  });
});
