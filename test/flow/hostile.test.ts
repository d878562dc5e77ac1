import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { swap, TODAY, town } from './small-content.ts';

type Changed = string | ((text: string) => string);

/** The position and first words of each problem. */
const told = (changed: Changed) =>
  loadLibrary(town({ 'worry.yaml': changed }), TODAY).problems.map(
    ({ file, line, column, message }) => `${file.replace('flows/town/worry.yaml', '')}${line}:${column} ${message}`,
  );

describe('hostile files are problems, never a crash or a hang', () => {
  it.each([
    [
      'a line of 10 MB',
      'x'.repeat(10_000_000),
      '1:1 the file has 10000000 characters; at most 400000 are read. Divide it into smaller flows.',
    ],
    ['brackets without end', '['.repeat(200_000), '1:1 this is nested more than 24 deep. Write it flatter.'],
    ['nothing', '', '1:1 the file is empty. Write it, or delete it.'],
    ['a word', 'hello', '1:1 "hello" does not fit "file". Expected: a block of "key: …" lines.'],
    ['a list', '- a\n- b\n', '1:1 a list does not fit "file". Expected: a block of "key: …" lines.'],
    ['two documents', 'a: b\n---\nc: d\n', '2:1 "---" begins a second document. Keep one document a file.'],
  ])('%s', (_name, text, message) => {
    expect(told(text)).toEqual([message]);
  });

  it('an alias bomb: each anchor and alias is refused at its place, and nothing is multiplied', () => {
    const lines = Array.from({ length: 9 }, (_, index) => `k${index}: &k${index} [*a, *a, *a]`);
    const problems = told(`a: &a [x, x, x, x, x, x, x, x, x]\n${lines.join('\n')}\n`);
    expect(problems).toHaveLength(1 + 9 * 4);
    expect(problems.slice(0, 2)).toEqual([
      '1:7 an anchor ("&…"). Leave it out, or put the wording in quotes.',
      '2:9 an anchor ("&…"). Leave it out, or put the wording in quotes.',
    ]);
    expect(problems.at(-1)).toBe('10:18 an alias ("*…"). Write the text itself; aliases are not read here.');
  });

  it.each([
    ['a zero byte', '\u0000', '0000'],
    ['a control character', '\u0007', '0007'],
    ['an escape', '\u001b', '001B'],
    ['half a UTF-16 pair', '\ud800', 'D800'],
    ['a sign that turns the text around', '\u202e', '202E'],
  ])('%s in an otherwise sound flow', (_name, sign, number) => {
    expect(told(swap('title: A worry', `title: A worry${sign}`))).toEqual([
      `2:15 a sign that cannot be seen (U+${number}). Delete it, and write the text around it again.`,
    ]);
  });

  it('letters of other scripts, emoji and tabs are accepted', () => {
    expect(told(swap('title: A worry', 'title: A worry فکر 👧🏽 \u200d\tx'))).toEqual([]);
  });
});
