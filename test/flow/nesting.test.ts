import { expect, it } from 'vitest';
import { isTooDeeplyNested } from '../../server/flow/language/nesting.ts';
import { readYaml } from '../../server/flow/language/read.ts';

it.each<[string, string]>([
  ['101 lists', '['.repeat(101)],
  ['101 blocks', '{'.repeat(101)],
  ['lists and blocks in turn', '[{'.repeat(51)],
  ['after some that were closed', `${']}'.repeat(200)}${'['.repeat(101)}`],
  ['over lines', '[\n'.repeat(101)],
  ['50 items in a line', `a: b\n\t ${'- '.repeat(50)}`],
  ['50 keys in a line', '?  '.repeat(50)],
  ['50 values in a line', ':\t'.repeat(50)],
  ['200 blanks', `a: b\n${' '.repeat(200)}c`],
])('%s are nested too deeply', (_name, text) => {
  expect(isTooDeeplyNested(text)).toBe(true);
});

it.each<[string, string]>([
  ['nothing', ''],
  ['100 lists', '['.repeat(100)],
  ['many lists beside each other', '[a]'.repeat(500)],
  ['many blocks beside each other', '{}'.repeat(500)],
  ['49 items in a line', '- '.repeat(49)],
  ['a ruler', '-'.repeat(300)],
  ['items far into a line', `a ${'- '.repeat(50)}`],
  ['199 blanks', `${' '.repeat(199)}c`],
  ['blanks within a line', `a${' '.repeat(300)}c`],
])('%s are not', (_name, text) => {
  expect(isTooDeeplyNested(text)).toBe(false);
});

it.each(['[', '{', '- ', '? ', '[\n'])('a file of nothing but %j is reported, without a crash', (sign) => {
  expect(readYaml('a.yaml', sign.repeat(190_000)).problems).toEqual([
    {
      file: 'a.yaml',
      line: 1,
      column: 1,
      message: 'this is nested more than 24 deep. Write it flatter.',
      kind: 'error',
    },
  ]);
});
