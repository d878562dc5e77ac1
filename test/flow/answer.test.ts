import { describe, expect, it } from 'vitest';
import { cleanText, LONGEST_TEXT } from '../../server/base/text.ts';
import type { Question } from '../../server/flow/flow.ts';
import { describeAnswer, isSameAnswer, isStillAnswer, isUnknown, readAnswer } from '../../server/flow/walk/answer.ts';
import { option, question } from './prove-flows.ts';

const TODAY = '2026-11-22';
const YES_NO = question('danger', 'yes or no');
const CHOICE = question('risk', 'one of', { options: [option('low'), option('high')] });
const LIST = question('signs', 'several of', {
  options: [option('a'), option('b'), option('c')],
  none: 'None of these',
});
const AGE = question('age', 'number', { from: 0, to: 17, unit: 'years' });
const DAY = question('day', 'date', { notBefore: '2000-01-01', notAfter: 'today' });
const SHORT = question('name', 'short text');
const LONG = question('story', 'long text');

const read = (asked: Question, raw: unknown) => readAnswer(asked, raw, TODAY);
const ok = (answer: unknown) => ({ ok: true, answer });
const refused = (message: string) => ({ ok: false, message });

describe('an answer that is read', () => {
  it.each<[string, Question, unknown, unknown]>([
    ['yes', YES_NO, 'yes', 'yes'],
    ['with blanks', YES_NO, '  no ', 'no'],
    ['as a list of one', CHOICE, ['low'], 'low'],
    ['twice the same', CHOICE, ['low', 'low'], 'low'],
    ['unknown', CHOICE, 'unknown', 'unknown'],
    ['unknown in a list', AGE, ['unknown', ''], 'unknown'],
    ['ticks in the order of the list', LIST, ['c', 'a'], ['a', 'c']],
    ['a tick sent twice', LIST, ['b', 'b'], ['b']],
    ['one tick', LIST, 'b', ['b']],
    ['ticks and doubt', LIST, ['unknown', 'b'], ['b', 'unknown']],
    ['doubt alone', LIST, 'unknown', ['unknown']],
    ['none', LIST, ['none'], ['none']],
    ['a number', AGE, '13', 13],
    ['a number as a number', AGE, 13, 13],
    ['the least number', AGE, '0', 0],
    ['the greatest number', AGE, '17', 17],
    ['the age of a baby', AGE, '8 months', 0],
    ['of a newborn', AGE, '6 days old', 0],
    ['in months', AGE, '18 Months', 1],
    ['in weeks, never too old', AGE, '52 weeks', 0],
    ['in years', AGE, '13 years old', 13],
    ['in years and months', AGE, '1 year and 11 months', 1],
    ['a number, though the doubt was sent too', AGE, ['13', 'unknown'], 13],
    ['a date', DAY, '27 3 2020', '2020-03-27'],
    ['the first day', DAY, '2000-01-01', '2000-01-01'],
    ['today', DAY, '22/11/2026', '2026-11-22'],
    ['text', SHORT, ' Anna ', 'Anna'],
    ['text, though the doubt was sent too', SHORT, ['unknown', 'Anna'], 'Anna'],
    ['text of more than one line', LONG, 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
  ])('%s', (_name, asked, raw, answer) => {
    expect(read(asked, raw)).toEqual(ok(answer));
  });
});

describe('what is not an answer is refused, with what to do', () => {
  it.each<[string, Question, unknown, string]>([
    ['nothing', YES_NO, '', 'Choose an answer. If you are not sure, choose “I don’t know”'],
    ['nothing at all', CHOICE, undefined, 'Choose an answer. If you are not sure, choose “I don’t know”'],
    ['null', CHOICE, null, 'Choose an answer. If you are not sure, choose “I don’t know”'],
    ['another option', CHOICE, 'medium', 'That answer is not one of those offered. Choose one of the answers below'],
    [
      'what every object has',
      CHOICE,
      'constructor',
      'That answer is not one of those offered. Choose one of the answers below',
    ],
    ['two options', CHOICE, ['low', 'high'], 'Choose one answer only'],
    ['an option and doubt', CHOICE, ['low', 'unknown'], 'Choose one answer only'],
    ['no tick', LIST, [], 'Tick all that apply. If you are not sure, choose “I don’t know”'],
    ['another tick', LIST, ['a', 'd'], 'One of the ticks is not in the list below. Tick all that apply again'],
    ['none and a tick', LIST, ['none', 'a'], 'You ticked “None of these” and something else. Tick one or the other'],
    [
      'none and doubt',
      LIST,
      ['none', 'unknown'],
      'You ticked “None of these” and something else. Tick one or the other',
    ],
    ['no number', AGE, '', 'Enter a whole number, or choose “I don’t know”'],
    ['a word', AGE, 'twelve', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['no age', AGE, '8 minutes', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['too many months', AGE, '240 months', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['a broken number', AGE, '1.5', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['a number with an exponent', AGE, '1e1', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['too small', AGE, '-1', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['too large', AGE, '18', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['far too long', AGE, '0000000001', 'Enter a whole number from 0 to 17, or choose “I don’t know”'],
    ['no date', DAY, ' ', 'Enter a date, such as 27 3 2026, or choose “I don’t know”'],
    [
      'a day that is not',
      DAY,
      '30 2 2020',
      'You wrote “30 2 2020”: February 2020 has 29 days. Write the day, the month and the year, such as 27 3 2026 or 27 March 2026, or choose “I don’t know”',
    ],
    ['too early', DAY, '31 12 1999', 'Enter a date that is not before 1 January 2000'],
    ['too late', DAY, '23 11 2026', 'Enter a date that is not after 22 November 2026'],
    ['no text', SHORT, '   ', 'Write something, or choose “I don’t know”'],
    ['no long text', LONG, '', 'Write something, or choose “I don’t know”'],
  ])('%s', (_name, asked, raw, message) => {
    expect(read(asked, raw)).toEqual(refused(message));
  });

  it('names the question’s own label for "I don’t know"', () => {
    const shy = question('name', 'short text', { unknown: { label: 'I would rather not say' } });
    expect(read(shy, '')).toEqual(refused('Write something, or choose “I would rather not say”'));
  });

  it('accepts a date within the one bound it has', () => {
    const later = question('day', 'date', { notBefore: 'today', notAfter: '2026-12-31' });
    expect(read(later, '21 11 2026')).toEqual(refused('Enter a date that is not before 22 November 2026'));
    expect(read(later, '22 11 2026')).toEqual(ok('2026-11-22'));
    expect(read(later, '1 1 2027')).toEqual(refused('Enter a date that is not after 31 December 2026'));
    expect(read(question('day', 'date'), '1 1 2127')).toEqual(ok('2127-01-01'));
  });

  it('has default bounds for a number without any', () => {
    const free = question('count', 'number');
    expect(read(free, '999999999')).toEqual(ok(999_999_999));
    expect(read(free, '-1')).toEqual(refused('Enter a whole number from 0 to 999999999, or choose “I don’t know”'));
  });
});

describe('text', () => {
  it('may be as long as the box says, and no longer', () => {
    expect(read(LONG, 'x'.repeat(LONGEST_TEXT))).toEqual(ok('x'.repeat(20_000)));
    expect(read(LONG, 'x'.repeat(20_001))).toEqual(refused('You wrote 20001 characters. Shorten it to 20000 or fewer'));
    expect(read(SHORT, 'x'.repeat(300))).toMatchObject({ ok: true });
    expect(read(SHORT, 'x'.repeat(301))).toEqual(refused('You wrote 301 characters. Shorten it to 300 or fewer'));
  });

  it('keeps every letter, in one Unicode form', () => {
    expect(cleanText('Zoe\u0308 李 😀 <b>&amp;')).toBe('Zo\u00eb 李 😀 <b>&amp;');
  });

  it('makes control characters visible, and keeps line ends and tabs', () => {
    expect(cleanText('a\u0000b\u001bc\u007fd\u0085e')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
    expect(cleanText('a\n\tb')).toBe('a\n\tb');
    expect(cleanText('a\r\nb\rc')).toBe('a\nb\nc');
    expect(cleanText('  a \n')).toBe('a');
  });

  it('is cleaned when it is read', () => {
    expect(read(LONG, '\u0007ring')).toEqual(ok('\ufffdring'));
  });
});

describe('a stored answer', () => {
  it('may or may not still fit', () => {
    expect(isStillAnswer(CHOICE, 'low')).toBe(true);
    expect(isStillAnswer(CHOICE, 'gone')).toBe(false);
    expect(isStillAnswer(CHOICE, 'unknown')).toBe(true);
    expect(isStillAnswer(LIST, ['a', 'unknown'])).toBe(true);
    expect(isStillAnswer(LIST, ['a', 'gone'])).toBe(false);
    expect(isStillAnswer(AGE, 18)).toBe(false);
    expect(isStillAnswer(AGE, 17)).toBe(true);
  });

  it('that is a date fits whatever the day is now', () => {
    expect(isStillAnswer(DAY, '2026-11-22')).toBe(true);
    expect(isStillAnswer(question('day', 'date', { notBefore: 'today' }), '2020-01-01')).toBe(true);
    expect(isStillAnswer(DAY, 20)).toBe(false);
  });

  it('may or may not be a doubt', () => {
    expect([
      isUnknown('unknown'),
      isUnknown(['a', 'unknown']),
      isUnknown(['none']),
      isUnknown('no'),
      isUnknown(3),
    ]).toEqual([true, true, false, false, false]);
  });

  it('may or may not equal another', () => {
    expect(isSameAnswer(['a', 'b'], ['a', 'b'])).toBe(true);
    expect(isSameAnswer(['a'], ['a', 'b'])).toBe(false);
    expect(isSameAnswer('3', 3)).toBe(false);
  });
});

describe('an answer in words', () => {
  it.each<[string, Question, Parameters<typeof describeAnswer>[1], string[]]>([
    ['an option', CHOICE, 'low', ['Option low']],
    ['an option that is gone', CHOICE, 'gone', ['gone']],
    ['a doubt', CHOICE, 'unknown', ['I don’t know']],
    ['ticks', LIST, ['a', 'c'], ['Option a', 'Option c']],
    ['ticks and doubt', LIST, ['a', 'unknown'], ['Option a', 'I am not sure about others']],
    ['doubt alone', LIST, ['unknown'], ['I don’t know']],
    ['none', LIST, ['none'], ['None of these']],
    ['none without a wording', { ...LIST, none: undefined as never }, ['none'], ['None of these']],
    ['a tick that is gone', LIST, ['gone'], ['gone']],
    ['a number with its unit', AGE, 13, ['13 years']],
    ['a number without one', question('count', 'number'), 13, ['13']],
    ['a date', DAY, '2026-03-07', ['7 March 2026']],
    ['text', SHORT, 'Anna', ['Anna']],
  ])('%s', (_name, asked, answer, words) => {
    expect(describeAnswer(asked, answer)).toEqual(words);
  });
});
